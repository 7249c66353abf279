package storetest

import (
	"testing"

	"gatehouse/store"
)

// TwinAccess are a twin's own roles: one of staff, which its agent has, one of
// clients, and one that nobody has.
type TwinAccess struct {
	StaffRole, ClientRole, SpareRole store.RoleID
	Agent                            store.UserID
}

func (w *Twin) addAccess(t testing.TB) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("make roles of %s: %v", w.Slug, err)
		}
	}
	var err error
	w.StaffRole, err = w.Staff.AddRole(t.Context(), store.RoleEdit{Kind: "staff", Name: "Desk of " + w.Slug, Verbs: []store.Verb{store.ContactAdd, store.ContactChange}})
	must(err)
	w.ClientRole, err = w.Staff.AddRole(t.Context(), store.RoleEdit{Kind: "client", Name: "Foreman of " + w.Slug, Features: []store.Feature{store.FeatureList}})
	must(err)
	w.SpareRole, err = w.Staff.AddRole(t.Context(), store.RoleEdit{Kind: "staff", Name: "Spare of " + w.Slug})
	must(err)
	w.Agent, err = w.Staff.AddPerson(t.Context(), store.NewPerson{Email: "desk@" + w.Slug + ".test",
		UserEdit: store.UserEdit{Name: "Agent of " + w.Slug, Role: w.StaffRole, Groups: []store.GroupID{w.Group}, Rights: []store.Right{store.RightHideHistory}}})
	must(err)
}
