package store_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// company adds a customer to s.
func company(t *testing.T, s store.Staff, name string) store.CustomerID {
	t.Helper()
	id, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name, Email: "office@" + store.Slug(name) + ".test"}})
	if err != nil {
		t.Fatalf("add customer: %v", err)
	}
	return id
}

// open makes a portal whose setup is saved.
func open(t *testing.T, s store.Staff, of store.CustomerID) store.PortalID {
	t.Helper()
	id, err := s.AddPortal(t.Context(), of, store.PortalEdit{})
	if err != nil {
		t.Fatalf("add portal: %v", err)
	}
	if err := s.SetFeatures(t.Context(), id, store.Preset(store.PresetMinimal)); err != nil {
		t.Fatalf("set features: %v", err)
	}
	return id
}

func portal(t *testing.T, s store.Staff, id store.PortalID) store.Portal {
	t.Helper()
	o, err := s.Portal(t.Context(), id)
	if err != nil {
		t.Fatalf("portal: %v", err)
	}
	return o
}

func TestAddPortal_startsMinimalWithTheDefaultTheme(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	acme := company(t, s, "Acme")
	id, err := s.AddPortal(t.Context(), acme, store.PortalEdit{})
	if err != nil {
		t.Fatal(err)
	}
	o := portal(t, s, id)
	if o.State != store.PortalDraft || o.Slug != "acme" || o.Name != "Provider nordlift" || o.SetupDone {
		t.Errorf("got %s %q %q %t, want a draft at acme whose setup is open", o.State, o.Slug, o.Name, o.SetupDone)
	}
	for _, i := range store.Features {
		if o.Shares[i.Feature] != i.Minimal {
			t.Errorf("%s shared: %t, want %t", i.Feature, o.Shares[i.Feature], i.Minimal)
		}
	}
	if c, _ := s.Customer(t.Context(), acme); c.PortalState != "draft" {
		t.Errorf("customer says %s, want draft", c.PortalState)
	}
}

func TestAddPortal_secondIsAConflict(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	acme := company(t, s, "Acme")
	open(t, s, acme)
	_, err := s.AddPortal(t.Context(), acme, store.PortalEdit{})
	if fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "already has a portal") {
		t.Errorf("got %v, want a Conflict that says so", err)
	}
}

func TestAddPortal_addressTaken(t *testing.T) {
	db, _ := storetest.Open(t)
	s, other := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift")
	open(t, other, company(t, other, "Acme"))
	if o := portal(t, s, open(t, s, company(t, s, "Acme"))); o.Slug != "nordlift-acme" {
		t.Errorf("address %q, want nordlift-acme", o.Slug)
	}
	if o := portal(t, s, open(t, s, company(t, s, "ACME"))); o.Slug != "nordlift-acme-2" {
		t.Errorf("address %q, want nordlift-acme-2", o.Slug)
	}
	_, err := s.AddPortal(t.Context(), company(t, s, "Beta"), store.PortalEdit{Slug: "acme"})
	if fault.Of(err) != fault.Conflict || fault.Fields(err)["slug"] == "" {
		t.Errorf("got %v, want a Conflict at the field slug", err)
	}
}

func TestAddPortal_planHasNoRoom(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	if err := operator(t, db).SetLimits(t.Context(), s.Home(), store.Limits{Portals: 1}); err != nil {
		t.Fatal(err)
	}
	s = storetest.Staff(t, db, s.Home().ID, "nordlift", "second@nordlift.test", "admin")
	open(t, s, company(t, s, "Acme"))
	if _, err := s.AddPortal(t.Context(), company(t, s, "Beta"), store.PortalEdit{}); fault.Of(err) != fault.Conflict {
		t.Errorf("got %v, want a Conflict", err)
	}
}

func TestAddPortal_badInput(t *testing.T) {
	db, _ := storetest.Open(t)
	s, other := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift")
	theirs := company(t, other, "Theirs")
	if _, err := s.AddPortal(t.Context(), theirs, store.PortalEdit{}); fault.Of(err) != fault.NotFound {
		t.Errorf("another provider's customer: got %v, want NotFound", err)
	}
	acme := company(t, s, "Acme")
	for name, in := range map[string]struct {
		edit  store.PortalEdit
		field string
	}{
		"line break in the name": {store.PortalEdit{Name: "a\r\nBcc: x"}, "name"},
		"10,000 characters":      {store.PortalEdit{Name: strings.Repeat("x", 10_000)}, "name"},
		"script as address":      {store.PortalEdit{Slug: "<script>"}, "slug"},
		"capitals":               {store.PortalEdit{Slug: "Acme"}, "slug"},
		"a dead portal's row":    {store.PortalEdit{Slug: ".deleted.1"}, "slug"},
	} {
		if _, err := s.AddPortal(t.Context(), acme, in.edit); fault.Of(err) != fault.Invalid || fault.Fields(err)[in.field] == "" {
			t.Errorf("%s: got %v, want Invalid at %s", name, err, in.field)
		}
	}
	if c, _ := s.Customer(t.Context(), acme); c.PortalState != "none" {
		t.Errorf("after refusals the customer says %s, want none", c.PortalState)
	}
}

func TestAddPortal_onlyAdminMay(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	acme := company(t, s, "Acme")
	id := open(t, s, company(t, s, "Beta"))
	for _, role := range []string{"fleet_admin", "user", "technician", "agent"} {
		other := storetest.Staff(t, db, s.Home().ID, "nordlift", role+"@nordlift.test", role)
		_, add := other.AddPortal(t.Context(), acme, store.PortalEdit{})
		_, invite := other.Invite(t.Context(), id, store.NewInvitation{Hash: []byte(role), Hint: "x"})
		for what, err := range map[string]error{"add": add, "invite": invite, "features": other.SetFeatures(t.Context(), id, store.Preset("")),
			"theme": other.SetTheme(t.Context(), id, 1), "suspend": other.SuspendPortal(t.Context(), id), "delete": other.DeleteCustomer(t.Context(), acme, "Acme")} {
			if k := fault.Of(err); k != fault.Forbidden && !(what == "suspend" && k == fault.Conflict) {
				t.Errorf("%s by %s: got %v, want Forbidden", what, role, err)
			}
		}
	}
}

func TestSetFeatures_refusesWhatMakesNoSense(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	for name, in := range map[string]struct {
		chosen []store.Feature
		field  string
	}{
		"nothing":              {nil, "features"},
		"unknown":              {[]store.Feature{"assets", "assets.list", "provider.audit"}, "features"},
		"view without app":     {[]store.Feature{"assets.map"}, "assets.map"},
		"app without a view":   {[]store.Feature{"assets"}, "assets"},
		"app with export only": {[]store.Feature{"assets", "assets.export"}, "assets"},
	} {
		if err := s.SetFeatures(t.Context(), id, in.chosen); fault.Of(err) != fault.Invalid || fault.Fields(err)[in.field] == "" {
			t.Errorf("%s: got %v, want Invalid at %s", name, err, in.field)
		}
	}
}

func TestSetFeatures_planIsTheCeiling(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	all := store.Preset(store.PresetStandard)
	if err := s.SetFeatures(t.Context(), id, all); err != nil {
		t.Fatal(err)
	}
	o := portal(t, s, id)
	c := register(t, db, s, o, "anna@acme.test")
	if !c.Shares(store.FeatureMap) {
		t.Fatal("the map is not shared before the plan changes")
	}
	op := operator(t, db)
	plan := slices.DeleteFunc(allFeatures(), func(f store.Feature) bool { return f == store.FeatureMap || f == store.FeatureExport })
	setPlan(t, op, s, plan)
	if c = enter(t, db, o.Slug, "anna@acme.test"); c.Shares(store.FeatureMap) {
		t.Error("the plan lost the map, the open session still has it")
	}
	if err := s.SetFeatures(t.Context(), id, append(slices.Clone(all), store.FeatureExport)); fault.Fields(err)[string(store.FeatureExport)] == "" {
		t.Errorf("ticking what the plan lacks: got %v, want the reason at the field", err)
	}
	minimal := store.Preset(store.PresetMinimal)
	if err := s.SetFeatures(t.Context(), id, minimal); err != nil {
		t.Fatal(err)
	}
	setPlan(t, op, s, allFeatures())
	if o = portal(t, s, id); !o.Shares[store.FeatureMap] || o.Shares[store.FeatureHistory] {
		t.Errorf("with the plan back: %v, want the map again and no history", o.Shares)
	}
}

func allFeatures() (all []store.Feature) {
	for _, i := range store.Features {
		all = append(all, i.Feature)
	}
	return all
}

func TestSetTheme_onlyOwn(t *testing.T) {
	db, _ := storetest.Open(t)
	s, other := storetest.Provider(t, db, "nordlift"), storetest.Provider(t, db, "swift")
	id := open(t, s, company(t, s, "Acme"))
	mine, _ := s.Themes(t.Context())
	theirs, _ := other.Themes(t.Context())
	if err := s.SetTheme(t.Context(), id, theirs[1].ID); fault.Fields(err)["theme"] == "" {
		t.Errorf("another provider's theme: got %v, want a sentence at the field", err)
	}
	if err := s.SetTheme(t.Context(), id, mine[2].ID); err != nil {
		t.Fatal(err)
	}
	if o := portal(t, s, id); o.Theme != mine[2].ID || !o.BrandingDone {
		t.Errorf("got theme %d, done %t", o.Theme, o.BrandingDone)
	}
}

func TestChangePortal_addressStaysOnceHandedOut(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	if err := s.ChangePortal(t.Context(), id, 1, store.PortalEdit{Name: "Machines", Slug: "acme-machines"}); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePortal(t.Context(), id, 1, store.PortalEdit{Name: "Stale", Slug: "acme-machines"}); fault.Of(err) != fault.Conflict {
		t.Errorf("a stale edit: got %v, want Conflict", err)
	}
	invite(t, s, id, "one", store.InviteEdit{})
	if err := s.ChangePortal(t.Context(), id, 0, store.PortalEdit{Name: "Machines", Slug: "other"}); fault.Fields(err)["slug"] == "" {
		t.Errorf("got %v, want a sentence at slug", err)
	}
}

func TestSuspendPortal_atOnceAndBack(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	id := open(t, s, company(t, s, "Acme"))
	o := portal(t, s, id)
	register(t, db, s, o, "anna@acme.test")
	invite(t, s, id, "waiting", store.InviteEdit{})
	if err := s.SuspendPortal(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Client(t.Context(), o.Slug, []byte("anna@acme.test"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("an open session after suspension: got %v", err)
	}
	if _, err := db.System("t", store.Origin{}).Guest(t.Context(), id, []byte("waiting")); fault.Of(err) != fault.Conflict {
		t.Errorf("a link after suspension: got %v, want Conflict", err)
	}
	if err := s.ResumePortal(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if o := portal(t, s, id); o.State != store.PortalActive {
		t.Errorf("resumed to %s, want active", o.State)
	}
	if _, err := db.Client(t.Context(), o.Slug, []byte("anna@acme.test"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("a session that was ended came back: %v", err)
	}
}

func TestDeleteCustomer_endsEverything(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	acme := company(t, s, "Acme")
	id := open(t, s, acme)
	o := portal(t, s, id)
	register(t, db, s, o, "anna@acme.test")
	invite(t, s, id, "waiting", store.InviteEdit{})
	for _, typed := range []string{"", "acme", "Acme Ltd"} {
		if err := s.DeleteCustomer(t.Context(), acme, typed); fault.Fields(err)["name"] == "" {
			t.Errorf("typed %q: got %v, want a sentence at the field", typed, err)
		}
	}
	if err := s.DeleteCustomer(t.Context(), acme, " Acme "); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Customer(t.Context(), acme); fault.Of(err) != fault.NotFound {
		t.Errorf("the customer: got %v, want NotFound", err)
	}
	if _, err := s.Portal(t.Context(), id); fault.Of(err) != fault.NotFound {
		t.Errorf("the portal: got %v, want NotFound", err)
	}
	if _, err := db.Client(t.Context(), o.Slug, []byte("anna@acme.test"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("the session: got %v, want Unauthenticated", err)
	}
	if again := portal(t, s, open(t, s, company(t, s, "Acme"))); again.Slug != "acme" {
		t.Errorf("the address is %q, want it free again", again.Slug)
	}
}
