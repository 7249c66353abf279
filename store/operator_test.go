package store_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func system(db *store.DB) store.System { return db.System("test", store.Origin{Source: "cli"}) }

func operator(t *testing.T, db *store.DB) store.Operator {
	t.Helper()
	y := system(db)
	if _, err := y.AddOperator(t.Context(), store.NewOperator{Email: "op@example.com", Name: "Olive", Password: "x"}); err != nil {
		t.Fatal(err)
	}
	a, err := y.OperatorAccount(t.Context(), "OP@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := y.StartOperatorSession(t.Context(), a, []byte("session")); err != nil {
		t.Fatal(err)
	}
	o, err := db.Operator(t.Context(), []byte("session"), store.Origin{IP: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOperator_doorClosesWhenIdleExpiredOrRemoved(t *testing.T) {
	db, clock := storetest.Open(t)
	operator(t, db)
	clock.Add(store.OperatorIdle - time.Minute)
	if _, err := db.Operator(t.Context(), []byte("session"), store.Origin{}); err != nil {
		t.Fatalf("before the idle time is over: %v", err)
	}
	clock.Add(store.OperatorIdle + time.Minute)
	if _, err := db.Operator(t.Context(), []byte("session"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("idle for too long: got %v, want Unauthenticated", err)
	}
	if _, err := db.Operator(t.Context(), []byte("other"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("unknown session: got %v, want Unauthenticated", err)
	}
}

func TestOperator_zeroScopeRefuses(t *testing.T) {
	var o store.Operator
	_, e1 := o.Providers(t.Context(), "")
	_, e2 := o.Health(t.Context())
	_, e3 := o.Settings(t.Context())
	e4 := o.SetSettings(t.Context(), map[string]string{"x": "y"})
	_, e5 := o.AddProvider(t.Context(), store.NewProvider{Slug: "ab", Name: "x"})
	for i, err := range []error{e1, e2, e3, e4, e5} {
		if fault.Of(err) != fault.Unauthenticated {
			t.Errorf("call %d: got %v, want Unauthenticated", i+1, err)
		}
	}
}

func TestOperator_nobodyRemovesThemselves(t *testing.T) {
	db, _ := storetest.Open(t)
	o := operator(t, db)
	if err := o.RemoveOperator(t.Context(), o.Me().ID); fault.Of(err) != fault.Conflict {
		t.Errorf("got %v, want Conflict", err)
	}
	other, err := o.AddOperator(t.Context(), store.NewOperator{Email: "two@example.com", Name: "Two", Password: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.RemoveOperator(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Operators(t.Context()); len(all) != 1 {
		t.Errorf("got %d operators, want 1", len(all))
	}
}

func TestSetUp_ofManyAtOnceOneWins(t *testing.T) {
	db, _ := storetest.Open(t)
	y := system(db)
	if err := y.AddSetUpLink(t.Context(), []byte("link")); err != nil {
		t.Fatal(err)
	}
	var ran, won int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := y.SetUp(t.Context(), []byte("link"), func(y store.System) error { ran++; return nil })
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if fault.Of(err) != fault.NotFound {
				t.Errorf("a loser got %v, want NotFound", err)
			}
		})
	}
	all.Wait()
	if ran != 1 || won != 1 {
		t.Errorf("%d ran and %d won, want 1 and 1", ran, won)
	}
	if err := y.AddSetUpLink(t.Context(), []byte("again")); fault.Of(err) != fault.Conflict {
		t.Errorf("a second link: got %v, want Conflict", err)
	}
}

func TestSetUp_linkEndsAndIsReplaced(t *testing.T) {
	db, clock := storetest.Open(t)
	y := system(db)
	for _, hash := range []string{"first", "second"} {
		if err := y.AddSetUpLink(t.Context(), []byte(hash)); err != nil {
			t.Fatal(err)
		}
	}
	if err := y.SetUpLink(t.Context(), []byte("first")); fault.Of(err) != fault.NotFound {
		t.Errorf("a replaced link: got %v, want NotFound", err)
	}
	if err := y.SetUpLink(t.Context(), []byte("second")); err != nil {
		t.Errorf("the newest link: %v", err)
	}
	clock.Add(store.SetUpLife)
	if err := y.SetUpLink(t.Context(), []byte("second")); fault.Of(err) != fault.NotFound {
		t.Errorf("after 30 minutes: got %v, want NotFound", err)
	}
}

func TestSetUp_failedOneLeavesTheLinkAlive(t *testing.T) {
	db, _ := storetest.Open(t)
	y := system(db)
	_ = y.AddSetUpLink(t.Context(), []byte("link"))
	err := y.SetUp(t.Context(), []byte("link"), func(y store.System) error {
		_, err := y.AddOperator(t.Context(), store.NewOperator{Email: "not an address", Name: "O"})
		return err
	})
	if fault.Of(err) != fault.Invalid {
		t.Fatalf("got %v, want Invalid", err)
	}
	if err := y.SetUpLink(t.Context(), []byte("link")); err != nil {
		t.Errorf("the link is dead: %v", err)
	}
}

func TestOperatorToken_worksOnceAndEndsSessions(t *testing.T) {
	db, clock := storetest.Open(t)
	operator(t, db)
	y := system(db)
	a, _ := y.OperatorAccount(t.Context(), "op@example.com")
	if err := y.AddOperatorToken(t.Context(), a, []byte("one"), 15*time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := y.UseOperatorToken(t.Context(), []byte("one"), "new"); err != nil {
		t.Fatal(err)
	}
	if _, err := y.UseOperatorToken(t.Context(), []byte("one"), "newer"); fault.Of(err) != fault.Conflict {
		t.Errorf("second use: got %v, want Conflict", err)
	}
	if _, err := db.Operator(t.Context(), []byte("session"), store.Origin{}); err == nil {
		t.Error("the old session still works")
	}
	_ = y.AddOperatorToken(t.Context(), a, []byte("two"), 15*time.Minute)
	clock.Add(15 * time.Minute)
	if _, err := y.OperatorToken(t.Context(), []byte("two")); fault.Of(err) != fault.Conflict {
		t.Errorf("expired: got %v, want Conflict", err)
	}
}

func TestPlan_whatIsTakenComesBackAsItWas(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	o := operator(t, db)
	u, err := o.Provider(t.Context(), "nordlift")
	if err != nil {
		t.Fatal(err)
	}
	all, _ := o.Plan(t.Context(), u.ID)
	var fewer []store.Feature
	for f := range all {
		if f != store.FeatureMap {
			fewer = append(fewer, f)
		}
	}
	ch, err := o.SetPlan(t.Context(), u.Provider, fewer)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ch.Lost, []store.Feature{store.FeatureMap}) || len(ch.Back) != 0 || len(ch.Admins) != 1 {
		t.Errorf("lost %v, back %v, %d admins", ch.Lost, ch.Back, len(ch.Admins))
	}
	again, err := o.SetPlan(t.Context(), u.Provider, append(fewer, store.FeatureMap))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.Back, []store.Feature{store.FeatureMap}) {
		t.Errorf("given back %v", again.Back)
	}
	lines, err := s.Audit(t.Context(), 0, 5)
	if err != nil {
		t.Fatal(err)
	}
	if lines[0].Verb != store.PlanChanged || lines[0].Source != "operator" || lines[0].Actor == "Olive" {
		t.Errorf("the provider's log says %+v", lines[0])
	}
}

func TestSetProviderState_shutsOutAtTheNextClick(t *testing.T) {
	db, _ := storetest.Open(t)
	storetest.Provider(t, db, "nordlift")
	o := operator(t, db)
	u, _ := o.Provider(t.Context(), "nordlift")
	session := []byte("nordlift" + "admin@nordlift.test")
	if err := o.SetProviderState(t.Context(), u.Provider, "suspended"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Staff(t.Context(), "nordlift", session, store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("suspended: got %v, want Unauthenticated", err)
	}
	u, _ = o.Provider(t.Context(), "nordlift")
	if err := o.SetProviderState(t.Context(), u.Provider, "active"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Staff(t.Context(), "nordlift", session, store.Origin{}); err != nil {
		t.Errorf("resumed: %v", err)
	}
}

func TestSetSettings_logNeverShowsThePassword(t *testing.T) {
	db, _ := storetest.Open(t)
	o := operator(t, db)
	if err := o.SetSettings(t.Context(), map[string]string{store.SetMailPassword: "hunter2hunter2", store.SetMailHost: "mail.example.com"}); err != nil {
		t.Fatal(err)
	}
	lines, err := o.Deeds(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if d := lines[0].Detail; strings.Contains(d, "hunter2") || !strings.Contains(d, "mail.example.com") || !strings.Contains(d, store.SetMailPassword) {
		t.Errorf("the log says %s", d)
	}
}

func TestHealth_countsWithoutNaming(t *testing.T) {
	db, clock := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	mailOn(t, db, "mail.example")
	if _, err := s.Mail(t.Context(), store.Draft{Kind: "activation", To: "someone@customer.example", Subject: "x", Text: "x", HTML: "x"}); err != nil {
		t.Fatal(err)
	}
	clock.Add(3 * time.Minute)
	h, err := operator(t, db).Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if h.Waiting != 1 || !h.Oldest.Equal(storetest.Start) || h.Providers != 1 || h.FileBytes == 0 || h.Schema == 0 {
		t.Errorf("got %+v", h)
	}
}
