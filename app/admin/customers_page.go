package admin

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type customersList struct {
	Staff store.Staff
	Query url.Values
	Types []store.CustomerType
	Page  store.Page[store.Customer]
	Sort  string
}

// portalStates are the states of a customer's portal in the words people know
// them by (row 178), with the kind of badge.
var portalStates = map[string][2]string{
	"none": {"neutral", "No portal"}, "draft": {"neutral", "Draft"}, "pending": {"warn", "Portal access pending"},
	"active": {"ok", "Portal active"}, "suspended": {"crit", "Portal suspended"},
}

var portalStateOrder = []string{"none", "draft", "pending", "active", "suspended"}

func customersPage(v *ui.View, l customersList) g.Node {
	path := v.Base + "/customers"
	actions := []g.Node{}
	if l.Staff.May(store.CustomerExport) && len(l.Page.Rows) > 0 {
		actions = append(actions, exportMenu(v, path, l.Query))
	}
	if l.Staff.May(store.ImportUpload) {
		actions = append(actions, ui.LinkButton(v.Base+"/imports/new?kind=customers", v.T("Import"), "file-import"))
	}
	if l.Staff.May(store.CustomerAdd) {
		actions = append(actions, ui.PrimaryLink(path+"/new", v.T("Add customer"), "plus"))
	}
	next := ""
	if l.Page.Next != "" {
		next = ui.HrefWith(path, l.Query, "after", l.Page.Next)
	}
	first := ""
	if l.Query.Get("after") != "" {
		first = ui.HrefWith(path, l.Query)
	}
	return ui.Page(v, v.T("Customers"), ui.PageHead(v, v.T("Customers"), nil, actions...),
		ui.List("customers", customerFilters(v, path, l), customerTable(v, path, l), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)))
}

// total shows a count that stops at a thousand.
func total(v *ui.View, n int, more bool) string {
	if more {
		return v.N(int64(n)) + "+"
	}
	return v.N(int64(n))
}

func customerFilters(v *ui.View, path string, l customersList) g.Node {
	types := []ui.Option{{Value: "", Label: v.T("Any type")}}
	for _, t := range l.Types {
		types = append(types, ui.Option{Value: id(t.ID), Label: t.Name})
	}
	states := []ui.Option{{Value: "", Label: v.T("Any portal state")}}
	for _, s := range portalStateOrder {
		states = append(states, ui.Option{Value: s, Label: v.T(portalStates[s][1])})
	}
	return ui.Filters(v, ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, number, contact, e-mail, city"), Keep: []string{"sort"}, Filters: []ui.Filter{
		{Name: "type", Label: v.T("Type"), Value: l.Query.Get("type"), Options: types},
		{Name: "portal", Label: v.T("Portal"), Value: l.Query.Get("portal"), Options: states}}})
}

func customerTable(v *ui.View, path string, l customersList) g.Node {
	sort := l.Sort
	if sort == "" {
		sort = "name"
	}
	return ui.Table(v, ui.TableSpec[store.Customer]{ID: "customer-table", Caption: v.T("Customers"), Path: path, Query: l.Query, Sort: sort,
		Columns: []ui.Column[store.Customer]{
			{Label: v.T("Customer"), Sort: "name", Bytes: func(b []byte, c store.Customer) []byte {
				return ui.AppendTwo(b, path+"/"+id(c.ID), c.Name, customerSub(c))
			}},
			{Label: v.T("Type"), Bytes: func(b []byte, c store.Customer) []byte { return ui.AppendText(b, c.TypeName) }},
			{Label: v.T("E-mail"), Quiet: true, Bytes: func(b []byte, c store.Customer) []byte { return ui.AppendText(b, c.Email) }},
			{Label: v.T("Portal"), Bytes: func(b []byte, c store.Customer) []byte {
				return ui.AppendBadge(b, portalStates[c.PortalState][0], v.T(portalStates[c.PortalState][1]))
			}},
			{Label: v.T("Assets"), Sort: "assets", Align: "end", Bytes: func(b []byte, c store.Customer) []byte { return v.AppendN(b, c.Assets) }},
			{Label: v.T("Changed"), Sort: "updated", Quiet: true, Bytes: func(b []byte, c store.Customer) []byte { return v.AppendDate(b, c.UpdatedAt) }},
		},
		Empty: noCustomers(v, path, l)}, l.Page.Rows)
}

func customerSub(c store.Customer) string {
	sub := customerNumber(c)
	if c.ExternalID != "" {
		sub += " · " + c.ExternalID
	}
	if c.City != "" {
		sub += " · " + c.City
	}
	return sub
}

// customerNumber is the number people know a customer by.
func customerNumber(c store.Customer) string { return "C-" + strconv.FormatInt(c.Number, 10) }

func noCustomers(v *ui.View, path string, l customersList) g.Node {
	if l.Query.Get("q") != "" || l.Query.Get("type") != "" || l.Query.Get("portal") != "" {
		return ui.Empty("search", v.T("Nothing matches"), v.T("No customer fits this search and these filters."), ui.LinkButton(path, v.T("Show all customers"), ""))
	}
	if !l.Staff.May(store.CustomerAdd) {
		return ui.Empty("building", v.T("No customers yet"), v.T("Nobody has added a customer so far."))
	}
	return ui.Empty("building", v.T("No customers yet"), v.T("Add your first customer, or import your list."), ui.PrimaryLink(path+"/new", v.T("Add customer"), "plus"),
		ui.LinkButton(v.Base+"/imports/new?kind=customers", v.T("Import"), "file-import"))
}

func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
