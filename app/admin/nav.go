package admin

import (
	"strings"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// menuItem is one line of the left menu, and the verb that opens it.
type menuItem struct {
	label, path, icon string
	verb              store.Verb
}

// menu is the left menu in its order: whom one works for and who they are,
// what they have, what is done for them, then what runs by itself.
var menu = []menuItem{
	{"Overview", "", "layout-dashboard", store.CustomerRead},
	{"Customers", "/customers", "building", store.CustomerRead},
	{"Clients", "/clients", "users", store.MemberRead},
	{"Assets", "/assets", "bulldozer", store.AssetRead},
	{"Jobs", "/jobs", "clipboard-list", store.JobRead},
	{"Vehicles", "/vehicles", "truck", store.VehicleRead},
	{"On the road", "/road", "truck-delivery", store.JobRoad},
	{"Imports", "/imports", "file-import", store.ImportRead},
	{"Feeds", "/feeds", "plug", store.FeedRead},
	{"Outbox", "/outbox", "mail", store.OutboxRead},
}

// nav is the left menu; what the role may not open is not in it.
func nav(v *ui.View, s store.Staff, mail store.MailState) []ui.NavItem {
	var out []ui.NavItem
	for _, m := range menu {
		if !s.May(m.verb) {
			continue
		}
		item := ui.NavItem{Label: v.T(m.label), Href: v.Base + m.path, Icon: m.icon}
		if m.path == "/outbox" {
			item = outboxItem(v, mail)
		}
		item.Current = within(v.Path, item.Href) && (m.path != "" || !strings.Contains(strings.TrimPrefix(v.Path, v.Base), "/"))
		out = append(out, item)
	}
	return append(out, administrationItem(v, s)...)
}

// administrationItem leads to the first tab the role may open; without one
// there is no Administration.
func administrationItem(v *ui.View, s store.Staff) []ui.NavItem {
	tabs := administrationTabs(v, s, strings.TrimPrefix(v.Path, v.Base))
	if len(tabs) == 0 {
		return nil
	}
	item := ui.NavItem{Label: v.T("Administration"), Href: tabs[0].Href, Icon: "adjustments"}
	for _, t := range tabs {
		item.Current = item.Current || t.Current
	}
	return []ui.NavItem{item}
}
