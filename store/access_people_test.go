package store_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func TestPeople_nobodyGivesMoreThanOneHas(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	admin, user := roleNamed(t, s, "staff", "admin"), roleNamed(t, s, "staff", "user")
	verbs := []store.Verb{store.UserInvite, store.UserChange, store.UserGroups, store.UserDisable, store.UserDelete, store.RoleAdd}
	for _, v := range store.Choosable() {
		if store.RoleGrants("user", v) {
			verbs = append(verbs, v)
		}
	}
	lead, err := s.AddRole(t.Context(), store.RoleEdit{Kind: "staff", Name: "Team lead", Verbs: verbs})
	if err != nil {
		t.Fatal(err)
	}
	person := func(email string, role store.RoleID) store.UserID {
		id, err := s.AddPerson(t.Context(), store.NewPerson{Email: email, UserEdit: store.UserEdit{Name: email, Role: role, AllGroups: true}})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	id := person("lead@one.test", lead)
	db.Exec(t, `UPDATE users SET state = 'active', password = 'x' WHERE id = `+strconv.Itoa(int(id)))
	if err := db.System("test", store.Origin{}).StartSession(t.Context(), store.Account{ID: id, Provider: s.Home().ID}, 0, []byte("onelead@one.test")); err != nil {
		t.Fatal(err)
	}
	me := staffAgain(t, db, s, "lead@one.test")
	if me.Me().RoleName != "Team lead" || !me.May(store.UserInvite) || me.May(store.SettingsChange) {
		t.Fatalf("an own role grants something else than it says: %+v", me.Me())
	}
	add := func(role store.RoleID, rights ...store.Right) map[string]string {
		_, err := me.AddPerson(t.Context(), store.NewPerson{Email: "new@one.test", UserEdit: store.UserEdit{Name: "N", Role: role, AllGroups: true, Rights: rights}})
		return fault.Fields(err)
	}
	if bad := add(admin.ID); bad["role"] == "" {
		t.Error("gave a role above its own")
	}
	if bad := add(user.ID, store.RightSettings); bad["rights"] == "" {
		t.Error("gave a right above its own")
	}
	if bad := add(user.ID); len(bad) > 0 {
		t.Errorf("could not give less than it has: %v", bad)
	}
	if _, err := me.AddRole(t.Context(), store.RoleEdit{Kind: "staff", Name: "More", Verbs: []store.Verb{store.SettingsChange}}); fault.Fields(err)["verbs"] == "" {
		t.Errorf("made a role above its own: %v", err)
	}
	boss := person("boss@one.test", admin.ID)
	for what, err := range map[string]error{"disable": me.DisableUser(t.Context(), boss), "delete": me.DeleteUser(t.Context(), boss, "boss@one.test"),
		"change": me.ChangeUser(t.Context(), boss, 0, store.UserEdit{Name: "B", Role: user.ID, AllGroups: true}), "limit": me.SetStaffGroups(t.Context(), boss, true, nil)} {
		if fault.Of(err) != fault.Forbidden {
			t.Errorf("%s an admin: %v, want Forbidden", what, err)
		}
	}
}

func TestPeople_ownerAndOneselfStay(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	user := roleNamed(t, s, "staff", "user")
	other, err := s.AddPerson(t.Context(), store.NewPerson{Email: "b@one.test", UserEdit: store.UserEdit{Name: "B", Role: roleNamed(t, s, "staff", "admin").ID, AllGroups: true}})
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"disable oneself": s.DisableUser(t.Context(), s.Me().ID), "delete oneself": s.DeleteUser(t.Context(), s.Me().ID, s.Me().Email),
		"demote the owner": s.ChangeUser(t.Context(), s.Me().ID, 0, store.UserEdit{Name: "A", Role: user.ID, AllGroups: true})} {
		if err == nil {
			t.Errorf("%s went through", what)
		}
	}
	if err := s.ChangeUser(t.Context(), other, 0, store.UserEdit{Name: "B", Role: user.ID, AllGroups: true}); err != nil {
		t.Errorf("another admin, who is pending, is not the last one: %v", err)
	}
}

func TestPeople_deletedLeavesATombstone(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	gone := hire(t, db, s, "agent")
	u, err := s.User(t.Context(), gone.Me().ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUser(t.Context(), u.ID, "somebody@else.test"); fault.Fields(err)["confirm_email"] == "" {
		t.Fatalf("deleted without the address: %v", err)
	}
	if err := s.DeleteUser(t.Context(), u.ID, "  "+strings.ToUpper(u.Email)+" "); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Staff(t.Context(), "one", []byte("one"+u.Email), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("its session still opens the door: %v", err)
	}
	if _, err := s.User(t.Context(), u.ID); fault.Of(err) != fault.NotFound {
		t.Errorf("it is still shown: %v", err)
	}
	lines, err := s.AuditLog(t.Context(), store.AuditFilter{Object: "user", ID: int64(u.ID), Limit: 10})
	if err != nil || len(lines) == 0 || lines[0].Verb != store.UserDelete || lines[0].Label != u.Name {
		t.Errorf("the log does not say who %d was: %v %v", u.ID, lines, err)
	}
	if n := db.Count(t, `SELECT count(*) FROM users WHERE email = 'deleted-`+strconv.Itoa(int(u.ID))+`' AND password = '' AND state = 'deleted'`); n != 1 {
		t.Error("there is no tombstone")
	}
	if _, err := s.AddPerson(t.Context(), store.NewPerson{Email: u.Email, UserEdit: store.UserEdit{Name: "Next", Role: u.RoleID, AllGroups: true}}); err != nil {
		t.Errorf("the address is not free again: %v", err)
	}
}

func TestPeople_badInput(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	strangers := storetest.Provider(t, db, "two")
	foreign, err := strangers.AddGroup(t.Context(), store.GroupEdit{Name: "Theirs"})
	if err != nil {
		t.Fatal(err)
	}
	user := roleNamed(t, s, "staff", "user").ID
	good := store.NewPerson{Email: "new@one.test", UserEdit: store.UserEdit{Name: "New", Role: user, AllGroups: true}}
	for name, c := range map[string]struct {
		bend  func(n *store.NewPerson)
		field string
	}{
		"two at signs":         {func(n *store.NewPerson) { n.Email = "a@@b.test" }, "email"},
		"a quoted address":     {func(n *store.NewPerson) { n.Email = `"a b"@b.test` }, "email"},
		"a name in front":      {func(n *store.NewPerson) { n.Email = "A <a@b.test>" }, "email"},
		"taken":                {func(n *store.NewPerson) { n.Email = "ADMIN@one.test" }, "email"},
		"a line break":         {func(n *store.NewPerson) { n.Name = "A\r\nBcc: x@y.z" }, "name"},
		"no name":              {func(n *store.NewPerson) { n.Name = " " }, "name"},
		"too long":             {func(n *store.NewPerson) { n.Name = strings.Repeat("x", 201) }, "name"},
		"no role":              {func(n *store.NewPerson) { n.Role = 0 }, "role"},
		"their role":           {func(n *store.NewPerson) { n.Role = roleNamed(t, strangers, "staff", "user").ID }, "role"},
		"a client's role":      {func(n *store.NewPerson) { n.Role = roleNamed(t, s, "client", "user").ID }, "role"},
		"their group":          {func(n *store.NewPerson) { n.AllGroups, n.Groups = false, []store.GroupID{foreign} }, "groups"},
		"no right":             {func(n *store.NewPerson) { n.Rights = []store.Right{"everything"} }, "rights"},
		"an address as a name": {func(n *store.NewPerson) { n.Username = "a@b" }, "username"},
	} {
		n := good
		c.bend(&n)
		if _, err := s.AddPerson(t.Context(), n); fault.Of(err) != fault.Invalid || fault.Fields(err)[c.field] == "" {
			t.Errorf("%s: %v, want a sentence at %s", name, err, c.field)
		}
	}
	for _, email := range []string{"jörg@bücher.test", "o'hara+x@one.test", "admin@two.test"} { // of another provider: nobody knows
		n := good
		n.Email = email
		if _, err := s.AddPerson(t.Context(), n); err != nil {
			t.Errorf("%s: %v", email, err)
		}
	}
	for typed, want := range map[string]string{"+49 (0)30 123-45": "+493012345", "0049 30 12345": "+493012345", " 030 / 123 ": "030 / 123", "+1 415.555.2671": "+14155552671", "call me": "call me"} {
		if got := store.Phone(typed); got != want {
			t.Errorf("phone %q became %q, want %q", typed, got, want)
		}
	}
}

func TestPeople_staleEditIsAConflict(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "one")
	u, err := s.User(t.Context(), hire(t, db, s, "user").Me().ID)
	if err != nil {
		t.Fatal(err)
	}
	e := store.UserEdit{Name: "First", Role: u.RoleID, AllGroups: true}
	if err := s.ChangeUser(t.Context(), u.ID, u.Version, e); err != nil {
		t.Fatal(err)
	}
	e.Name = "Second"
	if err := s.ChangeUser(t.Context(), u.ID, u.Version, e); fault.Of(err) != fault.Conflict {
		t.Errorf("an edit of an older version: %v, want a Conflict", err)
	}
}

func TestPeople_seatsCountStaffAlone(t *testing.T) {
	db, mine, _ := storetest.Twins(t)
	seats, err := mine.Staff.Seats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	db.Exec(t, `UPDATE providers SET max_staff = `+strconv.Itoa(int(seats.Used))+` WHERE slug = '`+mine.Slug+`'`)
	s := staffAgain(t, db, mine.Staff, mine.Staff.Me().Email)
	n := store.NewPerson{Email: "more@one.test", UserEdit: store.UserEdit{Name: "More", Role: roleNamed(t, s, "staff", "user").ID, AllGroups: true}}
	if _, err := s.AddPerson(t.Context(), n); fault.Fields(err)["email"] == "" {
		t.Errorf("one more than the plan allows: %v", err)
	}
	if _, err := s.AddClient(t.Context(), store.NewClient{Customer: mine.Bare, Name: "C", Email: "c@one.test"}); err != nil && fault.Fields(err)["email"] != "" {
		t.Errorf("a client was counted: %v", err)
	}
	if err := s.DeleteUser(t.Context(), mine.Agent, "desk@"+mine.Slug+".test"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPerson(t.Context(), n); err != nil {
		t.Errorf("the seat of who left is not free: %v", err)
	}
}

func TestPermissions_sayWhereTheyComeFrom(t *testing.T) {
	db, mine, _ := storetest.Twins(t)
	s := mine.Staff
	all, err := s.StaffPermissions(t.Context(), mine.Agent)
	if err != nil {
		t.Fatal(err)
	}
	of := func(v store.Verb) store.Effective {
		i := slices.IndexFunc(all, func(e store.Effective) bool { return e.Verb == v })
		if i < 0 {
			return store.Effective{}
		}
		return all[i]
	}
	if e := of(store.ContactAdd); !e.Has || len(e.From) != 1 || e.From[0].Name != "Desk of "+mine.Slug {
		t.Errorf("contact.add: %+v", e)
	}
	if e := of(store.AssetDelete); e.Verb != "" {
		t.Errorf("asset.delete is listed: %+v", e)
	}
	roles := []store.RoleID{mine.ClientRole}
	if err := s.SetMemberRoles(t.Context(), mine.Member, roles); err == nil {
		t.Error("the last portal admin was demoted")
	}
	second := storetest.Member(t, db, s, mine.Portal.ID, "second@x.test", "admin")
	_ = second
	if err := s.SetMemberRoles(t.Context(), mine.Member, append(roles, roleNamed(t, s, "client", "viewer").ID)); err != nil {
		t.Fatal(err)
	}
	storetest.SetPlan(t, db, s.Home(), store.FeatureAssets, store.FeatureList, store.FeatureMeters, store.FeatureExport)
	seen, err := s.MemberPermissions(t.Context(), mine.Member)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range seen {
		want := map[store.Feature]string{store.FeatureList: "two roles", store.FeatureMeters: "viewer", store.FeatureExport: "nobody", store.FeatureMap: "plan"}[e.Feature]
		switch want {
		case "two roles":
			if !e.Has || len(e.From) != 2 {
				t.Errorf("list: %+v", e)
			}
		case "viewer":
			if !e.Has || len(e.From) != 1 || e.From[0].Name != "Viewer" {
				t.Errorf("meters: %+v", e)
			}
		case "nobody":
			if e.Has || len(e.From) > 0 {
				t.Errorf("export, which no role of it gives: %+v", e)
			}
		case "plan":
			if e.Has || len(e.Lost) != 1 || e.Lost[0].Kind != "plan" {
				t.Errorf("map, which the plan lost: %+v", e)
			}
		}
	}
	// What is listed is what the door gives.
	now, err := db.Client(t.Context(), mine.Portal.Slug, []byte(mine.Portal.Slug+"ana@"+mine.Slug+".test"), store.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range seen {
		if now.Shares(e.Feature) != e.Has {
			t.Errorf("%s: the list says %t, the door %t", e.Feature, e.Has, now.Shares(e.Feature))
		}
	}
	if err := s.SetMemberRoles(t.Context(), mine.Member, nil); err != nil {
		t.Fatal(err)
	}
	now, err = db.Client(t.Context(), mine.Portal.Slug, []byte(mine.Portal.Slug+"ana@"+mine.Slug+".test"), store.Origin{})
	if err != nil || len(now.Window().Features) > 0 || now.Window().Shared == 0 {
		t.Errorf("without a role: %v %v", now.Window().Features, err)
	}
}
