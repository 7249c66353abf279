package operator

import (
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func profilePage(v *ui.View, me store.OperatorPerson, sessions []store.Session, current store.SessionID, problem error, now time.Time) g.Node {
	bad := fault.Fields(problem)
	return ui.Page(v, v.T("My account"),
		ui.PageHead(v, v.T("My account"), nil),
		ui.Grid(
			ui.Col(6, ui.Card(v.T("You"), ui.DL(ui.Row(v.T("Name"), me.Name), ui.Row(v.T("E-mail"), me.Email), ui.Row(v.T("Operator since"), v.Date(me.CreatedAt)))), factorCard(v, me)),
			ui.Col(6, ui.Card(v.T("Password"), g.If(problem != nil && len(bad) == 0, ui.Notice("crit", fault.Says(problem))),
				ui.Form(base+"/profile/password",
					ui.Input(ui.Field{Name: "current", Label: v.T("Current password"), Type: "password", Required: true, Autocomplete: "current-password", Error: bad["current"]}),
					ui.Input(newPassword(v, bad["password"])), ui.FormActions(ui.Primary(v.T("Change password")))))),
			ui.Col(12, sessionsCard(v, sessions, current, now))))
}

func factorCard(v *ui.View, me store.OperatorPerson) g.Node {
	says, label := v.T("Off. Your password alone lets you in."), v.T("Set up a second factor")
	if !me.FactorAt.IsZero() {
		says, label = v.T("On since %s", v.Date(me.FactorAt)), v.T("Change or turn off")
	}
	return ui.Card(v.T("Second factor"), h.P(g.Text(says)), ui.Actions(ui.LinkButton(base+"/profile/factor", label, "shield-lock")))
}

func sessionsCard(v *ui.View, sessions []store.Session, current store.SessionID, now time.Time) g.Node {
	return ui.CardWith(ui.CardSpec{Title: v.T("Where you are signed in"), Flush: true}, ui.Table(v, ui.TableSpec[store.Session]{ID: "sessions", Caption: v.T("Your sessions"),
		Columns: []ui.Column[store.Session]{
			{Label: v.T("Browser"), Wide: true, Cell: func(e store.Session) g.Node {
				return g.Group{g.Text(web.Browser(e.Agent) + " "), g.If(e.ID == current, ui.Badge("ok", v.T("This browser")))}
			}},
			{Label: v.T("Address"), Bytes: func(b []byte, e store.Session) []byte { return ui.AppendText(b, e.IP) }},
			{Label: v.T("Signed in"), Bytes: func(b []byte, e store.Session) []byte { return v.AppendDateTime(b, e.CreatedAt) }},
			{Label: v.T("Last used"), Bytes: func(b []byte, e store.Session) []byte { return v.AppendAgo(b, e.SeenAt, now) }},
		},
		RowActions: func(e store.Session) g.Node {
			return ui.PostButton(base+"/profile/sessions/end", v.T("End this session"), "", "session", itoa(int64(e.ID)))
		}}, sessions))
}

func operatorsPage(v *ui.View, p operatorsView, me store.OperatorPerson, now time.Time) g.Node {
	bad := fault.Fields(p.Problem)
	return ui.Page(v, v.T("Operators"),
		ui.PageHead(v, v.T("Operators"), nil),
		ui.PageLead(v.T("Whoever is listed here runs this appliance: providers, mail, health. None of them sees what a provider does.")),
		g.Iff(p.Link != "", func() g.Node {
			return ui.CardWith(ui.CardSpec{Title: v.T("A link for %s", p.LinkFor), Note: v.T("Hand it over yourself. It works once, for 15 minutes, and sets the password.")}, ui.CopyField("link", v.T("Link"), p.Link))
		}),
		ui.List("operators", ui.Table(v, operatorsTable(v, me, now), p.All)),
		ui.Card(v.T("Add an operator"), ui.ErrorSummary(v, bad, "name", "email"),
			ui.Form(base+"/operators",
				ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: p.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off"}),
					ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: p.Email, Required: true, Max: 254, Error: bad["email"], Autocomplete: "off"})),
				ui.FormActions(ui.Primary(v.T("Add operator"))))))
}

func operatorsTable(v *ui.View, me store.OperatorPerson, now time.Time) ui.TableSpec[store.OperatorPerson] {
	return ui.TableSpec[store.OperatorPerson]{ID: "operators-table", Caption: v.T("Operators"),
		RowActions: func(p store.OperatorPerson) g.Node {
			if p.ID == me.ID {
				return ui.Badge("ok", v.T("You"))
			}
			return ui.LinkButton(base+"/operators/"+itoa(int64(p.ID))+"/remove", v.T("Remove"), "trash")
		},
		Columns: []ui.Column[store.OperatorPerson]{
			{Label: v.T("Operator"), Bytes: func(b []byte, p store.OperatorPerson) []byte { return ui.AppendTwo(b, "", p.Name, p.Email) }},
			{Label: v.T("Since"), Bytes: func(b []byte, p store.OperatorPerson) []byte { return v.AppendDate(b, p.CreatedAt) }},
			{Label: v.T("Last sign-in"), Quiet: true, Bytes: func(b []byte, p store.OperatorPerson) []byte { return v.AppendAgo(b, p.LastLogin, now) }},
		}}
}

func removePage(v *ui.View, who store.OperatorPerson) g.Node {
	title := v.T("Remove %s?", who.Name)
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Operators"), Href: base + "/operators"}}),
		ui.ConfirmPage(v, "", v.T("All sessions of %s end at once. What they did stays in the audit log.", who.Email), base+"/operators/"+itoa(int64(who.ID))+"/remove", v.T("Remove"), base+"/operators"))
}
