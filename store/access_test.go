package store_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// hire adds an active person of a role to a provider and signs it in.
func hire(t *testing.T, db *store.DB, s store.Staff, role string, rights ...store.Right) store.Staff {
	t.Helper()
	me := storetest.Staff(t, db, s.Home().ID, s.Home().Slug, role+strconv.Itoa(len(rights))+"@x.test", role)
	if len(rights) > 0 {
		u, err := s.User(t.Context(), me.Me().ID)
		if err == nil {
			err = s.ChangeUser(t.Context(), u.ID, u.Version, store.UserEdit{Name: u.Name, Role: u.RoleID, AllGroups: true, Rights: rights})
		}
		if err != nil {
			t.Fatalf("set rights: %v", err)
		}
	}
	return staffAgain(t, db, me, role+strconv.Itoa(len(rights))+"@x.test")
}

// staffAgain opens the door once more with the same session.
func staffAgain(t *testing.T, db *store.DB, s store.Staff, email string) store.Staff {
	t.Helper()
	now, err := db.Staff(t.Context(), s.Home().Slug, []byte(s.Home().Slug+email), store.Origin{})
	if err != nil {
		t.Fatalf("door: %v", err)
	}
	return now
}

func roleNamed(t *testing.T, s store.Staff, kind, builtin string) store.Role {
	t.Helper()
	all, err := s.Roles(t.Context(), kind)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r store.Role) bool { return r.Builtin == builtin })
	if i < 0 {
		t.Fatalf("no role %s", builtin)
	}
	return all[i]
}

func TestRights_addAndTakeAwayFromTheNextRequestOn(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	for name, c := range map[string]struct {
		role  string
		right store.Right
		verb  store.Verb
		has   bool
	}{
		"a technician may not export":           {"technician", "", store.AssetExport, false},
		"unless it has the right":               {"technician", store.RightExport, store.AssetExport, true},
		"the people are never in it":            {"user", store.RightExport, store.UserExport, false},
		"a user may set settings by right":      {"user", store.RightSettings, store.SettingsChange, true},
		"and service":                           {"user", store.RightService, store.AssetChange, true},
		"an agent keeps contacts":               {"agent", store.RightNoDelete, store.ContactChange, true},
		"but removes none":                      {"agent", store.RightNoDelete, store.ContactRemove, false},
		"a fleet admin without vehicles":        {"fleet_admin", store.RightHideVehicles, store.VehicleRead, false},
		"who manages them has them":             {"user", store.RightManageVehicles, store.VehicleChange, true},
		"who hides history may still see today": {"user", store.RightHideHistory, store.ReadingRead, true},
	} {
		t.Run(name, func(t *testing.T) {
			db, _ := storetest.Open(t)
			s := storetest.Provider(t, db, "two")
			rights := []store.Right{}
			if c.right != "" {
				rights = append(rights, c.right)
			}
			if got := hire(t, db, s, c.role, rights...).May(c.verb); got != c.has {
				t.Errorf("%s with %v may %s: %t, want %t", c.role, rights, c.verb, got, c.has)
			}
		})
	}
	admin := roleNamed(t, s, "staff", "admin")
	_, err := s.AddPerson(t.Context(), store.NewPerson{Email: "a@b.test", UserEdit: store.UserEdit{Name: "A", Role: admin.ID, AllGroups: true, Rights: []store.Right{store.RightNoDelete}}})
	if fault.Fields(err)["rights"] == "" {
		t.Errorf("an admin got a right that it could lift itself: %v", err)
	}
}

func TestHideHistory_olderRowsNeverLeaveTheDatabase(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	id, err := s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: "Loader"}})
	if err != nil {
		t.Fatal(err)
	}
	old, now := clock.Now().Add(-25*time.Hour), clock.Now()
	if _, err := s.AddReadings(t.Context(), id, []store.Reading{{Kind: store.KindHours, At: old, Value: store.Some(777)}, {Kind: store.KindHours, At: now, Value: store.Some(888)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddFaults(t.Context(), id, []store.FaultCode{{Code: "OLD", At: old}, {Code: "NEW", At: now}}); err != nil {
		t.Fatal(err)
	}
	sees := func(who store.Staff) (readings, faults, events int) {
		t.Helper()
		r, err1 := who.Readings(t.Context(), id, store.KindHours, old.Add(-time.Hour), now.Add(time.Hour))
		f, err2 := who.Faults(t.Context(), id, 100)
		e, err3 := who.Events(t.Context(), store.EventFilter{Kind: "fault"})
		for _, err := range []error{err1, err2, err3} {
			if err != nil {
				t.Fatal(err)
			}
		}
		return len(r), len(f), len(e.Rows)
	}
	if r, f, e := sees(hire(t, db, s, "user")); r != 2 || f != 2 || e != 2 {
		t.Fatalf("a user sees %d readings, %d faults, %d events to begin with", r, f, e)
	}
	hidden := hire(t, db, s, "user", store.RightHideHistory)
	if r, f, e := sees(hidden); r != 1 || f != 1 || e != 1 {
		t.Errorf("with history hidden: %d readings, %d faults, %d events, want 1 of each", r, f, e)
	}
	clock.Add(48 * time.Hour)
	if r, f, e := sees(hidden); r+f+e != 0 {
		t.Errorf("two days later: %d readings, %d faults, %d events, want none", r, f, e)
	}
}

// TestLastAdmin_twoAtOnce lets the two admins of a provider take each other
// out at the same moment, a thousand times: one of them always stays.
func TestLastAdmin_twoAtOnce(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	y := db.System("test", store.Origin{})
	rounds := 1000
	if testing.Short() {
		rounds = 100
	}
	var pair [2]store.Staff
	for i := range pair {
		email := "pair" + strconv.Itoa(i) + "@one.test"
		id, err := y.AddUser(t.Context(), s.Home().ID, store.NewUser{Kind: "staff", Name: "Pair", Email: email, Role: "admin", Password: "x"})
		if err == nil {
			err = y.StartSession(t.Context(), store.Account{ID: id, Provider: s.Home().ID}, 0, []byte("one"+email))
		}
		if err != nil {
			t.Fatal(err)
		}
		pair[i] = staffAgain(t, db, s, email)
	}
	user := roleNamed(t, s, "staff", "user")
	db.Exec(t, `UPDATE users SET state = 'disabled' WHERE owner = 1`)
	ways := []func(by store.Staff, of store.UserID) error{
		func(by store.Staff, of store.UserID) error { return by.DisableUser(t.Context(), of) },
		func(by store.Staff, of store.UserID) error {
			return by.ChangeUser(t.Context(), of, 0, store.UserEdit{Name: "Pair", Role: user.ID, AllGroups: true})
		},
	}
	for round := range rounds {
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i := range pair {
			wg.Go(func() { errs[i] = ways[(round+i)%2](pair[i], pair[1-i].Me().ID) })
		}
		wg.Wait()
		left := db.Count(t, `SELECT count(*) FROM users WHERE role = 'admin' AND state = 'active'`)
		if left != 1 {
			t.Fatalf("round %d: %d admins are left: %v", round, left, errs)
		}
		db.Exec(t, `UPDATE users SET state = 'active', role = 'admin', all_groups = 1 WHERE name = 'Pair'`)
	}
}
