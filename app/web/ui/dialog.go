package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Dialog is a native dialog in the page. Whatever opens it (DialogLink) is a
// link to a page that does the same, which is what works without a script.
// Wrap the whole content in a Form by giving action; "" leaves the form away.
func Dialog(v *View, id, title, action string, body g.Node, footer ...g.Node) g.Node {
	inner := g.Group{
		h.Header(h.H2(h.ID(id+"-title"), g.Text(title)),
			h.Button(h.Type("button"), h.Class("btn ghost icon-only"), h.Data("close", ""), h.Aria("label", v.T("Close")), Icon("x"))),
		h.Div(h.Class("dialog-body"), body),
		g.If(len(footer) > 0, h.Footer(g.Group(footer))),
	}
	if action == "" {
		return h.Dialog(h.ID(id), h.Aria("labelledby", id+"-title"), h.Div(h.Class("dialog-in"), inner))
	}
	return h.Dialog(h.ID(id), h.Aria("labelledby", id+"-title"),
		h.Form(h.Class("dialog-in"), h.Method("post"), h.Action(SafeHref(action)), g.Attr("novalidate"), inner))
}

// DialogLink is a link to a page which, with a script, opens a Dialog of this page instead.
func DialogLink(href, label, icon, dialogID string, opts ...g.Node) g.Node {
	return LinkButton(href, label, icon, append(opts, h.Data("open", dialogID))...)
}

// DialogPrimary is a DialogLink of first rank.
func DialogPrimary(href, label, icon, dialogID string, opts ...g.Node) g.Node {
	return PrimaryLink(href, label, icon, append(opts, h.Data("open", dialogID))...)
}

// DialogMenuLink is a DialogLink as an entry of a Menu.
func DialogMenuLink(href, label, icon, dialogID string) g.Node {
	return h.A(h.Href(SafeHref(href)), h.Data("open", dialogID), Icon(icon), g.Text(label))
}

// CancelButton closes the dialog it stands in.
func CancelButton(v *View) g.Node {
	return h.Button(h.Type("button"), h.Class("btn"), h.Data("close", ""), h.Span(g.Text(v.T("Cancel"))))
}

// Confirm is a Dialog that asks before something is done that cannot be taken back.
func Confirm(v *View, id, title, text, action, label string, hidden ...string) g.Node {
	return Dialog(v, id, title, action, g.Group{h.P(g.Text(text)), HiddenFields(hidden...)}, CancelButton(v), h.Button(h.Class("btn danger solid"), h.Type("submit"), h.Span(g.Text(label))))
}

// ConfirmPage is the same question as a card on a page of its own.
func ConfirmPage(v *View, title, text, action, label, back string, hidden ...string) g.Node {
	return Card(title, h.P(g.Text(text)), Form(action, HiddenFields(hidden...),
		FormActions(h.Button(h.Class("btn danger solid"), h.Type("submit"), h.Span(g.Text(label))), LinkButton(back, v.T("Cancel"), ""))))
}
