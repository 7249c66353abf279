package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

func brandMark(v *View) g.Node {
	home := v.Base
	if home == "" {
		home = "/"
	}
	if v.Brand.LogoURL != "" {
		return h.A(h.Class("logo"), h.Href(SafeHref(home)), h.Img(h.Src(SafeHref(v.Brand.LogoURL)), h.Alt(brandName(v))))
	}
	return h.A(h.Class("logo"), h.Href(SafeHref(home)), h.Span(h.Class("mark"), h.Aria("hidden", "true"), g.Text(firstLetter(brandName(v)))), h.Span(g.Text(brandName(v))))
}

func brandName(v *View) string {
	if v.Brand.Name == "" {
		return "Gatehouse"
	}
	return v.Brand.Name
}

func topbar(v *View) g.Node {
	return h.Header(h.Class("topbar"),
		g.If(len(v.Nav) > 0, h.Button(h.Type("button"), h.Class("btn ghost icon-only nav-btn"), h.Aria("label", v.T("Menu")), g.Attr("popovertarget", "nav"), Icon("menu-2"))),
		h.Div(h.Class("top-brand"), brandMark(v)),
		searchBox(v),
		h.Div(h.Class("top-actions"), switcher(v), searchButton(v), feedbackButton(v), themeSwitch(v), account(v)),
	)
}

func searchBox(v *View) g.Node {
	if v.Search == nil {
		return nil
	}
	return h.Form(h.Class("search"), h.ID("search"), h.Role("search"), g.Attr("popover"), h.Method("get"), h.Action(SafeHref(v.Search.Action)),
		h.Label(h.Class("vh"), h.For("global-search"), g.Text(v.T("Search"))),
		Icon("search"),
		h.Input(h.ID("global-search"), h.Name("q"), h.Type("search"), h.Value(v.Search.Value), attr("placeholder", v.Search.Placeholder), h.AutoComplete("off")),
		h.Kbd(h.Aria("hidden", "true"), g.Text("/")),
	)
}

// searchButton opens the search on a phone, where it does not fit into the bar.
func searchButton(v *View) g.Node {
	if v.Search == nil {
		return nil
	}
	return h.Button(h.Type("button"), h.Class("btn ghost icon-only search-btn"), h.Aria("label", v.T("Search")), g.Attr("popovertarget", "search"), Icon("search"))
}

// feedbackButton leads to where people say what they think of the page.
func feedbackButton(v *View) g.Node {
	if v.Feedback == "" {
		return nil
	}
	path, _, _ := strings.Cut(v.Path, "?")
	if path == v.Feedback {
		path = ""
	}
	return h.A(h.Class("btn ghost icon-only"), h.Href(HrefWith(v.Feedback, nil, "page", path)), h.Aria("label", v.T("Feedback")), h.Title(v.T("Feedback")), Icon("message"))
}

// themeSwitch needs a script; without one the page follows the system and the button is not shown.
func themeSwitch(v *View) g.Node {
	return same(v, "theme", func() g.Node {
		return h.Button(h.Type("button"), h.Class("btn ghost icon-only theme-btn js"), h.Data("theme-switch", ""),
			h.Aria("label", v.T("Switch between light and dark")),
			h.Span(h.Class("when-light"), Icon("moon")), h.Span(h.Class("when-dark"), Icon("sun")))
	})
}

func account(v *View) g.Node {
	if v.Who.Name == "" {
		return nil
	}
	items := g.Map(v.Who.Links, func(l Link) g.Node {
		return h.Li(h.A(h.Href(SafeHref(l.Href)), Icon(l.Icon), g.Text(l.Label)))
	})
	if v.Who.SignOut != "" {
		items = append(items, h.Li(h.Class("sep"), PostButton(v.Who.SignOut, v.T("Sign out"), "logout")))
	}
	return h.Details(h.Class("menu who"), h.Data("menu", ""),
		h.Summary(Hidden(v.T("Account of")+" "), Avatar(v.Who.Name),
			h.Span(h.Class("who-text"), h.Span(h.Class("who-name"), g.Text(v.Who.Name)), h.Small(g.Text(v.Who.Sub))), Icon("chevron-down")),
		h.Div(h.Class("menu-panel"),
			h.P(h.Class("menu-head"), h.Strong(g.Text(v.Who.Name)), h.Small(g.Text(v.Who.Sub))),
			h.Ul(items)),
	)
}

func sidebar(v *View) g.Node {
	return h.Nav(h.Class("side"), h.ID("nav"), h.Aria("label", v.T("Main")), g.Attr("popover"),
		h.Div(h.Class("side-head"), brandMark(v),
			h.Button(h.Type("button"), h.Class("btn ghost icon-only nav-btn"), h.Aria("label", v.T("Close menu")), g.Attr("popovertarget", "nav"), g.Attr("popovertargetaction", "hide"), Icon("x"))),
		navSections(v),
		g.Iff(v.Brand.SupportText != "", func() g.Node { return h.P(h.Class("side-foot"), support(v)) }),
	)
}

func navSections(v *View) g.Node {
	var out g.Group
	for i := 0; i < len(v.Nav); {
		section, items := v.Nav[i].Section, g.Group{}
		for ; i < len(v.Nav) && v.Nav[i].Section == section; i++ {
			items = append(items, navLine(v.Nav[i]))
		}
		if section != "" {
			out = append(out, h.P(h.Class("nav-h"), g.Text(section)))
		}
		out = append(out, h.Ul(attr("aria-label", section), items))
	}
	return out
}

func navLine(n NavItem) g.Node {
	count := "count"
	if n.Hot {
		count = "count hot"
	}
	return h.Li(h.A(h.Href(SafeHref(n.Href)), g.If(n.Current, h.Aria("current", "page")),
		Icon(n.Icon), h.Span(g.Text(n.Label)), g.If(n.Count != "", h.Span(h.Class(count), g.Text(n.Count)))))
}

// Avatar shows the initials of a name; the name itself stands beside it.
func Avatar(name string) g.Node {
	return h.Span(h.Class("avatar"), h.Aria("hidden", "true"), g.Text(initials(name)))
}

func initials(name string) string {
	words := strings.Fields(name)
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return firstLetter(words[0])
	}
	return firstLetter(words[0]) + firstLetter(words[len(words)-1])
}

func firstLetter(s string) string {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	if r == utf8.RuneError {
		return "?"
	}
	return string(unicode.ToUpper(r))
}
