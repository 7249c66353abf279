package ui

import (
	"net/url"
	"slices"
	"strings"

	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// pagingKeys are dropped from a query when what it selects or how it is sorted changes.
var pagingKeys = []string{"after", "before", "page"}

// HrefWith is path plus query, with some values replaced: name, value, name,
// value. An empty value removes the name. The keys of paging (after, before,
// page) are dropped unless they are set here.
func HrefWith(path string, q url.Values, set ...string) string {
	out := url.Values{}
	for k, vals := range q {
		if !slices.Contains(pagingKeys, k) {
			out[k] = vals
		}
	}
	for i := 0; i+1 < len(set); i += 2 {
		out.Del(set[i])
		if set[i+1] != "" {
			out.Set(set[i], set[i+1])
		}
	}
	if len(out) == 0 {
		if path == "" {
			return "?"
		}
		return path
	}
	return path + "?" + out.Encode()
}

// sortBase is the address of a list up to the name of what it is sorted by.
func sortBase(path string, q url.Values) string {
	base := SafeHref(HrefWith(path, q, "sort", ""))
	switch {
	case strings.HasSuffix(base, "?"):
		return base + "sort="
	case strings.Contains(base, "?"):
		return base + "&sort="
	}
	return base + "?sort="
}

// List is the card of a list page: filters, table, pager. With a script its
// filters work without leaving the page; id must be unique on the page.
func List(id string, body ...g.Node) g.Node {
	return h.Section(h.Class("card flush list"), h.ID(id), g.Group(body))
}

// ListNote is a line between the filters of a list and its rows.
func ListNote(text string) g.Node { return h.P(h.Class("list-note muted"), g.Text(text)) }

// Filter is one select of Filters. The option with the empty value means "any".
type Filter struct {
	Name, Label, Value string
	Options            []Option
}

// FilterSpec says what a list can be narrowed by.
type FilterSpec struct {
	Action      string // the list's own path
	Query       url.Values
	Placeholder string // of the search, whose name is q; "" is no search
	Filters     []Filter
	Extra       []g.Node // further controls, such as two dates
	Chips       []Chip   // for what Extra set
	Keep        []string // names of the query to carry along, such as sort
	Right       []g.Node // stands at the far end, such as columns or export
}

// Chip is a filter that is on, and where one goes to take it off.
type Chip struct{ Label, Remove string }

// Filters is a GET form of a search and selects, and chips for what is set.
func Filters(v *View, f FilterSpec) g.Node {
	chips := append(f.chips(), f.Chips...)
	return h.Div(h.Class("filterbar"),
		h.Form(h.Class("filters"), h.Role("search"), h.Aria("label", v.T("Filter this list")), h.Method("get"), h.Action(SafeHref(f.Action)),
			g.Attr("hx-get", SafeHref(f.Action)), g.Attr("hx-target", "closest .list"), g.Attr("hx-select", ".list"), g.Attr("hx-swap", "outerHTML"),
			g.Attr("hx-push-url", "true"), g.Attr("hx-sync", "this:replace"), g.Attr("hx-trigger", "submit, change, input delay:350ms from:find input[type=search]"),
			f.kept(), f.search(v), g.Map(f.Filters, filterSelect), g.Group(f.Extra),
			h.Button(h.Class("btn nojs"), h.Type("submit"), Icon("filter"), h.Span(g.Text(v.T("Filter")))),
			g.If(len(f.Right) > 0, h.Div(h.Class("filters-right"), g.Group(f.Right)))),
		g.If(len(chips) > 0, chipRow(v, f.Action, chips)))
}

func (f FilterSpec) kept() g.Node {
	var out g.Group
	for _, k := range f.Keep {
		if val := f.Query.Get(k); val != "" {
			out = append(out, HiddenFields(k, val))
		}
	}
	return out
}

func (f FilterSpec) search(v *View) g.Node {
	if f.Placeholder == "" {
		return nil
	}
	return h.Div(h.Class("inline-search"), h.Label(h.Class("vh"), h.For("list-q"), g.Text(v.T("Search this list"))), Icon("search"),
		h.Input(h.ID("list-q"), h.Name("q"), h.Type("search"), h.Value(f.Query.Get("q")), h.Placeholder(f.Placeholder), h.AutoComplete("off"), g.Attr("hx-preserve", "true")))
}

func filterSelect(f Filter) g.Node {
	id := "filter-" + fieldID(f.Name)
	return h.Div(h.Class("filter"), h.Label(h.Class("vh"), h.For(id), g.Text(f.Label)),
		h.Select(h.ID(id), h.Name(f.Name), g.If(f.Value != "", h.Class("set")), optionNodes(f.Options, f.Value)))
}

func (f FilterSpec) chips() []Chip {
	var out []Chip
	if q := strings.TrimSpace(f.Query.Get("q")); q != "" {
		out = append(out, Chip{"“" + q + "”", HrefWith(f.Action, f.Query, "q", "")})
	}
	for _, x := range f.Filters {
		if x.Value != "" {
			out = append(out, Chip{x.Label + ": " + optionLabel(x.Options, x.Value), HrefWith(f.Action, f.Query, x.Name, "")})
		}
	}
	return out
}

func optionLabel(options []Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

func chipRow(v *View, clear string, chips []Chip) g.Node {
	return h.Div(h.Class("chips"), h.Ul(h.Aria("label", v.T("Filters that are on")), g.Map(chips, func(c Chip) g.Node {
		return h.Li(h.Class("chip"), h.Span(g.Text(c.Label)), h.A(h.Href(SafeHref(c.Remove)), h.Aria("label", v.T("Remove filter %s", c.Label)), Icon("x")))
	})), h.A(h.Class("btn link"), h.Href(SafeHref(clear)), g.Text(v.T("Clear all"))))
}

// Around is where a list's Pager leads from the page that query asks for: to
// the first one and to the one behind the cursor after. Each is "" where there
// is none.
func Around(path string, query url.Values, after string) (first, next string) {
	if query.Get("after") != "" {
		first = HrefWith(path, query)
	}
	if after != "" {
		next = HrefWith(path, query, "after", after)
	}
	return first, next
}

// Pager tells how many rows there are and leads to the next and previous ones.
// An empty href is a direction without rows. Total may be capped: "1,000+". Of
// nothing at all there is nothing to tell: the empty state has said why.
func Pager(v *View, shown int, total string, prevHref, nextHref string) g.Node {
	if shown == 0 && prevHref == "" && nextHref == "" {
		return g.Group{}
	}
	count := v.Plural(int64(shown), "%s row", "%s rows")
	if total != "" {
		count = v.T("%s of %s", v.N(int64(shown)), total)
	}
	return h.Footer(h.Class("pager"), h.P(g.Text(count)), g.If(prevHref != "" || nextHref != "",
		h.Nav(h.Aria("label", v.T("Pages")), pagerLink(prevHref, v.T("Previous"), "chevron-left", ""), pagerLink(nextHref, v.T("Next"), "", "chevron-right"))))
}

func pagerLink(href, label, before, after string) g.Node {
	if href == "" {
		return h.Span(h.Class("btn small off"), h.Aria("disabled", "true"), h.Role("link"), Icon(before), h.Span(g.Text(label)), Icon(after))
	}
	return h.A(h.Class("btn small"), h.Href(SafeHref(href)), Icon(before), h.Span(g.Text(label)), Icon(after))
}

// Bulk is the bar of a Table's selection: a POST form whose buttons (with
// formaction, or with name and value) act on every chosen "id". It belongs
// into TableSpec.Bulk; tableID is that table's ID. It shows once a row is chosen.
func Bulk(v *View, tableID, action string, buttons ...g.Node) g.Node {
	if tableID == "" {
		tableID = "table"
	}
	return h.Form(h.Class("bulk"), h.ID(tableID+"-bulk"), h.Method("post"), h.Action(SafeHref(action)), h.Data("bulk", tableID),
		g.El("output", h.Class("bulk-n"), g.Text(v.T("With the chosen rows"))), g.Group(buttons))
}

func appendIcon(b []byte, name string) []byte {
	svg, _ := assets.Icon(name)
	return append(b, svg...)
}
