package store

import (
	"strings"
)

// Roles of staff, with the letter that stands for each in the rules.
var roleLetters = map[string]string{"admin": "A", "fleet_admin": "F", "user": "U", "technician": "T", "agent": "G"}

// grants is a set of verbs, one bit each.
type grants [4]uint64

var verbBit = func() map[Verb]int {
	m := make(map[Verb]int, len(rules))
	for i, r := range rules {
		m[r.verb] = i
	}
	if len(m) != len(rules) || len(rules) > 256 {
		panic("store: a verb is ruled twice, or there are more than grants has bits")
	}
	return m
}()

func (g grants) has(v Verb) bool {
	bit, known := verbBit[v]
	return known && g[bit/64]&(1<<(bit%64)) != 0
}

func (g *grants) add(i int) { g[i/64] |= 1 << (i % 64) }

var staffGrants = func() map[string]grants {
	m := map[string]grants{}
	for role, letter := range roleLetters {
		var g grants
		for i, r := range rules {
			if r.staff == "*" || strings.Contains(r.staff, letter) {
				g.add(i)
			}
		}
		m[role] = g
	}
	return m
}()

// beyondGroups is what somebody limited to groups is not granted, whatever the
// role: what it makes would be out of their own sight, and whom they manage
// could see more than they do.
var beyondGroups = setOf(func(v Verb) bool {
	switch v {
	case CustomerAdd, ImportRead, ImportUpload, ImportMap, ImportApply, ImportUndo, FeedRead, FeedPull, OutboxRead:
		return true
	}
	return managesPeople(v)
})

// managesPeople reports whether a verb decides what others may do.
func managesPeople(v Verb) bool {
	return (v.Object() == "user" || v.Object() == "role" || v.Object() == "member") && !strings.HasSuffix(string(v), ".read")
}

// setOf is the set of the verbs for which is says so.
func setOf(is func(Verb) bool) (g grants) {
	for i, r := range rules {
		if is(r.verb) {
			g.add(i)
		}
	}
	return g
}

// union, without and covers are what sets do.
func (g grants) union(more grants) grants {
	for i := range g {
		g[i] |= more[i]
	}
	return g
}

func (g grants) without(less grants) grants {
	for i := range g {
		g[i] &^= less[i]
	}
	return g
}

func (g grants) covers(some grants) bool { return some.without(g) == grants{} }

// clientGrants is what a member may do in a portal that gives it f; admin is
// the portal admin.
func clientGrants(f features, admin bool) grants {
	var g grants
	for i, r := range rules {
		if (r.client == "u" || r.client == "a" && admin) && (r.feature == "" || f.any(r.feature)) {
			g.add(i)
		}
	}
	return g
}
