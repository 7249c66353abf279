package app_test

import (
	"net/http"
	"strings"
	"testing"

	"gatehouse/store"
)

// TestAttack_lessCountsFromTheNextRequest: after a person's roles or groups
// were narrowed, none of two hundred open sessions gets one more answer beyond
// them.
func TestAttack_lessCountsFromTheNextRequest(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	path := "/portal/" + w.one.Portal.Slug + "/assets"
	shown := func(all []*principal) (n int) {
		for _, p := range all {
			if a := w.send(ask{who: p, method: "GET", path: path}); a.status == http.StatusOK && strings.Contains(a.body, "Asset of "+w.one.Slug) {
				n++
			}
		}
		return n
	}
	south, err := w.one.Staff.AddGroup(t.Context(), store.GroupEdit{Name: "South", Customer: w.one.Customer})
	w.must(err)
	wide := w.one.Wide.Me()
	of, err := w.one.Staff.Memberships(t.Context(), wide.ID)
	w.must(err)
	all := w.flock(w.who["client"], store.Account{ID: wide.ID, Provider: w.one.Staff.Home().ID}, w.one.Portal.ID)
	for name, e := range map[string]store.MembershipEdit{"another group": {Builtin: "", Roles: of[0].Edit().Roles, Groups: []store.GroupID{south}}, "no role": {All: true}} {
		w.must(w.one.Staff.ChangeMembership(t.Context(), of[0].ID, of[0].Edit()))
		if n := shown(all); n != manySessions {
			t.Fatalf("%s: %d of %d sessions show the asset to begin with", name, n, manySessions)
		}
		w.must(w.one.Staff.ChangeMembership(t.Context(), of[0].ID, e))
		if n := shown(all); n != 0 {
			t.Errorf("%s: %d of %d sessions still show it", name, n, manySessions)
		}
	}
}
