package aemp

import (
	"fmt"
	"strings"
	"time"
)

// The names under which dialects give what identifies a machine.
var (
	headerKeys = []string{"equipmentheader", "header"}
	oemKeys    = []string{"oemname", "oem", "make", "manufacturer", "brand"}
	modelKeys  = []string{"model", "modelname"}
	idKeys     = []string{"equipmentid", "unitid", "machineid", "assetid"}
	serialKeys = []string{"serialnumber", "serialno", "serial", "machineserialnumber"}
	pinKeys    = []string{"pin", "vin", "pinvin", "vinpin", "productidentificationnumber"}
	unitKeys   = []string{"unitinstalldatetime", "unitinstalldate", "installdate"}
)

// equipment takes one machine, or the several that dialects put into an
// element of the same name.
func (p *parser) equipment(n *node) error {
	p.seenFleet = true
	if nested := p.nested(n); len(nested) > 0 {
		for _, k := range nested {
			if err := p.equipment(k); err != nil {
				return err
			}
		}
		return nil
	}
	if n.leaf() {
		return nil // <Equipment/>: a list with nothing in it
	}
	if len(p.snap.Equipment) >= MaxMachines {
		return refuse("This file has more than 200,000 machines. It is refused; nothing was taken from it.")
	}
	n.settle()
	b := &builder{p: p, m: Equipment{Line: n.line}}
	b.machine(n)
	p.snap.Equipment = append(p.snap.Equipment, b.m)
	if p.readings += len(b.m.Readings) + len(b.m.Faults); p.readings > maxReadings {
		return refuse("This file has more than 1,000,000 readings. It is refused; nothing was taken from it.")
	}
	return nil
}

func (p *parser) nested(n *node) (out []*node) {
	for _, k := range n.kids {
		if k.key == "equipment" && !k.leaf() {
			out = append(out, k)
		}
	}
	return out
}

// builder makes a machine of its tree.
type builder struct {
	p  *parser
	m  Equipment
	at time.Time // of the machine as a whole, where a dialect says it once

	grouped bool // within a group that has a date
}

func (b *builder) machine(n *node) {
	head := n.take(headerKeys...)
	if head == nil {
		head = n
	}
	b.header(head)
	if head != n {
		for _, l := range head.rest("") {
			b.headerFact(l)
		}
	}
	for _, k := range n.kids {
		if !k.used && k.leaf() && dateKeys[k.key] {
			k.used = true
			b.wholeDate(k)
		}
	}
	b.parts(n, "")
}

func (b *builder) header(h *node) {
	b.m.OEM = known(h.takeText(oemKeys...))
	b.m.Model = known(h.takeText(modelKeys...))
	b.m.EquipmentID = known(h.takeText(idKeys...))
	b.m.Serial = known(h.takeText(serialKeys...))
	b.m.PIN = known(h.takeText(pinKeys...))
	if k := h.take(unitKeys...); k != nil && known(k.value()) != "" && !strings.HasPrefix(k.value(), "0001-01-01") {
		at, err := b.p.sane(k.value())
		if err != nil {
			b.skip(k, "install date of the telematics unit: %v", err)
			return
		}
		b.m.UnitInstalled = at
	}
}

// headerFact keeps what else a header says; its date, if it has one, is that
// of everything that follows.
func (b *builder) headerFact(l leaf) {
	if dateKeys[l.key] {
		b.wholeDate(l.node)
		return
	}
	b.extra(l.label, l.value())
}

func (b *builder) wholeDate(k *node) {
	if k.value() == "" {
		return
	}
	at, err := b.p.sane(k.value())
	if err != nil {
		b.skip(k, "%s: %v", k.name, err)
		return
	}
	b.at = at
}

func (b *builder) extra(name, value string) {
	if value == "" {
		return
	}
	if b.m.Extra == nil {
		b.m.Extra = map[string]string{}
	}
	b.m.Extra[name] = value
}

// parts goes through the children of a machine, or of a group within it.
func (b *builder) parts(n *node, prefix string) {
	for _, k := range n.kids {
		if !k.used {
			k.used = true
			b.part(k, prefix)
		}
	}
}

func (b *builder) part(k *node, prefix string) {
	if faultKeys[k.key] {
		b.faults(k)
		return
	}
	if s, ok := shapes[k.key]; ok {
		b.measure(k, s)
		return
	}
	switch {
	case k.key == "links" || k.key == "link":
		for rel, href := range linksOf(k, "") {
			b.extra("link."+rel, href)
		}
	case k.leaf() && !(b.grouped && isNumber(k.value())):
		b.extra(prefix+k.name, k.value())
	case k.groups():
		b.group(k, prefix)
	case b.dated(k) || b.grouped:
		b.measure(k, strange(k))
	default:
		b.parts(k, prefix+k.name+".")
	}
}

// groups reports whether an element only holds others of the standard, as in
// {"telemetry": {"location": {…}}}.
func (n *node) groups() bool {
	for _, k := range n.kids {
		if _, ok := shapes[k.key]; ok && !k.leaf() {
			return true
		}
	}
	return false
}

// group takes such an element; its date is that of what it holds.
func (b *builder) group(n *node, prefix string) {
	at, ok := b.when(n)
	if !ok {
		return
	}
	at, b.at = b.at, at
	was := b.grouped
	b.grouped = !b.at.IsZero()
	b.parts(n, prefix+n.name+".")
	b.at, b.grouped = at, was
}

// strange is the shape of an element that the standard does not have.
func strange(n *node) shape {
	return shape{
		kind: "x:" + n.name, strange: true, signed: true,
		values: []string{n.key, "value", "hour", "hours", "percent", "count"},
		units:  []string{n.key + "units", n.key + "unit", "units", "unit"},
	}
}

// dated reports whether an element has a date of its own.
func (b *builder) dated(k *node) bool {
	for _, c := range k.kids {
		if c.leaf() && dateKeys[c.key] {
			return true
		}
	}
	return false
}

// skip names something of this machine that is not taken.
func (b *builder) skip(n *node, says string, args ...any) {
	b.p.problem(n.line, "%s: %s", b.label(), fmt.Sprintf(says, args...))
}

// label is how a person tells this machine from the others.
func (b *builder) label() string {
	name := strings.TrimSpace(b.m.OEM + " " + b.m.Model)
	for _, id := range []string{b.m.Serial, b.m.PIN, b.m.EquipmentID} {
		if id != "" {
			return strings.TrimSpace(name + " " + id)
		}
	}
	if name == "" {
		name = "machine"
	}
	return fmt.Sprintf("%s in line %d", name, b.m.Line)
}
