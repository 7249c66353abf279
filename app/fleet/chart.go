package fleet

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Periods are how far back a chart can look, in days.
var Periods = []int{7, 30, 90, 365}

// ChartSpec is what a chart of readings shows and can be turned to.
type ChartSpec struct {
	Path   string // of the page
	Kinds  []store.Reading
	Kind   string
	Days   int
	To     time.Time // the newest reading of the kind
	Points []store.Reading
	Zone   *time.Location
}

// Choose settles which kind and period a chart shows: what was asked for as
// far as there is such a thing. ok is false when there is nothing to draw.
func Choose(readings []store.Reading, kind, days string) (s ChartSpec, ok bool) {
	s.Days = 30
	for _, d := range Periods {
		if strconv.Itoa(d) == days {
			s.Days = d
		}
	}
	for _, r := range readings {
		if r.Kind != store.KindPosition && r.Value.OK {
			s.Kinds = append(s.Kinds, r)
		}
	}
	if len(s.Kinds) == 0 {
		return s, false
	}
	slices.SortStableFunc(s.Kinds, func(a, b store.Reading) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	show := s.Kinds[0]
	for _, want := range []string{store.KindHours, kind} { // the later wins
		for _, r := range s.Kinds {
			if r.Kind == want {
				show = r
			}
		}
	}
	s.Kind, s.To = show.Kind, show.At
	return s, true
}

// rank puts the kinds people ask for most in front of the others.
func rank(name string) int {
	if i := slices.Index([]string{store.KindHours, store.KindFuel, store.KindOdometer, store.KindIdleHours, store.KindDEF}, name); i >= 0 {
		return i
	}
	return 99
}

// From is where the period begins.
func (s ChartSpec) From() time.Time { return s.To.AddDate(0, 0, -s.Days) }

// Chart draws one kind of readings: a counter as how much it grew in each day,
// week or month, anything else as a line.
func Chart(v *ui.View, s ChartSpec) g.Node {
	k, known := kinds[s.Kind]
	if !known {
		k.unit = s.Points[len(s.Points)-1].Unit
	}
	name, period := KindName(v, s.Kind), v.Date(s.From())+" – "+v.Date(s.To)
	if len(s.Points) < 2 {
		last := s.Points[len(s.Points)-1]
		return g.Group{s.chooser(v), h.P(h.Class("muted"), g.Text(v.T("One reading in this period: %s on %s. A chart needs two.", Value(v, s.Kind, last.Value, last.Unit), v.DateTime(last.At))))}
	}
	if k.grows {
		labels, values, each := s.grown(v)
		return g.Group{s.chooser(v), caption(name + " " + each), ui.BarChart(v, ui.BarSpec{ID: "readings", Title: name + " " + each, Desc: v.T("%s, %s. Each bar is what came on top.", name, period),
			Unit: each, Labels: labels, Series: []ui.Series{{Name: k.unit, Values: values}}})}
	}
	times, values := make([]time.Time, len(s.Points)), make([]float64, len(s.Points))
	for i, r := range s.Points {
		times[i], values[i] = r.At, r.Value.V
	}
	return g.Group{s.chooser(v), caption(name + ", " + k.unit), ui.LineChart(v, ui.LineSpec{ID: "readings", Title: name, Desc: v.T("%s, %s.", name, period), Unit: v.T("Time"), Times: times, Series: []ui.Series{{Name: k.unit, Values: values}}})}
}

// caption says above a chart what it shows.
func caption(text string) g.Node { return h.P(h.Strong(g.Text(strings.TrimSuffix(text, ", ")))) }

// grown turns the states of a counter into what came on top in each stretch.
func (s ChartSpec) grown(v *ui.View) (labels []string, values []float64, each string) {
	stretch, each := 1, v.T("per day")
	if s.Days > 31 {
		stretch, each = 7, v.T("per week")
	}
	if s.Days > 100 {
		stretch, each = 30, v.T("per month")
	}
	last, i := s.Points[0].Value.V, 0
	for from := s.dayOf(s.From()); from.Before(s.To); from = from.AddDate(0, 0, stretch) {
		end, top := from.AddDate(0, 0, stretch), last
		for ; i < len(s.Points) && s.Points[i].At.Before(end); i++ {
			top = max(top, s.Points[i].Value.V)
		}
		labels, values = append(labels, v.Format.DayMonth(from)), append(values, top-last)
		last = top
	}
	return labels, values, each
}

func (s ChartSpec) dayOf(t time.Time) time.Time {
	zone := s.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// chooser leads to the other kinds and periods.
func (s ChartSpec) chooser(v *ui.View) g.Node {
	to := func(kind string, days int) string {
		return s.Path + "?" + url.Values{"kind": {kind}, "days": {strconv.Itoa(days)}}.Encode() + "#readings"
	}
	var tabs []ui.Tab
	for _, r := range s.Kinds {
		tabs = append(tabs, ui.Tab{Label: KindName(v, r.Kind), Href: to(r.Kind, s.Days), Current: r.Kind == s.Kind})
	}
	periods := []g.Node{}
	for _, d := range Periods {
		if d == s.Days {
			periods = append(periods, h.Strong(g.Text(v.T("%d days", d))))
		} else {
			periods = append(periods, ui.TextLink(to(s.Kind, d), v.T("%d days", d)))
		}
	}
	return g.Group{ui.Tabs(v, tabs), ui.Actions(append(periods, ui.Muted(v.T("up to %s", v.Date(s.To))))...)}
}
