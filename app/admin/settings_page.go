package admin

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// settingsTabs leads through the provider's settings.
func settingsTabs(v *ui.View, current string) g.Node {
	at := v.Base + "/settings"
	tabs := []ui.Tab{{Label: v.T("General"), Href: at}, {Label: v.T("Help and contact"), Href: at + "/help"}, {Label: v.T("Sign-in and security"), Href: at + "/security"}, {Label: v.T("Terms"), Href: at + "/terms"}, {Label: v.T("Customer types"), Href: at + "/types"}, {Label: v.T("Mail notices"), Href: at + "/notices"}, {Label: v.T("Tracking links"), Href: at + "/tracking"}}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == at+current
	}
	return ui.SubTabs(v, v.T("Settings"), tabs)
}

func settingsFrame(v *ui.View, s store.Staff, tab, title string, actions []g.Node, problem error, body ...g.Node) g.Node {
	return ui.Page(v, title+" · "+v.T("Settings"), administrationHead(v, s, "/settings", actions...), settingsTabs(v, tab), problemNotice(v, problem), g.Group(body))
}

func settingsPage(v *ui.View, s store.Staff, e store.HomeEdit, employee string, problem error) g.Node {
	bad := fault.Fields(problem)
	return settingsFrame(v, s, "", v.T("General"), nil, problem, ui.Grid(
		ui.Col(8, ui.Card(v.T("General"), ui.Form(v.Base+"/settings",
			ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "organization", Hint: v.T("Your customers read it at the top of portals and in letters.")}),
			ui.Fieldset(v.T("Dates and times"), v.T("For everybody, yours and your customers', who has not chosen a format in their own profile. Days begin and end in this time zone."), web.FormatFields(v, e.Formats, bad)),
			wordFields(v, e.Words, bad),
			ui.FormActions(ui.Primary(v.T("Save"))))),
			ui.Card(v.T("Your people"), ui.Form(v.Base+"/settings/people",
				ui.Input(ui.Field{Name: store.OwnEmployeeLabel, Label: v.T("What you call the number of your people"), Value: employee, Max: 60, Error: bad[store.OwnEmployeeLabel], Autocomplete: "off", Placeholder: v.T("Employee number / licence"), Hint: v.T("The label of that field in the list of users, such as IPAF licence.")}),
				ui.FormActions(ui.Button(v.T("Save")))))),
		ui.Col(4, ui.Card(v.T("Set by the operator"), ui.DL(ui.Row(v.T("Address"), "/admin/"+s.Home().Slug), ui.Row(v.T("Portals"), limit(v, s.Home().Portals)),
			ui.Row(v.T("Your people"), limit(v, s.Home().Limits.Staff)), ui.Row(v.T("Letters a day"), limit(v, s.Home().MailsDay)), ui.Row(v.T("Storage"), storage(v, s.Home().StorageMB)))))))
}

// wordFields choose what things are called. The choices themselves are never
// reworded.
func wordFields(v *ui.View, w store.Words, bad map[string]string) g.Node {
	options := func(all []string) (out []ui.Option) {
		for _, word := range all {
			out = append(out, ui.Option{Value: word, Label: upperFirst(word)})
		}
		return out
	}
	return ui.Fieldset(v.T("Your words"), v.T("Your people and your customers read them on every English page."),
		ui.Two(ui.Select(ui.Field{Name: "asset_word", Label: v.T("What you rent, sell or look after"), Value: w.Asset, Error: bad["asset_word"]}, options(store.AssetWords)),
			ui.Select(ui.Field{Name: "job_word", Label: v.T("What you do for a customer"), Value: w.Job, Error: bad["job_word"]}, options(store.JobWords))))
}

func limit(v *ui.View, n int64) string {
	if n == 0 {
		return v.T("Unlimited")
	}
	return v.T("Up to %s", v.N(n))
}

func storage(v *ui.View, mb int64) string {
	if mb == 0 {
		return v.T("Unlimited")
	}
	return v.T("Up to %s MB", v.N(mb))
}

// helpBlocks are what customers are shown beside the provider's own words: in
// activation letters and on a portal's home.
var helpBlocks = []struct {
	title, hint string
	fields      []helpField
}{
	{"Help", "Where people learn how to work with the portal.", []helpField{{store.OwnHelpTitle, "Title", "text"}, {store.OwnHelpHref, "Address", "url"}, {store.OwnHelpText, "Text", "area"}}},
	{"Community", "Where your customers meet, if there is such a place.", []helpField{{store.OwnCommunityTitle, "Title", "text"}, {store.OwnCommunityHref, "Address", "url"}, {store.OwnCommunityText, "Text", "area"}}},
	{"Contact and support", "Whom people reach when they need somebody. Replies to letters go to this e-mail address.", []helpField{{store.OwnSupportName, "Name", "text"}, {store.OwnSupportEmail, "E-mail", "email"},
		{store.OwnSupportPhone, "Phone", "tel"}, {store.OwnSupportHref, "Address", "url"}}},
}

type helpField struct{ name, label, kind string }

func helpPage(v *ui.View, s store.Staff, own map[string]string, problem error) g.Node {
	bad := fault.Fields(problem)
	var blocks g.Group
	for _, b := range helpBlocks {
		blocks = append(blocks, ui.Fieldset(v.T(b.title), v.T(b.hint), helpInputs(v, b.fields, own, bad)))
	}
	return settingsFrame(v, s, "/help", v.T("Help and contact"), nil, problem, ui.CardWith(ui.CardSpec{Title: v.T("What your customers are shown"),
		Note: v.T("In the letters that let them in, and on the home page of their portal. What is empty is left out.")},
		ui.Form(v.Base+"/settings/help", blocks, ui.FormActions(ui.Primary(v.T("Save"))))))
}

// helpInputs puts short fields side by side and texts below them.
func helpInputs(v *ui.View, fields []helpField, own, bad map[string]string) g.Node {
	var short []g.Node
	var out, long g.Group
	for _, f := range fields {
		field := ui.Field{Name: f.name, Label: v.T(f.label), Value: own[f.name], Error: bad[f.name], Max: 200, Autocomplete: "off"}
		switch f.kind {
		case "area":
			field.Max = 2000
			long = append(long, ui.Textarea(field, 2))
			continue
		case "url":
			field.Max, field.Inputmode, field.Placeholder = 500, "url", "https://"
		default:
			field.Type = f.kind
		}
		short = append(short, ui.Input(field))
	}
	for i := 0; i < len(short); i += 2 {
		out = append(out, ui.Two(short[i:min(i+2, len(short))]...))
	}
	return append(out, long...)
}
