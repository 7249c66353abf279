package ui

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Folded is a line of a long form: its title, and what can be changed in it
// once it is opened.
func Folded(title string, fields ...g.Node) g.Node {
	return h.Details(h.Class("folded"), h.Summary(g.Text(title)), h.Div(h.Class("itemline"), g.Group(fields)))
}

// FoldedLines are several of them behind one.
func FoldedLines(title string, lines ...g.Node) g.Node {
	return h.Details(h.Class("folded"), h.Summary(g.Text(title)), h.Div(h.Class("itemlines"), g.Group(lines)))
}

// BareInput is a text field with nothing around it, for forms of thousands.
func BareInput(name, label, value string, most int) g.Node {
	return h.Label(h.Class("plain"), g.Text(label), h.Input(h.Name(name), h.Value(value), h.MaxLength(strconv.Itoa(most)), h.AutoComplete("off")))
}
