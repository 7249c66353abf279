package admin

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

type editClientForm struct {
	Client   store.ClientUser
	Edit     store.UserEdit
	Version  int64
	Username string
	NewEmail string
	Pending  store.EmailChange
	Formats  store.Account
	Problem  error
}

func oneClientCrumbs(v *ui.View, c store.ClientUser) []ui.Link {
	return append(clientCrumbs(v), ui.Link{Label: c.Name, Href: v.Base + "/clients/" + id(c.ID)})
}

func clientEditPage(v *ui.View, f editClientForm) g.Node {
	at, title, bad := v.Base+"/clients/"+id(f.Client.ID), v.T("Edit %s", f.Client.Name), fault.Fields(f.Problem)
	return ui.Page(v, title, ui.PageHead(v, title, oneClientCrumbs(v, f.Client)), problemNotice(v, f.Problem),
		ui.Grid(ui.Col(6, personFields(v, at, f, bad), emailCard(v, at, f, bad), clientUsername(v, at, f, bad)),
			ui.Col(6, ui.CardWith(ui.CardSpec{Title: v.T("Dates, times and language"), Note: v.T("What they start with. They can choose others in their own profile.")},
				ui.Form(at+"/formats", web.FormatFields(v, f.Formats.Formats, bad), ui.FormActions(ui.Button(v.T("Save formats"))))))))
}

func personFields(v *ui.View, at string, f editClientForm, bad map[string]string) g.Node {
	return ui.Card(v.T("Person"), ui.Form(at+"/edit", ui.HiddenFields("version", strconv.FormatInt(f.Version, 10)),
		ui.Input(ui.Field{Name: "name", Label: v.T("Full name"), Value: f.Edit.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off"}),
		ui.Two(ui.Input(ui.Field{Name: "title", Label: v.T("Title"), Value: f.Edit.Title, Max: 100, Error: bad["title"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "phone", Label: v.T("Phone"), Type: "tel", Value: f.Edit.Phone, Max: 60, Error: bad["phone"], Autocomplete: "off"})),
		ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(at, v.T("Cancel"), ""))))
}

func emailCard(v *ui.View, at string, f editClientForm, bad map[string]string) g.Node {
	hint := v.T("The old address is told, the new one gets a code. Until the code is entered the old address counts.")
	if f.Client.State == "pending" {
		hint = v.T("The account is not activated yet, so the address changes at once and the activation goes there.")
	}
	return ui.Card(v.T("E-mail"), ui.DL(ui.Row(v.T("Now"), f.Client.Email)), pendingEmail(v, at, f.Pending),
		ui.Form(at+"/email", ui.Input(ui.Field{Name: "email", ID: "f-new-email", Label: v.T("New e-mail"), Type: "email", Value: f.NewEmail, Max: 254, Error: bad["email"], Hint: hint, Autocomplete: "off"}),
			ui.FormActions(ui.Button(v.T("Change e-mail")))))
}

// pendingEmail shows a new address that waits for its code.
func pendingEmail(v *ui.View, at string, e store.EmailChange) g.Node {
	if e.ID == 0 {
		return nil
	}
	return ui.Notice("info", v.T("%s is pending until %s. It was asked for by %s.", e.New, v.DateTime(e.ExpiresAt), e.By),
		ui.Actions(ui.PostButton(at+"/email/resend", v.T("Resend"), "send"), ui.PostButton(at+"/email/cancel", v.T("Cancel the change"), "x")))
}

func clientUsername(v *ui.View, at string, f editClientForm, bad map[string]string) g.Node {
	return ui.Card(v.T("User name"), ui.Form(at+"/username",
		ui.Input(ui.Field{Name: "username", Label: v.T("User name"), Value: f.Username, Max: 60, Error: bad["username"], Autocomplete: "off", Hint: v.T("Works beside the e-mail address for signing in. Leave it empty for none.")}),
		ui.FormActions(ui.Button(v.T("Save user name")))))
}

func clientPasswordPage(v *ui.View, c store.ClientUser, problem error) g.Node {
	at, title, bad := v.Base+"/clients/"+id(c.ID), v.T("Change Password"), fault.Fields(problem)
	return ui.Page(v, title, ui.PageHead(v, title, oneClientCrumbs(v, c)), problemNotice(v, problem), ui.Card("",
		h.P(g.Text(v.T("You hand the new password to %s yourself: it is never mailed. It has to be changed at the next sign-in, and everywhere else they are signed out now.", c.Name))),
		ui.Form(at+"/password", ui.Two(ui.Input(ui.Field{Name: "password", Label: v.T("New password"), Type: "password", Required: true, Error: bad["password"], Autocomplete: "new-password"})),
			ui.FormActions(ui.Primary(v.T("Set password")), ui.LinkButton(at, v.T("Cancel"), "")))))
}

func deleteClientPage(v *ui.View, c store.ClientUser, typed string, problem error) g.Node {
	at, title := v.Base+"/clients/"+id(c.ID), v.T("Delete %s", c.Name)
	return ui.Page(v, title, ui.PageHead(v, title, oneClientCrumbs(v, c)), g.If(problem != nil && len(fault.Fields(problem)) == 0, ui.Notice("error", fault.Says(problem))),
		ui.Card(v.T("What happens then"), h.Ul(h.Class("prose"),
			h.Li(g.Text(v.T("They can no longer sign in anywhere, and every session and link ends at once."))),
			h.Li(g.Text(v.T("What they reported and wrote stays. The audit log keeps saying who U-%s was.", id(c.ID)))),
			h.Li(g.Text(v.T("To switch access off for a while, disable the account instead.")))),
			ui.Form(at+"/delete", ui.Two(ui.Input(ui.Field{Name: "confirm_email", Label: v.T("Type the e-mail address to confirm: %s", c.Email), Value: typed, Required: true, Autocomplete: "off", Error: fault.Fields(problem)["confirm_email"],
				Attrs: []g.Node{h.Data("match", c.Email)}})),
				ui.FormActions(ui.Danger(v.T("Delete client")), ui.LinkButton(at, v.T("Keep it"), "")))))
}

type memberForm struct {
	Client      store.ClientUser
	Membership  *store.Membership // nil: a new one
	Of          store.CustomerID
	Customer    store.Customer
	Edit        store.MembershipEdit
	Roles       []store.Role
	Groups      []store.Group
	Permissions []store.Effective
	Problem     error
}

func memberPage(v *ui.View, s store.Staff, f memberForm) g.Node {
	at, bad := v.Base+"/clients/"+id(f.Client.ID), fault.Fields(f.Problem)
	title, action, label := v.T("Add %s", f.Customer.Name), at+"/portals/new", v.T("Add access")
	if f.Membership != nil {
		title, action, label = f.Customer.Name, at+"/portals/"+id(f.Membership.ID), v.T("Save")
	}
	var actions []g.Node
	if s.May(store.MemberRoles) {
		actions = []g.Node{ui.Primary(label)}
	}
	form := ui.Card("", ui.Form(action, ui.HiddenFields("customer", id(f.Of)), membershipFields(v, f.Edit, f.Customer.Name, f.Roles, f.Groups, bad),
		ui.FormActions(append(actions, ui.LinkButton(at, v.T("Cancel"), ""))...)))
	body := ui.Grid(ui.Col(12, form))
	if f.Membership != nil {
		body = ui.Grid(ui.Col(6, form), ui.Col(6, memberAccessCard(v, s, at, f), memberPermissionsCard(v, f)))
	}
	return ui.Page(v, title, ui.PageHead(v, title, oneClientCrumbs(v, f.Client)), problemNotice(v, f.Problem), body)
}

// memberAccessCard switches access to one portal off, or takes it away.
func memberAccessCard(v *ui.View, s store.Staff, at string, f memberForm) g.Node {
	if !s.May(store.MemberChange) {
		return nil
	}
	m, here := *f.Membership, at+"/portals/"+id(f.Membership.ID)
	toggle := ui.PostButton(here+"/state", v.T("Disable access to this portal"), "ban", "disabled", "yes")
	if m.State == "disabled" {
		toggle = ui.PostPrimary(here+"/state", v.T("Enable access to this portal"), "player-play", "disabled", "")
	}
	return ui.Card(v.T("Access"), ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge(personStates[m.State][0], v.T(personStates[m.State][1]))}, ui.Row(v.T("Last login"), v.DateTime(m.LastLogin)), ui.Row(v.T("Member since"), v.Date(m.CreatedAt))),
		ui.Actions(toggle, ui.LinkButton(here+"/remove", v.T("Remove from this portal"), "user-minus")))
}

// memberPermissionsCard says what the person may do in the end, and why.
func memberPermissionsCard(v *ui.View, f memberForm) g.Node {
	return permissionTable(v, "effective", v.T("Effective permissions"), f.Permissions, func(e store.Effective) string { return featureLabel(v, e.Feature) })
}

func featureLabel(v *ui.View, f store.Feature) string {
	for _, i := range store.Features {
		if i.Feature == f {
			return v.T(i.Label)
		}
	}
	return string(f)
}

func removeMemberPage(v *ui.View, c store.ClientUser, m store.Membership) g.Node {
	at, title := v.Base+"/clients/"+id(c.ID), v.T("Remove %s from %s?", c.Name, m.CustomerName)
	return ui.Page(v, title, ui.PageHead(v, title, oneClientCrumbs(v, c)),
		ui.ConfirmPage(v, v.T("What happens then"), v.T("They can no longer enter this portal, and their sessions there end at once. The account stays, and so does what they made."), at+"/portals/"+id(m.ID)+"/remove", v.T("Remove"), at))
}
