package store

import "testing"

func init() {
	planned["clients"] = planClients
	planned["clients, limited to groups"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 1; planClients(t, s) }
	planned["colleagues"] = planColleagues
	planned["colleagues, limited to units"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 1; planColleagues(t, s) }
	sorted["+m.customer_id = :customer"] = "the members of one customer"
	sorted["FROM {roles} r WHERE r.kind = 'client'"] = "a handful of roles"
	shortened = append(shortened, clientColumns, membershipColumns, colleagueColumns)
	sorted["+a.id < :before AND"] = "what happened to one person"
}

func planClients(t *testing.T, s Staff) {
	for _, f := range []ClientFilter{{}, {Sort: "-name"}, {Sort: "email"}, {Sort: "-login"}, {Sort: "created"}, {After: writeCursor("x", 1)}, {Search: "anna"}, {State: "active"}, {Role: "admin"}, {Role: "none"}, {Role: "3"}, {Customer: 1}} {
		if _, err := s.Clients(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = s.ClientUser(t.Context(), 1)
	_, _ = s.Memberships(t.Context(), 1)
	_, _ = s.Membership(t.Context(), 1)
	_, _ = s.ClientHistory(t.Context(), 1, 0, 50)
}

func planColleagues(t *testing.T, s Staff) {
	c := Client{scope: s.scope, me: Person{Role: "admin"}, window: Window{Delegated: true}}
	c.customer, c.portal, c.member = 1, 1, 1
	for _, f := range []ColleagueFilter{{}, {Sort: "-login"}, {Search: "anna"}, {State: "pending"}, {State: "disabled"}, {Group: 1}, {After: writeCursor("x", 1)}} {
		if _, err := c.Colleagues(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = c.Colleague(t.Context(), 1)
	if _, err := c.ManagerChoices(t.Context()); err != nil {
		t.Fatal(err)
	}
}
