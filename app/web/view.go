package web

import (
	"net/http"
	"sync"
	"time"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// View is the bare view of a request: the theme the person chose and what the
// last request left to say. Doors add who, where and brand.
func (s *Site) View(w http.ResponseWriter, r *http.Request) *ui.View {
	v := &ui.View{Lang: "en", Path: r.URL.RequestURI()}
	if w != nil {
		v.Flash = s.Flash(w, r)
	}
	if c, err := r.Cookie("gh_theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		v.Theme = c.Value
	}
	return v
}

var zones sync.Map // name → *time.Location: loading one reads files

// Words are what things are called; the usual words need no rewording.
func Words(w store.Words) ui.Words {
	if w.Asset == store.AssetWords[0] && w.Job == store.JobWords[0] {
		return ui.Words{}
	}
	return ui.Words(w)
}

// Format is how somebody reads dates.
func Format(f store.Formats) ui.Format {
	zone, ok := zones.Load(f.Zone)
	if !ok {
		l, err := time.LoadLocation(f.Zone)
		if err != nil {
			l = time.UTC
		}
		zone, _ = zones.LoadOrStore(f.Zone, l)
	}
	return ui.Format{Order: f.Date, Sep: f.Sep, Clock24: f.Clock24, Zone: zone.(*time.Location)}
}
