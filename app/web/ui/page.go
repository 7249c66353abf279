package ui

import (
	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Page is a whole page inside the application: navigation at the side, top bar,
// the outcome of the last action, then the body.
func Page(v *View, title string, body ...g.Node) g.Node {
	class := "shell"
	if len(v.Nav) == 0 {
		class = "shell nonav"
	}
	return document(v, title, class,
		topbar(v),
		g.If(len(v.Nav) > 0, sidebar(v)),
		h.Main(h.ID("main"), h.TabIndex("-1"), flashBox(v), g.Group(body)),
	)
}

// Plain is a branded page with one card in the middle: sign-in, invitation,
// set-up, errors. The title is also its heading.
func Plain(v *View, title string, body ...g.Node) g.Node {
	return document(v, title, "plain",
		h.Header(h.Class("plain-brand"), brandMark(v)),
		h.Main(h.ID("main"), h.TabIndex("-1"), h.Class("plain-card"),
			h.H1(g.Text(title)), flashBox(v), g.Group(body)),
		plainFooter(v),
	)
}

func document(v *View, title, class string, body ...g.Node) g.Node {
	full := title
	if v.Brand.Name != "" && v.Brand.Name != title {
		full = title + " · " + v.Brand.Name
	}
	return h.Doctype(h.HTML(h.Lang(v.lang()), attr("data-theme", theme(v)),
		head(v, full),
		h.Body(h.Class(class), words(v), stream(v),
			h.A(h.Class("skip"), h.Href("#main"), g.Text(v.T("Skip to content"))),
			banner(v), g.Group(body)),
	))
}

func theme(v *View) string {
	if v.Theme == "light" || v.Theme == "dark" {
		return v.Theme
	}
	return ""
}

// htmxConfig keeps htmx inside the content security policy and lets pages with
// field errors (422) be shown.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`

func head(v *View, title string) g.Node {
	return h.Head(
		same(v, "head", func() g.Node {
			return g.Group{
				h.Meta(h.Charset("utf-8")),
				h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
				h.Meta(h.Name("color-scheme"), h.Content("light dark")),
				h.Meta(h.Name("htmx-config"), h.Content(htmxConfig)),
			}
		}),
		h.TitleEl(g.Text(title)),
		same(v, "links", func() g.Node {
			return g.Group{
				h.Link(h.Rel("icon"), h.Href(assets.Path("favicon.svg")), h.Type("image/svg+xml")),
				h.Link(h.Rel("preload"), h.Href(assets.Path("inter-latin.woff2")), g.Attr("as", "font"), h.Type("font/woff2"), g.Attr("crossorigin")),
				h.Link(h.Rel("stylesheet"), h.Href(assets.Path("app.css"))),
			}
		}),
		g.If(v.Brand.CSS != "", h.Link(h.Rel("stylesheet"), h.Href(SafeHref(v.Brand.CSS)))),
		same(v, "scripts", func() g.Node {
			return g.Group{h.Script(h.Src(assets.Path("htmx.js")), h.Defer()), h.Script(h.Src(assets.Path("app.js")), h.Defer())}
		}),
	)
}

// words hands the scripts the few texts they show.
func words(v *View) g.Node {
	return g.Group{
		h.Data("t-copy", v.T("Copy")), h.Data("t-copied", v.T("Copied")),
		h.Data("t-show", v.T("Show")), h.Data("t-hide", v.T("Hide")),
		h.Data("t-selected", v.T("%s selected")), h.Data("t-upload", v.T("Upload")), h.Data("t-unsent", v.T("No connection: it is not sent yet. Nothing you typed is lost. It is sent by itself once you are online again, or when you press the button.")), h.Data("t-select-all", v.T("Select all rows on this page")),
	}
}

func stream(v *View) g.Node {
	if v.Live == "" {
		return nil
	}
	return g.Group{g.Attr("hx-ext", "sse"), g.Attr("sse-connect", v.Live)}
}

func banner(v *View) g.Node {
	if v.Banner == nil {
		return nil
	}
	return h.Aside(h.Class("banner"), h.Aria("label", v.T("Notice for this session")), v.Banner)
}

func flashBox(v *View) g.Node {
	if v.Flash == nil || v.Flash.Text == "" {
		return nil
	}
	kind := v.Flash.Kind
	if kind == "error" {
		kind = "crit"
	}
	return h.Div(h.Class("flash"), Notice(kind, v.Flash.Text))
}

func plainFooter(v *View) g.Node {
	if v.Brand.SupportText == "" {
		return nil
	}
	return h.Footer(h.Class("plain-foot"), support(v))
}

func support(v *View) g.Node {
	if v.Brand.SupportHref == "" {
		return g.Group{Icon("headset"), h.Span(g.Text(v.Brand.SupportText))}
	}
	return h.A(h.Href(SafeHref(v.Brand.SupportHref)), Icon("headset"), h.Span(g.Text(v.Brand.SupportText)))
}
