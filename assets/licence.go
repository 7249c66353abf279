package assets

import (
	"encoding/json"
	"sync"
)

// Vendored is a piece of other people's work that lies in this folder.
type Vendored struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence string `json:"licence"` // its SPDX name
	Text    string `json:"text"`    // the licence in full
}

// Licences lists what was vendored, with the full text of every licence, for
// the page that has to show them.
var Licences = sync.OnceValue(func() []Vendored {
	b, err := files.ReadFile("vendor/VENDOR.json")
	if err != nil {
		panic("assets: " + err.Error()) // embedded, so it can be read
	}
	var list []Vendored
	if err := json.Unmarshal(b, &list); err != nil {
		panic("assets: vendor/VENDOR.json: " + err.Error())
	}
	for i := range list {
		text, err := files.ReadFile(list[i].Text)
		if err != nil {
			panic("assets: " + err.Error())
		}
		list[i].Text = string(text)
	}
	return list
})
