package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
)

// dayNode is the dashboard: one day with its counters and its jobs.
func (l jobsList) dayNode(v *ui.View) g.Node {
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, l.Staff, "/jobs", l.Day), problemNotice(v, l.Problem), l.dayNav(v), l.counters(v), l.card(v))
}

// dayNav leads to the days around, and to any other.
func (l jobsList) dayNav(v *ui.View) g.Node {
	to := func(day string) string { return ui.HrefWith(l.Path, l.Query, "day", day) }
	today := l.Staff.DayNow()
	name := progress.Day(v, l.Day)
	switch l.Day {
	case today:
		name = v.T("Today, %s", name)
	case shift(today, 1):
		name = v.T("Tomorrow, %s", name)
	case shift(today, -1):
		name = v.T("Yesterday, %s", name)
	}
	return h.Div(h.Class("daynav"), ui.LinkButton(to(shift(l.Day, -1)), v.T("Day before"), "chevron-left"), h.H2(g.Text(name)), ui.LinkButton(to(shift(l.Day, 1)), v.T("Day after"), "chevron-right"),
		g.If(l.Day != today, ui.LinkButton(to(""), v.T("Today"), "calendar-event")),
		ui.GetForm(l.Path, h.Label(h.Class("vh"), h.For("day-pick"), g.Text(v.T("Date"))), h.Input(h.ID("day-pick"), h.Type("date"), h.Name("day"), h.Value(l.Day)), ui.Button(v.T("Show"))))
}

// counters are the day's kept counters, each leading to what it counts.
func (l jobsList) counters(v *ui.View) g.Node {
	t := store.TallyJobs(l.Counts, l.Staff.DayNow())
	to := func(status string) string { return ui.HrefWith(l.Path, l.Query, "status", status, "day", l.Day) }
	out := []g.Node{ui.StatLink(to(""), v.T("All"), v.N(t.Total), v.T("%s unfinished", v.N(t.Open)))}
	seen := map[string]bool{}
	for _, shape := range []string{store.JobWork, store.JobDelivery} {
		for _, status := range store.JobStatuses(shape) {
			if n := t.Status[status]; n > 0 && !seen[status] {
				out = append(out, ui.StatLink(to(status), work.Status(v, status), v.N(n), ""))
			}
			seen[status] = true
		}
	}
	return h.Div(h.Class("tallies"), ui.Stats(out...))
}
