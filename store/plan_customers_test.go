package store

import "testing"

func init() {
	planned["customers"] = planCustomers
	planned["customers, limited to groups"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 1; planCustomers(t, s) }
	planned["groups"] = planGroups
	planned["audit"] = planAudit
	planned["themes"] = planThemes
	sorted["ORDER BY t.is_default DESC, t.name"] = "a handful of themes"
	shortened = append(shortened, customerColumns, groupColumns, auditColumns, contactColumns)
	sorted["k.customer_id = :of ORDER BY k.name"] = "the contacts of one customer"
	sorted["FROM customer_types"] = "a dozen types"
	sorted["g.customer_id = c.id ORDER BY g.name"] = "the groups of one customer"
}

func planCustomers(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, sort := range []string{"name", "-name", "updated", "-updated", "assets", "-assets"} {
		_, err := s.Customers(t.Context(), CustomerFilter{Sort: sort})
		must(err)
	}
	for _, f := range []CustomerFilter{{After: writeCursor("x", 1)}, {Sort: "-assets", After: writeCursor(3, 1)}, {Search: "acme"}, {Search: "C-12"}, {Type: 1}, {Portal: "active"},
		{Type: 1, Portal: "active", Search: "acme", Sort: "-updated", After: writeCursor(3, 1)}} {
		_, err := s.Customers(t.Context(), f)
		must(err)
	}
	_, _ = s.Customer(t.Context(), 1)
	_, err := s.Contacts(t.Context(), 1)
	must(err)
	_, _ = s.Contact(t.Context(), 1)
	_, err = s.CustomerHistory(t.Context(), 1, 0, 50)
	must(err)
	_, err = s.Endings(t.Context(), s.Now(), 6)
	must(err)
	_, err = s.Waiting(t.Context(), 6)
	must(err)
	_, err = s.CustomerTypeUse(t.Context())
	must(err)
}

func planGroups(t *testing.T, s Staff) {
	for _, f := range []GroupFilter{{}, {Search: "north"}, {After: writeCursor("x", 1)}} {
		if _, err := s.Groups(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.GroupsOf(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.GroupChoices(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func planThemes(t *testing.T, s Staff) {
	if _, err := s.ThemeUses(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := s.Themes(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	if _, err := s.Wearers(t.Context(), all[0].ID, 0, 51); err != nil {
		t.Fatal(err)
	}
}

func planAudit(t *testing.T, s Staff) {
	for _, f := range []AuditFilter{{}, {Actor: 1}, {Verb: CustomerAdd}, {Object: "customer", ID: 1}, {Object: "customer"}, {Of: 1}, {Source: "web"}, {IP: "::1"}, {Search: "ana"}, {Search: "U-1"}} {
		if _, err := s.AuditLog(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
}
