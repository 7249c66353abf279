package store

import (
	"testing"

	"gatehouse/store/fault"
)

func init() {
	shortened = append(shortened, userColumns, roleColumns)
	planned["users and roles"] = func(t *testing.T, s Staff) {
		ctx := t.Context()
		group, err := s.AddGroup(ctx, GroupEdit{Name: "People's group"})
		if err != nil {
			t.Fatal(err)
		}
		own, err := s.AddRole(ctx, RoleEdit{Kind: "staff", Name: "People's role"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []UserFilter{{}, {Sort: "-name", After: writeCursor("x", 3)}, {Sort: "email"}, {Sort: "-login"}, {Sort: "-created"}, {State: "pending"}, {Role: own}, {Group: group}, {Search: "ana"}, {Search: "U-7"}} {
			if _, err := s.Users(ctx, f); err != nil {
				t.Fatal(err)
			}
		}
		for _, kind := range []string{"staff", "client"} {
			if _, err := s.Roles(ctx, kind); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.LastLetter(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Acceptances(ctx, 1, writeCursor(3, 3)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.TermsVersions(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := s.PortalTerms(ctx, 1); err != nil && fault.Of(err) != fault.NotFound {
			t.Fatal(err)
		}
		if _, err := s.termsFor(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Choice(ctx, "x"); err != nil {
			t.Fatal(err)
		}
	}
}
