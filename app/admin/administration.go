package admin

import (
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// administration is the tabs of Administration, in their order. A page that is
// one of them begins with administrationHead; what belongs to it lies below
// the tab's path.
var administration = []struct {
	label, path string
	verb        store.Verb
}{
	{"Users", "/users", store.UserRead},
	{"Groups", "/groups", store.GroupRead},
	{"Roles", "/roles", store.RoleRead},
	{"Branding & Theming", "/themes", store.PortalBranding},
	{"Audit Logs", "/audit", store.AuditRead},
	{"Settings", "/settings", store.SettingsChange},
}

// administrationTabs are the tabs that the role may open; current is the path
// of one of them, or an address below it.
func administrationTabs(v *ui.View, s store.Staff, current string) []ui.Tab {
	var out []ui.Tab
	for _, t := range administration {
		if s.May(t.verb) {
			out = append(out, ui.Tab{Label: v.T(t.label), Href: v.Base + t.path, Current: within(current, t.path)})
		}
	}
	return out
}

// administrationHead is the top of every page of Administration: its name,
// what can be done there, and the tabs. Current is the tab's path, such as
// "/groups".
func administrationHead(v *ui.View, s store.Staff, current string, actions ...g.Node) g.Node {
	return g.Group{ui.PageHead(v, v.T("Administration"), nil, actions...), ui.Tabs(v, administrationTabs(v, s, current))}
}

// administrationTitle is what the browser shows for a page of Administration.
func administrationTitle(v *ui.View, tab string) string { return tab + " · " + v.T("Administration") }

// within reports whether an address is path or lies below it.
func within(address, path string) bool {
	address, _, _ = strings.Cut(address, "?")
	return address == path || strings.HasPrefix(address, path+"/")
}
