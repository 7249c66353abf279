package admin

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

type userView struct {
	userForm
	Sight    store.Sight
	Sessions []store.Session
	Letter   store.Mail
	Pending  store.EmailChange // a new address that waits; none with ID 0
	Contact  string            // of the operator
	Account  store.Account
}

func userPage(v *ui.View, p userView) g.Node {
	u, path := *p.User, v.Base+"/users"
	return ui.Page(v, u.Name, ui.PageHead(v, u.Name, []ui.Link{{Label: v.T("Users"), Href: path}}, ui.LinkButton(path+"/"+id(u.ID)+"/permissions", v.T("Effective permissions"), "shield-check")),
		h.Div(h.Class("facts"), ui.Badge(personStates[u.State][0], v.T(personStates[u.State][1])), h.Span(g.Text(userRoleTitle(v, u))), accessChips(v, p.Sight), h.Span(h.Class("muted"), g.Text("U-"+id(u.ID)))),
		problemNotice(v, p.Problem),
		ui.Grid(ui.Col(8, userEditCard(v, p)), ui.Col(4, userAccountCard(v, p), userLetterCard(v, p), userEmailCard(v, p), usernameCard(v, p), factorCard(v, p.Staff, p.Account, v.Base+"/users/"+id(u.ID)), userSessionsCard(v, p), userEndCard(v, p))))
}

func userRoleTitle(v *ui.View, u store.User) string {
	if u.Owner {
		return v.T("%s (owner)", roleName(v, u.Role, u.RoleName))
	}
	return roleName(v, u.Role, u.RoleName)
}

// accessChips show whose rows a person sees: ALL groups is said in so many
// words.
func accessChips(v *ui.View, s store.Sight) g.Node {
	if s.All {
		return ui.Badge("info", v.T("ALL groups"))
	}
	var out g.Group
	for _, u := range s.Groups {
		out = append(out, ui.Badge("neutral", u.Name))
	}
	if len(out) == 0 {
		return ui.Badge("warn", v.T("No access"))
	}
	return out
}

func userEditCard(v *ui.View, p userView) g.Node {
	u, s := *p.User, p.Staff
	if !s.May(store.UserChange) {
		return ui.Card(v.T("Person"), ui.DL(ui.Row(v.T("Name"), u.Name), ui.Row(v.T("E-mail"), u.Email), ui.Row(v.T("Phone"), u.Phone), ui.Row(v.T("Role"), userRoleTitle(v, u))))
	}
	return ui.Card(v.T("Edit user"), ui.Form(v.Base+"/users/"+id(u.ID), userFields(v, p.userForm), ui.FormActions(ui.Primary(v.T("Confirm")), ui.LinkButton(v.Base+"/users", v.T("Cancel"), ""))))
}

func userAccountCard(v *ui.View, p userView) g.Node {
	u := *p.User
	at := v.Base + "/users/" + id(u.ID)
	pending := u.State == "pending"
	var buttons g.Group
	if p.Staff.May(store.UserLink) {
		buttons = append(buttons, linkButton(v, at, v.T("Request password reset"), "key", u.State == "active"), linkButton(v, at, v.T("Resend activation email"), "mail-forward", pending))
	}
	return ui.Card(v.T("Account"), ui.DL(ui.Row(v.T("Last login"), lastLogin(v, u)), ui.Row(v.T("Created"), v.DateTime(u.CreatedAt)), ui.Row(v.T("Updated"), v.DateTime(u.UpdatedAt))), g.If(len(buttons) > 0, ui.Actions(buttons...)))
}

// linkButton is one of the two letters; the one that does not apply is off.
func linkButton(v *ui.View, at, label, icon string, on bool) g.Node {
	if on {
		return ui.PostButton(at+"/link", label, icon)
	}
	return ui.PlainButton(label, ui.Icon(icon), h.Disabled())
}

// userLetterCard says what became of the last letter.
func userLetterCard(v *ui.View, p userView) g.Node {
	m := p.Letter
	if m.ID == 0 {
		return nil
	}
	pairs := []ui.Pair{{Label: v.T("Letter"), Value: ui.TextLink(v.Base+"/outbox/"+id(m.ID), m.Subject)}, {Label: v.T("State"), Value: ui.Badge(mailStates[m.State][0], v.T(mailStates[m.State][1]))}, ui.Row(v.T("Written"), v.DateTime(m.CreatedAt))}
	if !m.SentAt.IsZero() {
		pairs = append(pairs, ui.Row(v.T("Sent"), v.DateTime(m.SentAt)))
	}
	if m.Reply != "" {
		pairs = append(pairs, ui.Row(v.T("In the server's words"), m.Reply))
	}
	return ui.Card(v.T("Last letter"), ui.DL(pairs...))
}

// userEmailCard changes an address: the new one is pending until its code was
// entered. The owner's is the operator's to change.
func userEmailCard(v *ui.View, p userView) g.Node {
	u, at := *p.User, v.Base+"/users/"+id(p.User.ID)+"/email"
	title := v.T("E-mail address")
	switch {
	case !p.Staff.May(store.UserEmail) || u.ID == p.Staff.Me().ID && !u.Owner:
		return nil
	case u.Owner && p.Contact != "":
		return ui.Card(title, ui.Muted(v.T("The owner's address is changed by whoever runs this appliance. Write to %s.", p.Contact)))
	case u.Owner:
		return ui.Card(title, ui.Muted(v.T("The owner's address is changed by whoever runs this appliance.")))
	case u.State == "disabled":
		return nil
	case p.Pending.ID != 0:
		return ui.Card(title, ui.DL(ui.Row(v.T("Counts"), p.Pending.Old), ui.Pair{Label: v.T("New"), Value: g.Group{g.Text(p.Pending.New + " "), ui.Badge("warn", v.T("pending"))}}, ui.Row(v.T("Until"), v.DateTime(p.Pending.ExpiresAt))),
			ui.Actions(ui.PostButton(at+"/resend", v.T("Send again"), "mail-forward"), ui.PostButton(at+"/cancel", v.T("Cancel the change"), "x")))
	}
	return ui.Card(title, ui.Form(at, ui.Input(ui.Field{Name: "new_email", Type: "email", Label: v.T("New e-mail address"), Max: 254, Error: fault.Fields(p.Problem)["new_email"], Autocomplete: "off", Hint: v.T("The old address is told; the new one gets a code. Until it is entered, the old one counts.")}),
		ui.FormActions(ui.Button(v.T("Change e-mail address")))))
}

func usernameCard(v *ui.View, p userView) g.Node {
	u := *p.User
	if !p.Staff.May(store.UserName) {
		return nil
	}
	return ui.Card(v.T("User name"), ui.Form(v.Base+"/users/"+id(u.ID)+"/username",
		ui.Input(ui.Field{Name: "username", Label: v.T("User name"), Value: u.Username, Max: 60, Error: fault.Fields(p.Problem)["username"], Autocomplete: "off", Hint: v.T("Signs in beside the e-mail address. Open sessions stay; the next sign-in uses the new one.")}),
		ui.FormActions(ui.Button(v.T("Change user name")))))
}

func userSessionsCard(v *ui.View, p userView) g.Node {
	if !p.Staff.May(store.UserSessions) {
		return nil
	}
	if len(p.Sessions) == 0 {
		return ui.Card(v.T("Signed in"), ui.Muted(v.T("Nowhere at the moment.")))
	}
	pairs := make([]ui.Pair, 0, len(p.Sessions))
	for _, e := range p.Sessions[:min(len(p.Sessions), 5)] {
		pairs = append(pairs, ui.Row(v.DateTime(e.SeenAt), strings.TrimSpace(web.Browser(e.Agent)+" "+e.IP)))
	}
	return ui.Card(v.T("Signed in"), ui.DL(pairs...), ui.Actions(ui.PostButton(v.Base+"/users/"+id(p.User.ID)+"/sessions", v.Plural(int64(len(p.Sessions)), "End the session", "End all %s sessions"), "logout")))
}

// userEndCard switches an account off or on, or deletes it.
func userEndCard(v *ui.View, p userView) g.Node {
	u, s := *p.User, p.Staff
	at := v.Base + "/users/" + id(u.ID)
	var buttons, dialogs g.Group
	if s.May(store.UserDisable) && u.State != "disabled" {
		buttons = append(buttons, ui.PostButton(at+"/disable", v.T("Disable"), "ban"))
	}
	if s.May(store.UserEnable) && u.State == "disabled" {
		buttons = append(buttons, ui.PostButton(at+"/enable", v.T("Enable"), "lock-open"))
	}
	if s.May(store.UserDelete) {
		buttons = append(buttons, h.A(h.Class("btn danger"), h.Href(at+"/delete"), h.Data("open", "delete-user"), ui.Icon("trash"), h.Span(g.Text(v.T("Delete user")))))
		dialogs = append(dialogs, ui.Dialog(v, "delete-user", v.T("Delete %s", u.Name), at+"/delete", deleteFields(v, u, "", nil), ui.CancelButton(v), confirmDelete(v)))
	}
	if len(buttons) == 0 {
		return nil
	}
	return g.Group{ui.CardWith(ui.CardSpec{Title: v.T("Disable or delete"), Note: v.T("Disabled, the account keeps all it has and can be enabled again. Deleted, it is gone.")}, ui.Actions(buttons...)), dialogs}
}

func deleteFields(v *ui.View, u store.User, typed string, problem error) g.Node {
	return ui.Stack(h.P(g.Text(v.T("The login is deleted and every session ends at once. What %s did stays in the records and in the audit log under the ID U-%s. The e-mail address is free again.", u.Name, id(u.ID)))),
		ui.Input(ui.Field{Name: "confirm_email", Type: "email", Label: v.T("Type the e-mail address to confirm: %s", u.Email), Value: typed, Required: true, Autocomplete: "off", Error: fault.Fields(problem)["confirm_email"], Attrs: []g.Node{h.Data("match", u.Email)}}))
}

// confirmDelete is the button that a script keeps off until the address
// matches; the server checks it in any case.
func confirmDelete(v *ui.View) g.Node {
	return h.Button(h.Class("btn danger solid"), h.Type("submit"), h.Span(g.Text(v.T("Confirm"))))
}

func deleteUserPage(v *ui.View, u store.User, typed string, problem error) g.Node {
	back := v.Base + "/users/" + id(u.ID)
	return ui.Page(v, v.T("Delete %s", u.Name), ui.PageHead(v, v.T("Delete %s", u.Name), []ui.Link{{Label: v.T("Users"), Href: v.Base + "/users"}, {Label: u.Name, Href: back}}), problemNotice(v, problem),
		ui.Card("", ui.Form(back+"/delete", deleteFields(v, u, typed, problem), ui.FormActions(confirmDelete(v), ui.LinkButton(back, v.T("Cancel"), "")))))
}
