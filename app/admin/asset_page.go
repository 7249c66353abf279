package admin

import (
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
)

// assetPage is everything about one asset.
type assetPage struct {
	Staff   store.Staff
	Now     time.Time
	Asset   store.Asset
	History []store.Assignment
	Events  store.Page[store.Event]
	Faults  []store.FaultCode
	Fields  []store.FieldValue
	Groups  []store.GroupRef
	Chart   *fleet.ChartSpec
	Assign  assignForm
	Jobs    []store.Job
}

func (p assetPage) at(v *ui.View) string { return v.Base + "/assets/" + id(p.Asset.ID) }

func (p assetPage) node(v *ui.View) g.Node {
	a := p.Asset
	return ui.Page(v, a.Name, ui.PageHead(v, a.Name, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}, p.actions(v)...),
		p.state(v), fleet.Meters(v, a, p.Now),
		ui.Grid(
			ui.Col(8, p.chart(v), p.jobs(v), p.history(v), p.faults(v)),
			ui.Col(4, p.place(v), ui.Card(v.T("Details"), fleet.Details(v, a, p.Fields, p.Groups, p.Now)), p.activity(v))),
		g.Iff(p.Staff.May(store.AssetAssign), func() g.Node { return p.Assign.dialog(v) }))
}

func (p assetPage) actions(v *ui.View) []g.Node {
	s, one := p.Staff, "?id="+id(p.Asset.ID)
	var out, more []g.Node
	if s.May(store.AssetAssign) {
		out = append(out, ui.DialogPrimary(v.Base+"/assets/assign"+one, v.T("Assign"), "switch-horizontal", "assign"))
	}
	if s.May(store.JobAdd) {
		more = append(more, ui.MenuLink(v.Base+"/jobs/new?kind="+store.JobWork+"&asset="+id(p.Asset.ID), v.T("Add job"), "clipboard-list"))
	}
	if s.May(store.AssetUnassign) && p.Asset.Customer != 0 {
		out = append(out, ui.LinkButton(v.Base+"/assets/return"+one, v.T("Take back"), "arrow-back-up"))
	}
	if s.May(store.AssetChange) {
		out = append(out, ui.LinkButton(p.at(v)+"/edit", v.T("Edit"), "pencil"))
	}
	if s.May(store.ReadingAdd) {
		more = append(more, ui.MenuLink(p.at(v)+"/reading", v.T("Add a reading"), "gauge"))
	}
	if s.May(store.AssetDelete) {
		more = append(more, ui.MenuLink(p.at(v)+"/delete", v.T("Delete"), "trash"))
	}
	if len(more) > 0 {
		out = append(out, ui.Menu(v.T("More"), "dots", more...))
	}
	return out
}

// state says in one line how it is and who has it.
func (p assetPage) state(v *ui.View) g.Node {
	a := p.Asset
	parts := []g.Node{fleet.Status(v, a.Status)}
	if a.Customer == 0 {
		parts = append(parts, ui.Badge("neutral", v.T("Not assigned")))
	} else {
		name := a.CustomerName
		if name == "" {
			name = v.T("Another customer")
			parts = append(parts, ui.Text(name))
		} else {
			parts = append(parts, ui.TextLink(v.Base+"/customers/"+id(a.Customer)+"/assets", name))
		}
		parts = append(parts, ui.Muted(span(v, a.Since, a.Until)))
	}
	if a.SeenAt.IsZero() {
		parts = append(parts, ui.Muted(v.T("No reading yet")))
	} else {
		parts = append(parts, ui.Muted(v.T("Last reading %s", v.Ago(a.SeenAt, p.Now))))
	}
	return ui.Actions(parts...)
}

// span is a time with its last day, as people count.
func span(v *ui.View, from, to time.Time) string {
	if to.IsZero() {
		return v.T("since %s", v.Date(from))
	}
	return v.T("%s to %s", v.Date(from), v.Date(to.Add(-time.Second)))
}

func (p assetPage) chart(v *ui.View) g.Node {
	if p.Chart == nil || len(p.Chart.Points) == 0 {
		var add []g.Node
		if p.Staff.May(store.ReadingAdd) {
			add = []g.Node{ui.LinkButton(p.at(v)+"/reading", v.T("Add a reading"), "gauge")}
		}
		return ui.Card(v.T("Readings"), ui.Empty("gauge", v.T("No readings yet"), v.T("They come with a feed or an import, or you type one."), add...))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Readings"), ID: "readings"}, fleet.Chart(v, *p.Chart))
}

func (p assetPage) place(v *ui.View) g.Node {
	a := p.Asset
	if !a.Lat.OK {
		return ui.Card(v.T("Position"), ui.Empty("map-pin", v.T("No position yet"), v.T("It appears with the first reading that has one.")))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Position"), Note: fleet.Place(v, a, p.Now), Flush: true},
		ui.Map(v, "place", p.at(v)+"/map.json", ui.MapOpts{Label: v.T("Where %s is", a.Name), Lat: a.Lat.V, Lon: a.Lon.V, Zoom: 8}))
}

// jobs are the newest jobs about the asset.
func (p assetPage) jobs(v *ui.View) g.Node {
	if len(p.Jobs) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Jobs"), Flush: true, Actions: []g.Node{ui.LinkButton(v.Base+"/jobs/list?asset="+id(p.Asset.ID), v.T("All jobs"), "")}},
		work.Table(v, work.TableSpec{At: v.Base + "/jobs/", Now: p.Now, Own: true}, p.Jobs))
}

func (p assetPage) faults(v *ui.View) g.Node {
	if len(p.Faults) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Fault codes"), Flush: true}, fleet.Faults(v, p.Faults))
}

func (p assetPage) activity(v *ui.View) g.Node {
	if len(p.Events.Rows) == 0 {
		return nil
	}
	all := ui.TextLink(v.Base+"/assets/activity?asset="+id(p.Asset.ID), v.T("All activity"))
	return ui.CardWith(ui.CardSpec{Title: v.T("Activity"), Actions: []g.Node{all}}, fleet.Feed(v, fleet.FeedSpec{Now: p.Now}, p.Events.Rows))
}

func (p assetPage) history(v *ui.View) g.Node {
	table := ui.TableSpec[store.Assignment]{ID: "history", Caption: v.T("Who had it"), Columns: []ui.Column[store.Assignment]{
		{Label: v.T("Customer"), Bytes: func(b []byte, h store.Assignment) []byte {
			if h.CustomerName == "" {
				return ui.AppendTwo(b, "", v.T("A customer you cannot see"), "")
			}
			return ui.AppendTwoNum(b, v.Base+"/customers/", int64(h.Customer), h.CustomerName, "")
		}},
		{Label: v.T("First day"), Bytes: func(b []byte, h store.Assignment) []byte { return v.AppendDate(b, h.From) }},
		{Label: v.T("Last day"), Bytes: func(b []byte, h store.Assignment) []byte { return v.AppendDate(b, h.LastDay()) }},
		{Label: v.T("State"), Bytes: func(b []byte, h store.Assignment) []byte { return p.turn(v, b, h) }},
		{Label: v.T("Assigned by"), Quiet: true, Bytes: func(b []byte, h store.Assignment) []byte { return ui.AppendText(b, h.CreatedBy) }},
	}, Empty: ui.Empty("history", v.T("Nobody had it yet"), v.T("Assign it to a customer; from that day on the customer sees it."))}
	if p.Staff.May(store.AssetUnassign) && p.planned() {
		table.RowActions = func(h store.Assignment) g.Node {
			if !h.Planned {
				return nil
			}
			return ui.PostButton(p.at(v)+"/planned/cancel", v.T("Cancel"), "x", "assignment", id(h.ID))
		}
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Who had it"), Flush: len(p.History) > 0}, ui.Table(v, table, p.History))
}

func (p assetPage) planned() bool {
	for _, h := range p.History {
		if h.Planned {
			return true
		}
	}
	return false
}

func (p assetPage) turn(v *ui.View, b []byte, h store.Assignment) []byte {
	switch {
	case h.Planned:
		return ui.AppendBadge(b, "info", v.T("Planned"))
	case h.To.IsZero() || h.To.After(p.Now):
		return ui.AppendBadge(b, "ok", v.T("Has it now"))
	}
	return ui.AppendBadge(b, "neutral", v.T("Returned"))
}

// namesOf lists what was chosen, as far as it fits a sentence.
func namesOf(v *ui.View, names []string, all int) string {
	out := strings.Join(names, ", ")
	if all > len(names) {
		out += " " + v.T("and %s more", v.N(int64(all-len(names))))
	}
	return out
}
