package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
)

// loginField asks who somebody is.
func loginField(v *ui.View, face Face, value string) ui.Field {
	return ui.Field{Name: "email", Label: face.Login, Value: value, Autocomplete: "username", Required: true, Autofocus: value == "", Inputmode: "email", Max: 320}
}

func signInPage(v *ui.View, f signInForm) g.Node {
	return ui.Plain(v, v.T("Sign in to %s", f.Face.Title),
		g.If(f.Face.Lead != "", ui.PageLead(f.Face.Lead)),
		g.If(f.Problem != "", ui.Notice("error", f.Problem)),
		ui.Form(v.Base+"/sign-in",
			ui.HiddenFields("next", f.Next),
			ui.Input(loginField(v, f.Face, f.Email)),
			ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Autocomplete: "current-password", Required: true, Autofocus: f.Email != ""}),
			ui.FormActions(ui.Primary(v.T("Sign in")), ui.TextLink(v.Base+"/forgot", v.T("Forgotten your password?")))),
		g.If(f.Codes, h.P(h.Class("muted"), ui.TextLink(v.Base+"/sign-in/code", v.T("Sign in with a code by e-mail")))))
}

func forgotPage(v *ui.View, face Face) g.Node {
	return ui.Plain(v, v.T("Set a new password"),
		h.P(g.Text(v.T("Tell us your e-mail address and we send you a link to set a new password."))),
		ui.Form(v.Base+"/forgot",
			ui.Input(loginField(v, face, "")),
			ui.FormActions(ui.Primary(v.T("Send the link")), ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in")))))
}

// sentPage is the same for addresses that nobody has here.
func sentPage(v *ui.View, face Face, login string, minutes int) g.Node {
	return ui.Plain(v, v.T("Check your mail"),
		h.P(g.Text(v.T("If %s belongs to an account here, a letter with a link is on its way. The link works for %d minutes.", login, minutes))),
		h.P(g.Text(v.T("The letter also has a code of six digits. Enter it here if you read the letter on another device:"))),
		codeForm(v, face, login, nil),
		h.P(ui.Muted(v.T("Nothing arrived? Look into the spam folder, or ask %s.", face.Ask))),
		h.P(ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in"))))
}

func resetPage(v *ui.View, least int, problem string) g.Node {
	return ui.Plain(v, v.T("Set a new password"),
		ui.Form(v.Path,
			ui.Input(web.NewPassword(v, least, problem)),
			ui.FormActions(ui.Primary(v.T("Set password")))))
}

func deadResetPage(v *ui.View, face Face, says string) g.Node {
	return ui.Plain(v, v.T("This link does not work"), h.P(g.Text(says)),
		h.P(ui.Muted(v.T("If you need help, ask %s.", face.Ask))),
		ui.FormActions(ui.PrimaryLink(v.Base+"/forgot", v.T("Ask for a new link"), ""), ui.LinkButton(v.Base+"/sign-in", v.T("Sign in"), "")))
}
