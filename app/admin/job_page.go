package admin

import (
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/proof"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// jobPage is everything about one job.
type jobPage struct {
	Staff    store.Staff
	Now      time.Time
	Today    string
	Job      store.Job
	Items    []store.JobItem
	Events   []store.JobEvent
	Comments []store.Comment
	Files    []store.JobFile
	Proofs   []store.Proof
	Values   []store.JobFieldValue
	Assets   []store.JobAsset
	Attempts []store.Job
	Subs     []store.JobSub
	People   []store.PersonRef
	Vehicles []store.Vehicle
	Once     string
	To       string // what somebody chose or typed, kept
	Reason   string
	Typed    string
	Public   bool
	Problem  error
}

func (p jobPage) at(v *ui.View) string { return v.Base + "/jobs/" + id(p.Job.ID) }

func (p jobPage) page(v *ui.View) g.Node {
	j := p.Job
	return ui.Page(v, jobTitle(j), ui.PageHead(v, jobTitle(j), jobCrumbs(v), p.actions(v)...), problemNotice(v, p.Problem), p.state(v),
		ui.Grid(
			ui.Col(8, p.about(v), p.items(v), p.proofs(v), p.write(v), ui.CardWith(ui.CardSpec{Title: v.T("Timeline"), ID: "timeline"},
				work.Story{Events: p.Events, Comments: p.Comments, Now: p.Now, Own: true, Provider: v.Brand.Name}.Node(v))),
			ui.Col(4, p.step(v), p.assign(v), p.place(v), p.files(v), p.attempts(v))))
}

func (p jobPage) actions(v *ui.View) (out []g.Node) {
	s, j := p.Staff, p.Job
	if len(p.Proofs) > 0 {
		out = append(out, ui.LinkButton(p.at(v)+"/proof", v.T("Proof to print"), "printer"), ui.LinkButton(p.at(v)+"/proof.pdf", v.T("Download PDF"), "download"))
	}
	if s.May(store.JobRoad) && j.DoneBy(s.Me().ID) && !store.JobDone(j.Status) {
		out = append(out, ui.PrimaryLink(v.Base+"/road/"+id(j.ID), v.T("On the road"), "truck-delivery"))
	}
	out = append(out, ui.LinkButton(p.at(v)+"/links", v.T("Tracking links"), "link"))
	if s.May(store.JobChange) {
		out = append(out, ui.LinkButton(p.at(v)+"/edit", v.T("Edit"), "pencil"))
	}
	if s.May(store.JobDelete) {
		out = append(out, ui.Menu(v.T("More"), "dots", ui.MenuLink(p.at(v)+"/delete", v.T("Delete"), "trash")))
	}
	if s.May(store.JobAdd) && (j.Status == store.JobFailed || j.Status == store.JobReturn || j.Status == store.JobPartial) && j.Attempt == p.last() {
		out = append(out, ui.PostPrimary(p.at(v)+"/attempt", v.T("Try again"), "repeat"))
	}
	return out
}

// last is the number of the newest attempt.
func (p jobPage) last() (n int64) {
	for _, a := range p.Attempts {
		n = max(n, a.Attempt)
	}
	return n
}

// state says in one line what it is, how it stands, and what its customer is
// told.
func (p jobPage) state(v *ui.View) g.Node {
	j := p.Job
	parts := []g.Node{work.Badge(v, j), ui.Muted(work.Kind(v, j.Kind))}
	if j.Late(p.Now) {
		parts = append(parts, ui.Badge("crit", v.T("late")))
	}
	if y := work.Priority(j); y != nil {
		parts = append(parts, y)
	}
	if j.Attempt > 1 {
		parts = append(parts, ui.Muted(v.T("attempt %s", v.N(j.Attempt))))
	}
	switch {
	case j.Customer == 0:
		parts = append(parts, ui.Muted(v.T("No customer sees it")))
	case j.Status == store.JobDraft && j.Source != "portal":
		parts = append(parts, ui.Muted(v.T("A draft: its customer does not see it")))
	default:
		parts = append(parts, ui.Muted(v.T("The customer is told: %s", progress.TrackName(v, j.Track(p.Today), j.Kind))))
	}
	return ui.Actions(parts...)
}

func (p jobPage) about(v *ui.View) g.Node {
	j := p.Job
	rows := []ui.Pair{}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, ui.Row(label, value))
		}
	}
	if j.Customer != 0 {
		name := j.CustomerName
		if name == "" {
			rows = append(rows, ui.Row(v.T("Customer"), v.T("Another customer")))
		} else {
			rows = append(rows, ui.Pair{Label: v.T("Customer"), Value: ui.TextLink(v.Base+"/customers/"+id(j.Customer)+"/jobs", name)})
		}
	}
	add(v.T("Group"), j.GroupName)
	add(externalLabel(v, j.Kind), j.ExternalID)
	add(v.T("Date"), work.When(v, j))
	add(v.T("Time zone of the place"), p.foreignZone(v))
	add(v.T("Start by"), stamp(v, j.StartBy))
	add(v.T("Due by"), stamp(v, j.DueBy))
	if len(p.Assets) > 0 {
		var links g.Group
		for _, a := range p.Assets {
			links = append(links, h.Div(ui.TextLink(v.Base+"/assets/"+id(a.ID), a.Name)))
		}
		rows = append(rows, ui.Pair{Label: v.T("Assets"), Value: links})
	}
	for _, x := range p.Values {
		add(x.Label, fieldText(v, x))
	}
	if j.Source == "portal" {
		add(v.T("Reported by"), j.ReporterName)
	}
	add(v.T("Received"), stamp(v, j.ReceivedAt))
	add(v.T("On the way"), stamp(v, j.StartedAt))
	add(v.T("Arrived"), stamp(v, j.ArrivedAt))
	add(v.T("Done"), stamp(v, j.DoneAt))
	add(v.T("Reason"), j.Reason)
	return ui.Card(v.T("Job"), long(v.T("Description"), j.Description), long(v.T("Instructions, not for the customer"), j.Instructions), ui.DL(rows...))
}

func (p jobPage) foreignZone(v *ui.View) string {
	if p.Job.Day == "" || p.Job.Zone == p.Staff.Home().Zone {
		return ""
	}
	return p.Job.Zone
}

func stamp(v *ui.View, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.DateTime(t)
}

func fieldText(v *ui.View, x store.JobFieldValue) string {
	switch {
	case x.Kind == "date":
		return progress.Day(v, x.Value)
	case x.Kind == "yesno" && x.Value == "yes":
		return v.T("Yes")
	case x.Kind == "yesno" && x.Value == "no":
		return v.T("No")
	}
	return x.Value
}

// long is a text of several lines below its name.
func long(label, text string) g.Node {
	if text == "" {
		return nil
	}
	return h.Div(h.Class("longtext"), h.H3(g.Text(label)), h.P(h.Class("lines"), g.Text(text)))
}

func (p jobPage) items(v *ui.View) g.Node {
	if len(p.Items) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true, Note: v.Plural(int64(len(p.Items)), "%s item", "%s items")}, work.Items(v, p.Items))
}

// proofs show who received it, with photos and signature.
func (p jobPage) proofs(v *ui.View) g.Node {
	var out g.Group
	for _, f := range p.Proofs {
		out = append(out, proof.Card(v, f, p.at(v)+"/proof/files"))
	}
	return out
}

// step offers the statuses that may follow, and the secondary ones.
func (p jobPage) step(v *ui.View) g.Node {
	j := p.Job
	next := p.Staff.NextStatuses(j)
	own := p.Staff.May(store.JobStatus) || p.Staff.May(store.JobRoad) && j.DoneBy(p.Staff.Me().ID)
	options := []ui.Option{}
	if store.JobDone(j.Status) && len(next) > 0 { // nobody opens again what is done by one click
		options = append(options, ui.Option{Label: v.T("Choose a status")})
	}
	if own {
		options = p.subs(options, j.Status, v.T("Stays %s", work.Status(v, j.Status)), j.SubName != "", v)
	}
	for _, to := range next {
		options = append(options, ui.Option{Value: to, Label: work.Status(v, to)})
		options = p.subs(options, to, work.Status(v, to), false, v)
	}
	if len(options) == 0 {
		return nil
	}
	bad, value := fault.Fields(p.Problem), p.To
	if value == "" && len(next) > 0 && !store.JobDone(j.Status) {
		value = next[0]
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Status"), ID: "status"}, ui.Form(p.at(v)+"/status", ui.HiddenFields("version", id(j.Version)),
		ui.Select(ui.Field{Name: "status", Label: v.T("New status"), Value: value, Error: either(bad, "status", "sub")}, options),
		ui.Input(ui.Field{Name: "reason", Label: v.T("Reason"), Value: p.Reason, Max: 500, Error: bad["reason"], Autocomplete: "off", Hint: v.T("Needed to put on hold, fail, return or cancel. Customers read it.")}),
		ui.FormActions(ui.Primary(v.T("Set status")))))
}

// subs adds the secondary statuses below a primary one; plain is the primary
// alone, where the job has a secondary one now.
func (p jobPage) subs(out []ui.Option, under, label string, plain bool, v *ui.View) []ui.Option {
	if plain {
		out = append(out, ui.Option{Value: under, Label: label})
	}
	for _, x := range p.Subs {
		if x.Shape == p.Job.Shape() && x.Under == under && x.ID != p.Job.Sub && (x.Who == "all" || p.Staff.May(store.JobStatus)) {
			out = append(out, ui.Option{Value: under + ":" + id(x.ID), Label: work.Status(v, under) + " · " + x.Name})
		}
	}
	return out
}

func (p jobPage) assign(v *ui.View) g.Node {
	j := p.Job
	if !p.Staff.May(store.JobAssign) || store.JobDone(j.Status) {
		if who := work.Who(j); who != "" {
			return ui.Card(v.T("Assigned to"), h.P(g.Text(who)))
		}
		return nil
	}
	bad := fault.Fields(p.Problem)
	people, listed := []ui.Option{{Value: "0", Label: v.T("Nobody yet")}}, j.Assignee == 0
	for _, one := range p.People {
		people = append(people, ui.Option{Value: id(one.ID), Label: one.Name})
		listed = listed || one.ID == j.Assignee
	}
	if !listed {
		people = append(people, ui.Option{Value: id(j.Assignee), Label: pickText(j.AssigneeName, v.T("Somebody who has left"))})
	}
	fields := []g.Node{ui.Select(ui.Field{Name: "assignee", Label: v.T("Person"), Value: id(j.Assignee), Error: bad["assignee"]}, people)}
	if len(p.Vehicles) > 0 || j.Vehicle != 0 {
		fields = append(fields, ui.Select(ui.Field{Name: "vehicle", Label: v.T("Vehicle"), Value: id(j.Vehicle), Error: bad["vehicle"]}, vehicleOptions(p.Vehicles, ui.Option{Value: "0", Label: v.T("No vehicle")})))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Assigned to"), ID: "assign"}, ui.Form(p.at(v)+"/assign", g.Group(fields), ui.FormActions(ui.Button(v.T("Assign")))))
}

func (p jobPage) place(v *ui.View) g.Node {
	j := p.Job
	rows := []ui.Pair{}
	if j.SiteName != "" {
		rows = append(rows, ui.Pair{Label: v.T("Site"), Value: ui.TextLink(v.Base+"/sites/"+id(j.Site), j.SiteName)})
	}
	if j.Address != "" {
		rows = append(rows, ui.Row(v.T("Address"), j.Address))
	}
	if j.ContactName != "" {
		rows = append(rows, ui.Row(v.T("Contact"), j.ContactName))
	}
	if j.ContactPhone != "" {
		rows = append(rows, addressPair(v.T("Phone"), "tel:", j.ContactPhone))
	}
	if j.ContactEmail != "" {
		rows = append(rows, addressPair(v.T("E-mail"), "mailto:", j.ContactEmail))
	}
	if len(rows) == 0 {
		return nil
	}
	return ui.Card(v.T("Place"), ui.DL(rows...))
}

// write is the form of a comment: for the customer as well, or in private.
func (p jobPage) write(v *ui.View) g.Node {
	if !p.Staff.May(store.JobComment) && !p.Staff.May(store.JobNote) {
		return nil
	}
	value := "1" // nothing is said to a customer by mistake
	if p.Public {
		value = "0"
	}
	who := v.T("Also for the customer")
	if p.Job.CustomerName != "" {
		who = v.T("Also for %s", p.Job.CustomerName)
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Write"), ID: "write"}, ui.Form(p.at(v)+"/comment", ui.HiddenFields("once", p.Once),
		ui.Textarea(ui.Field{Name: "body", Label: v.T("Comment"), Value: p.Typed, Required: true, Error: fault.Fields(p.Problem)["body"]}, 3),
		ui.Radios(ui.Field{Name: "private", Label: v.T("Who reads it"), Value: value}, []ui.Option{{Value: "1", Label: v.T("Your people only")}, {Value: "0", Label: who}}),
		ui.FormActions(ui.Button(v.T("Write"), ui.Icon("send")))))
}

func (p jobPage) files(v *ui.View) g.Node {
	var list g.Group
	for _, f := range p.Files {
		list = append(list, p.file(v, f))
	}
	var add g.Node
	if p.Staff.May(store.JobFileAdd) {
		var share g.Node
		if p.Staff.May(store.JobFileShare) {
			share = ui.Checkbox("shared", "1", v.T("Visible to the customer"), "", false, false)
		}
		add = ui.UploadForm(p.at(v)+"/files", ui.FileField(ui.Field{Name: "file", Label: v.T("Add a file"), Error: fault.Fields(p.Problem)["file"], Hint: v.T("A photo, PDF, spreadsheet, document or text of up to 15 MB.")}, ""), share,
			ui.FormActions(ui.Button(v.T("Add"), ui.Icon("upload"))))
	}
	if len(list) == 0 && add == nil {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Files"), ID: "files"}, g.If(len(list) > 0, h.Ul(h.Class("joblist files"), list)), add)
}

func (p jobPage) file(v *ui.View, f store.JobFile) g.Node {
	at := p.at(v) + "/files/" + id(f.ID)
	name := f.Name
	if f.Caption != "" {
		name = f.Caption
	}
	seen := ui.Badge("neutral", v.T("Your people only"))
	share := ui.PostButton(at+"/share", v.T("Show to the customer"), "eye", "shared", "1")
	if f.Shared {
		seen, share = ui.Badge("info", v.T("Visible to the customer")), ui.PostButton(at+"/share", v.T("Hide from the customer"), "eye-off")
	}
	var do []g.Node
	if p.Staff.May(store.JobFileShare) {
		do = append(do, share)
	}
	if p.Staff.May(store.JobFileRemove) {
		do = append(do, ui.Form(at+"/remove", ui.IconButton("trash", v.T("Remove %s", name))))
	}
	open, target := p.at(v)+"/proof/files/"+id(f.ID), "?download=1"
	if f.Kind == "photo" || f.Kind == "signature" {
		target = ""
	}
	var small g.Node
	if f.Kind == "photo" && f.Thumb != 0 && f.Proof == 0 { // those of a proof stand with it
		small = ui.Photos([]ui.Photo{{Href: open, Thumb: open + "?thumb=1", Alt: name}})
	}
	if f.Proof != 0 {
		name = v.T("%s, of the proof", name)
	}
	return h.Li(h.P(ui.Icon(map[string]string{"photo": "photo", "signature": "pencil"}[f.Kind]), ui.TextLink(open+target, name), g.Text(" "), seen), small, h.P(ui.Muted(v.T("%s, %s", f.Author, v.DateTime(f.At)))), ui.Actions(do...))
}

func (p jobPage) attempts(v *ui.View) g.Node {
	if len(p.Attempts) < 2 {
		return nil
	}
	var out g.Group
	for _, a := range p.Attempts {
		label := v.T("Attempt %s: %s", v.N(a.Attempt), store.JobNumber(a.Number))
		if a.ID == p.Job.ID {
			out = append(out, h.Li(h.Strong(g.Text(label+" ")), work.Badge(v, a)))
			continue
		}
		out = append(out, h.Li(ui.TextLink(v.Base+"/jobs/"+id(a.ID), label), g.Text(" "), work.Badge(v, a)))
	}
	return ui.Card(v.T("Attempts"), h.Ul(h.Class("joblist"), out))
}

// externalLabel is what the number is called under which others know a job.
func externalLabel(v *ui.View, kind string) string {
	if kind == store.JobWork {
		return v.T("Order number")
	}
	return v.T("D.O. number")
}
