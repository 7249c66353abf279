package account

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Other is somebody else's address and second factor, on a page of whoever may
// change them.
type Other struct {
	Account store.Account
	Pending store.EmailChange // the zero one: no new address waits
	At      string            // the page's address, below which its forms are sent
	Email   string            // as typed, when it was refused
	Problem error
}

// EmailOf is the card of somebody else's e-mail address. Its forms go to
// At/email, At/email/resend and At/email/cancel.
func EmailOf(v *ui.View, o Other) g.Node {
	at, spec := o.At+"/email", ui.CardSpec{Title: v.T("E-mail"), ID: "email"}
	if o.Pending.ID != 0 {
		return ui.CardWith(spec,
			ui.DL(ui.Row(v.T("Now"), o.Account.Email), ui.Pair{Label: v.T("New"), Value: g.Group{g.Text(o.Pending.New + " "), ui.Badge("warn", v.T("pending"))}},
				ui.Row(v.T("Asked by"), o.Pending.By), ui.Row(v.T("Possible until"), v.DateTime(o.Pending.ExpiresAt))),
			ui.Notice("info", v.T("Nothing has changed yet. The old address was told, and the new one has a code; it counts once that was entered.")),
			ui.Actions(ui.PostButton(at+"/resend", v.T("Send a new code"), "send"), ui.PostButton(at+"/cancel", v.T("Cancel the change"), "x")))
	}
	spec.Note = v.T("The old address is told, the new one gets a code. Until that was entered %s signs in with the old one.", o.Account.Name)
	if o.Account.State == "pending" {
		spec.Note = v.T("%s has not activated the account yet: the address changes at once, and a new activation letter goes there.", o.Account.Name)
	}
	return ui.CardWith(spec, topProblem(o.Problem), ui.DL(ui.Row(v.T("Now"), o.Account.Email)),
		ui.Form(at, ui.Input(ui.Field{Name: "email", Label: v.T("New e-mail"), Type: "email", Value: o.Email, Required: true, Max: 254, Error: fault.Fields(o.Problem)["email"], Autocomplete: "off"}),
			ui.FormActions(ui.Button(v.T("Change e-mail")))))
}

// FactorOf is the card of somebody else's second factor. Its form goes to
// At/factor.
func FactorOf(v *ui.View, o Other) g.Node {
	if !o.Account.Factor {
		return ui.Card(v.T("Second factor"), ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge("neutral", v.T("Off"))}))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Second factor"), Note: v.T("For somebody who lost phone and recovery codes. All sessions of %s end, and the password alone lets in. Be sure who asks.", o.Account.Name)},
		ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge("ok", v.T("On"))}),
		ui.Form(o.At+"/factor", ui.FormActions(ui.Danger(v.T("Reset the second factor")))))
}
