package admin

import (
	"net/url"
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type clientsList struct {
	Staff   store.Staff
	Query   url.Values
	Filter  store.ClientFilter
	Of      store.Customer // the customer that is filtered by
	Page    store.Page[store.ClientUser]
	Roles   []store.Role
	Columns []string
}

// personStates are the states of an account, with the kind of badge.
var personStates = map[string][2]string{"pending": {"warn", "Activation pending"}, "active": {"ok", "Active"}, "disabled": {"crit", "Disabled"}}

func clientsPage(v *ui.View, l clientsList) g.Node {
	path := v.Base + "/clients"
	var actions []g.Node
	if l.Staff.May(store.FeedbackRead) {
		actions = append(actions, ui.LinkButton(v.Base+"/feedback", v.T("Feedback"), "message"))
	}
	if l.Staff.May(store.UserJoin) {
		actions = append(actions, ui.PrimaryLink(path+"/new", v.T("Create New"), "plus"))
	}
	first, next := ui.Around(path, l.Query, l.Page.Next)
	return ui.Page(v, v.T("Clients"), ui.PageHead(v, v.T("Clients"), nil, actions...), ui.PageLead(v.T("The people of your customers: who may sign in to which portal, and what they see there. They need no licence.")),
		ui.List("clients", clientFilters(v, path, l), clientTable(v, path, l), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)),
		g.If(l.Staff.May(store.UserExport) && len(l.Page.Rows) > 0, h.Div(h.Class("list-foot"), ui.LinkButton(ui.HrefWith(path+"/export", l.Query, "sort", l.Query.Get("sort")), v.T("Export"), "download"))),
		ui.Dialog(v, "columns", v.T("Columns"), path+"/columns", clientColumnBoxes(v, l.Columns), ui.CancelButton(v), ui.Primary(v.T("Save"))))
}

func clientFilters(v *ui.View, path string, l clientsList) g.Node {
	f := ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, e-mail or customer"), Keep: []string{"sort", "customer"}, Filters: []ui.Filter{
		{Name: "state", Label: v.T("State"), Value: l.Query.Get("state"), Options: []ui.Option{{Value: "", Label: v.T("Any state")}, {Value: "active", Label: v.T("Active")},
			{Value: "pending", Label: v.T("Activation pending")}, {Value: "disabled", Label: v.T("Disabled")}}},
		{Name: "role", Label: v.T("Role"), Value: l.Query.Get("role"), Options: clientRoleOptions(v, l)}},
		Right: []g.Node{ui.DialogLink(path+"/columns", v.T("Columns"), "columns", "columns")}}
	if l.Of.ID != 0 {
		f.Chips = []ui.Chip{{Label: v.T("Customer") + ": " + l.Of.Name, Remove: ui.HrefWith(path, l.Query, "customer", "")}}
	}
	return ui.Filters(v, f)
}

func clientTable(v *ui.View, path string, l clientsList) g.Node {
	sort := l.Filter.Sort
	if sort == "" {
		sort = "name"
	}
	return ui.Table(v, ui.TableSpec[store.ClientUser]{ID: "client-table", Caption: v.T("Clients"), Path: path, Query: l.Query, Sort: sort,
		Columns: clientColumnsOf(v, path, l), Empty: noClients(v, path, l)}, l.Page.Rows)
}

// clientRoleOptions are every client role of the provider, and to be in none.
func clientRoleOptions(v *ui.View, l clientsList) []ui.Option {
	out := []ui.Option{{Value: "", Label: v.T("Any role")}}
	for _, o := range l.Roles {
		out = append(out, ui.Option{Value: id(o.ID), Label: roleTitle(v, o)})
	}
	return append(out, ui.Option{Value: "none", Label: v.T("In no portal")})
}

// clientColumnList are the columns there are beside the name, in their order.
var clientColumnList = []struct{ key, label string }{{"id", "ID"}, {"email", "E-mail"}, {"username", "User name"}, {"phone", "Phone"}, {"customer", "Customer"}, {"role", "Role"}, {"state", "State"}, {"login", "Last login"}, {"created", "Created"}}

func clientColumnBoxes(v *ui.View, chosen []string) g.Node {
	boxes := make([]g.Node, 0, len(clientColumnList))
	for _, c := range clientColumnList {
		boxes = append(boxes, ui.Checkbox("column", c.key, v.T(c.label), "", slices.Contains(chosen, c.key), false))
	}
	return ui.Checks(ui.Field{Name: "column", Label: v.T("Which columns you want to see"), Hint: v.T("The list remembers it for you, on every device.")}, boxes...)
}

func clientColumnsPage(v *ui.View, chosen []string) g.Node {
	path := v.Base + "/clients"
	return ui.Page(v, v.T("Columns"), ui.PageHead(v, v.T("Columns"), []ui.Link{{Label: v.T("Clients"), Href: path}}),
		ui.Card("", ui.Form(path+"/columns", clientColumnBoxes(v, chosen), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(path, v.T("Cancel"), "")))))
}

func clientColumnsOf(v *ui.View, path string, l clientsList) []ui.Column[store.ClientUser] {
	all := map[string]ui.Column[store.ClientUser]{
		"id":       {Label: v.T("ID"), Quiet: true, Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, desk.UserNumber(c.ID)) }},
		"email":    {Label: v.T("E-mail"), Sort: "email", Wide: true, Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, c.Email) }},
		"username": {Label: v.T("User name"), Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, c.Username) }},
		"phone":    {Label: v.T("Phone"), Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, c.Phone) }},
		"customer": {Label: v.T("Customer"), Wide: true, Bytes: func(b []byte, c store.ClientUser) []byte { return appendCustomers(v, b, c) }},
		"role":     {Label: v.T("Role"), Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, rolesIn(v, c)) }},
		"state": {Label: v.T("State"), Bytes: func(b []byte, c store.ClientUser) []byte {
			return ui.AppendBadge(b, personStates[c.State][0], v.T(personStates[c.State][1]))
		}},
		"login":   {Label: v.T("Last login"), Sort: "login", Quiet: true, Bytes: func(b []byte, c store.ClientUser) []byte { return appendLogin(v, b, c) }},
		"created": {Label: v.T("Created"), Sort: "created", Quiet: true, Bytes: func(b []byte, c store.ClientUser) []byte { return v.AppendDateTime(b, c.CreatedAt) }},
	}
	cols := []ui.Column[store.ClientUser]{{Label: v.T("Name"), Sort: "name", Bytes: func(b []byte, c store.ClientUser) []byte {
		return ui.AppendTwo(b, path+"/"+id(c.ID), c.Name, c.Title)
	}}}
	for _, c := range clientColumnList {
		if slices.Contains(l.Columns, c.key) {
			cols = append(cols, all[c.key])
		}
	}
	return cols
}

// appendLogin is when somebody came last; who never did, and has yet to choose
// a password, says so in the words of row 82.
func appendLogin(v *ui.View, b []byte, c store.ClientUser) []byte {
	switch {
	case c.State == "pending":
		return ui.AppendText(b, v.T("Activation pending"))
	case c.LastLogin.IsZero():
		return ui.AppendText(b, v.T("Never"))
	}
	return v.AppendDateTime(b, c.LastLogin)
}

// manyPortals is up to how many customers of a person a list names.
const manyPortals = 3

func appendCustomers(v *ui.View, b []byte, c store.ClientUser) []byte {
	if len(c.In) == 0 {
		return ui.AppendText(b, "")
	}
	for i, m := range c.In {
		if i == manyPortals {
			b = append(b, ", "...)
			return ui.AppendText(b, v.T("%s more", v.N(int64(len(c.In)-manyPortals))))
		}
		if i > 0 {
			b = append(b, ", "...)
		}
		b = ui.AppendLink(b, v.Base+"/customers/"+id(m.Customer), m.Name)
	}
	return b
}

// rolesIn names the roles that somebody has in its portals, each once.
func rolesIn(v *ui.View, c store.ClientUser) string {
	var names []string
	for _, m := range c.In {
		if len(m.Roles) == 0 {
			m.Roles = []store.Role{{Name: v.T("Portal user")}}
		}
		for _, o := range m.Roles {
			if name := roleTitle(v, o); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

func noClients(v *ui.View, path string, l clientsList) g.Node {
	if l.Query.Get("q")+l.Query.Get("state")+l.Query.Get("role")+l.Query.Get("customer") != "" {
		return ui.Empty("search", v.T("Nothing matches"), v.T("No client fits this search and these filters."), ui.LinkButton(path, v.T("Show all clients"), ""))
	}
	var way []g.Node
	if l.Staff.May(store.UserJoin) {
		way = append(way, ui.PrimaryLink(path+"/new", v.T("Create New"), "plus"))
	}
	return ui.Empty("users", v.T("No clients yet"), v.T("A client is a person at one of your customers. Create one here, or invite people under a customer's portal."), way...)
}
