package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type signInForm struct {
	Home                 store.Provider
	Next, Email, Problem string
}

func signInPage(v *ui.View, f signInForm) g.Node {
	v.Brand = ui.Brand{Name: f.Home.Name}
	v.Base = "/admin/" + f.Home.Slug
	return ui.Plain(v, v.T("Sign in to %s", f.Home.Name),
		g.If(f.Problem != "", ui.Notice("error", f.Problem)),
		ui.Form(v.Base+"/sign-in",
			ui.HiddenFields("next", f.Next),
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail or user name"), Value: f.Email, Autocomplete: "username", Required: true, Autofocus: f.Email == ""}),
			ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Autocomplete: "current-password", Required: true}),
			ui.FormActions(ui.Primary(v.T("Sign in")), ui.TextLink(v.Base+"/forgot", v.T("Forgotten your password?")))))
}

func forgotPage(v *ui.View, home store.Provider, email, done string) g.Node {
	v.Brand = ui.Brand{Name: home.Name}
	v.Base = "/admin/" + home.Slug
	if done != "" {
		return ui.Plain(v, v.T("Check your mail"),
			h.P(g.Text(v.T("If %s belongs to an account here, a letter with a link is on its way. The link works for 30 minutes.", email))),
			h.P(ui.Muted(v.T("Nothing arrived? Look into the spam folder, or ask an administrator of %s.", home.Name))),
			ui.FormActions(ui.LinkButton(v.Base+"/sign-in", v.T("Back to sign-in"), "")))
	}
	return ui.Plain(v, v.T("Set a new password"),
		h.P(g.Text(v.T("Tell us your e-mail address and we send you a link to set a new password."))),
		ui.Form(v.Base+"/forgot",
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail or user name"), Value: email, Autocomplete: "username", Required: true}),
			ui.FormActions(ui.Primary(v.T("Send the link")), ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in")))))
}

func resetPage(v *ui.View, home store.Provider, problem string) g.Node {
	v.Brand = ui.Brand{Name: home.Name}
	v.Base = "/admin/" + home.Slug
	return ui.Plain(v, v.T("Set a new password"),
		ui.Form(v.Path,
			ui.Input(ui.Field{Name: "password", Label: v.T("New password"), Type: "password", Autocomplete: "new-password", Required: true, Error: problem,
				Hint: v.T("At least 12 characters. Three or four words in a row are easy to remember.")}),
			ui.FormActions(ui.Primary(v.T("Set password")))))
}
