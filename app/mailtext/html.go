package mailtext

import (
	_ "embed"
	"strings"
	"unicode"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// sheet only improves: narrow screens and dark ones. Programs that drop it show
// the same letter. It must do without quotes, brackets and ampersands, which
// would be escaped.
//
//go:embed letter.css
var sheet string

const (
	font  = "font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif;"
	text  = font + "font-size:16px;line-height:26px;color:" + ink + ";margin:0 0 16px;"
	small = font + "font-size:14px;line-height:22px;color:#566373;margin:0 0 12px;"
	hair  = "border-top:1px solid #e3e8ee;"
)

// html is the letter as a table in a table: the one layout that every mail
// program has agreed on.
func (c content) html(b Brand, lang string) string {
	primary, on, edge := b.colours()
	var out strings.Builder
	_ = h.Doctype(h.HTML(h.Lang(language(lang)),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width,initial-scale=1")),
			h.Meta(h.Name("color-scheme"), h.Content("light dark")),
			h.Meta(h.Name("supported-color-schemes"), h.Content("light dark")),
			h.Meta(h.Name("format-detection"), h.Content("telephone=no,date=no,address=no,email=no,url=no")),
			h.Meta(h.Name("x-apple-disable-message-reformatting")),
			h.TitleEl(g.Text(c.subject)),
			h.StyleEl(g.Text(sheet)),
		),
		h.Body(h.Class("paper"), h.Style("margin:0;padding:0;background-color:#f2f4f7;-webkit-text-size-adjust:100%;"),
			c.preheader(),
			table("width:100%;background-color:#f2f4f7;", g.Attr("width", "100%"), h.Class("paper"), row("padding:28px 12px 40px;word-break:break-word;overflow-wrap:anywhere;", h.Class("wrap"), g.Attr("align", "center"),
				table("width:100%;max-width:600px;", g.Attr("width", "600"),
					row("padding:0 4px 18px;", c.masthead(b, primary, on, edge)),
					row("height:5px;line-height:5px;font-size:0;background-color:"+primary+";border-radius:12px 12px 0 0;", g.Attr("bgcolor", primary), g.Text("\u00a0")),
					row("background-color:#ffffff;border:1px solid #e3e8ee;border-top:0;border-radius:0 0 12px 12px;padding:36px 40px 28px;", h.Class("card pad"), g.Attr("bgcolor", white), c.main(primary, on, edge)),
					row("padding:22px 16px 0;text-align:center;", g.Attr("align", "center"), c.end()),
				),
			)),
		),
	)).Render(&out) // a strings.Builder takes everything
	return out.String()
}

func table(style string, inside ...g.Node) g.Node {
	return h.Table(h.Role("presentation"), g.Attr("border", "0"), g.Attr("cellpadding", "0"), g.Attr("cellspacing", "0"), h.Style("border-collapse:separate;"+style), g.Group(inside))
}

func row(style string, inside ...g.Node) g.Node {
	return h.Tr(h.Td(h.Style(style), g.Group(inside)))
}

// preheader is what lists show; the blanks keep the letter's own beginning out
// of it.
func (c content) preheader() g.Node {
	return h.Div(h.Style("display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#f2f4f7;opacity:0;"),
		g.Text(c.preview+strings.Repeat(" \u200c\u00a0", 60)))
}

// masthead is the logo that travels with the letter, or the brand's letter and name.
func (c content) masthead(b Brand, primary, on, edge string) g.Node {
	if strings.HasPrefix(b.LogoURL, "cid:") && href("mailto:"+b.LogoURL[len("cid:"):]) != "" {
		return h.Img(h.Src(b.LogoURL), h.Alt(c.sender), g.Attr("height", "40"), h.Style("display:block;height:40px;width:auto;max-width:280px;border:0;"+font+"font-size:18px;font-weight:700;"))
	}
	return table("", h.Tr(
		h.Td(h.Class("edge"), g.Attr("bgcolor", primary), g.Attr("width", "38"), g.Attr("height", "38"), g.Attr("align", "center"), g.Attr("valign", "middle"), g.Attr("aria-hidden", "true"),
			h.Style("width:38px;height:38px;background-color:"+primary+";border:1px solid "+edge+";border-radius:10px;"+font+"font-size:18px;line-height:38px;font-weight:700;color:"+on+";text-align:center;"), g.Text(initial(c.sender))),
		h.Td(h.Class("ink"), g.Attr("valign", "middle"), h.Style("padding-left:12px;"+font+"font-size:18px;line-height:24px;font-weight:700;color:"+ink+";"), g.Text(c.sender)),
	))
}

func initial(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return "•"
}

func (c content) main(primary, on, edge string) g.Node {
	return g.Group{
		h.H1(h.Class("ink big"), h.Style(font+"font-size:25px;line-height:33px;font-weight:700;letter-spacing:-0.2px;color:"+ink+";margin:0 0 20px;"), g.Text(c.heading)),
		para("ink", text, c.greeting),
		paras("ink", text, c.body),
		c.table(),
		c.codeBox(),
		c.action(primary, on, edge),
		paras("soft", small, c.after),
		c.address(),
		c.own(),
		g.If(c.doubt != "", h.Div(h.Class("line"), h.Style(hair+"margin-top:24px;padding-top:18px;"), para("soft", small, c.doubt))),
	}
}

func para(class, style, sentence string) g.Node {
	return h.P(h.Class(class), h.Style(style), g.Text(sentence))
}

func paras(class, style string, sentences []string) g.Node {
	return g.Map(sentences, func(s string) g.Node { return para(class, style, s) })
}

func (c content) table() g.Node {
	if len(c.facts) == 0 {
		return nil
	}
	return table("width:100%;background-color:#f5f7f9;border-radius:8px;margin:4px 0 20px;", g.Attr("width", "100%"), g.Attr("bgcolor", "#f5f7f9"), h.Class("box"),
		row("padding:8px 18px;", g.Map(c.facts, func(f fact) g.Node {
			return h.P(h.Class("ink"), h.Style(font+"font-size:15px;line-height:22px;color:"+ink+";margin:6px 0;word-break:break-word;"),
				h.Span(h.Class("soft"), h.Style("display:block;font-size:13px;line-height:18px;color:#566373;"), g.Text(f.label)), g.Text(f.value))
		})))
}

func (c content) codeBox() g.Node {
	if c.code == "" {
		return nil
	}
	return table("width:100%;background-color:#f5f7f9;border-radius:8px;margin:4px 0 22px;", g.Attr("width", "100%"), g.Attr("bgcolor", "#f5f7f9"), h.Class("box"),
		row("padding:18px;text-align:center;", g.Attr("align", "center"),
			h.Span(h.Class("ink"), h.Style("font-family:SFMono-Regular,Consolas,Menlo,monospace;font-size:34px;line-height:42px;font-weight:700;letter-spacing:8px;color:"+ink+";"), g.Text(c.code))))
}

// action is a button of which every part can be hit, in every program: colour
// on the cell, padding on the link.
func (c content) action(primary, on, edge string) g.Node {
	if c.button.href == "" {
		return nil
	}
	return table("margin:8px 0 22px;", h.Class("wide"), h.Tr(h.Td(h.Class("edge"), g.Attr("bgcolor", primary), g.Attr("align", "center"), h.Style("background-color:"+primary+";border:1px solid "+edge+";border-radius:8px;mso-padding-alt:14px 30px;"),
		h.A(h.Href(c.button.href), h.Target("_blank"), h.Class("tap"), h.Style(font+"display:inline-block;padding:14px 30px;font-size:16px;line-height:22px;font-weight:600;color:"+on+";text-decoration:none;border-radius:8px;"), g.Text(c.button.label)))))
}

func (c content) address() g.Node {
	if c.button.href == "" {
		return nil
	}
	return g.Group{
		h.P(h.Class("soft"), h.Style(small+"margin:0;"), g.Text(c.spare)),
		h.P(h.Class("soft"), h.Style(small+"word-break:break-all;"), h.A(h.Href(c.button.href), h.Target("_blank"), h.Class("soft"), h.Style("color:#566373;text-decoration:underline;"), g.Text(c.button.href))),
	}
}

// own are the provider's blocks.
func (c content) own() g.Node {
	return g.Map(c.blocks, func(b block) g.Node {
		return h.Div(h.Class("line"), h.Style(hair+"margin-top:20px;padding-top:18px;"),
			h.H2(h.Class("ink"), h.Style(font+"font-size:16px;line-height:24px;font-weight:700;color:"+ink+";margin:0 0 4px;"), g.Text(b.title)),
			g.Map(b.text, func(l string) g.Node {
				return h.P(h.Class("soft"), h.Style(font+"font-size:15px;line-height:23px;color:#566373;margin:0 0 6px;"), g.Text(l))
			}),
			g.If(b.link.href != "", h.P(h.Style(font+"font-size:15px;line-height:23px;margin:0;"),
				h.A(h.Href(b.link.href), h.Target("_blank"), h.Class("ink"), h.Style("color:"+ink+";font-weight:600;text-decoration:underline;"), g.Text(b.link.label)))),
		)
	})
}

const tiny = font + "font-size:13px;line-height:20px;color:#566373;margin:0;"

func (c content) end() g.Node {
	return g.Group{
		g.Map(append([]string{c.sender}, c.footer...), func(l string) g.Node {
			return h.P(h.Class("soft"), h.Style(tiny), g.Text(l))
		}),
		g.If(c.quit.href != "", h.P(h.Class("soft"), h.Style(tiny+"padding-top:10px;"),
			h.A(h.Href(c.quit.href), h.Target("_blank"), h.Class("soft"), h.Style("color:#566373;text-decoration:underline;"), g.Text(c.quit.label)))),
	}
}
