package store

import "testing"

func init() {
	planned["clients"] = planClients
	planned["clients, limited to groups"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 1; planClients(t, s) }
	shortened = append(shortened, clientColumns, membershipColumns)
	sorted["+a.id < :before AND"] = "what happened to one person"
}

func planClients(t *testing.T, s Staff) {
	for _, f := range []ClientFilter{{}, {Sort: "-name"}, {Sort: "email"}, {Sort: "-login"}, {Sort: "created"}, {After: writeCursor("x", 1)}, {Search: "anna"}, {State: "active"}, {Role: "admin"}, {Role: "none"}, {Customer: 1}} {
		if _, err := s.Clients(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = s.ClientUser(t.Context(), 1)
	_, _ = s.Memberships(t.Context(), 1)
	_, _ = s.Membership(t.Context(), 1)
	_, _ = s.ClientHistory(t.Context(), 1, 0, 50)
}
