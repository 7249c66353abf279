package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Button is a submit button of second rank. Options are attributes, or an icon.
func Button(label string, opts ...g.Node) g.Node { return button("btn", "submit", label, opts) }

// Primary is the one submit button that a form is about.
func Primary(label string, opts ...g.Node) g.Node {
	return button("btn primary", "submit", label, opts)
}

// Danger is a submit button for what cannot be taken back.
func Danger(label string, opts ...g.Node) g.Node { return button("btn danger", "submit", label, opts) }

// PlainButton does nothing by itself: scripts and popovers give it a meaning.
func PlainButton(label string, opts ...g.Node) g.Node { return button("btn", "button", label, opts) }

// IconButton is a submit button that shows only an icon; the label is read aloud.
func IconButton(icon, label string, opts ...g.Node) g.Node {
	return h.Button(h.Class("btn ghost icon-only"), h.Type("submit"), h.Aria("label", label), h.Title(label), g.Group(opts), Icon(icon))
}

func button(class, kind, label string, opts []g.Node) g.Node {
	return h.Button(h.Class(class), h.Type(kind), g.Group(opts), h.Span(g.Text(label)))
}

// LinkButton is a link that looks like a button.
func LinkButton(href, label, icon string, opts ...g.Node) g.Node {
	return h.A(h.Class("btn"), h.Href(SafeHref(href)), g.Group(opts), Icon(icon), h.Span(g.Text(label)))
}

// PrimaryLink is the main way on from a page.
func PrimaryLink(href, label, icon string, opts ...g.Node) g.Node {
	return h.A(h.Class("btn primary"), h.Href(SafeHref(href)), g.Group(opts), Icon(icon), h.Span(g.Text(label)))
}

// TextLink is a plain link in a text or a cell.
func TextLink(href, label string) g.Node { return h.A(h.Href(SafeHref(href)), g.Text(label)) }

// PostButton is a form with one button: an action that is decided at once.
// Hidden fields are given as name, value, name, value.
func PostButton(action, label, icon string, hidden ...string) g.Node {
	return postButton("btn", action, label, icon, hidden)
}

// PostDanger is a PostButton for what cannot be taken back; prefer a Confirm.
func PostDanger(action, label, icon string, hidden ...string) g.Node {
	return postButton("btn danger", action, label, icon, hidden)
}

// PostPrimary is a PostButton of first rank.
func PostPrimary(action, label, icon string, hidden ...string) g.Node {
	return postButton("btn primary", action, label, icon, hidden)
}

func postButton(class, action, label, icon string, hidden []string) g.Node {
	return h.Form(h.Class("one"), h.Method("post"), h.Action(SafeHref(action)), HiddenFields(hidden...),
		h.Button(h.Class(class), h.Type("submit"), Icon(icon), h.Span(g.Text(label))))
}

// HiddenFields are values a form carries along: name, value, name, value.
func HiddenFields(pairs ...string) g.Node {
	var out g.Group
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, h.Input(h.Type("hidden"), h.Name(pairs[i]), h.Value(pairs[i+1])))
	}
	return out
}

// CopyField shows a value to be taken elsewhere, such as a link or a key. A
// script adds the button that copies it; without one it can be selected.
func CopyField(id, label, value string) g.Node {
	return h.Div(h.Class("field copy"), h.Label(h.For(id), g.Text(label)),
		h.Div(h.Class("join"), h.Data("copy", ""),
			h.Input(h.ID(id), h.Type("text"), h.ReadOnly(), h.Value(value), h.Class("mono"), h.AutoComplete("off"), g.Attr("spellcheck", "false"))))
}

// Actions is a row of buttons.
func Actions(nodes ...g.Node) g.Node { return h.Div(h.Class("actions"), g.Group(nodes)) }

// Menu is a button that opens a list of links and PostButtons. An empty label
// is not allowed: where only the icon shall show, use RowMenu.
func Menu(label, icon string, items ...g.Node) g.Node {
	return h.Details(h.Class("menu"), h.Data("menu", ""),
		h.Summary(h.Class("btn"), Icon(icon), h.Span(g.Text(label)), Icon("chevron-down")), menuPanel(items))
}

// RowMenu is a Menu that shows three dots; the label is read aloud.
func RowMenu(label string, items ...g.Node) g.Node {
	return h.Details(h.Class("menu row-menu"), h.Data("menu", ""),
		h.Summary(h.Class("btn ghost icon-only small"), h.Aria("label", label), Icon("dots-vertical")), menuPanel(items))
}

// MenuLink is an entry of a Menu.
func MenuLink(href, label, icon string) g.Node {
	return h.A(h.Href(SafeHref(href)), Icon(icon), g.Text(label))
}

func menuPanel(items []g.Node) g.Node {
	return h.Div(h.Class("menu-panel"), h.Ul(g.Map(items, func(n g.Node) g.Node { return h.Li(n) })))
}
