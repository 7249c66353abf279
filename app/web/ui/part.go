package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// PageHead is the top of a page: where it is, what it is called, what can be done.
func PageHead(v *View, title string, crumbs []Link, actions ...g.Node) g.Node {
	return h.Div(h.Class("page-head"),
		h.Div(h.Class("page-title"), breadcrumbs(v, title, crumbs), h.H1(g.Text(title))),
		g.If(len(actions) > 0, Actions(actions...)))
}

// PageLead is the sentence below a page's heading.
func PageLead(text string) g.Node { return h.P(h.Class("lead muted"), g.Text(text)) }

func breadcrumbs(v *View, title string, crumbs []Link) g.Node {
	if len(crumbs) == 0 {
		return nil
	}
	return h.Nav(h.Class("crumbs"), h.Aria("label", v.T("Breadcrumb")), h.Ol(
		g.Map(crumbs, func(l Link) g.Node { return h.Li(h.A(h.Href(SafeHref(l.Href)), g.Text(l.Label))) }),
		h.Li(h.Span(h.Aria("current", "page"), g.Text(title))),
	))
}

// Tab is one of several views of the same thing.
type Tab struct {
	Label, Href string
	Current     bool
	Count       string
}

// Tabs are links between several views of the same thing.
func Tabs(v *View, tabs []Tab) g.Node { return tabLinks("tabs", v.T("Views"), tabs) }

// SubTabs are links between the parts of one tab, whose label they take.
func SubTabs(_ *View, label string, tabs []Tab) g.Node { return tabLinks("tabs sub", label, tabs) }

func tabLinks(class, label string, tabs []Tab) g.Node {
	return h.Nav(h.Class(class), h.Aria("label", label), h.Ul(g.Map(tabs, func(t Tab) g.Node {
		return h.Li(h.A(h.Href(SafeHref(t.Href)), g.If(t.Current, h.Aria("current", "page")), g.Text(t.Label),
			g.If(t.Count != "", h.Span(h.Class("count"), g.Text(t.Count)))))
	})))
}

// Card is a surface with a heading. Without a title it is only a surface.
func Card(title string, body ...g.Node) g.Node { return CardWith(CardSpec{Title: title}, body...) }

// CardSpec says more about a card than its title.
type CardSpec struct {
	Title, ID, Note string
	Actions         []g.Node // stand at the right of the heading
	Flush           bool     // the body reaches the edges: tables, maps
}

// CardWith is a Card with an address, a note, actions, or a body without padding.
func CardWith(c CardSpec, body ...g.Node) g.Node {
	class := "card"
	if c.Flush {
		class = "card flush"
	}
	return h.Section(h.Class(class), attr("id", c.ID), attr("aria-label", c.Title),
		g.If(c.Title != "" || len(c.Actions) > 0, h.Header(h.Div(h.H2(g.Text(c.Title)), g.If(c.Note != "", h.P(h.Class("muted"), g.Text(c.Note)))), g.If(len(c.Actions) > 0, Actions(c.Actions...)))),
		h.Div(h.Class("card-body"), g.Group(body)))
}

// Grid lays cards out in twelve columns; its children are Cols.
func Grid(cols ...g.Node) g.Node { return h.Div(h.Class("grid"), g.Group(cols)) }

// Col takes 3, 4, 6, 8 or 12 of a Grid's columns; on a phone always all of them.
func Col(span int, body ...g.Node) g.Node {
	class := "span12"
	switch span {
	case 3, 4, 6, 8:
		class = "span" + string(rune('0'+span))
	}
	return h.Div(h.Class(class+" stack"), g.Group(body))
}

// Stack puts things below one another with even gaps.
func Stack(body ...g.Node) g.Node { return h.Div(h.Class("stack"), g.Group(body)) }

// Stats is a row of Stat cards.
func Stats(stats ...g.Node) g.Node { return h.Div(h.Class("stats"), g.Group(stats)) }

// Stat is one number with its name and a remark.
func Stat(label, value, note string) g.Node { return StatLink("", label, value, note) }

// StatLink is a Stat that leads to the rows it counts.
func StatLink(href, label, value, note string) g.Node {
	name := g.Text(label)
	if href != "" {
		name = h.A(h.Class("cover"), h.Href(SafeHref(href)), name)
	}
	return h.Div(h.Class("card stat"), h.H2(name), h.P(h.Class("big"), g.Text(value)), g.If(note != "", h.P(h.Class("muted"), g.Text(note))))
}

// Meter is a bar for a part of a whole; the label says both in words. The bar
// turns to a warning colour below low (0: never).
func Meter(value, max, low float64, label string) g.Node {
	return g.El("meter", g.Attr("min", "0"), g.Attr("max", num(max)), g.Attr("value", num(value)),
		g.If(low > 0, g.Group{g.Attr("low", num(low)), g.Attr("high", num(max)), g.Attr("optimum", num(max))}), h.Aria("label", label))
}

// MeterWith is a Meter with its number behind it.
func MeterWith(value, max, low float64, label, shown string) g.Node {
	return h.Span(h.Class("meter"), Meter(value, max, low, label), h.Span(h.Aria("hidden", "true"), g.Text(shown)))
}

// Empty stands where rows would be: what there is none of, and what to do.
func Empty(icon, title, text string, actions ...g.Node) g.Node {
	return h.Div(h.Class("empty"), h.Span(h.Class("empty-icon"), Icon(icon)), h.P(h.Class("empty-title"), g.Text(title)),
		g.If(text != "", h.P(h.Class("muted"), g.Text(text))), g.If(len(actions) > 0, Actions(actions...)))
}

// Badge is a status: shape, word and colour. Kinds: ok, warn, crit, info, neutral, idle.
func Badge(kind, text string) g.Node {
	return bytesNode(func(b []byte) []byte { return AppendBadge(b, kind, text) })
}

func badgeKind(kind string) string {
	switch kind {
	case "ok", "warn", "crit", "info", "idle":
		return kind
	case "error":
		return "crit"
	}
	return "neutral"
}

// Notice is a message in the flow of a page. Kinds: ok, warn, crit, info.
func Notice(kind, text string, body ...g.Node) g.Node {
	kind = badgeKind(kind)
	icon := map[string]string{"ok": "circle-check", "warn": "alert-triangle", "crit": "alert-circle"}[kind]
	if icon == "" {
		icon = "info-circle"
	}
	role := "status"
	if kind == "crit" {
		role = "alert"
	}
	return h.Div(h.Class("notice "+kind), h.Role(role), Icon(icon), h.Div(h.P(g.Text(text)), g.Group(body)))
}

// Pair is one line of a definition list.
type Pair struct {
	Label string
	Value g.Node
}

// Row is a Pair with a text; an empty text shows a dash.
func Row(label, value string) Pair {
	if value == "" {
		value = none
	}
	return Pair{label, g.Text(value)}
}

// DL lists the properties of one thing.
func DL(pairs ...Pair) g.Node {
	return h.Dl(h.Class("dl"), g.Map(pairs, func(p Pair) g.Node {
		return h.Div(h.Dt(g.Text(p.Label)), h.Dd(p.Value))
	}))
}

// Details hides what few people need behind a line.
func Details(summary string, body ...g.Node) g.Node {
	return h.Details(h.Class("more"), h.Summary(g.Text(summary)), h.Div(g.Group(body)))
}
