package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Switcher lets somebody who is at home in several places go from one to
// another: a form that posts which.
type Switcher struct {
	Action  string
	Current string // the place where the person is
	To      []SwitchTo
}

// SwitchTo is one place to go to. Value is posted as "to".
type SwitchTo struct{ Value, Label, Sub string }

func switcher(v *View) g.Node {
	if v.Switch == nil || len(v.Switch.To) == 0 {
		return nil
	}
	return h.Details(h.Class("menu switcher"), h.Data("menu", ""),
		h.Summary(h.Class("btn ghost"), Icon("switch-horizontal"), Hidden(v.T("Switch customer. You are at")+" "), h.Span(h.Class("switch-text"), g.Text(v.Switch.Current)), Icon("chevron-down")),
		h.Div(h.Class("menu-panel"), h.P(h.Class("menu-head"), h.Small(g.Text(v.T("You are at"))), h.Strong(g.Text(v.Switch.Current))),
			h.Ul(g.Map(v.Switch.To, func(t SwitchTo) g.Node {
				return h.Li(h.Form(h.Class("one"), h.Method("post"), h.Action(SafeHref(v.Switch.Action)), HiddenFields("to", t.Value),
					h.Button(h.Class("btn"), h.Type("submit"), Icon("building"), h.Span(g.Text(t.Label), g.If(t.Sub != "", h.Small(g.Text(t.Sub)))))))
			}))))
}
