package aemp

import (
	"net/url"
	"strings"
)

// links takes the links of the fleet; the first of each relation counts.
func (p *parser) links(n *node) {
	for rel, href := range linksOf(n, "") {
		if p.snap.Links[rel] == "" && len(p.snap.Links) < 20 {
			p.snap.Links[rel] = href
		}
	}
}

// linksOf reads {rel, href}, lists of them, {"next": "…"} and
// {"next": {"href": "…"}}. name is the relation when no rel says it.
func linksOf(n *node, name string) map[string]string {
	out := map[string]string{}
	rel, href := n.takeText("rel", "relation"), n.takeText("href", "url", "uri")
	if href == "" {
		href = n.value()
	}
	if rel == "" {
		rel = name
	}
	if rel != "" && href != "" {
		out[relation(rel)] = href
	}
	for _, k := range n.kids {
		if k.used {
			continue
		}
		inner := k.key
		if inner == "link" || inner == "links" {
			inner = ""
		}
		for rel, href := range linksOf(k, inner) {
			out[rel] = href
		}
	}
	return out
}

func relation(s string) string {
	s = strings.ToLower(s)
	if s == "previous" {
		return "prev"
	}
	return s
}

// NextURL is the address of the page after s, which came from current; false
// on the last page. A link may be relative, also to the root of an interface
// that does not lie at the root of its host. A link to another host, from
// https to http, or back to the same page is not followed.
func NextURL(current string, s Snapshot) (string, bool) {
	next, self := s.Links["next"], s.Links["self"]
	if next == "" || next == self {
		return "", false
	}
	from, err := url.Parse(current)
	if err != nil || from.Host == "" {
		return "", false
	}
	to, err := url.Parse(next)
	if err != nil {
		return "", false
	}
	if to.Host == "" && strings.HasPrefix(to.Path, "/") {
		to.Path, to.RawPath = rootOf(from.Path, self, to.Path)+to.Path, ""
	}
	to = from.ResolveReference(to)
	to.Fragment = ""
	if !sameServer(from, to) || to.String() == from.String() {
		return "", false
	}
	return to.String(), true
}

// rootOf is the path below which links begin with a slash, as some servers
// mean it: then the path we asked ends in what they call themselves. Without
// that, /Fleet/2 is taken to lie beside /aemp/Fleet/1.
func rootOf(path, self, next string) string {
	if u, err := url.Parse(self); err == nil && u.Host == "" && len(u.Path) > 1 && strings.HasPrefix(u.Path, "/") {
		if root, ok := strings.CutSuffix(path, u.Path); ok {
			return root
		}
		return ""
	}
	first, _, _ := strings.Cut(next[1:], "/")
	if first == "" || strings.HasPrefix(path, "/"+first+"/") || path == "/"+first {
		return ""
	}
	if i := strings.LastIndex(path, "/"+first+"/"); i > 0 {
		return path[:i]
	}
	if root, ok := strings.CutSuffix(path, "/"+first); ok {
		return root
	}
	return ""
}

func sameServer(from, to *url.URL) bool {
	if to.User != nil || !strings.EqualFold(from.Hostname(), to.Hostname()) {
		return false
	}
	switch {
	case to.Scheme == from.Scheme:
		return port(from) == port(to)
	case from.Scheme == "http" && to.Scheme == "https":
		return from.Port() == "" && to.Port() == ""
	}
	return false
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}
