package store_test

import (
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
)

func TestBaseURL(t *testing.T) {
	for typed, want := range map[string]string{
		"https://portal.example.com":       "https://portal.example.com",
		" https://Portal.Example.com/ ":    "https://portal.example.com",
		"https://portal.example.com:443":   "https://portal.example.com",
		"http://127.0.0.1:8080":            "http://127.0.0.1:8080",
		"http://[::1]:8080/":               "http://[::1]:8080",
		"https://münchen.example":          "https://xn--mnchen-3ya.example",
		"http://gatehouse:80":              "http://gatehouse",
		"":                                 "",
		"portal.example.com":               "",
		"ftp://portal.example.com":         "",
		"javascript://portal.example.com":  "",
		"https://":                         "",
		"https:///x":                       "",
		"https://me:pw@portal.example.com": "",
		"https://portal.example.com/gate":  "",
		"https://portal.example.com?x=1":   "",
		"https://portal.example.com#x":     "",
		"https://portal.example.com:99999": "",
		"https://portal.example.com:":      "",
		"https://portal.example.com:0":     "",
		"http://0.0.0.0:8080":              "",
		"http://[::]:8080":                 "",
		"https://*.example.com":            "",
		"https://portal example.com":       "",
		"https://portal.example.com\n":     "https://portal.example.com",
		"https://portal.\r\nexample.com":   "",
		"https://portal.example.com\\@x":   "",
	} {
		got, err := store.BaseURL(typed)
		if got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
		if want == "" && (fault.Of(err) != fault.Invalid || fault.Fields(err)["base_url"] == "") {
			t.Errorf("%q: got %v, want a sentence at the field", typed, err)
		}
	}
}
