package store_test

import (
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func TestSetMemberGroups_onlyOfItsOwnCustomer(t *testing.T) {
	_, mine, theirs := storetest.Twins(t)
	s := mine.Staff
	other, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "Of another customer", Customer: mine.Bare})
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string]store.GroupID{"another customer's": other, "another provider's": theirs.Group, "none": 999} {
		if err := s.SetMemberGroups(t.Context(), mine.Member, false, []store.GroupID{g}); fault.Fields(err)["groups"] == "" {
			t.Errorf("%s group: %v, want a sentence at the groups", name, err)
		}
	}
	v, err := s.MemberSight(t.Context(), mine.Member)
	if err != nil || v.All || len(v.Groups) != 1 || v.Groups[0].ID != mine.Group {
		t.Errorf("got %+v and %v, want the one group it had", v, err)
	}
}

func TestChangeGroup_keepsItsCustomerWhileMembersAreLimitedToIt(t *testing.T) {
	_, mine, _ := storetest.Twins(t)
	s := mine.Staff
	err := s.ChangeGroup(t.Context(), mine.Group, store.GroupEdit{Name: "North", Customer: mine.Bare})
	if fault.Fields(err)["customer"] == "" {
		t.Fatalf("got %v, want a sentence at the customer", err)
	}
	if err := s.SetMemberGroups(t.Context(), mine.Member, true, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeGroup(t.Context(), mine.Group, store.GroupEdit{Name: "North", Customer: mine.Bare}); err != nil {
		t.Fatal(err)
	}
}
