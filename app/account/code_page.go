package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// codeForm takes the code of any letter beside the address it came to.
func codeForm(v *ui.View, face Face, login string, problem error) g.Node {
	who := loginField(v, face, login)
	return ui.Form(v.Base+"/code", ui.Input(who), codeField(v, fault.Fields(problem)["code"]), ui.FormActions(ui.Primary(v.T("Continue"))))
}

func codePage(v *ui.View, face Face, login string, problem error) g.Node {
	return ui.Plain(v, v.T("Enter your code"),
		ui.PageLead(v.T("A letter from %s has a code of six digits. Enter it beside the address that the letter came to.", face.Title)),
		topProblem(problem), codeForm(v, face, login, problem),
		h.P(ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in"))))
}

func askCodePage(v *ui.View, face Face, on bool) g.Node {
	title := v.T("Sign in with a code")
	if !on {
		return ui.Plain(v, title, h.P(g.Text(v.T("Mail is off at the moment, so no code can be sent. Sign in with your password."))),
			ui.FormActions(ui.PrimaryLink(v.Base+"/sign-in", v.T("Back to sign-in"), "")))
	}
	return ui.Plain(v, title,
		h.P(g.Text(v.T("We send you a letter with a code. You need no password, and can enter the code on another device."))),
		ui.Form(v.Base+"/sign-in/code", ui.Input(loginField(v, face, "")),
			ui.FormActions(ui.Primary(v.T("Send the code")), ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in")))))
}

// askedCodePage is the same for addresses that nobody has here.
func askedCodePage(v *ui.View, face Face, login string) g.Node {
	return ui.Plain(v, v.T("Check your mail"),
		h.P(g.Text(v.T("If %s belongs to an account here, a code is on its way. It works for 10 minutes.", login))),
		codeForm(v, face, login, nil),
		h.P(ui.Muted(v.T("Nothing arrived? Look into the spam folder, or ask %s.", face.Ask))),
		h.P(ui.TextLink(v.Base+"/sign-in", v.T("Back to sign-in"))))
}

func signInLinkPage(v *ui.View, face Face, a store.Account) g.Node {
	return ui.Plain(v, v.T("Sign in to %s", face.Title),
		h.P(g.Text(v.T("You sign in as %s.", a.Email))),
		ui.Form(v.Path, ui.FormActions(ui.Primary(v.T("Sign in")))))
}
