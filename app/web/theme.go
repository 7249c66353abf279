package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ThemePath is the address of a theme's style sheet. The colours themselves
// are in the name, so that an edited theme is another file and the file can be
// kept for ever.
func ThemePath(t store.Theme) string {
	name := strings.TrimPrefix(t.Primary, "#") + "-" + strings.TrimPrefix(t.Menu, "#") + "-" + strings.TrimPrefix(t.Notify, "#")
	return "/theme/" + name + "-" + themeSum(name) + ".css"
}

// themeSum keeps strangers from having us compute themes nobody made.
func themeSum(name string) string {
	sum := sha256.Sum256([]byte("theme 1 " + name))
	return hex.EncodeToString(sum[:4])
}

// ServeTheme serves a theme's style sheet.
func ServeTheme(w http.ResponseWriter, r *http.Request) error {
	v := mux.Vars(r)
	name := v["primary"] + "-" + v["menu"] + "-" + v["notify"]
	if themeSum(name) != v["sum"] {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	css, _ := ui.ThemeCSS("#"+v["primary"], "#"+v["menu"], "#"+v["notify"])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return Send(w, r, http.StatusOK, "text/css; charset=utf-8", []byte(css))
}
