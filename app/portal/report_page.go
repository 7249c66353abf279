package portal

import (
	"maps"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// reportForm asks what is wrong, where, and whom to ask for there.
type reportForm struct {
	Client     store.Client
	Today      string
	In         store.ProblemReport
	Asset      *store.Asset // the one the form is about
	Assets     store.Page[store.Asset]
	Sites      []store.Site
	Priorities []store.JobPriority
	Mine       store.Page[store.Job]
	Photos     int // sent along with what did not go through
	Problem    error
}

// reportButton leads to the form, where the portal has one; query says what it
// is about, such as "?asset=7".
func reportButton(v *ui.View, c store.Client, query string) g.Node {
	if !c.Shares(store.FeatureReport) {
		return nil
	}
	return ui.LinkButton(v.Base+"/report"+query, v.T("Report a problem"), "alert-triangle")
}

func (f reportForm) page(v *ui.View) g.Node {
	provider := f.Client.Window().ProviderName
	return ui.Page(v, v.T("Report a problem"), ui.PageHead(v, v.T("Report a problem"), nil),
		ui.PageLead(v.T("What you send becomes a job at %s at once. You get its number, and can follow it here.", provider)),
		f.notice(v), ui.Grid(ui.Col(8, ui.Card("", f.form(v))), ui.Col(4, f.mine(v))))
}

func (f reportForm) notice(v *ui.View) g.Node {
	if f.Problem == nil {
		return nil
	}
	text := v.T("It is not sent yet: see below.")
	if f.Photos > 0 {
		text = v.T("It is not sent yet: see below. Please choose your photos once more, browsers forget them.")
	}
	bad, more := fault.Fields(f.Problem), g.Group{}
	for field, hidden := range map[string]bool{"asset": !f.Client.Shares(store.FeatureList), "site": len(f.Sites) == 0} {
		if hidden && bad[field] != "" { // the form has no such field to say it at
			more = append(more, h.P(g.Text(bad[field])))
		}
	}
	return ui.Notice("crit", text, more...)
}

// problems are the sentences at the fields, in words for who reports.
func (f reportForm) problems(v *ui.View) map[string]string {
	bad := maps.Clone(fault.Fields(f.Problem))
	if bad["subject"] != "" && f.In.Subject == "" {
		bad["subject"] = v.T("Say in a few words what is wrong.")
	}
	return bad
}

func (f reportForm) form(v *ui.View) g.Node {
	in, bad := f.In, f.problems(v)
	return ui.UploadForm(v.Base+"/report", ui.HiddenFields("once", in.Once),
		ui.Two(f.asset(v, bad), f.site(v, bad)),
		ui.Input(ui.Field{Name: "subject", Label: v.T("What is wrong?"), Value: in.Subject, Required: true, Max: 200, Error: bad["subject"], Hint: v.T("In a few words, such as: hydraulic hose leaks.")}),
		ui.Textarea(ui.Field{Name: "description", Label: v.T("Description"), Value: in.Description, Max: 8000, Error: bad["description"], Hint: v.T("When did it begin, what did you see or hear, can it still be used?")}, 5),
		ui.Two(ui.Select(ui.Field{Name: "priority", Label: v.T("Priority"), Value: fleet.ID(in.Priority), Error: bad["priority"]}, f.priorities(v)), nil),
		ui.FileField(ui.Field{Name: "photos", Label: v.T("Photos"), Multiple: true, Error: bad["photos"], Hint: v.T("Up to %s, JPEG, PNG or WebP. Where they were taken is removed before they are kept.", v.N(desk.MostPhotos))}, "image/jpeg,image/png,image/webp"),
		ui.Fieldset(v.T("Contact on site"), v.T("Whom to ask for."),
			ui.Input(ui.Field{Name: "contact_name", Label: v.T("Name"), Value: in.ContactName, Max: 200, Error: bad["contact_name"], Autocomplete: "name"}),
			ui.Two(ui.Input(ui.Field{Name: "contact_phone", Type: "tel", Label: v.T("Phone"), Value: in.ContactPhone, Max: 60, Error: bad["contact_phone"], Autocomplete: "tel"}),
				ui.Input(ui.Field{Name: "contact_email", Type: "email", Label: v.T("E-mail"), Value: in.ContactEmail, Max: 254, Error: bad["contact_email"], Autocomplete: "email"}))),
		ui.FormActions(ui.Primary(v.T("Send report")), ui.LinkButton(f.back(v), v.T("Cancel"), "")))
}

func (f reportForm) back(v *ui.View) string {
	if f.Asset != nil {
		return v.Base + "/assets/" + fleet.ID(f.Asset.ID)
	}
	return v.Base
}

func (f reportForm) asset(v *ui.View, bad map[string]string) g.Node {
	if !f.Client.Shares(store.FeatureList) {
		return nil
	}
	options, known := []ui.Option{{Value: "0", Label: v.T("No asset")}}, f.Asset == nil
	for _, a := range f.Assets.Rows {
		label := a.Name
		if a.Serial != "" {
			label += " · " + a.Serial
		}
		options = append(options, ui.Option{Value: fleet.ID(a.ID), Label: label})
		known = known || a.ID == f.Asset.ID
	}
	if !known {
		options = append(options, ui.Option{Value: fleet.ID(f.Asset.ID), Label: f.Asset.Name})
	}
	hint := ""
	if f.Assets.Next != "" {
		hint = v.T("You have more than this list holds: for another one begin at its own page.")
	}
	return ui.Select(ui.Field{Name: "asset", Label: v.T("Asset"), Value: fleet.ID(f.In.Asset), Error: bad["asset"], Hint: hint}, options)
}

func (f reportForm) site(v *ui.View, bad map[string]string) g.Node {
	if len(f.Sites) == 0 {
		return nil
	}
	options := []ui.Option{{Value: "0", Label: v.T("No site")}}
	for _, o := range f.Sites {
		options = append(options, ui.Option{Value: fleet.ID(o.ID), Label: o.Name})
	}
	return ui.Select(ui.Field{Name: "site", Label: v.T("Site"), Value: fleet.ID(f.In.Site), Error: bad["site"]}, options)
}

func (f reportForm) priorities(v *ui.View) []ui.Option {
	out := []ui.Option{{Value: "0", Label: v.T("As usual")}}
	for _, y := range f.Priorities {
		out = append(out, ui.Option{Value: fleet.ID(y.ID), Label: y.Name})
	}
	return out
}

// mine are the last problems the person reported.
func (f reportForm) mine(v *ui.View) g.Node {
	if len(f.Mine.Rows) == 0 {
		return nil
	}
	return ui.Card(v.T("Reported by you"), h.Ul(h.Class("plain-list"), g.Map(f.Mine.Rows, func(j store.Job) g.Node {
		return h.Li(ui.TextLink(v.Base+jobPath(j), store.JobNumber(j.Number)+" "+j.Title()), g.Text(" "), progress.Badge(v, j, f.Today))
	})))
}
