package admin

import (
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobBoardRoutes(r *mux.Router) {
	r.Handle("/jobs/board", a.staff(a.boardOfJobs)).Methods("GET", "HEAD").Name("admin.jobs.board")
	r.Handle("/jobs/{job}/move", a.staff(a.moveJob)).Methods("POST").Name("admin.job.move")
	r.Handle("/jobs/calendar", a.staff(a.monthOfJobs)).Methods("GET", "HEAD").Name("admin.jobs.calendar")
}

// mostOnBoard is how many jobs of a day a board shows; more are a list.
const mostOnBoard = 500

func (a *Admin) boardOfJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	l := jobsList{Staff: s, Query: q, Path: base(r) + "/jobs/board", Day: day(q, s.DayNow()), Filter: work.Filter(q, s.DayNow())}
	l.Filter.From, l.Filter.To, l.Filter.Sort, l.Filter.Limit, l.Filter.After = l.Day, l.Day, "day", mostOnBoard, ""
	if err := a.fillJobs(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.boardNode(a.view(w, r, s)))
}

func (l jobsList) boardNode(v *ui.View) g.Node {
	var note g.Node
	if l.Page.Next != "" {
		note = ui.Notice("info", v.T("The board shows the first %s jobs of this day. Use the list for all of them.", v.N(mostOnBoard)))
	}
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, l.Staff, "/jobs/board", l.Day), l.dayNav(v), note, ui.Board(v, v.T("The day's jobs by who does them"), l.columns(v)))
}

// columns are nobody, then the people and vehicles: those with jobs first.
func (l jobsList) columns(v *ui.View) []ui.BoardColumn {
	targets := []ui.Option{{Value: "none", Label: v.T("Nobody yet")}}
	for _, p := range l.People {
		targets = append(targets, ui.Option{Value: "p" + id(p.ID), Label: p.Name})
	}
	for _, one := range l.Vehicles {
		targets = append(targets, ui.Option{Value: "v" + id(one.ID), Label: one.Name})
	}
	cards := map[string][]g.Node{}
	for _, j := range l.Page.Rows {
		key := boardKey(j)
		if !hasOption(targets, key) {
			targets = append(targets, ui.Option{Value: key, Label: pickText(work.Who(j), v.T("Somebody who has left"))})
		}
		cards[key] = append(cards[key], l.boardCard(v, j, key, targets))
	}
	var busy, idle []ui.BoardColumn
	for i, t := range targets {
		c := ui.BoardColumn{Key: t.Value, Title: t.Label, Cards: cards[t.Value]}
		if i == 0 || len(c.Cards) > 0 {
			busy = append(busy, c)
		} else {
			idle = append(idle, c)
		}
	}
	return append(busy, idle...)
}

func hasOption(all []ui.Option, value string) bool {
	for _, o := range all {
		if o.Value == value {
			return true
		}
	}
	return false
}

// boardKey is the column a job stands in: its person's, else its vehicle's.
func boardKey(j store.Job) string {
	switch {
	case j.Assignee != 0:
		return "p" + id(j.Assignee)
	case j.Vehicle != 0:
		return "v" + id(j.Vehicle)
	}
	return "none"
}

func (l jobsList) boardCard(v *ui.View, j store.Job, key string, targets []ui.Option) g.Node {
	where := j.SiteName
	if where == "" {
		where = j.Address
	}
	when := progress.Window(v, j)
	if when == "" {
		when = work.Kind(v, j.Kind)
	}
	var move g.Node
	if l.Staff.May(store.JobAssign) && !store.JobDone(j.Status) {
		move = ui.Form(v.Base+"/jobs/"+id(j.ID)+"/move", ui.HiddenFields("next", v.Base+"/jobs/board?day="+l.Day),
			ui.Select(ui.Field{Name: "to", ID: "to-" + id(j.ID), Label: v.T("Give %s to", store.JobNumber(j.Number)), Value: key}, targets), ui.Button(v.T("Move")))
	}
	return g.Group{h.P(ui.TextLink(v.Base+"/jobs/"+id(j.ID), jobTitle(j))), h.P(work.Badge(v, j), g.Text(" "), g.If(j.Late(l.Staff.Now()), ui.Badge("crit", v.T("late")))),
		h.P(ui.Muted(strings.Trim(when+" · "+where, " ·"))), g.If(j.CustomerName != "", h.P(ui.Muted(j.CustomerName))), move}
}

// moveJob gives a job to the person or vehicle of another column.
func (a *Admin) moveJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	var who store.UserID
	var vehicle store.VehicleID
	to := store.JobAssignment{Assignee: &who}
	switch key := web.Str(r, "to"); {
	case key == "none":
		to.Vehicle = &vehicle
	case strings.HasPrefix(key, "p") && jobSub(key[1:]) > 0:
		who = store.UserID(jobSub(key[1:]))
	case strings.HasPrefix(key, "v") && jobSub(key[1:]) > 0:
		vehicle, to.Vehicle = store.VehicleID(jobSub(key[1:])), &vehicle
	default:
		return fault.New(fault.NotFound, "There is no such column.")
	}
	if _, err := s.AssignJobs(r.Context(), []store.JobID{j.ID}, to); err != nil {
		return a.jobDone(w, r, s, jobPage{Job: j}, err, "")
	}
	return a.site.Done(w, r, a.jobsBack(r), "Assigned.")
}

func (a *Admin) monthOfJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	today := s.DayNow()
	first, err := time.Parse("2006-01", r.URL.Query().Get("month"))
	if err != nil {
		first, _ = time.Parse("2006-01", today[:7])
	}
	from := first.AddDate(0, 0, -(int(first.Weekday())+6)%7) // weeks begin on Monday
	to := first.AddDate(0, 1, -1)
	to = to.AddDate(0, 0, (7-int(to.Weekday()))%7)
	counts, err := s.JobCounts(r.Context(), store.JobCountFilter{From: from.Format(time.DateOnly), To: to.Format(time.DateOnly)})
	if err != nil {
		return err
	}
	m := jobMonth{Staff: s, First: first, From: from, To: to, Today: today, Counts: counts}
	return web.Page(w, r, http.StatusOK, m.page(a.view(w, r, s)))
}

// jobMonth is the calendar of a month, drawn from the kept counters.
type jobMonth struct {
	Staff           store.Staff
	First, From, To time.Time
	Today           string
	Counts          []store.JobCount
}

func (m jobMonth) page(v *ui.View) g.Node {
	at := v.Base + "/jobs/calendar?month="
	name := v.T(m.First.Month().String()) + " " + m.First.Format("2006")
	l := jobsList{Staff: m.Staff}
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, l.actions(v)...), jobTabs(v, m.Staff, "/jobs/calendar", ""),
		h.Div(h.Class("daynav"), ui.LinkButton(at+m.First.AddDate(0, -1, 0).Format("2006-01"), v.T("Month before"), "chevron-left"), h.H2(g.Text(name)),
			ui.LinkButton(at+m.First.AddDate(0, 1, 0).Format("2006-01"), v.T("Month after"), "chevron-right"),
			g.If(m.Today[:7] != m.First.Format("2006-01"), ui.LinkButton(v.Base+"/jobs/calendar", v.T("This month"), "calendar-event"))),
		ui.Month(v, name, weekdays(v), m.weeks(v)))
}

func weekdays(v *ui.View) (out []string) {
	for d := range 7 {
		out = append(out, v.T(time.Weekday((d+1)%7).String()))
	}
	return out
}

func (m jobMonth) weeks(v *ui.View) (out [][]ui.MonthDay) {
	by := map[string][]store.JobCount{}
	for _, c := range m.Counts {
		by[c.Day] = append(by[c.Day], c)
	}
	for at := m.From; !at.After(m.To); at = at.AddDate(0, 0, 7) {
		week := make([]ui.MonthDay, 7)
		for i := range week {
			one := at.AddDate(0, 0, i)
			key := one.Format(time.DateOnly)
			t := store.TallyJobs(by[key], m.Today)
			d := ui.MonthDay{Number: v.N(int64(one.Day())), Label: progress.Day(v, key) + ": " + v.Plural(t.Total, "%s job", "%s jobs"), Href: v.Base + "/jobs?day=" + key, Today: key == m.Today, Outside: one.Month() != m.First.Month()}
			if t.Total > 0 {
				d.Body = g.Group{h.Span(h.Class("daycount"), g.Text(v.Plural(t.Total, "%s job", "%s jobs"))),
					g.If(t.Open > 0, h.Span(h.Class("daycount"), ui.Badge("info", v.T("%s unfinished", v.N(t.Open))))),
					g.If(t.Status[store.JobFailed] > 0, h.Span(h.Class("daycount"), ui.Badge("crit", v.T("%s failed", v.N(t.Status[store.JobFailed])))))}
			}
			week[i] = d
		}
		out = append(out, week)
	}
	return out
}
