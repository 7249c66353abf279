package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// codeField takes six digits, also from a phone's keyboard and its messages.
func codeField(v *ui.View, problem string) g.Node {
	f := ui.Field{Name: "code", Label: v.T("Code"), Required: true, Max: 12, Error: problem, Autocomplete: "one-time-code", Inputmode: "numeric", Autofocus: true}
	if problem == "" {
		f.Hint = v.T("The six digits from the letter.")
	}
	return ui.Input(f)
}

// topProblem is what stands above a form: what is not said at a field.
func topProblem(err error) g.Node {
	if err == nil || len(fault.Fields(err)) > 0 {
		return nil
	}
	return ui.Notice("crit", fault.Says(err))
}

func confirmPage(v *ui.View, face Face, e store.EmailChange, problem error) g.Node {
	return ui.Plain(v, v.T("Confirm your new e-mail address"),
		ui.PageLead(v.T("Enter the code that was sent to %s. Only then does the new address count.", e.New)),
		topProblem(problem),
		ui.DL(ui.Row(v.T("Now"), e.Old), ui.Row(v.T("New"), e.New), ui.Row(v.T("Asked by"), e.By), ui.Row(v.T("Possible until"), v.DateTime(e.ExpiresAt))),
		ui.Form(v.Path, codeField(v, fault.Fields(problem)["code"]), ui.FormActions(ui.Primary(v.T("Confirm")))),
		h.P(ui.Muted(v.T("You know nothing of this? Close the page. Without the code nothing changes."))))
}

func stopPage(v *ui.View, face Face, e store.EmailChange) g.Node {
	return ui.Plain(v, v.T("Do you want to stop this change?"),
		ui.PageLead(v.T("A new e-mail address was asked for. It does not count yet.")),
		ui.DL(ui.Row(v.T("Now"), e.Old), ui.Row(v.T("New"), e.New), ui.Row(v.T("Asked by"), e.By), ui.Row(v.T("Asked on"), v.DateTime(e.StartedAt))),
		ui.Form(v.Path, ui.FormActions(ui.Danger(v.T("Stop the change")), ui.LinkButton(v.Base+"/sign-in", v.T("Leave it as it is"), ""))),
		h.P(ui.Muted(v.T("It was not you? Stop it, set a new password, and tell %s.", face.Ask))))
}

func stoppedPage(v *ui.View, face Face, e store.EmailChange) g.Node {
	return ui.Plain(v, v.T("The change is stopped"),
		h.P(g.Text(v.T("Your e-mail address stays %s. The code that was sent to %s is worth nothing any more.", e.Old, e.New))),
		h.P(ui.Muted(v.T("If it was not you who asked, somebody may know your password: set a new one, and tell %s.", face.Ask))),
		ui.FormActions(ui.PrimaryLink(v.Base+"/forgot", v.T("Set a new password"), ""), ui.LinkButton(v.Base+"/sign-in", v.T("Sign in"), "")))
}

// deadPage says why a link leads nowhere.
func deadPage(v *ui.View, face Face, says string) g.Node {
	return ui.Plain(v, v.T("This link does not work"), h.P(g.Text(says)),
		h.P(ui.Muted(v.T("If you need help, ask %s.", face.Ask))),
		ui.FormActions(ui.LinkButton(v.Base+"/sign-in", v.T("Sign in"), "")))
}
