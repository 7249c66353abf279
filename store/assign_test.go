package store

import (
	"slices"
	"sync"
	"testing"
	"time"

	"gatehouse/store/fault"
)

func TestAssign_customerSeesItUntilItIsTakenAway(t *testing.T) {
	w := newWorld(t)
	one, two := w.asset("One"), w.asset("Two")
	acme, beta := w.client(w.a), w.client(w.b)
	if got := w.sees(acme, AssetFilter{}); len(got) != 0 {
		t.Fatalf("before: sees %v", got)
	}
	w.assign(w.a, one, two)
	if got := w.sees(acme, AssetFilter{}); !slices.Equal(got, []string{"One", "Two"}) {
		t.Errorf("assigned: sees %v", got)
	}
	if got := w.sees(beta, AssetFilter{}); len(got) != 0 {
		t.Errorf("another customer sees %v", got)
	}
	w.countsExact()
	w.now = w.now.Add(time.Hour)
	if n, err := w.staff.Unassign(t.Context(), []AssetID{one}, time.Time{}); n != 1 || err != nil {
		t.Fatalf("unassign: %d, %v", n, err)
	}
	if got := w.sees(acme, AssetFilter{}); !slices.Equal(got, []string{"Two"}) {
		t.Errorf("the very next call after the return sees %v", got)
	}
	if _, err := acme.Asset(t.Context(), one); fault.Of(err) != fault.NotFound {
		t.Errorf("the returned asset's page: %v", err)
	}
	w.countsExact()
}

func TestAssign_conflictIsReturnedAndNothingDone(t *testing.T) {
	w := newWorld(t)
	one, free := w.asset("One"), w.asset("Free")
	w.assign(w.a, one)
	w.now = w.now.Add(48 * time.Hour)
	out := w.assign(w.b, one, free)
	if len(out.Conflicts) != 1 || out.New != 0 || out.Conflicts[0].CustomerName != "Acme" || !out.Conflicts[0].CanEnd {
		t.Fatalf("got %+v", out)
	}
	if n := w.count(`SELECT count(*) FROM assignments`); n != 1 {
		t.Fatalf("%d assignments after an undecided conflict, want 1", n)
	}

	out, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one, free}, Customer: w.b, Decided: true})
	w.must(err)
	if out.Skipped != 1 || out.New != 1 || out.Ended != 0 {
		t.Fatalf("skip: got %+v", out)
	}
	if got := w.sees(w.client(w.a), AssetFilter{}); !slices.Equal(got, []string{"One"}) {
		t.Errorf("after skip Acme sees %v", got)
	}

	conflicts := w.assign(w.b, one).Conflicts
	out, err = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.b, Decided: true, End: []AssignmentID{conflicts[0].ID}})
	w.must(err)
	if out.Ended != 1 || out.New != 1 {
		t.Fatalf("end: got %+v", out)
	}
	h, err := w.staff.AssetHistory(t.Context(), one)
	w.must(err)
	if len(h) != 2 || h[0].CustomerName != "Beta" || h[1].CustomerName != "Acme" || !h[1].To.Equal(h[0].From) {
		t.Errorf("history %+v", h)
	}
	w.countsExact()
}

func TestAssign_endedAssignmentMustBeTheOneSomebodySaw(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	w.now = w.now.Add(48 * time.Hour)
	out, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.b, Decided: true, End: []AssignmentID{9999}})
	w.must(err)
	if out.Skipped != 1 || out.New != 0 {
		t.Errorf("got %+v, want it passed over", out)
	}
}

func TestAssign_backAndOutAgainOnOneDay(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	w.now = w.now.Add(2 * time.Hour)
	_, err := w.staff.Unassign(t.Context(), []AssetID{one}, time.Time{})
	w.must(err)
	w.now = w.now.Add(time.Hour)
	if out := w.assign(w.b, one); len(out.Conflicts) != 0 || out.New != 1 {
		t.Fatalf("got %+v", out)
	}
	h, err := w.staff.AssetHistory(t.Context(), one)
	w.must(err)
	if len(h) != 2 || !h[0].From.Equal(h[1].To) {
		t.Errorf("history %+v: the second should begin when the first ended", h)
	}
}

func TestAssign_daysAreTheProvidersAndTheLastIsIncluded(t *testing.T) {
	w := newWorld(t)
	w.staff.home.Zone = "America/New_York"
	one := w.asset("One")
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.a, From: day(2026, 11, 18), To: day(2026, 11, 21)})
	w.must(err)
	h, err := w.staff.AssetHistory(t.Context(), one)
	w.must(err)
	if got, want := h[0].From, time.Date(2026, 11, 18, 5, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("from %v, want %v", got, want)
	}
	if got, want := h[0].To, time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("to %v, want %v", got, want)
	}
	w.now = h[0].To.Add(-time.Second)
	if got := w.sees(w.client(w.a), AssetFilter{}); len(got) != 1 {
		t.Errorf("in its last second: %v", got)
	}
	w.now = h[0].To
	if got := w.sees(w.client(w.a), AssetFilter{}); len(got) != 0 {
		t.Errorf("after its last second, before the keeper came: %v", got)
	}
}

func TestAdvanceAssignments_plannedBecomesCurrentAtItsSecond(t *testing.T) {
	w := newWorld(t)
	y := w.db.System("keeper", Origin{})
	one := w.asset("One")
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.a, To: day(2026, 11, 21)})
	w.must(err)
	_, err = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.b, From: day(2026, 11, 22)})
	w.must(err)
	next, err := y.AdvanceAssignments(t.Context())
	w.must(err)
	if want := day(2026, 11, 22); !next.Equal(want) {
		t.Fatalf("next %v, want %v", next, want)
	}
	if got := w.sees(w.client(w.b), AssetFilter{}); len(got) != 0 {
		t.Errorf("before its start Beta sees %v", got)
	}
	w.now = next
	next, err = y.AdvanceAssignments(t.Context())
	w.must(err)
	if !next.IsZero() {
		t.Errorf("something is due at %v", next)
	}
	if got := w.sees(w.client(w.b), AssetFilter{}); len(got) != 1 {
		t.Errorf("at its start Beta sees %v", got)
	}
	if got := w.sees(w.client(w.a), AssetFilter{}); len(got) != 0 {
		t.Errorf("Acme still sees %v", got)
	}
	w.countsExact()
	events, err := w.staff.Events(t.Context(), EventFilter{Asset: one})
	w.must(err)
	kinds := []string{}
	for _, e := range events.Rows {
		kinds = append(kinds, e.Kind+" "+e.CustomerName)
	}
	if want := []string{"assigned Beta", "returned Acme", "assigned Acme"}; !slices.Equal(kinds, want) {
		t.Errorf("feed %v, want %v", kinds, want)
	}
}

func TestAdvanceAssignments_longSleepCatchesUp(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.a, From: day(2026, 12, 1), To: day(2026, 12, 3)})
	w.must(err)
	_, err = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.b, From: day(2026, 12, 10)})
	w.must(err)
	w.now = day(2026, 12, 20)
	_, err = w.db.System("keeper", Origin{}).AdvanceAssignments(t.Context())
	w.must(err)
	if got := w.sees(w.client(w.b), AssetFilter{}); len(got) != 1 {
		t.Errorf("Beta sees %v", got)
	}
	if n := w.count(`SELECT count(*) FROM events WHERE kind IN ('assigned', 'returned')`); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
	w.countsExact()
}

func TestAssign_sameCustomerAgainMovesTheEnd(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	if out := w.assign(w.a, one); out.Already != 1 || out.New != 0 {
		t.Errorf("again: %+v", out)
	}
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.a, From: day(2026, 11, 10), To: day(2026, 11, 30)})
	w.must(err)
	h, err := w.staff.AssetHistory(t.Context(), one)
	w.must(err)
	if len(h) != 1 || !h[0].From.Equal(day(2026, 11, 10)) || !h[0].To.Equal(day(2026, 12, 1)) {
		t.Errorf("history %+v", h)
	}
	if n := w.count(`SELECT count(*) FROM events WHERE kind = 'assigned'`); n != 1 {
		t.Errorf("%d assigned events, want 1", n)
	}
}

func TestAssign_badInputIsASentenceAtTheField(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	stranger := testProvider(t, w.db, "two")
	foreign, err := stranger.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Foreign"}})
	w.must(err)
	foreignAsset, err := stranger.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: "Foreign"}})
	w.must(err)
	for name, c := range map[string]struct {
		in    AssignInput
		field string
		kind  fault.Kind
	}{
		"foreign customer": {AssignInput{Assets: []AssetID{one}, Customer: foreign}, "customer", fault.Invalid},
		"no asset":         {AssignInput{Customer: w.a}, "assets", fault.Invalid},
		"end before start": {AssignInput{Assets: []AssetID{one}, Customer: w.a, From: day(2026, 12, 2), To: day(2026, 12, 1)}, "to", fault.Invalid},
		"impossible year":  {AssignInput{Assets: []AssetID{one}, Customer: w.a, From: day(26, 12, 2)}, "from", fault.Invalid},
		"foreign asset":    {AssignInput{Assets: []AssetID{one, foreignAsset}, Customer: w.a}, "", fault.NotFound},
	} {
		_, err := w.staff.Assign(t.Context(), c.in)
		if fault.Of(err) != c.kind || c.field != "" && fault.Fields(err)[c.field] == "" {
			t.Errorf("%s: got %v %v", name, err, fault.Fields(err))
		}
	}
	if n := w.count(`SELECT count(*) FROM assignments`); n != 0 {
		t.Errorf("%d assignments were made all the same", n)
	}
}

func TestUnassign_lastDay(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	_, err := w.staff.Unassign(t.Context(), []AssetID{one}, day(2026, 11, 10))
	if fault.Fields(err)["last"] == "" {
		t.Errorf("a last day before the first: %v", err)
	}
	_, err = w.staff.Unassign(t.Context(), []AssetID{one}, day(2026, 11, 25))
	w.must(err)
	a, err := w.staff.Asset(t.Context(), one)
	w.must(err)
	if !a.Until.Equal(day(2026, 11, 26)) || a.Customer != w.a {
		t.Errorf("until %v with customer %d", a.Until, a.Customer)
	}
}

func TestSchema_overlappingAssignmentsAreRefused(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	err := w.db.exec(w.db.write, `INSERT INTO assignments (provider_id, asset_id, customer_id, starts_at, created_at) SELECT provider_id, asset_id, customer_id, starts_at + 5, 0 FROM assignments`, nil)
	if fault.Of(err) != fault.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
}

func TestAssign_raceHasOneWinner(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	var wg sync.WaitGroup
	out := make([]Assigned, 8)
	for i := range out {
		wg.Go(func() {
			to := w.a
			if i%2 == 1 {
				to = w.b
			}
			out[i], _ = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: to})
		})
	}
	wg.Wait()
	fresh := 0
	for _, o := range out {
		fresh += o.New
	}
	if fresh != 1 || w.count(`SELECT count(*) FROM assignments`) != 1 {
		t.Errorf("%d won, %d assignments; want one", fresh, w.count(`SELECT count(*) FROM assignments`))
	}
	w.countsExact()
}

func TestReleaseCustomer_leavesNothing(t *testing.T) {
	w := newWorld(t)
	one, two := w.asset("One"), w.asset("Two")
	w.assign(w.a, one)
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{two}, Customer: w.a, From: day(2027, 1, 1)})
	w.must(err)
	w.now = w.now.Add(time.Hour)
	w.must(w.staff.ReleaseCustomer(t.Context(), w.a))
	if n := w.count(`SELECT count(*) FROM assignments WHERE ends_at IS NULL OR ends_at > %d`, w.now.Unix()); n != 0 {
		t.Errorf("%d assignments left", n)
	}
	w.countsExact()
}
