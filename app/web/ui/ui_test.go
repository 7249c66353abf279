package ui

import (
	"strings"
	"testing"

	g "maragu.dev/gomponents"
)

func render(t *testing.T, n g.Node) string {
	t.Helper()
	var b strings.Builder
	if err := n.Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sampleView() *View {
	return &View{Brand: Brand{Name: "Fernhill Rental", SupportText: "Call the yard", SupportHref: "tel:+441234"}, Base: "/admin/fernhill", Path: "/admin/fernhill",
		Nav: []NavItem{
			{Label: "Overview", Href: "#", Icon: "layout-dashboard", Section: "Fleet", Current: true}, {Label: "Assets", Href: "#", Icon: "backhoe", Section: "Fleet", Count: "214"},
			{Label: "Faults", Href: "#", Icon: "alert-triangle", Section: "Fleet", Count: "2", Hot: true}, {Label: "Customers", Href: "#", Icon: "building", Section: "Manage"}, {Label: "Settings", Href: "#", Icon: "settings", Section: "Manage"}},
		Who: Who{Name: "Ana Kowalska", Sub: "Portal administrator", Links: []Link{{"Your account", "#", "user"}}, SignOut: "/sign-out"}, Flash: &Flash{"ok", "The invitation is on its way."},
		Search: &SearchBox{Action: "/search", Placeholder: "Search assets, customers, users"}}
}

func TestGalleryHasNoInlineStyleOrScript(t *testing.T) {
	page := render(t, Gallery(sampleView()))
	for _, bad := range []string{" style=", "<style", "javascript:", " onclick=", "hx-on", "<script>"} {
		if strings.Contains(page, bad) {
			t.Errorf("the gallery contains %q, which the content security policy refuses", bad)
		}
	}
	if !strings.HasPrefix(page, "<!doctype html>") {
		t.Errorf("the page begins with %q", page[:40])
	}
}
