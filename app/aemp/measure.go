package aemp

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// measure makes readings of an element. A date or a value that cannot be is
// named, and costs only that reading.
func (b *builder) measure(n *node, s shape) {
	if n.repeats() {
		for _, k := range n.kids {
			b.measure(k, s)
		}
		return
	}
	if s.how == asPlace && n.leaf() {
		b.extra(n.name, n.value())
		return
	}
	at, ok := b.when(n)
	if !ok {
		return
	}
	var main *Reading
	if s.how == asPlace {
		main = b.place(n)
	} else {
		text, unit := n.valueFor(s)
		main = b.reading(n, s, text, unit)
	}
	from := len(b.m.Readings)
	if main != nil {
		b.m.Readings = append(b.m.Readings, *main)
	}
	for _, side := range s.side {
		text, unit := n.takeValue(side.values...)
		if r := b.reading(n, side, text, n.unitFor(side, unit)); r != nil {
			b.m.Readings = append(b.m.Readings, *r)
		}
	}
	b.leftovers(n, s, from, main != nil)
	for i := range b.m.Readings[from:] {
		b.m.Readings[from+i].At = at
	}
}

// repeats reports whether n only wraps several elements of its own name, as
// in <Switches><Switch/><Switch/></Switches>.
func (n *node) repeats() bool {
	for _, k := range n.kids {
		if k.leaf() || k.key != n.key && k.key+"es" != n.key && k.key+"s" != n.key {
			return false
		}
	}
	return len(n.kids) > 0
}

// when is the date of an element, else that of its machine, else zero, which
// becomes that of the snapshot.
func (b *builder) when(n *node) (time.Time, bool) {
	for _, k := range n.dates() {
		if k.used = true; k.value() == "" {
			continue
		}
		at, err := b.p.sane(k.value())
		if err != nil {
			b.skip(k, "%s: %v", n.name, err)
			return at, false
		}
		return at, true
	}
	return b.at, true
}

// dates are the dates of an element, or else those that a dialect puts on the
// value: <Hour datetime="…">.
func (n *node) dates() (out []*node) {
	for _, k := range n.kids {
		if k.leaf() && dateKeys[k.key] {
			out = append(out, k)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, k := range n.kids {
		for _, a := range k.kids {
			if a.leaf() && dateKeys[a.key] && k.value() != "" {
				out = append(out, a)
			}
		}
	}
	return out
}

// reading makes what a shape describes of a text, nil if it cannot.
func (b *builder) reading(n *node, s shape, text, unit string) *Reading {
	if text == "" {
		return nil
	}
	r := &Reading{Kind: s.kind, Raw: strings.TrimSpace(text + " " + unit)}
	var err error
	switch s.how {
	case asHours:
		r.Value, err = hours(text)
	case asFlag:
		r.Value, err = yesNo(text)
	default:
		r.Value, err = number(text)
	}
	if err == nil && r.Value < 0 && !s.signed {
		err = fmt.Errorf("%s is less than nothing", clip(r.Raw, 40))
	}
	switch {
	case err == nil:
	case s.strange:
		r.Text, r.TextOnly = text, true
		if v, err := yesNo(text); err == nil {
			r.Value, r.TextOnly = v, false
		}
	case s.how == asFlag && !placeholder(text):
		r.Text, r.TextOnly = text, true // a switch may have more than two states
	default:
		b.skip(n, "%s: %v", n.name, err)
		return nil
	}
	r.Value, r.Unit = convert(r.Value, unit, s.unit)
	return r
}

// valueFor is the value that a shape asks for, and its unit. An element
// without such a child may be the value itself.
func (n *node) valueFor(s shape) (text, unit string) {
	text, unit = n.takeValue(s.values...)
	if text == "" && s.strange {
		text, unit = n.firstNumber()
	}
	if text == "" {
		text = n.value()
	}
	if unit = n.unitFor(s, unit); unit != "" {
		return text, unit
	}
	return text, n.onlyUnit(s)
}

// onlyUnit takes the one unit there is under a name nobody foresaw; a number
// without its unit would be a wrong number.
func (n *node) onlyUnit(s shape) string {
	var found *node
	others := map[string]bool{}
	for _, k := range n.kids {
		others[k.key] = others[k.key] || !k.used
	}
	for _, k := range n.kids {
		if !k.leaf() || k.used || !isUnit(k.key) || s.sideUnit(k.key) || others[unitOf(k.key)] {
			continue
		}
		if found != nil {
			return ""
		}
		found = k
	}
	if found == nil {
		return ""
	}
	found.used = true
	return found.value()
}

func (s shape) sideUnit(key string) bool {
	for _, side := range s.side {
		if slices.Contains(side.units, key) {
			return true
		}
	}
	return false
}

func (n *node) unitFor(s shape, unit string) string {
	if named := n.takeText(s.units...); named != "" {
		return named
	}
	return unit
}

// firstNumber takes the first value below n that is a number, else the first
// at all, where the name does not tell which one is meant.
func (n *node) firstNumber() (text, unit string) {
	left := n.rest("")
	units, first := unitsOf(left), -1
	for i, l := range left {
		if isUnit(l.key) || wordKeys[l.key] {
			continue
		}
		if first < 0 || isNumber(l.value()) {
			first = i
		}
		if isNumber(l.value()) {
			break
		}
	}
	if first < 0 {
		return "", ""
	}
	left[first].used = true
	return left[first].value(), units[left[first].key]
}

func isNumber(s string) bool {
	_, err := number(s)
	return err == nil
}

// unitsOf maps the name of a value to its unit: "pressureUnits" is that of
// "pressure".
func unitsOf(leaves []leaf) map[string]string {
	units := map[string]string{}
	for _, l := range leaves {
		if isUnit(l.key) {
			units[unitOf(l.key)] = l.value()
		}
	}
	return units
}

func unitOf(key string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, "s"), "unit"), "uom")
}

func isUnit(key string) bool {
	return strings.HasSuffix(key, "units") || strings.HasSuffix(key, "unit") || strings.HasSuffix(key, "uom")
}

// leftovers keeps what no shape asked for: numbers and flags as readings of
// their own, words beside the main reading.
func (b *builder) leftovers(n *node, s shape, from int, hasMain bool) {
	var words []string
	left := n.rest("")
	units := unitsOf(left)
	for _, l := range left {
		if isUnit(l.key) || placeholder(l.value()) || hasMain && l.key == "value" && l.value() == b.m.Readings[from].Raw {
			continue
		}
		r := Reading{Kind: "x:" + n.name + "." + l.label, Raw: strings.TrimSpace(l.value() + " " + units[l.key]), Unit: units[l.key]}
		v, err := number(l.value())
		if err != nil {
			v, err = yesNo(l.value())
		}
		switch {
		case wordKeys[l.key] || err != nil && hasMain:
			words = append(words, l.label+" "+l.value())
			continue
		case err != nil:
			r.Text, r.TextOnly = l.value(), true
		default:
			r.Value, r.Unit = convert(v, r.Unit, "")
		}
		b.m.Readings = append(b.m.Readings, r)
	}
	if len(words) == 0 {
		return
	}
	if !hasMain {
		b.m.Readings = append(b.m.Readings, Reading{Kind: "x:" + n.name, TextOnly: true, Raw: strings.Join(words, ", ")})
		from = len(b.m.Readings) - 1
	}
	into := &b.m.Readings[from]
	into.Text = clip(strings.TrimPrefix(into.Text+", "+strings.Join(words, ", "), ", "), maxText)
}

// wordKeys name a thing even where they are numbers.
var wordKeys = keys("enginenumber", "number", "switchnumber", "inputnumber", "id", "name", "description", "label", "index", "serialnumber", "code")
