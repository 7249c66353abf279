package storetest

import (
	"testing"

	"gatehouse/store"
)

// TwinGroups are a twin's group, which its customer's member is limited to,
// one of its staff, and its terms.
type TwinGroups struct {
	Group  store.GroupID
	Member store.MembershipID
	Tech   store.UserID
	Terms  store.TermsID
	Line   int64 // of the audit log
}

func (w *Twin) addGroups(t testing.TB, db *store.DB) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("make groups of %s: %v", w.Slug, err)
		}
	}
	var err error
	w.Group, err = w.Staff.AddGroup(t.Context(), store.GroupEdit{Name: "Group of " + w.Slug, Customer: w.Customer})
	must(err)
	members, err := w.Staff.Members(t.Context(), w.Portal.ID)
	must(err)
	w.Member = members[0].ID
	must(w.Staff.SetMemberGroups(t.Context(), w.Member, false, []store.GroupID{w.Group}))
	w.Tech = Staff(t, db, w.Staff.Home().ID, w.Slug, "tech@"+w.Slug+".test", "technician").Me().ID
	terms, err := w.Staff.CurrentTerms(t.Context())
	must(err)
	w.Terms = terms.ID
	lines, err := w.Staff.Audit(t.Context(), 0, 1)
	must(err)
	w.Line = lines[0].ID
}
