package operator

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
)

type signInForm struct{ Next, Email, Problem string }

func signInPage(v *ui.View, f signInForm) g.Node {
	return ui.Plain(v, v.T("Operator sign-in"),
		h.P(ui.Muted(v.T("For whoever runs this appliance. Providers and their customers have addresses of their own."))),
		g.If(f.Problem != "", ui.Notice("crit", f.Problem)),
		ui.Form(base+"/sign-in",
			ui.HiddenFields("next", f.Next),
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: f.Email, Autocomplete: "username", Required: true, Autofocus: f.Email == ""}),
			ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Autocomplete: "current-password", Required: true, Autofocus: f.Email != ""}),
			ui.FormActions(ui.Primary(v.T("Sign in")))),
		ui.Details(v.T("Forgotten your password?"),
			h.P(g.Text(v.T("Run this where the appliance runs. It prints a link that works once, for 15 minutes:"))),
			h.Pre(h.Code(g.Text("gatehouse login-link you@example.com")))))
}

func linkPage(v *ui.View, name, problem string) g.Node {
	return ui.Plain(v, v.T("Set a password"),
		h.P(g.Text(v.T("Hello %s. Choose a password and you are signed in; all other sessions of yours end.", name))),
		ui.Form(v.Path, ui.Input(newPassword(v, problem)), ui.FormActions(ui.Primary(v.T("Set password and sign in")))))
}

// newPassword is the field in which somebody chooses a password.
func newPassword(v *ui.View, problem string) ui.Field {
	return ui.Field{Name: "password", Label: v.T("New password"), Type: "password", Autocomplete: "new-password", Required: true, Error: problem,
		Hint: v.T("At least 12 characters. Three or four words in a row are easy to remember.")}
}

// mailOff stands on top of every page while letters are held.
func mailOff(v *ui.View) g.Node {
	return g.Group{g.Text(v.T("Mail is off: letters are held, and their links can be copied.") + " "), ui.TextLink(base+"/mail", v.T("Set up mail"))}
}
