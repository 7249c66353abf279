package admin

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// customerTabs leads through a customer's profile; each tab is a page below
// the customer's own address.
func customerTabs(v *ui.View, s store.Staff, c store.Customer, current string) g.Node {
	at := v.Base + "/customers/" + id(c.ID)
	tabs := []ui.Tab{{Label: v.T("Profile"), Href: at}, {Label: v.T("Assets"), Href: at + "/assets", Count: v.N(c.Assets)}, {Label: v.T("Jobs"), Href: at + "/jobs"}, {Label: v.T("Customer Portal"), Href: at + "/portal"}}
	if s.May(store.HistoryRead) {
		tabs = append(tabs, ui.Tab{Label: v.T("History"), Href: at + "/history"})
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == at+current
	}
	return ui.Tabs(v, tabs)
}

func customerCrumbs(v *ui.View, c store.Customer) []ui.Link {
	return []ui.Link{{Label: v.T("Customers"), Href: v.Base + "/customers"}, {Label: c.Name, Href: v.Base + "/customers/" + id(c.ID)}}
}

// customerHead is what stands above every tab of a customer's profile; current
// is the tab's path below the customer's address.
func customerHead(v *ui.View, s store.Staff, c store.Customer, current string) g.Node {
	at := v.Base + "/customers/" + id(c.ID)
	var actions []g.Node
	if s.May(store.PortalSetup) && c.PortalState == string(store.PortalNone) && current != "/portal" {
		actions = append(actions, ui.PrimaryLink(at+"/portal/enable", v.T("Turn on customer portal"), "power"))
	}
	if s.May(store.CustomerChange) {
		actions = append(actions, ui.LinkButton(at+"/edit", v.T("Edit"), "pencil"))
	}
	if s.May(store.CustomerDelete) {
		actions = append(actions, ui.Menu(v.T("More"), "", ui.MenuLink(at+"/delete", v.T("Delete customer"), "trash")))
	}
	return g.Group{ui.PageHead(v, c.Name, []ui.Link{{Label: v.T("Customers"), Href: v.Base + "/customers"}}, actions...),
		h.Div(h.Class("facts"), ui.Badge("neutral", c.TypeName), portalBadge(v, s, c),
			ui.Muted(customerNumber(c)), ui.Muted(v.Plural(c.Assets, "%s asset", "%s assets")), ui.Muted(groupWords(v, c.Groups))),
		customerTabs(v, s, c, current)}
}

// groupWords names a customer's groups, the first few of many.
func groupWords(v *ui.View, names []string) string {
	switch n := len(names); {
	case n == 0:
		return v.T("No groups")
	case n > 3:
		return v.T("Groups: %s and %s more", strings.Join(names[:3], ", "), v.N(int64(n-3)))
	}
	return v.T("Groups: %s", strings.Join(names, ", "))
}

type customerProfile struct {
	Staff    store.Staff
	Customer store.Customer
	Contacts []store.Contact
	Groups   []store.Group
	Once     string
}

func customerPage(v *ui.View, p customerProfile) g.Node {
	return ui.Page(v, p.Customer.Name, customerHead(v, p.Staff, p.Customer, ""),
		ui.Grid(ui.Col(4, companyCard(v, p.Customer)), ui.Col(8, contactsCard(v, p), customerGroupsCard(v, p))))
}

func companyCard(v *ui.View, c store.Customer) g.Node {
	return ui.Card(v.T("Company"), ui.DL(ui.Row(v.T("Number"), customerNumber(c)), ui.Row(v.T("Your number"), c.ExternalID),
		addressPair(v.T("E-mail"), "mailto:", c.Email), addressPair(v.T("Phone"), "tel:", c.Phone),
		ui.Row(v.T("Address"), address(c)), ui.Row(v.T("Added"), v.Date(c.CreatedAt)), ui.Row(v.T("Changed"), v.Date(c.UpdatedAt))))
}

func addressPair(label, scheme, to string) ui.Pair {
	if to == "" {
		return ui.Row(label, "")
	}
	return ui.Pair{Label: label, Value: ui.TextLink(scheme+to, to)}
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

// customerGroupsCard shows a customer's groups; the first one is a click away.
func customerGroupsCard(v *ui.View, p customerProfile) g.Node {
	at := v.Base + "/groups"
	spec := ui.CardSpec{Title: v.T("Groups"), Flush: true, Note: v.T("Business units of this customer. They appear as groups in its portal.")}
	empty := ui.Empty("users-group", v.T("No groups yet"), v.T("Without groups everybody in the portal sees all assets of %s.", p.Customer.Name))
	if p.Staff.May(store.GroupAdd) {
		if len(p.Groups) > 0 {
			spec.Actions = []g.Node{ui.LinkButton(at+"/new?customer="+id(p.Customer.ID), v.T("Add group"), "plus")}
		}
		empty = ui.Empty("users-group", v.T("No groups yet"), v.T("Without groups everybody in the portal sees all assets of %s.", p.Customer.Name),
			ui.PostButton(v.Base+"/customers/"+id(p.Customer.ID)+"/group", v.T("Create group for this customer"), "plus"),
			ui.LinkButton(at+"/new?customer="+id(p.Customer.ID), v.T("Another name"), ""))
	}
	return ui.CardWith(spec, ui.Table(v, ui.TableSpec[store.Group]{ID: "groups", Caption: v.T("Groups of %s", p.Customer.Name), Columns: groupColumns(v, p.Staff, false), RowActions: groupMenu(v, p.Staff), Empty: empty}, p.Groups))
}

func deleteCustomerPage(v *ui.View, s store.Staff, c store.Customer, typed, problem string) g.Node {
	at, title := v.Base+"/customers/"+id(c.ID), v.T("Delete %s", c.Name)
	return ui.Page(v, title, ui.PageHead(v, title, customerCrumbs(v, c)),
		ui.Card(v.T("What happens then"),
			h.Ul(h.Class("prose"),
				g.If(c.PortalState != "none", h.Li(g.Text(v.T("Its portal closes at once and its people can no longer sign in to it. Invitations that are still open stop working.")))),
				g.If(c.Assets > 0, h.Li(g.Text(v.Plural(c.Assets, "%s asset is given back and stays in your fleet.", "%s assets are given back and stay in your fleet.")))),
				h.Li(g.Text(v.T("Its contacts and groups are gone. History keeps the name, so that you can still see what was done for whom."))),
				h.Li(h.Strong(g.Text(v.T("This cannot be undone."))))),
			ui.Form(at+"/delete",
				ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Type the customer's name to confirm: %s", c.Name), Value: typed, Required: true, Autocomplete: "off", Error: problem})),
				ui.FormActions(ui.Danger(v.T("Delete customer")), ui.LinkButton(at, v.T("Keep it"), "")))))
}
