package portal

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (l jobPage) page(v *ui.View) g.Node {
	j := l.Job
	title := store.JobNumber(j.Number) + " " + j.Title()
	if j.Kind != store.JobWork {
		title = progress.KindName(v, j.Kind) + " " + progress.Number(j)
	}
	var actions []g.Node
	if len(l.Proofs) > 0 {
		actions = append(actions, ui.LinkButton(l.at(v)+"/proof", v.T("Proof to print"), "printer"), ui.LinkButton(l.at(v)+"/proof.pdf", v.T("Download PDF"), "download"))
	}
	state := []g.Node{progress.Badge(v, j, l.Today)}
	if when := progress.Appointment(v, j); when != "" {
		state = append(state, ui.Muted(when))
	}
	if j.Reason != "" {
		state = append(state, ui.Text(j.Reason))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{crumbOf(v, l.Client, j)}, actions...), ui.Actions(state...), l.attempts(v),
		ui.Grid(ui.Col(8, l.description(v), l.photos(v), progress.Items(v, l.Items), l.proofs(v), l.files(v), progress.Timeline(v, j, l.Events, l.Client.Window().ProviderName), l.comments(v)),
			ui.Col(4, l.facts(v), l.contact(v))))
}

// crumbOf leads back to where a job is listed.
func crumbOf(v *ui.View, c store.Client, j store.Job) ui.Link {
	switch {
	case j.Kind != store.JobWork:
		return ui.Link{Label: v.T("Deliveries"), Href: v.Base + "/deliveries"}
	case c.Shares(store.FeatureJobList):
		return ui.Link{Label: v.T("Jobs"), Href: v.Base + "/jobs"}
	}
	return ui.Link{Label: v.T("Report a problem"), Href: v.Base + "/report"}
}

// attempts leads to the other attempts of a delivery that failed.
func (l jobPage) attempts(v *ui.View) g.Node {
	var links g.Group
	for _, a := range l.Attempts {
		if a.ID != l.Job.ID {
			links = append(links, g.Text(" "), ui.TextLink(v.Base+jobPath(a), v.T("Attempt %s: %s", v.N(a.Attempt), progress.TrackName(v, a.Track(l.Today), a.Kind))))
		}
	}
	if len(links) == 0 {
		return nil
	}
	return ui.Notice("info", v.T("This is attempt %s.", v.N(l.Job.Attempt)), h.P(links))
}

func (l jobPage) description(v *ui.View) g.Node {
	if l.Job.Description == "" {
		return nil
	}
	return ui.Card(v.T("Description"), progress.Lines(l.Job.Description))
}

func (l jobPage) facts(v *ui.View) g.Node {
	j := l.Job
	pairs := []ui.Pair{ui.Row(v.T("Number"), store.JobNumber(j.Number))}
	add := func(label, value string) {
		if value != "" {
			pairs = append(pairs, ui.Row(label, value))
		}
	}
	add(v.T("D.O. number"), j.ExternalID)
	add(v.T("Status"), progress.TrackName(v, j.Track(l.Today), j.Kind))
	add(v.T("Appointment"), progress.Appointment(v, j))
	if j.SiteName != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Site"), Value: ui.TextLink(v.Base+"/sites/"+fleet.ID(j.Site), j.SiteName)})
	}
	add(v.T("Address"), progress.Where(j))
	if len(l.Assets) > 0 {
		pairs = append(pairs, ui.Pair{Label: v.T("Assets"), Value: g.Map(l.Assets, func(a store.JobAsset) g.Node {
			return h.Div(ui.TextLink(v.Base+"/assets/"+fleet.ID(a.ID), a.Name))
		})})
	}
	if j.Kind == store.JobWork { // a delivery has its day and window
		add(v.T("Priority"), j.PriorityName)
		if !j.StartBy.IsZero() {
			add(v.T("Start by"), v.DateTime(j.StartBy))
		}
		if !j.DueBy.IsZero() {
			add(v.T("Due by"), v.DateTime(j.DueBy))
		}
	}
	if j.VehicleName != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Vehicle"), Value: ui.TextLink(v.Base+"/vehicles/"+fleet.ID(j.Vehicle), j.VehicleName)})
	}
	add(v.T("Group"), j.GroupName)
	add(v.T("Reported by"), j.ReporterName)
	pairs = append(pairs, progress.Times(v, j)...)
	for _, f := range l.Values {
		add(f.Label, f.Value)
	}
	return ui.Card(v.T("Details"), ui.DL(pairs...))
}

func (l jobPage) contact(v *ui.View) g.Node {
	j := l.Job
	if j.ContactName+j.ContactPhone+j.ContactEmail == "" {
		return nil
	}
	pairs := []ui.Pair{ui.Row(v.T("Name"), j.ContactName)}
	if j.ContactPhone != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Phone"), Value: ui.TextLink("tel:"+j.ContactPhone, j.ContactPhone)})
	}
	if j.ContactEmail != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("E-mail"), Value: ui.TextLink("mailto:"+j.ContactEmail, j.ContactEmail)})
	}
	return ui.Card(v.T("Contact on site"), ui.DL(pairs...))
}

func (l jobPage) comments(v *ui.View) g.Node {
	feature := store.FeatureDeliveryComments
	if l.Job.Kind == store.JobWork {
		feature = store.FeatureJobComments
	}
	may := l.Client.Shares(feature) && l.Client.May(store.JobComment)
	if len(l.Comments) == 0 && !may {
		return nil
	}
	var form g.Node
	if may {
		form = ui.Form(l.at(v)+"/comments", ui.HiddenFields("once", l.Once),
			ui.Textarea(ui.Field{Name: "body", Label: v.T("Write to %s", l.Client.Window().ProviderName), Value: l.Typed, Max: 8000, Error: fault.Fields(l.Problem)["body"]}, 3),
			ui.FormActions(ui.Button(v.T("Send comment"))))
	}
	return ui.Card(v.T("Comments"), g.If(len(l.Comments) > 0, progress.Comments(v, l.Comments, l.Client.Window().ProviderName)), form)
}
