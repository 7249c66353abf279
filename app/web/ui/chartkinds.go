package ui

import (
	"math"
	"time"

	g "maragu.dev/gomponents"
)

// BarSpec is a chart of things side by side.
type BarSpec struct {
	ID, Title, Desc string // ID is unique on the page; Desc says in words what one sees
	Unit            string // heads the labels in the table below
	Labels          []string
	Series          []Series
}

// BarChart draws up to four series as bars.
func BarChart(v *View, s BarSpec) g.Node {
	c := &chart{s.ID, s.Title, s.Desc, s.Unit, s.Labels, s.Series}
	return c.node(v, c.bars)
}

func (c *chart) bars(b []byte, s size, top float64) []byte {
	if len(c.labels) == 0 {
		return b
	}
	slot := (s.w - s.left - 4) / float64(len(c.labels))
	gap := math.Min(slot*.28, 18)
	wide := (slot - gap) / float64(max(len(c.series), 1))
	for i, l := range c.labels {
		x := s.left + slot*float64(i) + gap/2
		for k, series := range c.series {
			if i < len(series.Values) {
				b = bar(b, s, seriesClass(k), x+wide*float64(k), wide, series.Values[i], top)
			}
		}
		b = s.label(b, i, len(c.labels), x+(slot-gap)/2, l)
	}
	return b
}

func bar(b []byte, s size, class string, x, w, val, top float64) []byte {
	if math.IsNaN(val) || val <= 0 {
		return b
	}
	y, base := s.y(val, top), s.y(0, top)
	return append(b, `<rect class="`+class+`" x="`+num(x)+`" y="`+num(y)+`" width="`+num(math.Max(w-1.5, 1))+`" height="`+num(base-y)+`" rx="2"/>`...)
}

// LineSpec is a chart of something over time. Times ascend.
type LineSpec struct {
	ID, Title, Desc string
	Unit            string
	Times           []time.Time
	Series          []Series
}

// LineChart draws up to four series over time, the first one with its area.
func LineChart(v *View, s LineSpec) g.Node {
	c := &chart{id: s.ID, title: s.Title, desc: s.Desc, unit: s.Unit, series: s.Series, labels: timeLabels(v, s.Times)}
	return c.node(v, func(b []byte, z size, top float64) []byte {
		return writeTicks(c.lines(b, z, top, s.Times), z, s.Times, v.format())
	})
}

// timeLabels are the names of the rows in the table below.
func timeLabels(v *View, times []time.Time) []string {
	labels := make([]string, len(times))
	for i, t := range times {
		labels[i] = v.DateTime(t)
	}
	return labels
}

func (c *chart) lines(b []byte, s size, top float64, times []time.Time) []byte {
	if len(times) == 0 {
		return b
	}
	x := timeScale(s, times)
	for k, series := range c.series {
		if k == 0 {
			b = c.area(b, s, top, series.Values, x)
		}
		b = append(b, `<path class="line `+seriesClass(k)+`" d="`...)
		b = append(path(b, s, top, series.Values, x), `"/>`...)
	}
	return b
}

// timeScale places the i-th time on the axis by the clock, not by its number.
func timeScale(s size, times []time.Time) func(i int) float64 {
	return func(i int) float64 {
		if i >= len(times) {
			return s.left
		}
		return s.at(times[i], times)
	}
}

func path(b []byte, s size, top float64, values []float64, x func(int) float64) []byte {
	pen := "M"
	for i, val := range values {
		if math.IsNaN(val) {
			pen = "M"
			continue
		}
		b = append(b, pen+num(x(i))+" "+num(s.y(math.Max(val, 0), top))...)
		pen = "L"
	}
	return b
}

// area fills below a line; gaps split it.
func (c *chart) area(b []byte, s size, top float64, values []float64, x func(int) float64) []byte {
	for from := 0; from < len(values); {
		to := from
		for to < len(values) && !math.IsNaN(values[to]) {
			to++
		}
		if to-from > 1 {
			shifted := func(i int) float64 { return x(from + i) }
			b = append(path(append(b, `<path class="area" d="`...), s, top, values[from:to], shifted), "L"+num(x(to-1))+" "+num(s.y(0, top))+"L"+num(x(from))+" "+num(s.y(0, top))+`Z"/>`...)
		}
		from = to + 1
	}
	return b
}

// Sparkline is a line without axes, the size of a word. The title says what it shows.
func Sparkline(title string, values []float64) g.Node {
	s := size{w: 96, h: 28, left: 2, bottom: 3}
	top := niceTop([]Series{{Values: values}})
	step := 92 / math.Max(float64(len(values)-1), 1)
	y := func(val float64) float64 { return 3 + (s.h-6)*(1-math.Max(val, 0)/top) }
	return bytesNode(func(b []byte) []byte {
		b = append(b, `<svg class="spark" role="img" viewBox="0 0 96 28" aria-label="`...)
		b = append(Esc(b, title), `"><path class="line s1" d="`...)
		pen := "M"
		for i, val := range values {
			if math.IsNaN(val) {
				pen = "M"
				continue
			}
			b = append(b, pen+num(2+step*float64(i))+" "+num(y(val))...)
			pen = "L"
		}
		return append(b, `"/></svg>`...)
	})
}
