package portal

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func termsPage(v *ui.View, c store.Client, t store.Terms, problem error) g.Node {
	title := v.T("%s, version %d", t.Title, t.Version)
	paragraphs := g.Map(strings.Split(t.Body, "\n\n"), func(p string) g.Node { return h.P(g.Text(p)) })
	bad := fault.Fields(problem)["accept"]
	return ui.Plain(v, title,
		g.If(c.Window().TermsDue > 0, ui.PageLead(v.T("Before anything is shown, %s asks you to accept its terms. If you do not, sign out.", c.Window().ProviderName))),
		g.If(problem != nil && bad == "", ui.Notice("crit", fault.Says(problem))), paragraphs,
		g.If(c.Window().TermsDue > 0, ui.Form(v.Base+"/terms", ui.HiddenFields("version", strconv.FormatInt(t.Version, 10)),
			ui.Checks(ui.Field{Name: "accept", Label: title, Error: bad}, ui.Checkbox("accept", "yes", v.T("I have read these terms and accept them."), "", false, false)),
			ui.FormActions(ui.Primary(v.T("Continue")), ui.PostButton(v.Base+"/sign-out", v.T("Sign out"), "")))),
		g.If(c.Window().TermsDue == 0, ui.FormActions(ui.LinkButton(v.Base, v.T("Back"), ""))))
}
