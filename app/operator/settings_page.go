package operator

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store/fault"
)

func settingsPage(v *ui.View, f settingsForm) g.Node {
	bad := fault.Fields(f.Problem)
	hint := v.T("Every link in a letter begins with it, and no other address is served. After a change you sign in at the new one. Should it be wrong, start the program with --base-url.")
	if f.BaseFixed != "" {
		hint = v.T("Decided by %s when the program was started.", f.BaseFixed)
	}
	return ui.Page(v, v.T("Settings"),
		ui.PageHead(v, v.T("Settings"), nil),
		ui.Card("", ui.ErrorSummary(v, bad, "base_url", "contact_name", "contact_email", "contact_url"),
			ui.Form(base+"/settings",
				ui.Fieldset(v.T("Address"), "", ui.Input(ui.Field{Name: "base_url", Label: v.T("Address of this appliance"), Type: "url", Value: f.BaseURL, Required: true, ReadOnly: f.BaseFixed != "", Error: bad["base_url"], Hint: hint})),
				ui.Fieldset(v.T("Whom providers ask"), v.T("Shown to a provider's admins beside everything that their plan does not include."),
					ui.Two(ui.Input(ui.Field{Name: "contact_name", Label: v.T("Name"), Value: f.ContactName, Max: 200, Error: bad["contact_name"]}),
						ui.Input(ui.Field{Name: "contact_email", Label: v.T("E-mail"), Type: "email", Value: f.ContactMail, Max: 254, Error: bad["contact_email"]})),
					ui.Input(ui.Field{Name: "contact_url", Label: v.T("Web page"), Type: "url", Value: f.ContactURL, Max: 500, Error: bad["contact_url"], Placeholder: "https://"})),
				ui.Fieldset(v.T("Feeds"), "",
					ui.Switch("feeds_private", "1", v.T("Feeds may reach private addresses"), v.T("Off, a provider's feed cannot be pointed at machines in your own network. Switch it on only if a telematics server stands there."), f.FeedsPrivate, false)),
				ui.FormActions(ui.Primary(v.T("Save"))))))
}
