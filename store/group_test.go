package store

import (
	"strings"
	"testing"

	"gatehouse/store/fault"
)

// person adds one of the staff and returns how to open their scope, which is
// read anew at each request.
func person(t *testing.T, db *DB, home Provider, email, role string) (UserID, func() Staff) {
	t.Helper()
	y := db.System("test", Origin{})
	id, err := y.AddUser(t.Context(), home.ID, NewUser{Kind: "staff", Name: email, Email: email, Role: role, Password: "x"})
	if err == nil {
		err = y.StartSession(t.Context(), Account{ID: id, Provider: home.ID}, 0, []byte(email))
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, func() Staff {
		t.Helper()
		s, err := db.Staff(t.Context(), home.Slug, []byte(email), Origin{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// machine adds an asset to groups; customer 0 is nobody's.
func machine(t *testing.T, s Staff, name string, of CustomerID, groups ...GroupID) AssetID {
	t.Helper()
	var since any
	if of != 0 {
		since = s.Now()
	}
	id, err := s.insert(t.Context(), AssetAdd, "assets", set{"name", name}, set{"customer_id", orNull(of)}, set{"since", since}, set{"created_at", s.Now()}, set{"updated_at", s.Now()})
	for _, g := range groups {
		if err == nil {
			_, err = s.write(t.Context(), GroupAssets, `INSERT INTO <asset_groups> (provider_id, asset_id, group_id) VALUES (:provider, :asset, :group)`, p(":asset", id), p(":group", g))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return AssetID(id)
}

func makeGroup(t *testing.T, s Staff, name string, of CustomerID) GroupID {
	t.Helper()
	id, err := s.AddGroup(t.Context(), GroupEdit{Name: name, Customer: of})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// sees is what a scope sees of the assets, in one word, after checking that
// count, search and single reads agree with the list.
func sees(t *testing.T, s scope) string {
	t.Helper()
	names, err := list(t.Context(), s, intoStr, `SELECT a.name FROM {assets} a ORDER BY a.name`)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.number(t.Context(), `SELECT count(*) FROM {assets} a`); err != nil || int(n) != len(names) {
		t.Errorf("counted %d and %v, listed %d", n, err, len(names))
	}
	var found []string
	for _, name := range []string{"D1", "D2", "D3", "D4"} {
		hit, err := list(t.Context(), s, intoStr, `SELECT a.name FROM {assets} a WHERE a.name LIKE :typed`, p(":typed", name))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, hit...)
	}
	if got := strings.Join(found, " "); got != strings.Join(names, " ") {
		t.Errorf("searching finds %q, the list has %q", got, names)
	}
	return strings.Join(names, " ")
}

// TestGroups_matrix is Detrack's example: Adam, Betty and Ortega are limited
// to one group each, Vincent has all, Wayne has every single one.
func TestGroups_matrix(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	apple, banana, orange := makeGroup(t, admin, "Apple", 0), makeGroup(t, admin, "Banana", 0), makeGroup(t, admin, "Orange", 0)
	for name, groups := range map[string][]GroupID{"D1": {apple}, "D2": {banana}, "D3": {orange}, "D4": nil} {
		if _, err := admin.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: name, Make: "Kramer"}, Groups: groups}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		all    bool
		groups []GroupID
		want   string
	}{
		{"adam", false, []GroupID{apple}, "D1"},
		{"betty", false, []GroupID{banana}, "D2"},
		{"ortega", false, []GroupID{orange}, "D3"},
		{"vincent", true, nil, "D1 D2 D3 D4"},
		{"wayne", false, []GroupID{apple, banana, orange}, "D1 D2 D3"},
		{"nobody", false, nil, ""}, // empty never means all
	} {
		id, open := person(t, db, admin.home, c.name+"@one.test", "user")
		if err := admin.SetStaffGroups(t.Context(), id, c.all, c.groups); err != nil {
			t.Fatal(err)
		}
		if got := sees(t, open().scope); got != c.want {
			t.Errorf("%s sees %q, want %q", c.name, got, c.want)
		}
		if o, err := open().Overview(t.Context()); err != nil || int(o.Assets) != len(strings.Fields(c.want)) {
			t.Errorf("%s counts %d assets (%v), want those of %q", c.name, o.Assets, err, c.want)
		}
		if got := listed(t, open()); got != c.want {
			t.Errorf("%s's list, search and counts have %q, want %q", c.name, got, c.want)
		}
	}
}

// listed is what the asset list shows, after checking that a search for all of
// them, the totals and the counts by status say the same.
func listed(t *testing.T, s Staff) string {
	t.Helper()
	words := func(f AssetFilter) string {
		p, err := s.Assets(t.Context(), f)
		if err != nil || p.Total != len(p.Rows) {
			t.Errorf("%+v: %d rows, total %d, %v", f, len(p.Rows), p.Total, err)
		}
		var out []string
		for _, a := range p.Rows {
			out = append(out, a.Name)
		}
		return strings.Join(out, " ")
	}
	all := words(AssetFilter{})
	if found := words(AssetFilter{Search: "kramer"}); found != all {
		t.Errorf("the search finds %q of %q", found, all)
	}
	counts, err := s.AssetCounts(t.Context())
	if err != nil || counts[0].N != len(strings.Fields(all)) {
		t.Errorf("%+v counted (%v), the list has %q", counts, err, all)
	}
	return all
}

func TestGroups_aNewLimitCountsFromTheNextRequest(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	apple := makeGroup(t, admin, "Apple", 0)
	machine(t, admin, "D1", 0, apple)
	machine(t, admin, "D4", 0)
	id, open := person(t, db, admin.home, "adam@one.test", "fleet_admin")
	if got := sees(t, open().scope); got != "D1 D4" {
		t.Fatalf("before: %q", got)
	}
	if err := admin.SetStaffGroups(t.Context(), id, false, []GroupID{apple}); err != nil {
		t.Fatal(err)
	}
	if got := sees(t, open().scope); got != "D1" {
		t.Errorf("after: %q, want D1", got)
	}
	if open().May(CustomerAdd) {
		t.Error("somebody limited to groups may add customers, which they would not see")
	}
	if v, err := admin.StaffSight(t.Context(), id); err != nil || v.All || len(v.Groups) != 1 || v.Groups[0].Name != "Apple" {
		t.Errorf("got %+v and %v, want Apple alone", v, err)
	}
}

// TestGroups_allOfAClientIsItsCustomer: a member without a limit sees its own
// customer's assets, grouped or not, and nothing of any other.
func TestGroups_allOfAClientIsItsCustomer(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	mine, other := addCustomer(t, admin, "Mine"), addCustomer(t, admin, "Other")
	north, theirs := makeGroup(t, admin, "North", mine), makeGroup(t, admin, "Theirs", other)
	machine(t, admin, "D1", mine, north)
	machine(t, admin, "D2", mine)
	machine(t, admin, "D3", other, theirs)
	machine(t, admin, "D4", 0, north) // in the group, and nobody's
	client := scope{db: db, provider: admin.provider, customer: mine, member: 1, grants: clientGrants(features{FeatureAssets: true}, false)}
	if got := sees(t, client); got != "D1 D2" {
		t.Errorf("a member of all groups sees %q, want D1 D2", got)
	}
	client.groups = true
	if got := sees(t, client); got != "" {
		t.Errorf("a limited member without a group sees %q, want nothing", got)
	}
}

func addCustomer(t *testing.T, s Staff, name string) CustomerID {
	t.Helper()
	id, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: name}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestGroups_limitedStaffSeeTheCustomersOfTheirGroups(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	mine, other := addCustomer(t, admin, "Mine"), addCustomer(t, admin, "Other")
	north := makeGroup(t, admin, "North", mine)
	makeGroup(t, admin, "South", other)
	for _, of := range []CustomerID{mine, other} {
		if _, err := admin.AddContact(t.Context(), of, ContactEdit{Name: "Ana", Email: "ana@x.test"}); err != nil {
			t.Fatal(err)
		}
	}
	id, open := person(t, db, admin.home, "adam@one.test", "fleet_admin")
	if err := admin.SetStaffGroups(t.Context(), id, false, []GroupID{north}); err != nil {
		t.Fatal(err)
	}
	s := open()
	for name, f := range map[string]CustomerFilter{"list": {}, "search": {Search: "ana@x"}, "sort": {Sort: "-updated"}} {
		p, err := s.Customers(t.Context(), f)
		if err != nil || len(p.Rows) != 1 || p.Total != 1 || p.Rows[0].ID != mine {
			t.Errorf("%s: got %d rows of %d and %v, want Mine alone", name, len(p.Rows), p.Total, err)
		}
	}
	if _, err := s.Customer(t.Context(), other); fault.Of(err) != fault.NotFound {
		t.Errorf("another's customer: %v, want NotFound", err)
	}
	if lines, err := s.CustomerHistory(t.Context(), other, 0, 10); err != nil || len(lines) != 0 {
		t.Errorf("history of another's customer: %d lines and %v", len(lines), err)
	}
	if lines, err := s.CustomerHistory(t.Context(), mine, 0, 10); err != nil || len(lines) != 3 {
		t.Errorf("history of the own customer: %d lines and %v, want 3", len(lines), err)
	}
	if g, err := s.Groups(t.Context(), GroupFilter{}); err != nil || len(g.Rows) != 1 || g.Rows[0].Name != "North" {
		t.Errorf("groups: %+v and %v, want North alone", g.Rows, err)
	}
	if _, err := s.AuditLog(t.Context(), AuditFilter{Limit: 10}); fault.Of(err) != fault.Forbidden {
		t.Errorf("audit log: %v, want Forbidden", err)
	}
}

func TestGroups_whoCannotBeLimited(t *testing.T) {
	db := openTest(t)
	admin, foreign := testProvider(t, db, "one"), testProvider(t, db, "two")
	boss, _ := person(t, db, admin.home, "boss@one.test", "admin")
	adam, open := person(t, db, admin.home, "adam@one.test", "user")
	north := makeGroup(t, admin, "North", 0)
	theirs := makeGroup(t, foreign, "Theirs", 0)
	if err := admin.SetStaffGroups(t.Context(), boss, false, []GroupID{north}); fault.Fields(err)["groups"] == "" {
		t.Errorf("an admin was limited: %v", err)
	}
	if err := admin.SetStaffGroups(t.Context(), adam, false, []GroupID{north, theirs}); fault.Fields(err)["groups"] == "" {
		t.Errorf("a foreign group was taken: %v", err)
	}
	if err := open().SetStaffGroups(t.Context(), adam, false, nil); fault.Of(err) != fault.Forbidden {
		t.Errorf("a user set groups: %v, want Forbidden", err)
	}
	if v, _ := admin.StaffSight(t.Context(), adam); !v.All {
		t.Error("a refused change left something behind")
	}
}

func TestGroups_nameIsUniqueWhateverCaseAndSpaces(t *testing.T) {
	db := openTest(t)
	admin, foreign := testProvider(t, db, "one"), testProvider(t, db, "two")
	makeGroup(t, admin, "North  Yard", 0)
	for _, name := range []string{"north yard", "NORTHYARD", " North\u00a0Yard ", "Ｎorth Yard"} {
		if _, err := admin.AddGroup(t.Context(), GroupEdit{Name: name}); fault.Fields(err)["name"] == "" {
			t.Errorf("%q: %v, want a sentence at the name", name, err)
		}
	}
	makeGroup(t, foreign, "North Yard", 0) // another world
}

func TestRemoveGroup_inUseNeedsAnotherOne(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	mine := addCustomer(t, admin, "Mine")
	north, south, empty := makeGroup(t, admin, "North", mine), makeGroup(t, admin, "South", mine), makeGroup(t, admin, "Empty", 0)
	machine(t, admin, "D1", mine, north)
	machine(t, admin, "D2", mine, north, south)
	adam, open := person(t, db, admin.home, "adam@one.test", "user")
	if err := admin.SetStaffGroups(t.Context(), adam, false, []GroupID{north}); err != nil {
		t.Fatal(err)
	}
	if err := admin.RemoveGroup(t.Context(), empty, 0); err != nil {
		t.Errorf("an empty group: %v", err)
	}
	for _, into := range []GroupID{0, north, empty} {
		if err := admin.RemoveGroup(t.Context(), north, into); fault.Fields(err)["into"] == "" {
			t.Errorf("into %d: %v, want a sentence at the choice", into, err)
		}
	}
	if err := admin.RemoveGroup(t.Context(), north, south); err != nil {
		t.Fatal(err)
	}
	if got := sees(t, open().scope); got != "D1 D2" {
		t.Errorf("after the move Adam sees %q, want D1 D2", got)
	}
	g, err := admin.Group(t.Context(), south)
	if err != nil || g.Assets != 2 || g.Staff != 1 {
		t.Errorf("South holds %d assets and %d people (%v), want 2 and 1", g.Assets, g.Staff, err)
	}
}
