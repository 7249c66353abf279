package portal

import (
	"net/http"
	"strings"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// app is one of the things a portal can share, with the pages it can be
// entered by: the first of them that is shared.
type app struct {
	label, icon string
	entries     []entry
	seen        func(*http.Request, store.Client) bool // nil: wherever it is shared
}

type entry struct {
	feature store.Feature
	path    string
}

// apps are in the order of the menu.
var apps = []app{
	{label: "Assets", icon: "bulldozer", entries: []entry{{store.FeatureList, "/assets"}, {store.FeatureMap, "/map"}, {store.FeatureActivity, "/activity"}}},
	{label: "Deliveries", icon: "truck-delivery", entries: []entry{{store.FeatureDeliveryList, "/deliveries"}}},
	{label: "Jobs", icon: "tool", entries: []entry{{store.FeatureJobList, "/jobs"}, {store.FeatureJobList, "/sites"}}},
	{label: "Vehicles", icon: "truck", entries: []entry{{store.FeatureVehicleList, "/vehicles"}}, seen: seesVehicles},
}

func seesVehicles(r *http.Request, c store.Client) bool {
	some, err := c.HasVehicles(r.Context())
	return err == nil && some
}

// opened is an app that somebody may use, and where it begins.
type opened struct {
	app
	path string
}

// report is no app of its own beside others: a way in from their pages, and a
// line of the menu where there is one.
var report = app{label: "Report a problem", icon: "alert-triangle", entries: []entry{{store.FeatureReport, "/report"}}}

// granted lists the apps of a client.
func granted(r *http.Request, c store.Client) (out []opened) {
	for _, a := range apps {
		for _, e := range a.entries {
			if !c.Shares(e.feature) {
				continue
			}
			if a.seen == nil || a.seen(r, c) {
				out = append(out, opened{a, e.path})
			}
			break
		}
	}
	if len(out) == 0 && c.Shares(store.FeatureReport) {
		out = append(out, opened{report, "/report"})
	}
	return out
}

// nav is the menu, made from what is shared. With one app there is none: its
// pages lead to one another (row 42).
func nav(v *ui.View, r *http.Request, c store.Client) []ui.NavItem {
	all := granted(r, c)
	if len(all) < 2 {
		return nil
	}
	items := []ui.NavItem{{Label: v.T("Home"), Href: v.Base, Icon: "home", Current: v.Path == v.Base || v.Path == v.Base+"/"}}
	if c.Shares(store.FeatureReport) {
		all = append(all, opened{report, "/report"})
	}
	for _, a := range all {
		items = append(items, ui.NavItem{Label: v.T(a.label), Href: v.Base + a.path, Icon: a.icon, Current: a.holds(strings.TrimPrefix(v.Path, v.Base))})
	}
	if c.Manages() {
		items = append(items, ui.NavItem{Label: v.T("Administration"), Href: v.Base + "/administration", Icon: "users", Current: strings.HasPrefix(v.Path, v.Base+"/administration")})
	}
	return items
}

// holds reports whether an address below the portal's own is a page of the app.
func (a app) holds(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	for _, e := range a.entries {
		if path == e.path || strings.HasPrefix(path, e.path+"/") {
			return true
		}
	}
	return false
}
