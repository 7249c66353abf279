package ui

import (
	"sort"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Form posts. The server's own sentences at the fields replace the browser's bubbles.
func Form(action string, body ...g.Node) g.Node {
	return h.Form(h.Class("form"), h.Method("post"), h.Action(SafeHref(action)), g.Attr("novalidate"), g.Group(body))
}

// UploadForm posts files; with a script it shows how far the upload is.
func UploadForm(action string, body ...g.Node) g.Node {
	return h.Form(h.Class("form"), h.Method("post"), h.Action(SafeHref(action)), h.EncType("multipart/form-data"), g.Attr("novalidate"),
		h.Data("upload", ""), g.Group(body))
}

// GetForm asks without changing anything.
func GetForm(action string, body ...g.Node) g.Node {
	return h.Form(h.Class("form"), h.Method("get"), h.Action(SafeHref(action)), g.Attr("novalidate"), g.Group(body))
}

// Fieldset groups fields that belong together under a heading.
func Fieldset(legend, hint string, body ...g.Node) g.Node {
	return h.FieldSet(h.Legend(g.Text(legend)), g.If(hint != "", h.P(h.Class("hint"), g.Text(hint))), g.Group(body))
}

// When shows what a Checkbox or Switch asks for only while it is ticked. A
// browser that cannot tell shows it always; the server decides what counts.
func When(control g.Node, body ...g.Node) g.Node {
	return h.Div(h.Class("when"), control, h.Div(h.Class("when-body"), g.Group(body)))
}

// Two puts two fields beside one another where there is room.
func Two(fields ...g.Node) g.Node { return h.Div(h.Class("two"), g.Group(fields)) }

// FormActions is the row of buttons at the end of a form, the main one first.
func FormActions(buttons ...g.Node) g.Node {
	return h.Div(h.Class("form-actions"), g.Group(buttons))
}

// ErrorSummary stands above a form that was refused, takes the focus, and leads
// to every field that needs attention. Errors are by field name; order gives
// the names as they stand in the form.
func ErrorSummary(v *View, errors map[string]string, order ...string) g.Node {
	if len(errors) == 0 {
		return nil
	}
	var items g.Group
	for _, name := range fieldOrder(errors, order) {
		items = append(items, summaryLine(name, errors[name]))
	}
	return h.Div(h.Class("notice crit summary"), h.Role("alert"), h.TabIndex("-1"), h.Data("focus", ""), Icon("alert-circle"),
		h.Div(h.P(h.Strong(g.Text(v.Plural(int64(len(errors)), "There is a problem", "There are %s problems")))), h.Ul(items)))
}

func summaryLine(name, text string) g.Node {
	if name == "" {
		return h.Li(g.Text(text))
	}
	return h.Li(h.A(h.Href("#"+fieldID(name)), g.Text(text)))
}

// fieldOrder is the given order, then whatever it forgot.
func fieldOrder(errors map[string]string, order []string) []string {
	var names, rest []string
	seen := map[string]bool{}
	for _, n := range order {
		if _, ok := errors[n]; ok && !seen[n] {
			names, seen[n] = append(names, n), true
		}
	}
	for n := range errors {
		if !seen[n] {
			rest = append(rest, n)
		}
	}
	sort.Strings(rest)
	return append(names, rest...)
}

// fieldID is the element id of a field's control.
func fieldID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
}
