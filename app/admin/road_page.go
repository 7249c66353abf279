package admin

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/proof"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func roadPage(v *ui.View, s store.Staff, d roadDay) g.Node {
	title := v.T("On the road")
	part := func(label string, jobs []store.Job) g.Node {
		if len(jobs) == 0 {
			return nil
		}
		tiles := make([]g.Node, len(jobs))
		for i, j := range jobs {
			tiles[i] = roadTile(v, j, d.Day)
		}
		return h.Section(h.Aria("label", label), h.H2(h.Class("road-h"), g.Text(label), h.Span(h.Class("count"), g.Text(v.N(int64(len(jobs)))))), ui.Tiles(tiles...))
	}
	var body g.Node
	if len(d.Today)+len(d.Earlier)+len(d.Undated)+len(d.Done) == 0 {
		body = ui.Empty("truck-delivery", v.T("Nothing to do today"), v.T("Jobs that the office gives to you, or to the vehicle you drive, appear here, each with what you need on the way."))
	} else {
		body = g.Group{part(v.T("Today"), d.Today), part(v.T("Left over"), d.Earlier), part(v.T("Without a date"), d.Undated), part(v.T("Done today"), d.Done)}
	}
	return ui.Page(v, title, ui.PageHead(v, title, nil), ui.Big(ui.Queue(v, phoneOf(s)), body, g.If(d.More, ui.Muted(v.T("There are more than these. The office shows all of them.")))), ui.RoadScript())
}

// phoneOf keeps apart what several people did on one phone.
func phoneOf(s store.Staff) string { return s.Home().Slug + "/" + id(s.Me().ID) }

func roadTile(v *ui.View, j store.Job, today string) g.Node {
	track := j.Track(today)
	return ui.Tile(v.Base+"/road/"+id(j.ID), store.JobNumber(j.Number)+" · "+j.Title(), ui.Badge(progress.TrackTone(track), progress.TrackName(v, track, j.Kind)), work.When(v, j), j.Address, j.CustomerName)
}

func roadJobPage(v *ui.View, s store.Staff, f roadView) g.Node {
	j := f.Job
	title, at, track := store.JobNumber(j.Number), v.Base+"/road/"+id(j.ID), j.Track(f.Today)
	pairs := []ui.Pair{{Label: v.T("Status"), Value: ui.Badge(progress.TrackTone(track), progress.TrackName(v, track, j.Kind))}}
	add := func(label string, value g.Node) { pairs = append(pairs, ui.Pair{Label: label, Value: value}) }
	for _, p := range [][2]string{{v.T("Subject"), j.Subject}, {v.T("Date and time"), work.When(v, j)}, {v.T("Customer"), j.CustomerName}, {v.T("Address"), j.Address}, {v.T("Contact"), j.ContactName}} {
		if p[1] != "" {
			add(p[0], ui.Lines(p[1]))
		}
	}
	if j.ContactPhone != "" {
		add(v.T("Phone"), ui.TextLink("tel:"+j.ContactPhone, j.ContactPhone))
	}
	for _, p := range [][2]string{{v.T("Instructions"), j.Instructions}, {v.T("Description"), j.Description}, {v.T("D.O. number"), j.ExternalID}, {v.T("Reason"), j.Reason}} {
		if p[1] != "" {
			add(p[0], ui.Lines(p[1]))
		}
	}
	body := []g.Node{ui.Queue(v, phoneOf(s)), ui.Card(j.Title(), ui.DL(pairs...)), roadSteps(v, s, f, at)}
	if len(f.Items) > 0 {
		body = append(body, ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true}, proof.Items(v, f.Items)))
	}
	for _, p := range f.Proofs {
		body = append(body, proof.Card(v, p, v.Base+"/jobs/"+id(j.ID)+"/proof/files"))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("On the road"), Href: v.Base + "/road"}}), ui.Big(body...), ui.RoadScript())
}

// roadSteps are the buttons of what comes next.
func roadSteps(v *ui.View, s store.Staff, f roadView, at string) g.Node {
	j := f.Job
	number := store.JobNumber(j.Number)
	step := func(path, label string, button g.Node) g.Node {
		return ui.QueueForm(at+path, number+" · "+label, f.Once, ui.FormActions(button))
	}
	switch {
	case !j.DoneBy(s.Me().ID) && !s.May(store.JobStatus):
		return ui.Notice("info", v.T("This job is assigned to somebody else."))
	case store.JobDone(j.Status):
		var more []g.Node
		if len(f.Proofs) > 0 {
			more = append(more, ui.LinkButton(v.Base+"/jobs/"+id(j.ID)+"/proof", v.T("Show proof"), "file-text"))
		}
		switch {
		case f.Next != 0:
			more = append(more, ui.LinkButton(v.Base+"/road/"+id(f.Next), v.T("Show next attempt"), "repeat"))
		case (j.Status == store.JobFailed || j.Status == store.JobPartial) && s.May(store.JobAdd):
			more = append(more, ui.PostButton(at+"/again", v.T("Try again"), "repeat"))
		}
		return ui.Actions(more...)
	}
	var first g.Node
	switch {
	case j.StartedAt.IsZero():
		first = step("/start", v.T("Start"), ui.Primary(v.T("Start")))
	case j.ArrivedAt.IsZero():
		first = step("/arrive", v.T("I am there"), ui.Primary(v.T("I am there")))
	}
	done := ui.LinkButton(at+"/complete", v.T("Complete"), "circle-check")
	if first == nil {
		done = ui.PrimaryLink(at+"/complete", v.T("Complete"), "circle-check")
	}
	return ui.Stack(first, ui.Actions(done, ui.LinkButton(at+"/fail", v.T("Could not be done"), "circle-x")))
}

func proofFormPage(v *ui.View, s store.Staff, f proofForm) g.Node {
	j, at := f.Job, v.Base+"/road/"+id(f.Job.ID)
	number, action, title, label := store.JobNumber(j.Number), at+"/complete", v.T("Complete %s", store.JobNumber(j.Number)), v.T("Complete")
	if f.Failed {
		action, title, label = at+"/fail", v.T("%s could not be done", number), v.T("Save")
	}
	bad := fault.Fields(f.Problem)
	var body []g.Node
	if f.Failed {
		body = append(body, ui.Input(ui.Field{Name: "reason", Label: v.T("Reason"), Value: f.In.Reason, Required: true, Max: 500, Error: bad["reason"], Hint: v.T("Such as: nobody there, refused, address not found. The customer can read it.")}))
	} else {
		body = append(body, ui.Input(ui.Field{Name: "receiver", Label: v.T("Received by"), Value: f.In.Receiver, Required: j.Kind != store.JobWork, Max: 200, Error: bad["receiver"], Autocomplete: "off", Hint: v.T("The name of the person on the spot.")}),
			rejectFields(v, f, bad))
	}
	body = append(body,
		ui.PhotosField(v, ui.Field{Name: "photos", Label: v.T("Photos"), Error: bad["photos"], Hint: v.T("Up to %d. Where they were taken is removed from them.", store.MostPhotos)}, store.MostPhotos))
	if !f.Failed {
		body = append(body, ui.SignatureField(v, ui.Field{Name: "signature", Label: v.T("Signature"), Value: f.Sign, Error: bad["signature"]}))
	}
	body = append(body, ui.Textarea(ui.Field{Name: "note", Label: v.T("Note"), Value: f.In.Note, Max: 2000, Error: bad["note"]}, 3), ui.LocateField(v, f.Lat, f.Lon, f.Accuracy),
		ui.FormActions(ui.Primary(label), ui.LinkButton(at, v.T("Cancel"), "")))
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("On the road"), Href: v.Base + "/road"}, {Label: number, Href: at}}),
		ui.Big(ui.Queue(v, phoneOf(s)), problemNotice(v, f.Problem), photosAgain(v, f), ui.Card("", ui.QueueForm(action, number+" · "+label, f.In.Once, body...))), ui.RoadScript())
}

// photosAgain says what a browser does not keep in a form that comes back.
func photosAgain(v *ui.View, f proofForm) g.Node {
	if f.Problem == nil {
		return nil
	}
	return ui.Notice("info", v.T("If you had chosen photos, please choose them once more."))
}

// mostRejects is up to how many items the form offers in full; more are behind
// a line.
const mostRejects = 8

func rejectFields(v *ui.View, f proofForm, bad map[string]string) g.Node {
	if len(f.Items) == 0 {
		return nil
	}
	var rows g.Group
	open := len(f.Items) <= mostRejects
	for n, i := range f.Items {
		name := "item_" + strconv.Itoa(n)
		open = open || bad[name+"_rejected"] != "" || bad[name+"_reason"] != ""
		what := i.Description
		if what == "" {
			what = i.SKU
		}
		amount := strconv.FormatFloat(i.Quantity, 'f', -1, 64)
		rows = append(rows, h.Div(h.Class("reject"), h.P(g.Text(what)), ui.Two(
			ui.Input(ui.Field{Name: name + "_rejected", Label: v.T("Rejected of %s", amount), Value: f.Rejected[n].Number, Inputmode: "decimal", Error: bad[name+"_rejected"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: name + "_reason", Label: v.T("Reason"), Value: f.Rejected[n].Reason, Max: 300, Error: bad[name+"_reason"], Autocomplete: "off"}))))
	}
	if open {
		return ui.Fieldset(v.T("Rejected items"), v.T("Leave empty what was taken."), rows)
	}
	return ui.Details(v.T("Rejected items"), rows)
}
