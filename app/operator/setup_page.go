package operator

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var setUpOrder = []string{"name", "email", "password", "base_url", "provider_name", "provider_slug", "provider_starter", "admin_name", "admin_email",
	"mail_host", "mail_port", "mail_security", "mail_user", "mail_password", "mail_from", "mail_from_name", "mail_hello"}

func setUpPage(v *ui.View, f setUpForm) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.Page(v, v.T("Set up Gatehouse"),
		ui.PageHead(v, v.T("Set up Gatehouse"), nil),
		ui.PageLead(v.T("One page, two minutes. Everything but the short name can be changed later.")),
		ui.ErrorSummary(v, bad, setUpOrder...),
		ui.Form(v.Path, ui.Grid(
			ui.Col(6, setUpYou(v, f, bad)),
			ui.Col(6, setUpProvider(v, f, bad), setUpMail(v, f, bad), ui.FormActions(ui.Primary(v.T("Finish set-up"), ui.Icon("check")))))))
}

func setUpYou(v *ui.View, f setUpForm, bad map[string]string) g.Node {
	hint := v.T("What people will type, with https:// where there is a certificate. Every link in a letter begins with it.")
	if f.BaseFixed != "" {
		hint = v.T("Decided by %s when the program was started.", f.BaseFixed)
	}
	password := v.T("At least 12 characters. Three or four words in a row are easy to remember.")
	if f.Problem != nil {
		password = v.T("A password is never sent back: please type it again.")
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("You, who run this appliance"), Note: v.T("You look after providers, mail and health. What a provider does stays its own.")},
		ui.Input(ui.Field{Name: "name", Label: v.T("Your name"), Value: f.Name, Required: true, Max: 200, Autocomplete: "name", Error: bad["name"], Autofocus: len(bad) == 0}),
		ui.Input(ui.Field{Name: "email", Label: v.T("Your e-mail"), Type: "email", Value: f.Email, Required: true, Max: 254, Autocomplete: "username", Error: bad["email"]}),
		ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Required: true, Autocomplete: "new-password", Error: bad["password"], Hint: password}),
		ui.Input(ui.Field{Name: "base_url", Label: v.T("Address of this appliance"), Type: "url", Value: f.BaseURL, Required: true, ReadOnly: f.BaseFixed != "", Error: bad["base_url"], Hint: hint, Placeholder: "https://portal.example.com"}))
}

func setUpProvider(v *ui.View, f setUpForm, bad map[string]string) g.Node {
	return ui.CardWith(ui.CardSpec{Title: v.T("Your first provider"), Note: v.T("The company whose customers get portals. There can be more later.")},
		ui.When(ui.Checkbox("with_provider", "1", v.T("Create it now"), "", f.WithProvider, false),
			ui.Two(ui.Input(ui.Field{Name: "provider_name", Label: v.T("Company name"), Value: f.Provider.Name, Required: true, Max: 200, Autocomplete: "organization", Error: bad["provider_name"]}),
				ui.Input(ui.Field{Name: "provider_slug", Label: v.T("Short name in addresses"), Value: f.Provider.Slug, Max: 40, Error: bad["provider_slug"], Placeholder: "nordlift", Hint: v.T("Left empty, it is made from the name.")})),
			ui.Select(ui.Field{Name: "provider_starter", Label: v.T("Kind of business"), Value: f.Provider.Starter, Error: bad["provider_starter"], Hint: v.T("Decides what it starts with: words, customer types, themes, terms.")}, starterOptions(v)),
			ui.When(ui.Checkbox("other_admin", "1", v.T("Somebody else is its admin"), v.T("Otherwise it is you, with the same e-mail and password."), f.OtherAdmin, false),
				ui.Two(ui.Input(ui.Field{Name: "admin_name", Label: v.T("Name"), Value: f.AdminName, Required: true, Max: 200, Autocomplete: "off", Error: bad["admin_name"]}),
					ui.Input(ui.Field{Name: "admin_email", Label: v.T("E-mail"), Type: "email", Value: f.AdminEmail, Required: true, Max: 254, Autocomplete: "off", Error: bad["admin_email"]})))))
}

func setUpMail(v *ui.View, f setUpForm, bad map[string]string) g.Node {
	if f.MailFixed != "" {
		return ui.Card(v.T("Mail"), h.P(ui.Muted(v.T("Decided by %s when the program was started.", f.MailFixed))))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Mail"), Note: v.T("For invitations and new passwords. Without it all works too: letters are held, and every link can be copied.")},
		ui.When(ui.Checkbox("with_mail", "1", v.T("Set up mail now"), "", f.WithMail, false), mailFields(v, "mail_", f.Mail, bad, true)))
}

var starterNames = map[string]string{"rental": "Equipment rental", "dealer": "Dealer", "courier": "Courier and delivery", "field": "Field service", "repair": "Repair shop"}

func starterOptions(v *ui.View) (out []ui.Option) {
	for _, s := range store.Starters {
		out = append(out, ui.Option{Value: s, Label: v.T(starterNames[s])})
	}
	return out
}

// nextSteps is what is left to do after the set-up.
type nextSteps struct {
	Base, Link, AdminName string
	Elsewhere, MailOff    bool
	Mine                  bool // the operator is the provider's admin
	Provider              store.NewProvider
}

func setUpDonePage(v *ui.View, n nextSteps) g.Node {
	home := n.Base + "/admin/" + n.Provider.Slug
	var steps g.Group
	if n.Provider.Slug != "" && n.Mine {
		steps = append(steps, step(v.T("Bring in customers and fleet"), v.T("You are the admin of %s.", n.Provider.Name), ui.PrimaryLink(home, v.T("Open %s", n.Provider.Name), "arrow-right")))
	}
	if n.Link != "" {
		steps = append(steps, step(v.T("Let %s in", n.AdminName), v.T("This link sets the password of %s's admin. It works once, for 7 days.", n.Provider.Name), ui.CopyField("activation", v.T("Activation link"), n.Link)))
	}
	if n.MailOff {
		steps = append(steps, step(v.T("Set up mail"), v.T("Until then letters are held, and every link can be copied."), ui.LinkButton(n.Base+base+"/mail", v.T("Mail settings"), "mail")))
	}
	steps = append(steps, step(v.T("The console"), v.T("Providers, plans, mail, health and the audit log."), ui.LinkButton(n.Base+base, v.T("Open the console"), "layout-dashboard")))
	return ui.Plain(v, v.T("Gatehouse is set up"),
		g.If(n.Elsewhere, ui.Notice("info", v.T("From now on people use %s. You will sign in there.", n.Base))),
		ui.Stack(steps...))
}

func step(title, text string, body ...g.Node) g.Node {
	return h.Section(h.H2(g.Text(title)), h.P(ui.Muted(text)), ui.Actions(body...))
}
