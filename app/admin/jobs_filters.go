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
	return customerOptions(v, v.T("Without a customer"), l.Customers.Rows, l.Filter.Customer)
}

// customerOptions offers customers to filter by, and the chosen one also where
// it is none of them.
func customerOptions(v *ui.View, none string, all []store.Customer, chosen store.CustomerID) []ui.Option {
	out := []ui.Option{{Label: v.T("Any customer")}, {Value: "none", Label: none}}
	known := chosen <= 0
	for _, c := range all {
		out = append(out, ui.Option{Value: id(c.ID), Label: c.Name})
		known = known || c.ID == chosen
	}
	if !known {
		out = append(out, ui.Option{Value: id(chosen), Label: v.T("Chosen customer")})
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
