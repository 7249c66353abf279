package account

import (
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store/fault"
)

func profilePage(v *ui.View, p profile, now time.Time) g.Node {
	title := v.T("My profile")
	return ui.Page(v, title, ui.PageHead(v, title, nil, ui.LinkButton("#password", v.T("Change Password"), "key")),
		ui.Grid(ui.Col(6, web.ProfileCard(v, p.Form), factorCard(v, p)),
			ui.Col(6, emailCard(v, p), web.PasswordCard(v, p.Rules.Least, p.Password)),
			ui.Col(12, web.SessionsCard(v, p.Sessions, p.Current, now))))
}

// emailCard shows the address that counts, and the one that waits.
func emailCard(v *ui.View, p profile) g.Node {
	at := v.Base + "/profile/email"
	about := ui.DL(ui.Row(v.T("Now"), p.Account.Email))
	switch {
	case p.Account.Owner && p.Pending.ID == 0:
		return ui.CardWith(ui.CardSpec{Title: v.T("E-mail"), ID: "email"}, about, ui.Notice("info", ownerSays(v, p.AskOwner)))
	case p.Pending.ID != 0:
		return ui.CardWith(ui.CardSpec{Title: v.T("E-mail"), ID: "email"},
			ui.DL(ui.Row(v.T("Now"), p.Account.Email),
				ui.Pair{Label: v.T("New"), Value: g.Group{g.Text(p.Pending.New + " "), ui.Badge("warn", v.T("pending"))}},
				ui.Row(v.T("Asked by"), p.Pending.By), ui.Row(v.T("Possible until"), v.DateTime(p.Pending.ExpiresAt))),
			ui.Notice("info", v.T("A code was sent to the new address. Until it was entered you sign in with the old one.")),
			ui.Actions(g.If(!p.Account.Owner, ui.PostButton(at+"/resend", v.T("Send a new code"), "send")), ui.PostButton(at+"/cancel", v.T("Cancel the change"), "x")))
	}
	bad := fault.Fields(p.Email)
	return ui.CardWith(ui.CardSpec{Title: v.T("E-mail"), ID: "email", Note: v.T("You sign in with this address.")}, about, topProblem(p.Email),
		ui.Form(at,
			ui.Input(ui.Field{Name: "email", ID: "f-new-email", Label: v.T("New e-mail"), Type: "email", Value: p.NewEmail, Required: true, Max: 254, Error: bad["email"], Autocomplete: "email",
				Hint: v.T("A code is sent there. The new address counts once you have entered it.")}),
			current(v, "f-current-email", bad["current"]),
			ui.FormActions(ui.Button(v.T("Change e-mail")))))
}

func ownerSays(v *ui.View, ask string) string {
	if ask == "" {
		return v.T("You are the owner of this account. Only whoever runs this appliance can change your e-mail address; ask there.")
	}
	return v.T("You are the owner of this account. Only whoever runs this appliance can change your e-mail address. Write to %s.", ask)
}

func factorCard(v *ui.View, p profile) g.Node {
	spec := ui.CardSpec{Title: v.T("Second factor"), ID: "factor", Note: v.T("Besides your password, a code from an app on your phone.")}
	if !p.Factor.On() {
		return ui.CardWith(spec, ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge("neutral", v.T("Off"))}),
			ui.Actions(ui.LinkButton(v.Base+"/profile/factor", v.T("Set up a second factor"), "shield")))
	}
	return ui.CardWith(spec, ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge("ok", v.T("On since %s", v.Date(p.Factor.Since)))}, ui.Row(v.T("Recovery codes left"), v.N(p.Factor.Left))),
		ui.Actions(ui.LinkButton(v.Base+"/profile/factor", v.T("Recovery codes and turning off"), "shield")))
}
