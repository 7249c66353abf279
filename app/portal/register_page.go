package portal

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// invitationPage is the first page behind a link: whose portal, who invited.
// Its button is what tells a person from a program.
func invitationPage(v *ui.View, face store.PortalTheme, guest store.Guest) g.Node {
	return ui.Plain(v, v.T("Welcome to %s", face.PortalName),
		ui.PageLead(v.T("%s of %s invites you to the portal for %s.", guest.Inviter, face.ProviderName, face.CustomerName)),
		ui.DL(ui.Row(v.T("Shared by"), face.ProviderName), ui.Row(v.T("Shared with"), face.CustomerName), ui.Row(v.T("Invited by"), guest.Inviter),
			ui.Row(v.T("This link works until"), v.DateTime(guest.ExpiresAt))),
		ui.Form(v.Path, ui.FormActions(ui.Primary(v.T("Continue")))),
		h.P(ui.Muted(v.T("Not for you? Close this page. Nothing happens without a password of yours."))))
}

// joinForm is what somebody who registers or activates sees again when
// something was wrong.
type joinForm struct {
	Face    store.PortalTheme
	Guest   store.Guest
	In      desk.Joining
	Terms   store.Terms
	Problem error
	store.SignInRules
}

func (f joinForm) bad() map[string]string { return fault.Fields(f.Problem) }

func registerPage(v *ui.View, f joinForm) g.Node {
	email := ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: f.In.Email, Required: true, Max: 254, Error: f.bad()["email"], Autocomplete: "username", Inputmode: "email"}
	if f.Guest.Email != "" {
		email.Value, email.ReadOnly, email.Hint = f.Guest.Email, true, v.T("The invitation is for this address.")
	}
	return ui.Plain(v, v.T("Create your sign-in"),
		ui.PageLead(v.T("It opens %s for you. A sign-in that you have elsewhere does not work here; choose a new one.", f.Face.PortalName)),
		joinProblem(v, f.Problem),
		ui.Form(v.Base+"/invitation/"+tokenOf(v)+"/register",
			ui.Input(ui.Field{Name: "name", Label: v.T("Your name"), Value: f.In.Name, Required: true, Max: 200, Error: f.bad()["name"], Autocomplete: "name", Autofocus: f.Problem == nil}),
			ui.Input(email),
			ui.Input(ui.Field{Name: "phone", Label: v.T("Phone"), Type: "tel", Value: f.In.Phone, Max: 60, Error: f.bad()["phone"], Autocomplete: "tel", Inputmode: "tel", Hint: v.T("If you like: for questions about what is shared here.")}),
			web.UsernameField(v, f.SignInRules, f.In.Username, f.bad()["username"]), passwordField(v, f), termsField(v, f),
			ui.FormActions(ui.Primary(v.T("Create sign-in and enter")))),
		h.P(ui.Muted(v.T("You already sign in to another portal of %s with this address? Enter the password you have, and this portal is added.", f.Face.ProviderName))))
}

func activatePage(v *ui.View, f joinForm) g.Node {
	return ui.Plain(v, v.T("Welcome to %s", f.Face.PortalName),
		ui.PageLead(v.T("%s shares this portal with %s. Choose a password and you are in.", f.Face.ProviderName, f.Face.CustomerName)),
		joinProblem(v, f.Problem),
		ui.Form(v.Base+"/activate/"+tokenOf(v),
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Value: f.In.Email, ReadOnly: true, Autocomplete: "username", Hint: v.T("You sign in with this address.")}),
			ui.Input(ui.Field{Name: "name", Label: v.T("Your name"), Value: f.In.Name, Required: true, Max: 200, Error: f.bad()["name"], Autocomplete: "name"}),
			web.UsernameField(v, f.SignInRules, f.In.Username, f.bad()["username"]), passwordField(v, f), termsField(v, f),
			ui.FormActions(ui.Primary(v.T("Activate and enter")))))
}

// tokenOf is the token in the page's own address.
func tokenOf(v *ui.View) string {
	parts := strings.Split(strings.TrimPrefix(v.Path, v.Base), "/")
	if len(parts) < 3 {
		return ""
	}
	token, _, _ := strings.Cut(parts[2], "?")
	return token
}

func joinProblem(v *ui.View, err error) g.Node {
	if err == nil {
		return nil
	}
	if fields := fault.Fields(err); len(fields) > 0 {
		return ui.ErrorSummary(v, fields, "name", "email", "phone", "username", "password", "terms")
	}
	return ui.Notice("error", fault.Says(err))
}

func passwordField(v *ui.View, f joinForm) g.Node {
	field := ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Required: true, Error: f.bad()["password"], Autocomplete: "new-password"}
	if field.Error == "" {
		field.Hint = web.PasswordHint(v, f.Least)
	}
	return ui.Input(field)
}

// termsField shows the terms in full, and the box below them.
func termsField(v *ui.View, f joinForm) g.Node {
	title := v.T("%s, version %d", f.Terms.Title, f.Terms.Version)
	return g.Group{ui.HiddenFields("version", strconv.FormatInt(f.Terms.Version, 10)),
		ui.Checks(ui.Field{Name: "terms", Label: title, Error: f.bad()["terms"]},
			ui.Reading(title, g.Map(strings.Split(f.Terms.Body, "\n\n"), func(p string) g.Node { return h.P(g.Text(p)) })),
			ui.Checkbox("terms", "yes", v.T("I have read these terms and accept them."), "", f.In.Accepted, false))}
}

func deadLinkPage(v *ui.View, face store.PortalTheme, says, ask string) g.Node {
	return ui.Plain(v, v.T("This link does not work"),
		h.P(g.Text(says)),
		g.If(ask != "", ui.Form(ask, ui.FormActions(ui.Primary(v.T("Ask for a new link")), ui.LinkButton(v.Base+"/sign-in", v.T("Sign in"), "")))),
		g.If(ask == "", g.Group{h.P(ui.Muted(v.T("If it still does not work, ask whoever sent it at %s.", face.ProviderName))),
			ui.FormActions(ui.LinkButton(v.Base+"/sign-in", v.T("Sign in"), ""))}))
}

func askedPage(v *ui.View, face store.PortalTheme) g.Node {
	return ui.Plain(v, v.T("We have passed it on"),
		h.P(g.Text(v.T("%s was told that you need a new link. You get it the way you got this one.", face.ProviderName))))
}
