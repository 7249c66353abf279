package aemp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// node is an element of XML or a member of JSON. An attribute is a child like
// any other, because dialects differ in which they use.
type node struct {
	name string // without prefix, as written
	key  string // folded, to compare
	text string
	line int
	kids []*node
	used bool
}

func newNode(name string, line int) *node {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	name = clip(strings.TrimLeft(name, "@_"), maxName)
	return &node{name: name, key: fold(name), line: line}
}

// maxRaw is how much of a text is held at all, more than value returns.
const maxRaw = 8 * maxText

// short is a text without the space around it, cut if it is endless.
func short(s string) string {
	s = strings.TrimSpace(s)
	return s[:min(len(s), maxRaw)]
}

// fold drops case and everything that is neither letter nor digit.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func (n *node) leaf() bool { return len(n.kids) == 0 }

// value is the text of a leaf, in one line and of bounded length. Double
// spaces within a line stay, because they are part of some names.
func (n *node) value() string {
	if strings.ContainsFunc(n.text, unicode.IsControl) {
		return clip(strings.Join(strings.FieldsFunc(n.text, unicode.IsControl), " "), maxText)
	}
	return clip(n.text, maxText)
}

// take returns the first child with one of the keys, in the order of the keys,
// and marks it as used.
func (n *node) take(keys ...string) *node {
	for _, key := range keys {
		for _, k := range n.kids {
			if k.key == key && !k.used {
				k.used = true
				return k
			}
		}
	}
	return nil
}

// takeText is the value of the child that take returns, "" without one.
func (n *node) takeText(keys ...string) string {
	text, _ := n.takeValue(keys...)
	return text
}

// takeValue is takeText with the unit that some dialects make an attribute of
// the value. A child that only wraps another value counts as that value.
func (n *node) takeValue(keys ...string) (text, unit string) {
	k := n.take(keys...)
	if k == nil {
		return "", ""
	}
	for _, a := range k.kids {
		if a.leaf() && isUnit(a.key) {
			unit = a.value()
		}
	}
	for len(k.kids) > 0 && k.value() == "" && (len(k.kids) == 1 || k.find("value") != nil) {
		if v := k.find("value"); v != nil {
			k = v
		} else {
			k = k.kids[0]
		}
	}
	return k.value(), unit
}

// settle applies what .NET adds to optional values: "altitudeSpecified": false
// means that there is no altitude.
func (n *node) settle() {
	said := map[string]bool{}
	for _, k := range n.kids {
		k.settle()
		if base, is := strings.CutSuffix(k.key, "specified"); is && k.leaf() && (k.text == "true" || k.text == "false") {
			said[base], said[k.key] = k.text == "true", false
		}
	}
	if len(said) == 0 {
		return
	}
	kept := n.kids[:0]
	for _, k := range n.kids {
		if there, spoken := said[k.key]; there || !spoken {
			kept = append(kept, k)
		}
	}
	n.kids = kept
}

func (n *node) find(key string) *node {
	for _, k := range n.kids {
		if k.key == key {
			return k
		}
	}
	return nil
}

// label is the name of a leaf below n by the way to it.
type leaf struct {
	label string
	*node
}

// rest returns the leaves that nothing has used, each with the way to it.
func (n *node) rest(prefix string) (out []leaf) {
	for _, k := range n.kids {
		switch {
		case k.used:
		case k.leaf():
			if k.value() != "" {
				out = append(out, leaf{prefix + k.name, k})
			}
		default:
			out = append(out, k.rest(prefix+k.name+".")...)
			if k.value() != "" {
				out = append(out, leaf{prefix + k.name, k})
			}
		}
	}
	return out
}

func clip(s string, runes int) string {
	if len(s) <= runes || utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes]) + "…"
}

// placeholder values say that there is none.
func placeholder(s string) bool {
	switch fold(s) {
	case "", "na", "null", "nil", "none", "missing", "unknown", "notavailable", "undefined", "nan", "notset":
		return true
	}
	return false
}

// known is s unless it is a placeholder.
func known(s string) string {
	if placeholder(s) {
		return ""
	}
	return s
}
