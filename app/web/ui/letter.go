package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// LetterFrame shows a letter as its reader sees it, fetched from src into a
// frame in which nothing runs, opens or is sent. The answer at src says the
// same in its own headers.
func LetterFrame(src, title string) g.Node {
	return h.IFrame(h.Class("letter"), h.Src(SafeHref(src)), h.Title(title), g.Attr("sandbox"), g.Attr("loading", "lazy"), g.Attr("referrerpolicy", "no-referrer"))
}

// Verbatim is a text as it stands, line by line.
func Verbatim(label, text string) g.Node {
	return h.Pre(h.Class("verbatim"), h.TabIndex("0"), h.Role("group"), h.Aria("label", label), g.Text(text))
}
