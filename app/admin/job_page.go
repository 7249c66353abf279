package admin

import (
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
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
