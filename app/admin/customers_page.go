package admin

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
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
	return ui.Filters(v, ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, number, e-mail or city"), Keep: []string{"sort"}, Filters: []ui.Filter{
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
	sub := "C-" + strconv.FormatInt(c.Number, 10)
	if c.ExternalID != "" {
		sub = c.ExternalID
	}
	if c.City != "" {
		sub += " · " + c.City
	}
	return sub
}

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

type customerForm struct {
	Customer *store.Customer // nil: a new one
	Edit     store.CustomerEdit
	Version  int64
	Types    []store.CustomerType
	Problem  error
}

func customerFormPage(v *ui.View, f customerForm) g.Node {
	title, action, back := v.T("Add customer"), v.Base+"/customers/new", v.Base+"/customers"
	if f.Customer != nil {
		back = v.Base + "/customers/" + id(f.Customer.ID)
		title, action = v.T("Edit %s", f.Customer.Name), back+"/edit"
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	types := []ui.Option{}
	for _, t := range f.Types {
		types = append(types, ui.Option{Value: id(t.ID), Label: t.Name})
		if e.Type == 0 && t.Name == "Other" {
			e.Type = t.ID
		}
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Customers"), Href: v.Base + "/customers"}}),
		problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("version", strconv.FormatInt(f.Version, 10)),
			ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off"}),
				ui.Select(ui.Field{Name: "type", Label: v.T("Type"), Value: id(e.Type), Error: bad["type"]}, types)),
			ui.Two(ui.Input(ui.Field{Name: "external_id", Label: v.T("Your customer number"), Value: e.ExternalID, Max: 100, Error: bad["external_id"], Hint: v.T("From your other systems. Imports find the customer by it.")}),
				ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: e.Email, Max: 254, Error: bad["email"], Hint: v.T("Portal activations go to this address.")})),
			ui.Two(ui.Input(ui.Field{Name: "phone", Label: v.T("Phone"), Type: "tel", Value: e.Phone, Max: 50, Error: bad["phone"]}),
				ui.Input(ui.Field{Name: "street", Label: v.T("Street"), Value: e.Street, Max: 200, Error: bad["street"]})),
			ui.Two(ui.Input(ui.Field{Name: "postal_code", Label: v.T("Postal code"), Value: e.PostalCode, Max: 20, Error: bad["postal_code"]}),
				ui.Input(ui.Field{Name: "city", Label: v.T("City"), Value: e.City, Max: 100, Error: bad["city"]})),
			ui.Input(ui.Field{Name: "country", Label: v.T("Country"), Value: e.Country, Max: 100, Error: bad["country"]}),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

// problemNotice says above a form what is wrong with it as a whole.
func problemNotice(v *ui.View, err error) g.Node {
	if err == nil {
		return nil
	}
	if fields := fault.Fields(err); len(fields) > 0 {
		return ui.ErrorSummary(v, fields)
	}
	return ui.Notice("error", fault.Says(err))
}

// customerTabs leads through a customer's profile; each tab is a page.
func customerTabs(v *ui.View, c store.Customer, current string) g.Node {
	at := v.Base + "/customers/" + id(c.ID)
	tabs := []ui.Tab{{Label: v.T("Profile"), Href: at}, {Label: v.T("Customer Portal"), Href: at + "/portal"}}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == at+current
	}
	return ui.Tabs(v, tabs)
}

// customerHead is what stands above every tab of a customer's profile.
func customerHead(v *ui.View, s store.Staff, c store.Customer, current string) g.Node {
	var actions []g.Node
	if s.May(store.PortalSetup) && c.PortalState == string(store.PortalNone) && current != "/portal" {
		actions = append(actions, ui.PrimaryLink(v.Base+"/customers/"+id(c.ID)+"/portal/enable", v.T("Turn on customer portal"), "power"))
	}
	if s.May(store.CustomerChange) {
		actions = append(actions, ui.LinkButton(v.Base+"/customers/"+id(c.ID)+"/edit", v.T("Edit"), "pencil"))
	}
	return g.Group{ui.PageHead(v, c.Name, []ui.Link{{Label: v.T("Customers"), Href: v.Base + "/customers"}}, actions...),
		ui.Actions(ui.Badge("neutral", c.TypeName), portalBadge(v, s, c), ui.Muted(v.T("%s assets", v.N(c.Assets)))),
		customerTabs(v, c, current)}
}

func customerPage(v *ui.View, s store.Staff, c store.Customer, history []store.AuditLine) g.Node {
	return ui.Page(v, c.Name, customerHead(v, s, c, ""),
		ui.Grid(
			ui.Col(6, ui.Card(v.T("Profile"), ui.DL(ui.Row(v.T("Customer number"), "C-"+strconv.FormatInt(c.Number, 10)), ui.Row(v.T("Your customer number"), c.ExternalID),
				ui.Row(v.T("E-mail"), c.Email), ui.Row(v.T("Phone"), c.Phone), ui.Row(v.T("Address"), address(c)), ui.Row(v.T("Added"), v.Date(c.CreatedAt))))),
			ui.Col(6, ui.Card(v.T("History"), historyList(v, history)))))
}

func address(c store.Customer) string {
	out := c.Street
	for _, part := range []string{joined(c.PostalCode, c.City), c.Country} {
		if part != "" && out != "" {
			out += ", "
		}
		out += part
	}
	return out
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

func historyList(v *ui.View, lines []store.AuditLine) g.Node {
	items := make([]ui.TimelineItem, 0, len(lines))
	for _, l := range lines {
		items = append(items, ui.TimelineItem{At: l.At, When: v.DateTime(l.At), Title: v.T(string(l.Verb)), Who: l.Actor})
	}
	return ui.Timeline(items)
}
