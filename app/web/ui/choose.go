package ui

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Pick is one answer of Picks: a picture over its name.
type Pick struct {
	Value, Label, Hint string
	Picture            g.Node
}

// Picks are Radios whose answers are pictures.
func Picks(f Field, picks []Pick) g.Node {
	return h.FieldSet(h.Class("field choices"), h.ID(f.id()), h.TabIndex("-1"), f.about(), h.Legend(g.Text(f.Label), g.If(f.Required, star())), f.remarks(),
		h.Div(h.Class("picks"), g.Map(picks, func(p Pick) g.Node {
			id := f.id() + "-" + fieldID(p.Value)
			return h.Label(h.Class("pick-card"), h.For(id), p.Picture,
				h.Span(h.Class("pick-name"), h.Input(h.Type("radio"), h.ID(id), h.Name(f.Name), h.Value(p.Value), flag("checked", p.Value == f.Value), flag("disabled", f.Disabled)),
					h.Span(g.Text(p.Label)), g.If(p.Hint != "", Muted(p.Hint))))
		})))
}

// ThemePicture draws a small portal in a theme's three colours, as it is in
// the light theme. What is not a colour is the default.
func ThemePicture(primary, menu, notification string) g.Node {
	primary, menu, notification = orDefault(primary, DefaultPrimary), orDefault(menu, DefaultMenu), orDefault(notification, DefaultNotification)
	t := mover{}
	fill, note := t.pair("primary", "fill", primary, 3.05)[0], t.pair("notification", "fill", notification, 3.05)[0]
	day, _ := t.menu(menu)
	return bytesNode(func(b []byte) []byte {
		b = append(b, `<svg class="theme-pic" viewBox="0 0 240 140" aria-hidden="true"><rect width="240" height="140" fill="#f5f7f9"/>`...)
		for _, r := range []struct{ at, fill string }{
			{`width="58" height="140"`, day}, {`x="10" y="12" width="16" height="16" rx="4"`, fill}, {`x="30" y="17" width="20" height="6" rx="3"`, ink(day)},
			{`x="10" y="42" width="38" height="5" rx="2.5"`, ink(day)}, {`x="10" y="56" width="30" height="5" rx="2.5"`, ink(day)}, {`x="10" y="70" width="34" height="5" rx="2.5"`, ink(day)},
			{`x="58" width="182" height="24"`, "#ffffff"}, {`x="214" y="6" width="12" height="12" rx="6"`, note},
			{`x="72" y="38" width="154" height="88" rx="7"`, "#ffffff"}, {`x="84" y="50" width="62" height="8" rx="4"`, "#16202c"},
			{`x="84" y="68" width="126" height="5" rx="2.5"`, "#c3cad3"}, {`x="84" y="79" width="104" height="5" rx="2.5"`, "#c3cad3"},
			{`x="84" y="98" width="52" height="18" rx="5"`, fill}, {`x="95" y="104.5" width="30" height="5" rx="2.5"`, ink(fill)},
		} {
			b = append(append(b, `<rect `...), r.at...)
			b = append(append(append(b, ` fill="`...), r.fill...), `"/>`...)
		}
		return append(b, `</svg>`...)
	})
}

// Reading is a long text in a box of its own that scrolls, such as terms.
func Reading(label string, body ...g.Node) g.Node {
	return h.Div(h.Class("reading"), h.Role("region"), h.TabIndex("0"), h.Aria("label", label), g.Group(body))
}

// BadgeMenu is a Badge that opens a list of links and PostButtons.
func BadgeMenu(kind, label string, items ...g.Node) g.Node {
	return h.Details(h.Class("menu badge-menu"), h.Data("menu", ""),
		h.Summary(h.Class("badge "+badgeKind(kind)), h.Span(g.Text(label)), Icon("chevron-down")), menuPanel(items))
}

// Ticks is a list of what is well and what is not, each with words and perhaps
// a way to mend it.
func Ticks(items ...Tick) g.Node {
	return h.Ul(h.Class("ticks"), g.Map(items, func(t Tick) g.Node {
		kind, icon := "ok", "circle-check"
		if !t.OK {
			kind, icon = "warn", "alert-triangle"
		}
		return h.Li(h.Class(kind), Icon(icon), h.Div(h.Span(g.Text(t.Text)), g.If(t.Fix != "", h.A(h.Href(SafeHref(t.Href)), g.Text(t.Fix)))))
	}))
}

// Tick is one line of Ticks. Fix names the link that mends it, if there is one.
type Tick struct {
	OK              bool
	Text, Fix, Href string
}
