package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

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
