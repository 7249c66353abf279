package ui

import (
	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// BoardColumn is one place of a Board that cards can be put into.
type BoardColumn struct {
	Key, Title, Note string
	Cards            []g.Node
}

// Board shows cards in columns, side by side. Each card holds a form with a
// select named to, whose values are the keys of the columns; with a script a
// card can be dragged instead, which sends that form.
func Board(v *View, label string, columns []BoardColumn) g.Node {
	return g.Group{
		h.Div(h.Class("board"), h.Data("board", ""), h.Role("region"), h.Aria("label", label), h.TabIndex("0"), g.Map(columns, func(c BoardColumn) g.Node {
			return h.Section(h.Class("board-col"), h.Data("col", c.Key), h.Aria("label", c.Title),
				h.Header(h.H2(g.Text(c.Title)), h.Span(h.Class("count"), g.Text(v.N(int64(len(c.Cards))))), g.If(c.Note != "", h.P(h.Class("muted"), g.Text(c.Note)))),
				h.Ul(g.Map(c.Cards, func(n g.Node) g.Node { return h.Li(h.Class("board-card"), n) })))
		})),
		h.Script(h.Src(assets.Path("board.js")), h.Defer()),
	}
}

// Month is a calendar of one month; cell draws what stands in a day, given as
// 2006-01-02.
func Month(v *View, caption string, names []string, weeks [][]MonthDay) g.Node {
	return h.Div(h.Class("month-wrap"), h.Table(h.Class("month"), h.Caption(h.Class("vh"), g.Text(caption)),
		h.THead(h.Tr(g.Map(names, func(n string) g.Node { return h.Th(h.Scope("col"), g.Text(n)) }))),
		h.TBody(g.Map(weeks, func(week []MonthDay) g.Node { return h.Tr(g.Map(week, monthCell)) }))))
}

// MonthDay is one day of a Month.
type MonthDay struct {
	Number, Label, Href string // Label says the whole day to who does not see the table
	Today, Outside      bool
	Body                g.Node
}

func monthCell(d MonthDay) g.Node {
	class := "day"
	if d.Today {
		class += " today"
	}
	if d.Outside {
		class += " outside"
	}
	return h.Td(h.Class(class), h.A(h.Class("day-n"), h.Href(SafeHref(d.Href)), g.If(d.Today, h.Aria("current", "date")), g.Text(d.Number), Hidden(", "+d.Label)), d.Body)
}
