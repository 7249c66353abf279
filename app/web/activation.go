package web

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
)

// DeadActivation says why an activation link does not work. Who was not active
// yet can have a new one sent to its own address.
func DeadActivation(v *ui.View, says, base, token string, renew bool) g.Node {
	return ui.Plain(v, v.T("This link does not work"), h.P(g.Text(says)),
		g.If(renew, ui.Form(base+"/activate/"+token+"/renew", ui.FormActions(ui.Primary(v.T("Send me a new link"))))),
		g.If(!renew, ui.FormActions(ui.PrimaryLink(base+"/sign-in", v.T("Sign in"), ""))))
}

// RenewedActivation says that a new link is on its way.
func RenewedActivation(v *ui.View) g.Node {
	return ui.Plain(v, v.T("Check your mail"), h.P(g.Text(v.T("A new link is on its way to the address that this account was made for. It works for 7 days."))),
		h.P(ui.Muted(v.T("Nothing arrived? Look into the spam folder, or ask whoever set up the account."))))
}
