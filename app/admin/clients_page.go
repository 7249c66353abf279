package admin

import (
	"net/url"
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type clientsList struct {
	Staff  store.Staff
	Query  url.Values
	Filter store.ClientFilter
	Of     store.Customer // the customer that is filtered by
	Page   store.Page[store.ClientUser]
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
	next, first := "", ""
	if l.Page.Next != "" {
		next = ui.HrefWith(path, l.Query, "after", l.Page.Next)
	}
	if l.Query.Get("after") != "" {
		first = ui.HrefWith(path, l.Query)
	}
	return ui.Page(v, v.T("Clients"), ui.PageHead(v, v.T("Clients"), nil, actions...), ui.PageLead(v.T("The people of your customers: who may sign in to which portal, and what they see there. They need no licence.")),
		ui.List("clients", clientFilters(v, path, l), clientTable(v, path, l), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)),
		g.If(l.Staff.May(store.UserExport) && len(l.Page.Rows) > 0, h.Div(h.Class("list-foot"), ui.LinkButton(ui.HrefWith(path+"/export", l.Query, "sort", l.Query.Get("sort")), v.T("Export"), "download"))))
}

func clientFilters(v *ui.View, path string, l clientsList) g.Node {
	f := ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, e-mail or customer"), Keep: []string{"sort", "customer"}, Filters: []ui.Filter{
		{Name: "state", Label: v.T("State"), Value: l.Query.Get("state"), Options: []ui.Option{{Value: "", Label: v.T("Any state")}, {Value: "active", Label: v.T("Active")},
			{Value: "pending", Label: v.T("Activation pending")}, {Value: "disabled", Label: v.T("Disabled")}}},
		{Name: "role", Label: v.T("Role"), Value: l.Query.Get("role"), Options: []ui.Option{{Value: "", Label: v.T("Any role")}, {Value: "admin", Label: v.T("Portal admin")},
			{Value: "user", Label: v.T("Portal user")}, {Value: "none", Label: v.T("In no portal")}}}}}
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
		Columns: []ui.Column[store.ClientUser]{
			{Label: v.T("Name"), Sort: "name", Bytes: func(b []byte, c store.ClientUser) []byte {
				return ui.AppendTwo(b, path+"/"+id(c.ID), c.Name, c.Title)
			}},
			{Label: v.T("E-mail"), Sort: "email", Wide: true, Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, c.Email) }},
			{Label: v.T("Customer"), Wide: true, Bytes: func(b []byte, c store.ClientUser) []byte { return appendCustomers(v, b, c) }},
			{Label: v.T("Role"), Bytes: func(b []byte, c store.ClientUser) []byte { return ui.AppendText(b, rolesIn(v, c)) }},
			{Label: v.T("State"), Bytes: func(b []byte, c store.ClientUser) []byte {
				return ui.AppendBadge(b, personStates[c.State][0], v.T(personStates[c.State][1]))
			}},
			{Label: v.T("Last login"), Sort: "login", Quiet: true, Bytes: func(b []byte, c store.ClientUser) []byte { return appendLogin(v, b, c) }},
		}, Empty: noClients(v, path, l)}, l.Page.Rows)
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
