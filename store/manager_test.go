package store_test

import (
	"sync"
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// office is a portal with two admins and a colleague, each with a session that
// is opened anew for every request.
type office struct {
	*testing.T
	db    *store.DB
	w     storetest.Twin
	roles map[string]store.RoleID
}

func newOffice(t *testing.T) office {
	t.Helper()
	db, mine, _ := storetest.Twins(t)
	o := office{T: t, db: db, w: mine, roles: map[string]store.RoleID{}}
	all, err := mine.Staff.Roles(t.Context(), "client")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		o.roles[r.Builtin] = r.ID
	}
	return o
}

// as opens the session of somebody who came over an invitation.
func (o office) as(email string) store.Client {
	o.Helper()
	return again(o.T, o.db, o.w.Portal.Slug, []byte(o.w.Portal.Slug+email))
}

func (o office) ana() store.Client { o.Helper(); return o.as("ana@" + o.w.Slug + ".test") }

// member is somebody's membership of the portal.
func (o office) member(email string) store.Membership {
	o.Helper()
	p, err := o.w.Staff.Clients(o.Context(), store.ClientFilter{Search: email})
	if err != nil || len(p.Rows) != 1 {
		o.Fatalf("%s: %d people, %v", email, len(p.Rows), err)
	}
	all, err := o.w.Staff.Memberships(o.Context(), p.Rows[0].ID)
	if err != nil || len(all) == 0 {
		o.Fatalf("%s belongs to nothing: %v", email, err)
	}
	return all[0]
}

func (o office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func TestColleagues_onlyThePortalAdminAndOnlyWhileDelegated(t *testing.T) {
	o := newOffice(t)
	ana := o.w.Client
	o.must(o.w.Staff.SetMemberGroups(t.Context(), o.w.Member, true, nil))
	if p, err := o.ana().Colleagues(t.Context(), store.ColleagueFilter{}); err != nil || len(p.Rows) != 2 {
		t.Fatalf("the admin sees %d colleagues, %v", len(p.Rows), err)
	}
	if _, err := o.w.Wide.Colleagues(t.Context(), store.ColleagueFilter{}); fault.Of(err) != fault.NotFound {
		t.Errorf("a portal user lists colleagues: %v", err)
	}
	o.must(o.w.Staff.SetDelegated(t.Context(), o.w.Portal.ID, false))
	if o.ana().Manages() {
		t.Error("the admin manages although nothing is delegated")
	}
	// A request that had begun before is refused inside its transaction.
	if _, err := ana.InviteColleague(t.Context(), store.NewClient{Name: "N", Email: "n@n.test", Hash: []byte("h"), MembershipEdit: store.MembershipEdit{All: true}}); fault.Of(err) != fault.NotFound {
		t.Errorf("an older request still invites: %v", err)
	}
}

func TestInviteColleague_nothingAboveOnesOwn(t *testing.T) {
	o := newOffice(t)
	south, err := o.w.Staff.AddGroup(t.Context(), store.GroupEdit{Name: "South", Customer: o.w.Customer})
	o.must(err)
	other, err := o.w.Staff.AddGroup(t.Context(), store.GroupEdit{Name: "Of another customer", Customer: o.w.Bare})
	o.must(err)
	ana := o.ana() // limited to the twin's own group
	for name, c := range map[string]struct {
		e     store.MembershipEdit
		field string
	}{
		"all groups":                  {store.MembershipEdit{All: true}, "groups"},
		"a group beyond one's own":    {store.MembershipEdit{Groups: []store.GroupID{south}}, "groups"},
		"another customer's group":    {store.MembershipEdit{Groups: []store.GroupID{other}}, "groups"},
		"a role of staff":             {store.MembershipEdit{Roles: []store.RoleID{o.w.StaffRole}, Groups: []store.GroupID{o.w.Group}}, "roles"},
		"a role that does not exist":  {store.MembershipEdit{Roles: []store.RoleID{999999}, Groups: []store.GroupID{o.w.Group}}, "roles"},
		"own team's address, quietly": {store.MembershipEdit{Groups: []store.GroupID{o.w.Group}}, "email"},
	} {
		email := "n@n.test"
		if c.field == "email" {
			email = "admin@" + o.w.Slug + ".test"
		}
		if _, err := ana.InviteColleague(t.Context(), store.NewClient{Name: "N", Email: email, Hash: []byte(name), MembershipEdit: c.e}); fault.Fields(err)[c.field] == "" {
			t.Errorf("%s: got %v, want a sentence at %s", name, err, c.field)
		}
	}
	may, err := ana.ManagerChoices(t.Context())
	if err != nil || may.All || len(may.Groups) != 1 || may.Groups[0].ID != o.w.Group {
		t.Errorf("offered %+v and %v, want the one group", may, err)
	}
	got, err := ana.InviteColleague(t.Context(), store.NewClient{Name: "Ben", Email: "ben@n.test", Hash: []byte("ben"), MembershipEdit: store.MembershipEdit{Roles: []store.RoleID{o.roles["viewer"]}, Groups: []store.GroupID{o.w.Group}, Sees: store.SeesOwn}})
	o.must(err)
	m, err := o.w.Staff.Membership(t.Context(), got.Membership)
	if err != nil || m.All || len(m.Groups) != 1 || m.Sees != store.SeesOwn || len(m.Roles) != 1 || m.Roles[0].Name != "Viewer" {
		t.Errorf("invited as %+v (%v), want the one group, own records, Viewer", m, err)
	}
	// Whoever sees more than the limited admin is none of its colleagues.
	if _, err := ana.Colleague(t.Context(), o.member("wide@"+o.w.Slug+".test").ID); fault.Of(err) != fault.NotFound {
		t.Errorf("a colleague of all groups: %v, want NotFound", err)
	}
}

// TestColleagues_offBoarded: from the next request on nothing opens any more,
// and what the person made keeps its name.
func TestColleagues_offBoarded(t *testing.T) {
	o := newOffice(t)
	o.must(o.w.Staff.SetMemberGroups(t.Context(), o.w.Member, true, nil))
	wide := "wide@" + o.w.Slug + ".test"
	m := o.member(wide)
	o.must(o.ana().SetColleagueState(t.Context(), m.ID, false))
	if _, err := o.db.Client(t.Context(), o.w.Portal.Slug, []byte(o.w.Portal.Slug+wide), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("the session of a leaver opens: %v", err)
	}
	o.must(o.ana().SetColleagueState(t.Context(), m.ID, true))
	if err := o.ana().RemoveColleague(t.Context(), m.ID, "someone@else.test"); fault.Fields(err)["confirm_email"] == "" {
		t.Errorf("deleted without the address: %v", err)
	}
	o.must(o.ana().RemoveColleague(t.Context(), m.ID, " "+wide))
	if _, err := o.w.Staff.ClientUser(t.Context(), m.User); fault.Of(err) != fault.NotFound {
		t.Errorf("the account of nobody else's is there: %v", err)
	}
	// Of two customers: out of this portal, and nothing else.
	there := both(t, o.w)
	storetest.Member(t, o.db, o.w.Staff, o.w.Portal.ID, "second@"+o.w.Slug+".test", "admin")
	o.must(o.as("second@"+o.w.Slug+".test").RemoveColleague(t.Context(), o.w.Member, o.w.Client.Me().Email))
	all, err := o.w.Staff.Memberships(t.Context(), o.w.Client.Me().ID)
	if err != nil || len(all) != 1 || all[0].Portal != there.ID {
		t.Errorf("left with %+v, %v: want the other customer's portal", all, err)
	}
}

// TestColleagues_neverWithoutAnAdmin: two admins act on each other at the same
// moment, in every way there is; one always remains.
func TestColleagues_neverWithoutAnAdmin(t *testing.T) {
	o := newOffice(t)
	o.must(o.w.Staff.SetMemberGroups(t.Context(), o.w.Member, true, nil))
	first, second := "ana@"+o.w.Slug+".test", "bea@"+o.w.Slug+".test"
	storetest.Member(t, o.db, o.w.Staff, o.w.Portal.ID, second, "admin")
	a, b := o.member(first), o.member(second)
	demote := store.MembershipEdit{Roles: []store.RoleID{o.roles["user"]}, All: true}
	promote := store.MembershipEdit{Roles: []store.RoleID{o.roles[store.PortalAdmin]}, All: true}
	rounds := 1000
	if testing.Short() {
		rounds = 50
	}
	won := 0
	for round := range rounds {
		x, y := o.as(first), o.as(second)
		act := func(c store.Client, on store.Membership) error {
			if round%2 == 0 {
				return c.ChangeColleague(t.Context(), on.ID, store.ColleagueEdit{Name: "Client " + map[bool]string{true: first, false: second}[on.ID == a.ID], MembershipEdit: demote})
			}
			return c.SetColleagueState(t.Context(), on.ID, false)
		}
		var wg sync.WaitGroup
		errs := [2]error{}
		wg.Go(func() { errs[0] = act(x, b) })
		wg.Go(func() { errs[1] = act(y, a) })
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("round %d: %v and %v, want exactly one to get its way", round, errs[0], errs[1])
		}
		if errs[0] == nil {
			won++
		}
		for _, m := range []store.Membership{a, b} {
			o.must(o.w.Staff.SetMembershipState(t.Context(), m.ID, true))
			o.must(o.w.Staff.ChangeMembership(t.Context(), m.ID, promote))
		}
		for _, email := range []string{first, second} { // who was shut out comes in again
			acc := store.Account{ID: map[string]store.UserID{first: a.User, second: b.User}[email], Provider: o.w.Staff.Home().ID}
			if _, err := o.db.Client(t.Context(), o.w.Portal.Slug, []byte(o.w.Portal.Slug+email), store.Origin{}); err != nil {
				o.must(o.db.System("test", store.Origin{}).StartSession(t.Context(), acc, o.w.Portal.ID, []byte(o.w.Portal.Slug+email)))
			}
		}
	}
	t.Logf("the first admin won %d of %d rounds", won, rounds)
	// One alone: neither the colleague, nor itself, nor the provider takes it away.
	o.must(o.w.Staff.ChangeMembership(t.Context(), b.ID, demote))
	for name, err := range map[string]error{
		"by itself":            o.as(first).ChangeColleague(t.Context(), a.ID, store.ColleagueEdit{Name: "Client " + first, MembershipEdit: demote}),
		"disabled by itself":   o.as(first).SetColleagueState(t.Context(), a.ID, false),
		"demoted by provider":  o.w.Staff.ChangeMembership(t.Context(), a.ID, demote),
		"disabled by provider": o.w.Staff.SetMembershipState(t.Context(), a.ID, false),
		"removed by provider":  o.w.Staff.RemoveMembership(t.Context(), a.ID),
		"account disabled":     o.w.Staff.DisableUser(t.Context(), a.User),
		"account deleted":      o.w.Staff.DeleteUser(t.Context(), a.User, first),
	} {
		if k := fault.Of(err); k != fault.Conflict && k != fault.Invalid {
			t.Errorf("the last portal admin %s: %v, want a sentence", name, err)
		}
	}
	if m := o.member(first); m.Role != "admin" || m.State != "active" {
		t.Errorf("the last admin is %+v", m)
	}
}
