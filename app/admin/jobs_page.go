package admin

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
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

// dayNode is the dashboard: one day with its counters and its jobs.
func (l jobsList) dayNode(v *ui.View) g.Node {
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, l.Staff, "/jobs", l.Day), problemNotice(v, l.Problem), l.dayNav(v), l.counters(v), l.card(v))
}

// dayNav leads to the days around, and to any other.
func (l jobsList) dayNav(v *ui.View) g.Node {
	to := func(day string) string { return ui.HrefWith(l.Path, l.Query, "day", day) }
	today := l.Staff.DayNow()
	name := progress.Day(v, l.Day)
	switch l.Day {
	case today:
		name = v.T("Today, %s", name)
	case shift(today, 1):
		name = v.T("Tomorrow, %s", name)
	case shift(today, -1):
		name = v.T("Yesterday, %s", name)
	}
	return h.Div(h.Class("daynav"), ui.LinkButton(to(shift(l.Day, -1)), v.T("Day before"), "chevron-left"), h.H2(g.Text(name)), ui.LinkButton(to(shift(l.Day, 1)), v.T("Day after"), "chevron-right"),
		g.If(l.Day != today, ui.LinkButton(to(""), v.T("Today"), "calendar-event")),
		ui.GetForm(l.Path, h.Label(h.Class("vh"), h.For("day-pick"), g.Text(v.T("Date"))), h.Input(h.ID("day-pick"), h.Type("date"), h.Name("day"), h.Value(l.Day)), ui.Button(v.T("Show"))))
}

// counters are the day's kept counters, each leading to what it counts.
func (l jobsList) counters(v *ui.View) g.Node {
	t := store.TallyJobs(l.Counts, l.Staff.DayNow())
	to := func(status string) string { return ui.HrefWith(l.Path, l.Query, "status", status, "day", l.Day) }
	out := []g.Node{ui.StatLink(to(""), v.T("All"), v.N(t.Total), v.T("%s unfinished", v.N(t.Open)))}
	seen := map[string]bool{}
	for _, shape := range []string{store.JobWork, store.JobDelivery} {
		for _, status := range store.JobStatuses(shape) {
			if n := t.Status[status]; n > 0 && !seen[status] {
				out = append(out, ui.StatLink(to(status), work.Status(v, status), v.N(n), ""))
			}
			seen[status] = true
		}
	}
	return h.Div(h.Class("tallies"), ui.Stats(out...))
}

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
	next, first := "", ""
	if l.Page.Next != "" {
		next = ui.HrefWith(l.Path, l.Query, "after", l.Page.Next)
	}
	if l.Query.Get("after") != "" {
		first = ui.HrefWith(l.Path, l.Query)
	}
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

func (l jobsList) filters(v *ui.View) g.Node {
	q := l.Query
	filters := []ui.Filter{
		{Name: "status", Label: v.T("Status"), Value: q.Get("status"), Options: append([]ui.Option{{Label: v.T("Any status")}, {Value: "unfinished", Label: v.T("Unfinished")}}, work.Statuses(v, "")...)},
		{Name: "kind", Label: v.T("Kind"), Value: q.Get("kind"), Options: append([]ui.Option{{Label: v.T("Any kind")}}, work.Kinds(v)...)},
		{Name: "assignee", Label: v.T("Assigned to"), Value: q.Get("assignee"), Options: personOptions(v, l.People, v.T("Anybody"))},
	}
	if len(l.Vehicles) > 0 {
		filters = append(filters, ui.Filter{Name: "vehicle", Label: v.T("Vehicle"), Value: q.Get("vehicle"), Options: vehicleOptions(l.Vehicles, ui.Option{Label: v.T("Any vehicle")})})
	}
	if l.Of == nil {
		filters = append(filters, ui.Filter{Name: "customer", Label: v.T("Customer"), Value: q.Get("customer"), Options: l.customers(v)})
	}
	if len(l.Groups) > 0 {
		groups := []ui.Option{{Label: v.T("Any group")}, {Value: "none", Label: v.T("Without a group")}}
		for _, gr := range l.Groups {
			groups = append(groups, ui.Option{Value: id(gr.ID), Label: gr.Name})
		}
		filters = append(filters, ui.Filter{Name: "group", Label: v.T("Group"), Value: q.Get("group"), Options: groups})
	}
	if len(l.Priorities) > 0 {
		all := []ui.Option{{Label: v.T("Any priority")}}
		for _, y := range l.Priorities {
			all = append(all, ui.Option{Value: id(y.ID), Label: y.Name})
		}
		filters = append(filters, ui.Filter{Name: "priority", Label: v.T("Priority"), Value: q.Get("priority"), Options: all})
	}
	filters = append(filters, ui.Filter{Name: "late", Label: v.T("Due by"), Value: q.Get("late"), Options: []ui.Option{{Label: v.T("Late or not")}, {Value: "1", Label: v.T("Late")}}})
	spec := ui.FilterSpec{Action: l.Path, Query: q, Placeholder: v.T("Number, subject, address, contact, SKU or serial number"), Keep: []string{"sort", "day", "site", "asset"}, Filters: filters, Right: l.matching(v)}
	if l.Day == "" {
		spec.Extra = []g.Node{dateFilter("from", v.T("From"), q.Get("from")), dateFilter("to", v.T("To"), q.Get("to"))}
		for _, c := range [][2]string{{"from", v.T("From")}, {"to", v.T("To")}} {
			if d := q.Get(c[0]); d != "" {
				spec.Chips = append(spec.Chips, ui.Chip{Label: c[1] + ": " + progress.Day(v, d), Remove: ui.HrefWith(l.Path, q, c[0], "")})
			}
		}
	}
	return ui.Filters(v, spec)
}

func dateFilter(name, label, value string) g.Node {
	return h.Div(h.Class("filter"), h.Label(h.Class("vh"), h.For("filter-"+name), g.Text(label)), h.Input(h.ID("filter-"+name), h.Name(name), h.Type("date"), h.Value(value), h.Title(label)))
}

func personOptions(v *ui.View, people []store.PersonRef, any string) []ui.Option {
	out := []ui.Option{{Label: any}, {Value: "none", Label: v.T("Nobody yet")}}
	for _, p := range people {
		out = append(out, ui.Option{Value: id(p.ID), Label: p.Name})
	}
	return out
}

func vehicleOptions(all []store.Vehicle, first ui.Option) []ui.Option {
	out := []ui.Option{first}
	for _, one := range all {
		out = append(out, ui.Option{Value: id(one.ID), Label: one.Name})
	}
	return out
}

func (l jobsList) customers(v *ui.View) []ui.Option {
	out := []ui.Option{{Label: v.T("Any customer")}, {Value: "none", Label: v.T("Without a customer")}}
	known := l.Filter.Customer <= 0
	for _, c := range l.Customers.Rows {
		out = append(out, ui.Option{Value: id(c.ID), Label: c.Name})
		known = known || c.ID == l.Filter.Customer
	}
	if !known {
		out = append(out, ui.Option{Value: id(l.Filter.Customer), Label: v.T("Chosen customer")})
	}
	return out
}

// savedBar leads to the person's own filters and keeps the one that is on.
func (l jobsList) savedBar(v *ui.View) g.Node {
	var nodes []g.Node
	for _, f := range l.Saved {
		nodes = append(nodes, h.Span(h.Class("saved"), ui.LinkButton(l.Path+"?"+f.Query, f.Name, "filter"),
			ui.Form(v.Base+"/jobs/filters/"+id(f.ID)+"/remove", ui.IconButton("x", v.T("Remove filter %s", f.Name)))))
	}
	if q := l.on(); len(q) > 0 {
		nodes = append(nodes, ui.Form(v.Base+"/jobs/filters", h.Div(h.Class("saved-new"), ui.HiddenFields("query", q.Encode()), h.Label(h.Class("vh"), h.For("filter-name"), g.Text(v.T("Name of the filter"))),
			h.Input(h.ID("filter-name"), h.Name("name"), h.Required(), h.MaxLength("60"), h.Placeholder(v.T("Name of the filter"))), ui.Button(v.T("Save filter"), ui.Icon("device-floppy")))))
	}
	if len(nodes) == 0 {
		return nil
	}
	return h.Div(h.Class("actions savedbar"), g.Group(nodes))
}

// on is the part of the address that narrows the list.
func (l jobsList) on() url.Values {
	q := url.Values{}
	for _, k := range jobFilterKeys {
		if v := l.Query.Get(k); v != "" {
			q.Set(k, v)
		}
	}
	return q
}

var jobFilterKeys = []string{"q", "kind", "status", "track", "from", "to", "undated", "customer", "group", "site", "asset", "assignee", "vehicle", "priority", "late"}

// all is the query that means everything this filter lets through.
func (l jobsList) all() url.Values {
	q := l.on()
	q.Set("all", "1")
	if l.Day != "" {
		q.Set("day", l.Day)
	}
	if l.Of != nil {
		q.Set("customer", id(l.Of.ID))
	}
	return q
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
