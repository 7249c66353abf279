package progress

import (
	"net/url"
	"slices"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Dashboard is the head of a page of one day: which day, and how many of its
// jobs are how far. Each counter leads to its own.
type Dashboard struct {
	Path  string // of the page
	Query url.Values
	Day   string // shown
	Today string
	Track string // chosen
	Kind  string // of everything that day; "" for deliveries and collections
	Tally store.JobTally
}

// Node draws the day's head.
func (d Dashboard) Node(v *ui.View) g.Node {
	return h.Section(h.Class("stack"), h.Aria("label", v.T("Day and progress")), d.days(v), d.counters(v))
}

// days leads to the day before and after, and to any other.
func (d Dashboard) days(v *ui.View) g.Node {
	at, err := time.Parse(time.DateOnly, d.Day)
	if err != nil {
		return nil
	}
	to := func(days int) string {
		return ui.HrefWith(d.Path, d.kept(), "day", at.AddDate(0, 0, days).Format(time.DateOnly))
	}
	title := Day(v, d.Day)
	if d.Day == d.Today {
		title = v.T("Today, %s", title)
	}
	return h.Div(h.Class("day-nav"),
		h.A(h.Class("btn icon-only"), h.Href(ui.SafeHref(to(-1))), h.Aria("label", v.T("The day before")), ui.Icon("chevron-left")),
		h.H2(g.Text(title)),
		h.A(h.Class("btn icon-only"), h.Href(ui.SafeHref(to(1))), h.Aria("label", v.T("The day after")), ui.Icon("chevron-right")),
		h.Form(h.Class("day-pick"), h.Method("get"), h.Action(ui.SafeHref(d.Path)), h.Label(h.Class("vh"), h.For("day"), g.Text(v.T("Date"))), h.Input(h.ID("day"), h.Type("date"), h.Name("day"), h.Value(d.Day)),
			ui.Button(v.T("Show"))),
		g.If(d.Day != d.Today, ui.LinkButton(ui.HrefWith(d.Path, d.kept(), "day", ""), v.T("Today"), "calendar")))
}

// kept is what a step to another day carries along: not the search.
func (d Dashboard) kept() url.Values {
	out := url.Values{}
	for _, k := range []string{"track", "kind", "sort"} {
		if val := d.Query.Get(k); val != "" {
			out.Set(k, val)
		}
	}
	return out
}

// always are the counters that stand there also when they count nothing.
var always = []string{store.TrackScheduled, store.TrackOut, store.TrackCompleted, store.TrackFailed}

func (d Dashboard) counters(v *ui.View) g.Node {
	stats := []g.Node{d.counter(v, "", v.T("All"), d.Tally.Total)}
	for _, track := range store.Tracks(store.JobDelivery) {
		if n := d.Tally.Track[track]; n > 0 || track == d.Track || slices.Contains(always, track) {
			stats = append(stats, d.counter(v, track, TrackName(v, track, d.Kind), n))
		}
	}
	return h.Div(h.Class("stats tight"), g.Group(stats))
}

func (d Dashboard) counter(v *ui.View, track, label string, n int64) g.Node {
	q := d.kept()
	if d.Day != d.Today {
		q.Set("day", d.Day)
	}
	return ui.StatLink(ui.HrefWith(d.Path, q, "track", track), label, v.N(n), "")
}
