package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

// colleague is a second admin of twin-one, who may do to the first one, owner
// no more, what admins do.
type colleague struct {
	*world
	who *principal
}

func (w *world) second() colleague {
	w.t.Helper()
	w.spy.do(`UPDATE users SET owner = 0 WHERE id = ?`, int64(w.one.Staff.Me().ID))
	y := w.DB.System("test", store.Origin{})
	id, err := y.AddUser(w.t.Context(), w.one.Staff.Home().ID, store.NewUser{Kind: "staff", Name: "Second", Email: "second@twin-one.test", Role: "admin", Password: "x"})
	w.must(err)
	one := *w.who["admin"]
	one.token = w.session(store.Account{ID: id, Provider: w.one.Staff.Home().ID}, 0)
	return colleague{w, &one}
}

// end does something to the account of the first admin.
func (c colleague) end(what string, form url.Values) {
	c.t.Helper()
	c.is(http.StatusSeeOther, ask{who: c.who, method: "POST", path: "/admin/twin-one/users/" + fmt.Sprint(int64(c.one.Staff.Me().ID)) + "/" + what, form: form})
}

// TestAttack_whatIsTakenFromAPersonIsGoneInEverySession opens two hundred
// sessions of one of the staff, takes rights, role and groups away in turn, and
// counts which sessions still get what is no longer theirs.
func TestAttack_whatIsTakenFromAPersonIsGoneInEverySession(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	s := w.one.Staff
	u := storetest.Staff(t, w.DB, s.Home().ID, "twin-one", "flock@twin-one.test", "fleet_admin").Me()
	w.spy.keep()
	roles, err := s.Roles(t.Context(), "staff")
	w.must(err)
	byWord := map[string]store.RoleID{}
	for _, r := range roles {
		byWord[r.Builtin] = r.ID
	}
	change := func(e store.UserEdit) {
		t.Helper()
		e.Name = "Flock"
		w.must(s.ChangeUser(t.Context(), u.ID, 0, e))
	}
	asset := "/admin/twin-one/assets/" + fmt.Sprint(int64(w.one.Second)) // in no group
	for name, c := range map[string]struct {
		path string
		take func()
	}{
		"another role": {"/admin/twin-one/imports", func() { change(store.UserEdit{Role: byWord["technician"], AllGroups: true}) }},
		"a right that takes": {"/admin/twin-one/vehicles", func() {
			change(store.UserEdit{Role: byWord["fleet_admin"], AllGroups: true, Rights: []store.Right{store.RightHideVehicles}})
		}},
		"limited to a group":   {asset, func() { change(store.UserEdit{Role: byWord["fleet_admin"], Groups: []store.GroupID{w.one.Group}}) }},
		"limited to no group":  {asset, func() { change(store.UserEdit{Role: byWord["fleet_admin"]}) }},
		"disabled":             {"/admin/twin-one/profile", func() { w.must(s.DisableUser(t.Context(), u.ID)) }},
		"an own role, emptied": {"/admin/twin-one/imports", nil},
	} {
		t.Run(name, func(t *testing.T) {
			w.spy.back()
			if c.take == nil {
				id, err := s.AddRole(t.Context(), store.RoleEdit{Kind: "staff", Name: "Importer", Verbs: []store.Verb{store.ImportRead}})
				w.must(err)
				change(store.UserEdit{Role: id, AllGroups: true})
				c.take = func() { w.must(s.ChangeRole(t.Context(), id, 0, store.RoleEdit{Name: "Importer"})) }
			}
			all := w.flock(w.who["admin"], store.Account{ID: u.ID, Provider: s.Home().ID}, 0)
			if n := w.alive(all, c.path); n != manySessions {
				t.Fatalf("%d of %d sessions see %s to begin with", n, manySessions, c.path)
			}
			c.take()
			if n := w.alive(all, c.path); n != 0 {
				t.Errorf("%d of %d sessions still see %s", n, manySessions, c.path)
			}
		})
	}
}
