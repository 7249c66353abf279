package admin

import (
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func clientCrumbs(v *ui.View) []ui.Link {
	return []ui.Link{{Label: v.T("Clients"), Href: v.Base + "/clients"}}
}

// chooseCustomerPage asks at which customer a new client
// is, or one who is there already, by name.
func chooseCustomerPage(v *ui.View, path, who string, q url.Values, l store.Page[store.Customer]) g.Node {
	title, lead := v.T("Create New"), v.T("At which customer is the person? You can add further customers later.")
	if who != "" {
		title, lead = v.T("Add a customer for %s", who), v.T("Which customer's portal may they enter, too?")
	}
	first, next := ui.Around(path, q, l.Next)
	empty := ui.Empty("building", v.T("No customers yet"), v.T("A client belongs to a customer. Add the customer first."), ui.LinkButton(v.Base+"/customers/new", v.T("Add customer"), "plus"))
	if q.Get("q") != "" {
		empty = ui.Empty("search", v.T("Nothing matches"), v.T("No customer fits this search."), ui.LinkButton(path, v.T("Show all customers"), ""))
	}
	return ui.Page(v, title, ui.PageHead(v, title, clientCrumbs(v)), ui.PageLead(lead),
		ui.List("customers", ui.Filters(v, ui.FilterSpec{Action: path, Query: q, Placeholder: v.T("Name, number, contact, e-mail, city")}),
			ui.Table(v, ui.TableSpec[store.Customer]{ID: "choose", Caption: v.T("Customers"), Empty: empty, Columns: []ui.Column[store.Customer]{
				{Label: v.T("Customer"), Bytes: func(b []byte, c store.Customer) []byte {
					return ui.AppendTwo(b, path+"?customer="+id(c.ID), c.Name, customerSub(c))
				}},
				{Label: v.T("Portal"), Bytes: func(b []byte, c store.Customer) []byte {
					return ui.AppendBadge(b, portalStates[c.PortalState][0], v.T(portalStates[c.PortalState][1]))
				}}}}, l.Rows),
			ui.Pager(v, len(l.Rows), total(v, l.Total, l.More), first, next)))
}

type newClientForm struct {
	Once          string
	Way           string // activation, password, link
	New           store.NewClient
	Customer      store.Customer
	Groups        []store.Group
	Roles         []store.Role
	FirstPassword bool
	MailOff       bool
	Problem       error
}

func newClientPage(v *ui.View, f newClientForm) g.Node {
	title, bad, n := v.T("Create New"), fault.Fields(f.Problem), f.New
	text := func(name, label, value string, more ui.Field) g.Node {
		more.Name, more.Label, more.Value, more.Error, more.Autocomplete = name, v.T(label), value, bad[name], "off"
		return ui.Input(more)
	}
	return ui.Page(v, title, ui.PageHead(v, v.T("New client of %s", f.Customer.Name), clientCrumbs(v)), problemNotice(v, f.Problem), newClientNotices(v, f),
		ui.Card("", ui.Form(v.Base+"/clients/new", ui.HiddenFields("once", f.Once, "customer", id(f.Customer.ID)),
			ui.Fieldset(v.T("Person"), "",
				ui.Two(text("name", "Full name", n.Name, ui.Field{Required: true, Max: 200, Autofocus: f.Problem == nil}), text("title", "Title", n.Title, ui.Field{Max: 100})),
				ui.Two(text("email", "E-mail", n.Email, ui.Field{Required: true, Type: "email", Max: 254, Hint: v.T("They sign in with it. It belongs to one person among all your people and clients.")}), text("phone", "Phone", n.Phone, ui.Field{Type: "tel", Max: 50}))),
			wayFields(v, f, bad), membershipFields(v, n.MembershipEdit, f.Customer.Name, f.Roles, f.Groups, bad),
			ui.FormActions(ui.Primary(v.T("Create")), ui.LinkButton(v.Base+"/clients", v.T("Cancel"), "")))))
}

func newClientNotices(v *ui.View, f newClientForm) g.Node {
	return g.Group{
		g.If(f.Customer.PortalState == "none" || f.Customer.PortalState == "draft", ui.Notice("info", v.T("%s has no open portal yet. A minimal one is made with its first client: it shows the assets that are assigned, and nothing else. You can share more under Customer Portal.", f.Customer.Name))),
		g.If(f.MailOff, ui.Notice("info", v.T("Mail is switched off. Letters wait in the outbox, and links can be copied.")))}
}

// wayFields ask how the person gets its sign-in.
func wayFields(v *ui.View, f newClientForm, bad map[string]string) g.Node {
	ways := []ui.Option{{Value: "activation", Label: v.T("Send an activation e-mail"), Hint: v.T("They choose their own password over a link that works for 7 days.")}}
	if f.FirstPassword {
		ways = append(ways, ui.Option{Value: "password", Label: v.T("Set an initial password"), Hint: v.T("You hand it over yourself. It has to be changed at the first sign-in, and is never mailed.")})
	}
	ways = append(ways, ui.Option{Value: "link", Label: v.T("Create an invitation link"), Hint: v.T("The account is made by whoever opens the link. You copy it on the next page.")})
	return ui.Fieldset(v.T("Sign-in"), "", ui.Radios(ui.Field{Name: "way", Label: v.T("How do they get in?"), Value: f.Way, Error: bad["way"]}, ways),
		g.If(f.FirstPassword, ui.Two(ui.Input(ui.Field{Name: "password", Label: v.T("Initial password"), Type: "password", Autocomplete: "new-password", Error: bad["password"],
			Hint: v.T("Only with “Set an initial password”. Somebody who has a sign-in here already keeps their own.")}))))
}

// membershipFields ask what a person is at one customer: roles, groups, and
// whose records it sees.
func membershipFields(v *ui.View, e store.MembershipEdit, customer string, roles []store.Role, groups []store.Group, bad map[string]string) g.Node {
	of := "all"
	if !e.All && len(groups) > 0 {
		of = "some"
	}
	return ui.Fieldset(v.T("In the portal of %s", customer), "",
		roleBoxes(v, e, roles, bad), groupFields(v, e, of, customer, groups, bad),
		ui.Radios(ui.Field{Name: "sees", Label: v.T("Sees records of"), Value: e.Sees, Error: bad["sees"]}, seesOptions(v)))
}

// roleBoxes offer client roles; what counts is all of them together.
func roleBoxes(v *ui.View, e store.MembershipEdit, roles []store.Role, bad map[string]string) g.Node {
	var boxes []g.Node
	for _, o := range roles {
		on := slices.Contains(e.Roles, o.ID) || e.Builtin != "" && o.Builtin == e.Builtin
		boxes = append(boxes, ui.Checkbox("role", id(o.ID), roleTitle(v, o), roleAbout(v, o), on, false))
	}
	return ui.Checks(ui.Field{Name: "roles", Label: v.T("Roles"), Error: bad["roles"], Hint: v.T("Several roles add up. Without any, the person can sign in and sees nothing yet.")}, boxes...)
}

// roleTitle is a role's name: built-in ones in the reader's language.
func roleTitle(v *ui.View, o store.Role) string {
	if o.Builtin != "" {
		return v.T(o.Name)
	}
	return o.Name
}

func roleAbout(v *ui.View, o store.Role) string {
	if o.Builtin != "" {
		return v.T(o.About)
	}
	return o.About
}

func seesOptions(v *ui.View) []ui.Option {
	return []ui.Option{{Value: store.SeesCustomer, Label: v.T("The whole customer"), Hint: v.T("Within the groups above.")},
		{Value: store.SeesGroups, Label: v.T("Own groups"), Hint: v.T("What belongs to a group they are in.")},
		{Value: store.SeesOwn, Label: v.T("Own only"), Hint: v.T("What they reported or asked for themselves.")}}
}

func groupFields(v *ui.View, e store.MembershipEdit, of, customer string, groups []store.Group, bad map[string]string) g.Node {
	if len(groups) == 0 {
		return h.P(ui.Muted(v.T("%s has no groups, so everybody there sees all of its assets.", customer)))
	}
	var boxes []g.Node
	for _, u := range groups {
		boxes = append(boxes, ui.Checkbox("group", id(u.ID), u.Name, "", slices.Contains(e.Groups, u.ID), false))
	}
	return g.Group{ui.Radios(ui.Field{Name: "groups_of", Label: v.T("Groups"), Value: of}, []ui.Option{
		{Value: "all", Label: v.T("All groups of %s", customer), Hint: v.T("Also assets that are in no group. Never more than what belongs to %s.", customer)},
		{Value: "some", Label: v.T("Only these:")}}), ui.Checks(ui.Field{Name: "groups", Label: v.T("Groups of %s", customer), Error: bad["groups"]}, boxes...)}
}
