package ui

import (
	"io"
	"net/url"
	"strings"
	"sync"

	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Icon draws an icon of the embedded set. It is decoration: a word stands
// beside it, or the control carries a label. An empty name draws nothing; a
// name that the set does not have draws a plain ring.
func Icon(name string) g.Node {
	if name == "" {
		return nil
	}
	svg, ok := assets.Icon(name)
	if !ok {
		svg, _ = assets.Icon("circle")
	}
	return g.Raw(svg)
}

// SafeHref lets addresses through that lead somewhere a person meant to go:
// http, https, mailto, tel, and places on this site ("/x", "?x", "#x").
// Everything else, such as javascript:, becomes "#".
func SafeHref(s string) string {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '\\' || c == '\n' || c == '\r' || c == '\t' {
			return "#"
		}
	}
	if strings.HasPrefix(s, "//") {
		return "#"
	}
	if s != "" && strings.ContainsRune("/?#", rune(s[0])) {
		return s
	}
	u, err := url.Parse(s)
	if err != nil {
		return "#"
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host != "" {
			return s
		}
	case "mailto", "tel":
		return s
	}
	return "#"
}

// Esc appends text to a cell, escaped for HTML content and quoted attributes.
//
//go:noinline // it stands in a thousand places
func Esc(b []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		case '\'':
			e = "&#39;"
		case 0:
			e = "\uFFFD"
		default:
			continue
		}
		b = append(append(b, s[last:i]...), e...)
		last = i + 1
	}
	return append(b, s[last:]...)
}

// Text is an escaped text, for callers that need nothing else of gomponents.
func Text(s string) g.Node { return g.Text(s) }

// Muted is text of second rank.
func Muted(s string) g.Node { return h.Span(h.Class("muted"), g.Text(s)) }

// Hidden is read aloud but not shown.
func Hidden(s string) g.Node { return h.Span(h.Class("vh"), g.Text(s)) }

// bytesNode is markup that is written into one buffer.
func bytesNode(f func(b []byte) []byte) g.Node {
	return g.NodeFunc(func(w io.Writer) error {
		p := pool.Get().(*[]byte)
		b := f((*p)[:0])
		_, err := w.Write(b)
		*p = b
		pool.Put(p)
		return err
	})
}

// same is a node that depends on nothing but the language: it is rendered once
// for each and copied from then on. Nothing of a person or a page may go in.
func same(v *View, name string, f func() g.Node) g.Node {
	return bytesNode(func(b []byte) []byte {
		key := [2]string{name, v.lang()}
		if done, ok := sames.Load(key); ok {
			return append(b, done.([]byte)...)
		}
		done := appendNode(nil, f())
		sames.Store(key, done)
		return append(b, done...)
	})
}

var sames sync.Map // name and language → []byte

// attr is an attribute that is left out when its value is empty.
func attr(name, value string) g.Node {
	if value == "" {
		return nil
	}
	return g.Attr(name, value)
}

// flag is an attribute without a value.
func flag(name string, on bool) g.Node {
	if !on {
		return nil
	}
	return g.Attr(name)
}
