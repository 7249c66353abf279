package admin

import (
	"net/url"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// jobTabs are the ways of looking at jobs.
func jobTabs(v *ui.View, s store.Staff, current, day string) g.Node {
	at, of := v.Base+"/jobs", ""
	if day != "" {
		of = "?day=" + day
	}
	tabs := []ui.Tab{{Label: v.T("Day"), Href: at + of}, {Label: v.T("All jobs"), Href: at + "/list"}, {Label: v.T("Board"), Href: at + "/board" + of}, {Label: v.T("Calendar"), Href: at + "/calendar"},
		{Label: v.T("Map"), Href: at + "/map" + of}, {Label: v.T("Sites"), Href: v.Base + "/sites"}}
	if s.May(store.JobSettings) {
		tabs = append(tabs, ui.Tab{Label: v.T("Settings"), Href: at + "/settings"})
	}
	for i := range tabs {
		path, _, _ := cutQuery(tabs[i].Href)
		tabs[i].Current = path == v.Base+current
	}
	return ui.Tabs(v, tabs)
}

func cutQuery(href string) (path, query string, found bool) {
	for i := range len(href) {
		if href[i] == '?' {
			return href[:i], href[i+1:], true
		}
	}
	return href, "", false
}

func (l jobsList) actions(v *ui.View) []g.Node {
	var out []g.Node
	if l.Staff.May(store.JobExport) {
		q := url.Values{}
		for k := range l.Query {
			q.Set(k, l.Query.Get(k))
		}
		if l.Day != "" {
			q.Set("day", l.Day)
		}
		if l.Of != nil {
			q.Set("customer", id(l.Of.ID))
		}
		out = append(out, exportMenu(v, v.Base+"/jobs", q))
	}
	if l.Staff.May(store.JobAdd) {
		at := v.Base + "/jobs/new?kind="
		of := ""
		if l.Of != nil {
			of = "&customer=" + id(l.Of.ID)
		}
		if l.Day != "" {
			of += "&day=" + l.Day
		}
		out = append(out, ui.Menu(v.T("Add job"), "plus", ui.MenuLink(at+store.JobWork+of, v.T("Work order"), "tool"), ui.MenuLink(at+store.JobDelivery+of, v.T("Delivery"), "truck-delivery"),
			ui.MenuLink(at+store.JobCollection+of, v.T("Collection"), "package")))
	}
	if l.Of == nil {
		out = append(out, l.fromFiles(v))
	}
	return out
}

// fromFiles leads to what brings jobs in, and to what was brought in without a
// customer.
func (l jobsList) fromFiles(v *ui.View) g.Node {
	var items []g.Node
	if l.Staff.May(store.ImportUpload) {
		items = append(items, ui.MenuLink(v.Base+"/imports/new?kind="+store.ImportJobs, v.T("Import jobs"), "file-import"))
	}
	if l.Staff.May(store.ImportApply) {
		items = append(items, ui.MenuLink(v.Base+"/imports/untagged", v.T("Jobs without a customer"), "tags"))
	}
	if len(items) == 0 {
		return nil
	}
	return ui.Menu(v.T("More"), "dots", items...)
}
