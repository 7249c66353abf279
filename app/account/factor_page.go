package account

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/secret"
	"gatehouse/app/web/ui"
	"gatehouse/store/fault"
)

// appCode asks for the code that a phone shows.
func appCode(v *ui.View, problem, hint string) g.Node {
	return ui.Input(ui.Field{Name: "code", Label: v.T("Code"), Required: true, Max: 20, Error: problem, Autocomplete: "one-time-code", Autofocus: true, Hint: hint})
}

func stepPage(v *ui.View, f stepForm) g.Node {
	bad := fault.Fields(f.Problem)
	out := ui.PostButton(v.Base+"/sign-out", v.T("Cancel"), "")
	if !f.Half.Enrols() {
		return ui.Plain(v, v.T("Enter the code from your phone"),
			ui.PageLead(v.T("Your account has a second factor. Open the app on your phone and enter the code that it shows for %s.", f.Face.Title)),
			topProblem(f.Problem),
			ui.Form(v.Base+"/sign-in/factor", ui.HiddenFields("next", f.Next),
				appCode(v, bad["code"], v.T("Six digits. Lost your phone? Enter one of your recovery codes instead.")),
				ui.FormActions(ui.Primary(v.T("Sign in")))),
			out, h.P(ui.Muted(v.T("No phone and no recovery code? Ask %s to reset your second factor.", f.Face.Ask))))
	}
	return ui.Plain(v, v.T("Set up a second factor"),
		ui.PageLead(v.T("%s asks for a second factor: besides your password, a code from an app on your phone.", f.Face.Title)),
		topProblem(f.Problem), EnrolSteps(v, f.Face.Title, f.Half.Account.Email, f.Secret),
		ui.Form(v.Base+"/sign-in/factor", ui.HiddenFields("next", f.Next, "secret", f.Secret), appCode(v, bad["code"], v.T("Six digits, a new code every 30 seconds.")),
			ui.FormActions(ui.Primary(v.T("Turn on and sign in")))), out)
}

// EnrolSteps shows the secret as a picture and as text.
func EnrolSteps(v *ui.View, issuer, email, key string) g.Node {
	return g.Group{
		h.Ol(h.Class("numbered"), h.Li(g.Text(v.T("Install an authenticator app on your phone, if you have none."))),
			h.Li(g.Text(v.T("Scan this picture with it, or type the key."))),
			h.Li(g.Text(v.T("Enter the code that the app shows.")))),
		ui.QR(secret.URITOTP(key, issuer, email)),
		ui.CopyField("key", v.T("Key"), grouped(key)),
	}
}

// grouped writes a key in groups of four, for people who type it.
func grouped(key string) string {
	var b strings.Builder
	for i, r := range key {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// CodesList shows recovery codes, this once.
func CodesList(v *ui.View, codes []string) g.Node {
	return g.Group{
		h.P(g.Text(v.T("Each of these codes works once in place of the one from your phone. Print them or keep them in a password safe: they are not shown again."))),
		h.Ul(h.Class("codes"), g.Map(codes, func(c string) g.Node { return h.Li(h.Code(g.Text(c))) })),
	}
}

func firstCodesPage(v *ui.View, codes []string, next string) g.Node {
	return ui.Plain(v, v.T("Keep your recovery codes"), ui.Notice("ok", v.T("The second factor is on, and you are signed in.")),
		CodesList(v, codes), ui.FormActions(ui.PrimaryLink(next, v.T("I have kept them, continue"), "")))
}

func factorPage(v *ui.View, f factorForm) g.Node {
	title := v.T("Second factor")
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("My profile"), Href: v.Base + "/profile"}}),
		topProblem(f.Problem),
		g.If(len(f.Codes) > 0, ui.Card(v.T("Keep your recovery codes"), CodesList(v, f.Codes), ui.FormActions(ui.LinkButton(v.Base+"/profile", v.T("I have kept them"), "")))),
		g.Iff(!f.State.On(), func() g.Node { return addFactorCard(v, f) }),
		g.Iff(f.State.On() && len(f.Codes) == 0, func() g.Node { return ui.Grid(ui.Col(6, codesCard(v, f)), ui.Col(6, offCard(v, f))) }))
}

// wrong is what is wrong with the password of one of the page's forms.
func (f factorForm) wrong(form string) string {
	if f.Form != form {
		return ""
	}
	return fault.Fields(f.Problem)["current"]
}

func current(v *ui.View, id, problem string) g.Node {
	return ui.Input(ui.Field{Name: "current", ID: id, Label: v.T("Current password"), Type: "password", Required: true, Autocomplete: "current-password", Error: problem})
}

func addFactorCard(v *ui.View, f factorForm) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.CardWith(ui.CardSpec{Title: v.T("Set up a second factor"), Note: v.T("Besides your password, signing in then asks for a code from an app on your phone. Whoever learns your password cannot get in with it.")},
		EnrolSteps(v, f.Issuer, f.Email, f.Secret),
		ui.Form(v.Base+"/profile/factor", ui.HiddenFields("secret", f.Secret),
			ui.Two(appCode(v, bad["code"], v.T("Six digits, a new code every 30 seconds.")), current(v, "", bad["current"])),
			ui.FormActions(ui.Primary(v.T("Turn on")), ui.LinkButton(v.Base+"/profile", v.T("Cancel"), ""))))
}

func codesCard(v *ui.View, f factorForm) g.Node {
	return ui.Card(v.T("Recovery codes"),
		ui.DL(ui.Row(v.T("Second factor"), v.T("On since %s", v.Date(f.State.Since))), ui.Row(v.T("Recovery codes left"), v.N(f.State.Left))),
		ui.Form(v.Base+"/profile/factor/codes", current(v, "f-current-codes", f.wrong("codes")),
			ui.FormActions(ui.Button(v.T("Make new recovery codes")))))
}

func offCard(v *ui.View, f factorForm) g.Node {
	note := v.T("Your password alone lets you in then.")
	if f.Asked {
		note = v.T("A second factor is required here: you set up a new one at the next sign-in.")
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Turn off"), Note: note},
		ui.Form(v.Base+"/profile/factor/off", current(v, "f-current-off", f.wrong("off")),
			ui.FormActions(ui.Danger(v.T("Turn off the second factor")))))
}
