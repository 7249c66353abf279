package ui

import (
	"math"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Series is one row of numbers in a chart. NaN is a gap.
type Series struct {
	Name   string
	Values []float64
}

// chart is what the drawn kinds of charts share.
type chart struct {
	id, title, desc, unit string
	labels                []string
	series                []Series
}

// size is a drawing in its own units. The style sheet shows the one that fits,
// so that letters are as large on a phone as on a wide screen.
type size struct {
	name         string
	w, h         float64
	left, bottom float64
	labels       int // how many words fit below the axis
}

var sizes = []size{{"full", 1120, 240, 44, 28, 20}, {"wide", 720, 220, 44, 28, 14}, {"narrow", 300, 190, 38, 28, 5}}

const chartTop = 12.0

func (c *chart) node(v *View, draw func(b []byte, s size, top float64) []byte) g.Node {
	top := niceTop(c.series)
	return h.Figure(h.Class("chart"), legend(c.series),
		bytesNode(func(b []byte) []byte {
			for _, s := range sizes {
				b = c.open(v, b, s, top)
				b = append(draw(b, s, top), `</svg>`...)
			}
			return b
		}), c.asTable(v))
}

// open writes the frame every chart has: names, grid lines and the marks of the axes.
func (c *chart) open(v *View, b []byte, s size, top float64) []byte {
	id := c.id + "-" + s.name
	b = append(b, `<svg class="chart-svg `+s.name+`" role="img" viewBox="0 0 `...)
	b = append(append(append(b, num(s.w)...), ' '), num(s.h)...)
	b = append(b, `" aria-labelledby="`...)
	b = append(Esc(b, id+"-t "+id+"-d"), `"><title id="`...)
	b = append(Esc(b, id+"-t"), `">`...)
	b = append(Esc(b, c.title), `</title><desc id="`...)
	b = append(Esc(b, id+"-d"), `">`...)
	b = append(Esc(b, c.desc), `</desc>`...)
	for i := range 5 {
		val := top * float64(4-i) / 4
		y := s.y(val, top)
		b = append(b, `<line class="grid" x1="`+num(s.left)+`" x2="`+num(s.w-4)+`" y1="`+num(y)+`" y2="`+num(y)+`"/>`...)
		b = append(b, `<text class="tick" text-anchor="end" x="`+num(s.left-6)+`" y="`+num(y+4)+`">`...)
		b = append(v.AppendF(b, val, decimalsFor(top)), `</text>`...)
	}
	return b
}

// y is where a value stands.
func (s size) y(val, top float64) float64 {
	return chartTop + (s.h-chartTop-s.bottom)*(1-val/top)
}

// label writes the words below the axis, leaving out what would not fit.
func (s size) label(b []byte, i, n int, x float64, text string) []byte {
	every := (n + s.labels - 1) / s.labels
	if every > 1 && i%every != 0 {
		return b
	}
	anchor := "middle"
	if x > s.w-20 {
		anchor, x = "end", s.w-1 // the last word must not run out of the picture
	}
	b = append(b, `<text class="tick" text-anchor="`+anchor+`" x="`+num(x)+`" y="`+num(s.h-8)+`">`...)
	return append(Esc(b, text), `</text>`...)
}

func legend(series []Series) g.Node {
	if len(series) < 2 {
		return nil
	}
	var items g.Group
	for i, s := range series {
		items = append(items, h.Li(h.Class(seriesClass(i)), g.Text(s.Name)))
	}
	return h.Ul(h.Class("legend"), items)
}

func seriesClass(i int) string { return "s" + strconv.Itoa(i%4+1) }

// asTable is the same data for whoever reads rather than looks.
func (c *chart) asTable(v *View) g.Node {
	rows := bytesNode(func(b []byte) []byte {
		for i, l := range c.labels {
			b = append(Esc(append(b, `<tr><th scope="row">`...), l), `</th>`...)
			for _, s := range c.series {
				b = append(b, `<td class="n">`...)
				if i < len(s.Values) {
					b = v.AppendF(b, s.Values[i], decimalsOf(s.Values[i]))
				}
				b = append(b, `</td>`...)
			}
			b = append(b, `</tr>`...)
		}
		return b
	})
	heads := g.Map(c.series, func(s Series) g.Node { return h.Th(h.Class("n"), h.Scope("col"), g.Text(s.Name)) })
	return h.Details(h.Class("more chart-table"), h.Summary(g.Text(v.T("Show as table"))),
		h.Div(h.Class("tw plain"), h.TabIndex("0"), h.Role("region"), h.Aria("label", c.title), h.Table(h.THead(h.Tr(h.Th(h.Scope("col"), g.Text(c.unit)), heads)), h.TBody(rows))))
}

// niceTop is the first round number that no value exceeds.
func niceTop(series []Series) float64 {
	most := 0.0
	for _, s := range series {
		for _, v := range s.Values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				most = math.Max(most, v)
			}
		}
	}
	if most <= 0 {
		return 4
	}
	power := math.Pow(10, math.Floor(math.Log10(most)))
	for _, m := range []float64{1, 2, 4, 6, 8, 10} {
		if most <= m*power {
			return m * power
		}
	}
	return 10 * power
}

// decimalsFor is how many decimals the four steps of an axis need.
func decimalsFor(top float64) int {
	for d := range 4 {
		p := math.Pow(10, float64(d))
		if q := top / 4 * p; math.Abs(q-math.Round(q)) < 1e-9 {
			return d
		}
	}
	return 4
}

func decimalsOf(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return 1
}

// num is a number as SVG and HTML want it.
func num(v float64) string { return string(appendNum(nil, v)) }

func appendNum(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, '0')
	}
	if n := int64(v); float64(n) == v { // most are, and this is ten times as quick
		return strconv.AppendInt(b, n, 10)
	}
	return strconv.AppendFloat(b, math.Round(v*100)/100, 'f', -1, 64)
}
