package app_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/mux"
	"golang.org/x/net/html"
)

// form is a form as a page offers it, filled in as it stands there.
type form struct {
	page, action, method string
	multipart            bool
	values               url.Values
	text                 []string            // names of fields people type into
	kinds                map[string]string   // type of each field
	options              map[string][]string // of selects
	files                []string
}

// formsOf reads the forms of a page. What leads elsewhere is left out.
func formsOf(page, body string) (all []form) {
	doc, _ := html.Parse(strings.NewReader(body)) // the parser takes anything
	var walk func(n *html.Node, f *form)
	walk = func(n *html.Node, f *form) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "form":
				all = append(all, form{page: page, action: cmpOr(attr(n, "action"), page), method: strings.ToUpper(cmpOr(attr(n, "method"), "get")),
					multipart: attr(n, "enctype") == "multipart/form-data", values: url.Values{}, kinds: map[string]string{}, options: map[string][]string{}})
				f = &all[len(all)-1]
			case "input", "textarea", "select", "button":
				if f != nil && attr(n, "name") != "" && !has(n, "disabled") {
					f.take(n)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, f) // forms do not nest, so f stays where it is
		}
	}
	walk(doc, nil)
	return all
}

func (f *form) take(n *html.Node) {
	name, kind := attr(n, "name"), cmpOr(attr(n, "type"), "text")
	if n.Data != "input" {
		kind = n.Data
	}
	f.kinds[name] = kind
	switch kind {
	case "checkbox", "radio":
		if has(n, "checked") {
			f.values.Add(name, cmpOr(attr(n, "value"), "on"))
		}
		f.options[name] = append(f.options[name], cmpOr(attr(n, "value"), "on"))
	case "file":
		f.files = append(f.files, name)
	case "select":
		f.options[name], f.values[name] = optionsOf(n)
	case "textarea":
		f.values.Set(name, textOf(n))
		f.text = append(f.text, name)
	case "submit", "button":
		if n.Data == "button" && attr(n, "value") != "" {
			f.values.Set(name, attr(n, "value"))
		}
	default:
		f.values.Add(name, attr(n, "value"))
		if kind != "hidden" {
			f.text = append(f.text, name)
		}
	}
}

func optionsOf(sel *html.Node) (all, chosen []string) {
	for n := range sel.Descendants() {
		if n.Type == html.ElementNode && n.Data == "option" {
			v := attr(n, "value")
			all = append(all, v)
			if has(n, "selected") {
				chosen = append(chosen, v)
			}
		}
	}
	if len(chosen) == 0 && len(all) > 0 && !has(sel, "multiple") {
		chosen = all[:1]
	}
	return all, chosen
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ask is the request a browser makes of the form, with other values in place
// of some.
func (f form) ask(who *principal, other url.Values) ask {
	v := url.Values{}
	for name, all := range f.values {
		v[name] = all
	}
	for name, all := range other {
		v[name] = all
	}
	if f.method == "GET" {
		path, _, _ := strings.Cut(f.action, "?")
		return ask{who: who, method: "GET", path: path + "?" + v.Encode()}
	}
	if !f.multipart {
		return ask{who: who, method: f.method, path: f.action, form: v, said: v}
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range v {
		for _, one := range all {
			_ = m.WriteField(name, one) // a buffer does not fail
		}
	}
	for _, name := range f.files {
		part, _ := m.CreateFormFile(name, "list.csv")
		_, _ = fmt.Fprint(part, "name,external_id\nMachine 1,E-77\n")
	}
	_ = m.Close()
	return ask{who: who, method: f.method, path: f.action, body: b.String(), media: m.FormDataContentType(), said: v}
}

// routeOf finds the route that a request would reach. It is asked for the same
// few forms a million times, and a match tries hundreds of expressions.
func (w *world) routeOf(method, path string) string {
	key := method + " " + path
	name, ok := w.reached[key]
	if !ok {
		name = w.match(method, path)
		w.reached[key] = name
	}
	return name
}

func (w *world) match(method, path string) string {
	u, err := url.ParseRequestURI(path)
	if err != nil {
		return ""
	}
	var m mux.RouteMatch
	if w.Router.Match(&http.Request{Method: method, URL: u, Host: "x", Header: http.Header{}}, &m) && m.Route != nil {
		return m.Route.GetName()
	}
	return ""
}

// crawl opens every page as those who see the most, follows every link of the
// appliance once, and collects the forms it meets: one for each route and
// action.
func (w *world) crawl(people ...string) (pages map[string][]string, forms []form) {
	w.t.Helper()
	pages, known := map[string][]string{}, map[string]bool{}
	for _, name := range people {
		p := w.who[name]
		todo, seen := w.starts(p), map[string]bool{}
		for len(todo) > 0 && len(seen) < 400 {
			path := todo[0]
			todo = todo[1:]
			if seen[path] {
				continue
			}
			seen[path] = true
			a := w.send(ask{who: p, method: "GET", path: path})
			if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
				continue
			}
			pages[name] = append(pages[name], path)
			for _, f := range formsOf(path, a.body) {
				if f.method != "GET" && !known[f.method+f.action] && strings.HasPrefix(f.action, "/") {
					known[f.method+f.action] = true
					forms = append(forms, f)
				}
			}
			todo = append(todo, w.links(a.body, seen)...)
		}
	}
	return pages, forms
}

// starts are the addresses of all routes of somebody's door with its own things.
func (w *world) starts(p *principal) (out []string) {
	prefix := map[string]string{"staff": "/admin/", "client": "/portal/", "operator": "/operator"}[p.door]
	for _, r := range w.routes {
		if r.method != "GET" || prefix == "" && strings.HasPrefix(r.path, "/operator") || prefix != "" && !strings.HasPrefix(r.path, prefix) {
			continue
		}
		out = append(out, w.ownPath(r))
	}
	return out
}

// links are the addresses a page leads to, one for each route and set of
// query names, so that a list's hundred rows count once.
func (w *world) links(body string, seen map[string]bool) (out []string) {
	doc, _ := html.Parse(strings.NewReader(body))
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		href := attr(n, "href")
		u, err := url.Parse(href)
		if err != nil || !strings.HasPrefix(href, "/") || strings.HasPrefix(href, "/static/") || seen[href] || len(u.Query()) > 2 {
			continue
		}
		out = append(out, href)
	}
	return out
}
