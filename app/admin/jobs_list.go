package admin

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
)

func (l jobsList) listNode(v *ui.View) g.Node {
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, l.Staff, "/jobs/list", ""), l.savedBar(v), l.card(v))
}

func (l jobsList) customerNode(v *ui.View) g.Node {
	return ui.Page(v, l.Of.Name, customerHead(v, l.Staff, *l.Of, "/jobs"), ui.Actions(l.actions(v)...), l.card(v))
}

func (l jobsList) mapNode(v *ui.View) g.Node {
	marks := ui.HrefWith(v.Base+"/jobs/map.json", l.Query, "day", l.Day)
	list := ui.HrefWith(v.Base+"/jobs", l.Query, "day", l.Day)
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, l.Staff, "/jobs/map", l.Day), l.dayNav(v),
		ui.List("jobs", l.filters(v), ui.Grid(
			ui.Col(8, ui.Map(v, "job-map", marks, ui.MapOpts{Label: v.T("Map of the day's jobs"), Tall: true, Poll: 60, ListTo: list})),
			ui.Col(4, l.places(v)))))
}

// places names what the map shows, for whoever reads rather than looks.
func (l jobsList) places(v *ui.View) g.Node {
	return ui.Table(v, ui.TableSpec[store.Job]{ID: "places", Caption: v.T("Jobs"), Columns: []ui.Column[store.Job]{
		{Label: v.T("Job"), Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwoNum(b, v.Base+"/jobs/", int64(j.ID), store.JobNumber(j.Number)+" · "+j.Title(), j.Address)
		}},
		{Label: v.T("Status"), Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendBadge(b, work.Tone(j.Status), work.Status(v, j.Status))
		}},
	}, Empty: l.none(v)}, l.Page.Rows)
}

func (l jobsList) card(v *ui.View) g.Node {
	first, next := ui.Around(l.Path, l.Query, l.Page.Next)
	customers := v.Base + "/customers/"
	if l.Of != nil {
		customers = ""
	}
	sort := l.Filter.Sort
	if sort == "" {
		sort = "-day"
	}
	return ui.List("jobs", l.filters(v), work.Table(v, work.TableSpec{Path: l.Path, At: v.Base + "/jobs/", Customers: customers, Query: l.Query, Sort: sort, Now: l.Staff.Now(), Own: true,
		Bulk: l.bulk(v), Empty: l.none(v)}, l.Page.Rows), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next))
}

// matching acts on everything the filter lets through, not on the page alone.
func (l jobsList) matching(v *ui.View) []g.Node {
	if len(l.Page.Rows) == 0 || !l.Staff.May(store.JobAssign) {
		return nil
	}
	at := v.Base + "/jobs"
	items := []g.Node{ui.MenuLink(ui.HrefWith(at+"/assign", l.all()), v.T("Assign"), "user-check")}
	if l.Filter.Status != "" && l.Filter.Status != "unfinished" {
		items = append(items, ui.MenuLink(ui.HrefWith(at+"/status", l.all()), v.T("Set status"), "progress"))
	}
	if len(l.Groups) > 0 && l.Staff.May(store.JobGroup) {
		items = append(items, ui.MenuLink(ui.HrefWith(at+"/group", l.all()), v.T("Put into a group"), "folder"))
	}
	return []g.Node{ui.Menu(v.T("All %s", total(v, l.Page.Total, l.Page.More)), "checks", items...)}
}

// bulk acts on the chosen rows; nil for who may not.
func (l jobsList) bulk(v *ui.View) g.Node {
	if !l.Staff.May(store.JobAssign) {
		return nil
	}
	at := v.Base + "/jobs"
	to := func(path string) g.Node { return g.Group{g.Attr("formaction", at+path), g.Attr("formmethod", "get")} }
	buttons := []g.Node{ui.Button(v.T("Assign"), to("/assign"), ui.Icon("user-check")), ui.Button(v.T("Set status"), to("/status"), ui.Icon("progress"))}
	if len(l.Groups) > 0 && l.Staff.May(store.JobGroup) {
		buttons = append(buttons, ui.Button(v.T("Group"), to("/group"), ui.Icon("folder")))
	}
	return ui.Bulk(v, work.TableID, at+"/assign", buttons...)
}

func (l jobsList) none(v *ui.View) g.Node {
	var add []g.Node
	if l.Staff.May(store.JobAdd) {
		add = []g.Node{ui.PrimaryLink(v.Base+"/jobs/new", v.T("Add job"), "plus")}
	}
	switch {
	case len(l.on()) > 0:
		return ui.Empty("search", v.T("Nothing matches"), v.T("No job fits this search and these filters."), ui.LinkButton(l.Path, v.T("Show all"), ""))
	case l.Of != nil:
		return ui.Empty("clipboard-list", v.T("No jobs yet"), v.T("Jobs for %s appear here, and in its portal where that shares them.", l.Of.Name), add...)
	case l.Day != "":
		return ui.Empty("calendar", v.T("Nothing on this day"), v.T("Jobs with this date appear here, counted by their status."), add...)
	}
	return ui.Empty("clipboard-list", v.T("No jobs yet"), v.T("A job is a work order, a delivery or a collection. Tag it with a customer or with the group of one, and that customer can follow it in its portal."), add...)
}
