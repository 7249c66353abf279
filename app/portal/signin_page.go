package portal

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type signInForm struct {
	Face                 store.PortalTheme
	Next, Email, Problem string
}

func signInPage(v *ui.View, f signInForm) g.Node {
	return ui.Plain(v, v.T("Sign in to %s", f.Face.PortalName),
		ui.PageLead(v.T("%s shares this portal with %s.", f.Face.ProviderName, f.Face.CustomerName)),
		g.If(f.Problem != "", ui.Notice("error", f.Problem)),
		ui.Form(v.Base+"/sign-in",
			ui.HiddenFields("next", f.Next),
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Value: f.Email, Autocomplete: "username", Required: true, Autofocus: f.Email == "", Inputmode: "email"}),
			ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Autocomplete: "current-password", Required: true}),
			ui.FormActions(ui.Primary(v.T("Sign in")), ui.TextLink(v.Base+"/forgot", v.T("Forgotten your password?")))))
}

func forgotPage(v *ui.View, face store.PortalTheme, email string, sent bool) g.Node {
	if sent {
		return ui.Plain(v, v.T("Check your mail"),
			h.P(g.Text(v.T("If %s belongs to an account here, a letter with a link is on its way. The link works for 30 minutes.", email))),
			h.P(ui.Muted(v.T("Nothing arrived? Look into the spam folder, or ask %s.", face.ProviderName))),
			ui.FormActions(ui.LinkButton(v.Base+"/sign-in", v.T("Back to sign-in"), "")))
	}
	return ui.Plain(v, v.T("Set a new password"),
		h.P(g.Text(v.T("Tell us your e-mail address and we send you a link to set a new password."))),
		ui.Form(v.Base+"/forgot",
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Autocomplete: "username", Required: true, Inputmode: "email"}),
			ui.FormActions(ui.Primary(v.T("Send the link")), ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in")))))
}

func resetPage(v *ui.View, problem string) g.Node {
	return ui.Plain(v, v.T("Set a new password"),
		ui.Form(v.Path,
			ui.Input(ui.Field{Name: "password", Label: v.T("New password"), Type: "password", Autocomplete: "new-password", Required: true, Error: problem,
				Hint: v.T("At least 12 characters. Three or four words in a row are easy to remember.")}),
			ui.FormActions(ui.Primary(v.T("Set password")))))
}

func termsPage(v *ui.View, c store.Client, t store.Terms) g.Node {
	title := v.T("%s, version %d", t.Title, t.Version)
	paragraphs := g.Map(strings.Split(t.Body, "\n\n"), func(p string) g.Node { return h.P(g.Text(p)) })
	return ui.Plain(v, title, paragraphs,
		g.If(c.Window().TermsDue > 0, ui.Form(v.Base+"/terms", ui.HiddenFields("version", strconv.FormatInt(t.Version, 10)),
			ui.Checkbox("accept", "yes", v.T("I have read these terms and accept them."), "", false, false),
			ui.FormActions(ui.Primary(v.T("Continue")), ui.PostButton(v.Base+"/sign-out", v.T("Sign out"), "")))),
		g.If(c.Window().TermsDue == 0, ui.FormActions(ui.LinkButton(v.Base, v.T("Back"), ""))))
}
