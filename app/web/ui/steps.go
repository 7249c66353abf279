package ui

import (
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Step is one part of a task. State: done, current, todo.
type Step struct{ Label, Href, State string }

// Steps shows where in a task of several pages a person is.
func Steps(v *View, steps []Step) g.Node {
	var items g.Group
	for i, s := range steps {
		items = append(items, stepItem(v, i+1, s))
	}
	return h.Nav(h.Class("steps"), h.Aria("label", v.T("Steps")), h.Ol(items))
}

func stepItem(v *View, n int, s Step) g.Node {
	mark, said := g.Text(v.N(int64(n))), g.Node(nil)
	if s.State == "done" {
		mark, said = Icon("check"), Hidden(" ("+v.T("done")+")")
	}
	label := g.Group{h.Span(h.Class("step-n"), h.Aria("hidden", "true"), mark), h.Span(g.Text(s.Label), said)}
	state := "todo"
	if s.State == "done" || s.State == "current" {
		state = s.State
	}
	if s.Href != "" && state != "current" {
		return h.Li(h.Class(state), h.A(h.Href(SafeHref(s.Href)), label))
	}
	return h.Li(h.Class(state), h.Span(h.Class("step-here"), g.If(state == "current", h.Aria("current", "step")), label))
}

// TimelineItem is something that happened.
type TimelineItem struct {
	Icon, Kind string // kind as of a Badge
	Title      string
	Href       string // where the title leads, if anywhere
	Who, When  string
	At         time.Time // for machines; When is what people read
	Body       g.Node
}

// Timeline tells what happened, in the order given.
func Timeline(items []TimelineItem) g.Node {
	return h.Ol(h.Class("timeline"), g.Map(items, timelineItem))
}

func timelineItem(t TimelineItem) g.Node {
	icon := t.Icon
	if icon == "" {
		icon = "point"
	}
	return h.Li(h.Span(h.Class("tl-dot "+badgeKind(t.Kind)), Icon(icon)), h.Div(h.Class("tl-main"),
		h.P(h.Class("tl-title"), titleNode(t)),
		h.P(h.Class("muted"), g.If(t.Who != "", h.Span(g.Text(t.Who))), whenNode(t)),
		g.Iff(t.Body != nil, func() g.Node { return h.Div(h.Class("tl-body"), t.Body) })))
}

func titleNode(t TimelineItem) g.Node {
	if t.Href == "" {
		return g.Text(t.Title)
	}
	return h.A(h.Href(SafeHref(t.Href)), g.Text(t.Title))
}

func whenNode(t TimelineItem) g.Node {
	if t.At.IsZero() {
		return h.Span(g.Text(t.When))
	}
	return h.Time(h.DateTime(t.At.UTC().Format(time.RFC3339)), g.Text(t.When))
}

// Moment is a time as "5 min ago" that tells its full form to machines and on hover.
func (v *View) Moment(t, now time.Time) g.Node {
	return bytesNode(func(b []byte) []byte { return v.AppendAgo(b, t, now) })
}

// AppendAgo is Moment for table cells.
func (v *View) AppendAgo(b []byte, t, now time.Time) []byte {
	if t.IsZero() {
		return append(b, none...)
	}
	b = append(b, `<time datetime="`...)
	b = t.UTC().AppendFormat(b, time.RFC3339)
	b = append(b, `" title="`...)
	b = v.format().AppendDateTime(b, t)
	b = append(b, `">`...)
	return append(Esc(b, v.Ago(t, now)), `</time>`...)
}
