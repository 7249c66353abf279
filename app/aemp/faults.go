package aemp

import "strings"

// faults takes one trouble code, or a list of them in whatever wrapping.
func (b *builder) faults(n *node) {
	if n.leaf() {
		for _, code := range strings.FieldsFunc(n.value(), func(r rune) bool { return r == ',' || r == ';' }) {
			if code = known(strings.TrimSpace(code)); code != "" {
				b.m.Faults = append(b.m.Faults, Fault{Code: code, At: b.at})
			}
		}
		return
	}
	var inner []*node
	for _, k := range n.kids {
		if faultKeys[k.key] && (!k.leaf() || k.key+"s" == n.key) {
			inner = append(inner, k)
		}
	}
	if len(inner) == 0 {
		b.fault(n)
		return
	}
	for _, k := range inner {
		b.faults(k)
	}
}

func (b *builder) fault(n *node) {
	at, ok := b.when(n)
	if !ok {
		return
	}
	f := Fault{
		At:          at,
		Code:        n.takeText("codeidentifier", "identifier", "code", "faultcode", "cautioncode", "dtc", "errorcode", "id"),
		Description: n.takeText("codedescription", "description", "faultdescription", "text", "name", "message"),
		Severity:    n.takeText("codeseverity", "severity", "level", "severitylevel", "faultseverity"),
		Source:      n.takeText("codesource", "source", "module", "controller", "ecu", "sourceaddress"),
	}
	if f.Code == "" {
		f.Code = sae(n)
	}
	var more []string
	for _, l := range n.rest("") {
		if !placeholder(l.value()) {
			more = append(more, l.label+" "+l.value())
		}
	}
	f.Description = strings.TrimPrefix(f.Description+", "+strings.Join(more, ", "), ", ")
	f.Description = strings.TrimSuffix(f.Description, ", ")
	if f.Code == "" && f.Description == "" {
		return
	}
	b.m.Faults = append(b.m.Faults, f)
}

// sae joins the two numbers of SAE J1939.
func sae(n *node) string {
	spn, fmi := n.takeText("spn"), n.takeText("fmi")
	if spn == "" {
		return ""
	}
	return strings.TrimSpace("SPN " + spn + " FMI " + fmi)
}
