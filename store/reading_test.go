package store

import (
	"context"
	"math"
	"testing"
	"time"

	"gatehouse/store/fault"
)

type contextT = context.Context

func TestAddReadings_sameAgainChangesNothingAndNewestWins(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	batch := []Reading{
		{Kind: KindHours, At: w.now.Add(-2 * time.Hour), Value: Some(100), Unit: "h"},
		{Kind: KindHours, At: w.now.Add(-time.Hour), Value: Some(101), Unit: "h"},
		{Kind: KindPosition, At: w.now.Add(-time.Hour), Value: Some(50.9), Value2: Some(12.4)},
		{Kind: KindEngine, At: w.now.Add(-time.Hour), Value: Some(1)},
		{Kind: "pto_hours", At: w.now.Add(-time.Hour), Value: Some(3)},
	}
	got, err := w.staff.AddReadings(t.Context(), one, batch)
	w.must(err)
	if got.Saved != 5 || got.Refused != 0 {
		t.Errorf("first: %+v", got)
	}
	got, err = w.staff.AddReadings(t.Context(), one, batch)
	w.must(err)
	if got.Saved != 0 || got.Same != 5 {
		t.Errorf("again: %+v", got)
	}
	_, err = w.staff.AddReadings(t.Context(), one, []Reading{{Kind: KindHours, At: w.now.Add(-3 * time.Hour), Value: Some(99)}})
	w.must(err)
	a, err := w.staff.Asset(t.Context(), one)
	w.must(err)
	if a.Hours.V != 101 || !a.SeenAt.Equal(w.now.Add(-time.Hour)) || a.Lat.V != 50.9 || a.Engine.V != 1 || a.Fuel.OK {
		t.Errorf("newest %+v", a)
	}
	if n := w.count(`SELECT count(*) FROM events WHERE kind = 'reading'`); n != 1 {
		t.Errorf("%d reading events, want one for the first ever", n)
	}
}

func TestAddReadings_whatCannotBeRightIsRefusedAlone(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	at := w.now.Add(-time.Hour)
	bad := []Reading{
		{Kind: KindHours, At: w.now.Add(48 * time.Hour), Value: Some(1)},
		{Kind: KindHours, At: time.Date(21, 1, 1, 0, 0, 0, 0, time.UTC), Value: Some(1)},
		{Kind: KindHours, At: at, Value: Some(-5)},
		{Kind: KindHours, At: at, Value: Some(math.NaN())},
		{Kind: KindFuel, At: at, Value: Some(140)},
		{Kind: KindPosition, At: at, Value: Some(91), Value2: Some(0)},
		{Kind: KindPosition, At: at, Value: Some(10), Value2: Some(-181)},
		{Kind: KindPosition, At: at, Value: Some(0), Value2: Some(0)},
		{Kind: KindEngine, At: at, Value: Some(3)},
		{Kind: KindOdometer, At: at},
		{At: at, Value: Some(1)},
	}
	got, err := w.staff.AddReadings(t.Context(), one, append(bad, Reading{Kind: KindFuel, At: at, Value: Some(50)}))
	w.must(err)
	if got.Refused != len(bad) || got.Saved != 1 || got.Says == "" {
		t.Errorf("got %+v", got)
	}
	if err := w.staff.AddReading(t.Context(), one, Reading{Kind: KindHours, At: w.now.Add(time.Hour), Value: Some(1)}); fault.Fields(err)["at"] == "" {
		t.Errorf("a typed reading from the future: %v", err)
	}
}

func TestReadings_thinnedToWhatAChartShows(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	all := make([]Reading, 3000)
	for i := range all {
		all[i] = Reading{Kind: KindHours, At: w.now.Add(-time.Duration(3000-i) * time.Minute), Value: Some(float64(i))}
	}
	_, err := w.staff.AddReadings(t.Context(), one, all)
	w.must(err)
	got, err := w.staff.Readings(t.Context(), one, KindHours, w.now.Add(-60*time.Hour), w.now)
	w.must(err)
	if len(got) > mostPoints || len(got) < mostPoints/3 || got[len(got)-1].Value.V != 2999 {
		t.Errorf("%d points, the last %v", len(got), got[len(got)-1].Value)
	}
	for i := 1; i < len(got); i++ {
		if !got[i].At.After(got[i-1].At) {
			t.Fatal("out of order")
		}
	}
}

// A customer sees the time it has the asset, and of that what is shared.
func TestClient_historyBeginsWithItsOwnTime(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.b, one)
	old := w.now.Add(time.Hour)
	w.now = w.now.Add(2 * time.Hour)
	_, err := w.staff.AddReadings(t.Context(), one, []Reading{{Kind: KindHours, At: old, Value: Some(10)}, {Kind: KindPosition, At: old, Value: Some(1), Value2: Some(1)}, {Kind: KindFuel, At: old, Value: Some(20)}})
	w.must(err)
	_, err = w.staff.AddFaults(t.Context(), one, []FaultCode{{Code: "OLD", At: old}})
	w.must(err)
	w.now = day(2026, 11, 22).Add(9 * time.Hour)
	out := w.assign(w.a, one)
	_, err = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{one}, Customer: w.a, Decided: true, End: []AssignmentID{out.Conflicts[0].ID}})
	w.must(err)
	acme := w.client(w.a)
	a, err := acme.Asset(t.Context(), one)
	w.must(err)
	if a.Hours.OK || a.Fuel.OK || a.Lat.OK || !a.SeenAt.IsZero() {
		t.Errorf("sees values of the customer before: %+v", a)
	}
	if got := w.reads(acme, one, KindHours); got != 0 {
		t.Errorf("reads %d readings of the customer before", got)
	}
	fresh := w.now.Add(-time.Hour)
	_, err = w.staff.AddReadings(t.Context(), one, []Reading{{Kind: KindHours, At: fresh, Value: Some(11)}, {Kind: KindPosition, At: fresh, Value: Some(2), Value2: Some(2)}})
	w.must(err)
	_, err = w.staff.AddFaults(t.Context(), one, []FaultCode{{Code: "NEW", At: fresh}})
	w.must(err)
	a, err = acme.Asset(t.Context(), one)
	w.must(err)
	if a.Hours.V != 11 || a.Lat.V != 2 || a.Fuel.OK {
		t.Errorf("its own values: %+v", a)
	}
	if got := w.reads(acme, one, KindHours); got != 1 {
		t.Errorf("reads %d, want its own one", got)
	}
	faults, err := acme.Faults(t.Context(), one, 10)
	w.must(err)
	if len(faults) != 1 || faults[0].Code != "NEW" {
		t.Errorf("faults %+v", faults)
	}
	if got, _ := acme.NewFaults(t.Context(), time.Time{}, 10); len(got) != 1 {
		t.Errorf("new faults %+v", got)
	}
	feed, err := acme.Events(t.Context(), EventFilter{})
	w.must(err)
	for _, e := range feed.Rows {
		if e.Code == "OLD" || e.Customer != w.a {
			t.Errorf("the feed holds %+v", e)
		}
	}
	if len(feed.Rows) == 0 {
		t.Error("the feed is empty")
	}
	if got, err := w.client(w.b).Events(t.Context(), EventFilter{}); err != nil || len(got.Rows) != 0 {
		t.Errorf("the customer that gave it back reads %+v, %v", got.Rows, err)
	}
}

func (w *world) reads(s interface {
	Readings(context.Context, AssetID, string, time.Time, time.Time) ([]Reading, error)
}, id AssetID, kind string) int {
	w.Helper()
	got, err := s.Readings(w.Context(), id, kind, w.now.AddDate(-1, 0, 0), w.now.Add(time.Hour))
	w.must(err)
	return len(got)
}

func TestClient_whatIsNotSharedDoesNotExist(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	_, err := w.staff.AddReadings(t.Context(), one, []Reading{{Kind: KindHours, At: w.now, Value: Some(11)}, {Kind: KindPosition, At: w.now, Value: Some(2), Value2: Some(2)}})
	w.must(err)
	bare := w.client(w.a, FeatureAssets, FeatureList, FeatureHistory, FeatureActivity)
	a, err := bare.Asset(t.Context(), one)
	w.must(err)
	if a.Lat.OK || a.Lon.OK || !a.LocatedAt.IsZero() || a.Hours.OK || !a.SeenAt.IsZero() {
		t.Errorf("meters and map are not shared, got %+v", a)
	}
	for _, kind := range []string{KindHours, KindPosition} {
		if n := w.reads(bare, one, kind); n != 0 {
			t.Errorf("reads %d of %s", n, kind)
		}
	}
	if kinds, err := bare.ReadingKinds(t.Context(), one); err != nil || len(kinds) != 0 {
		t.Errorf("kinds %v, %v", kinds, err)
	}
	page, err := bare.Assets(t.Context(), AssetFilter{Sort: "-hours"})
	w.must(err)
	if page.Rows[0].Hours.OK {
		t.Error("the list shows hours")
	}
	if _, err := bare.Positions(t.Context(), AssetFilter{}, nil, 2); fault.Of(err) != fault.NotFound {
		t.Errorf("the map: %v", err)
	}
	if _, err := bare.Faults(t.Context(), one, 5); fault.Of(err) != fault.NotFound {
		t.Errorf("faults: %v", err)
	}
	none := w.client(w.a, FeatureAssets)
	for what, err := range map[string]error{
		"list":     errOf(none.Assets(t.Context(), AssetFilter{})),
		"page":     errOf(none.Asset(t.Context(), one)),
		"ids":      errOf(none.AssetIDs(t.Context(), AssetFilter{}, 5)),
		"feed":     errOf(none.Events(t.Context(), EventFilter{})),
		"readings": errOf(none.Readings(t.Context(), one, KindHours, w.now, w.now.Add(1))),
	} {
		if fault.Of(err) != fault.NotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

func TestClient_groupLimitedMemberSeesItsUnitsOnly(t *testing.T) {
	w := newWorld(t)
	north, south := w.asset("North"), w.asset("South")
	w.assign(w.a, north, south)
	w.sql(`INSERT INTO groups (provider_id, customer_id, name, key, created_at) VALUES (%d, %d, 'North', 'north', 0)`, w.staff.provider, w.a)
	groups, err := w.staff.GroupNames(t.Context())
	w.must(err)
	_, err = w.staff.GroupAssets(t.Context(), []AssetID{north}, groups[0].ID, true)
	w.must(err)
	for _, id := range []AssetID{north, south} {
		_, err = w.staff.AddReadings(t.Context(), id, []Reading{{Kind: KindPosition, At: w.now, Value: Some(2), Value2: Some(2)}, {Kind: KindHours, At: w.now, Value: Some(2)}})
		w.must(err)
		_, err = w.staff.AddFaults(t.Context(), id, []FaultCode{{Code: "F", At: w.now}})
		w.must(err)
	}
	c := w.client(w.a)
	c.groups, c.member = true, 77
	w.sql(`INSERT INTO users (id, provider_id, kind, email, email_key, name, state, created_at, updated_at) VALUES (900, %d, 'client', 'c@x', 'c@x', 'C', 'active', 0, 0)`, w.staff.provider)
	w.sql(`INSERT INTO portals (id, provider_id, customer_id, slug, name, theme_id, created_at, updated_at) SELECT 1, provider_id, %d, 'acme', 'Acme', min(id), 0, 0 FROM themes WHERE provider_id = %d`, w.a, w.staff.provider)
	w.sql(`INSERT INTO memberships (id, provider_id, portal_id, customer_id, user_id, all_groups, created_at) VALUES (77, %d, 1, %d, 900, 0, 0)`, w.staff.provider, w.a)
	if got := w.sees(c, AssetFilter{}); len(got) != 0 {
		t.Errorf("without a group it sees %v", got)
	}
	w.sql(`INSERT INTO membership_groups VALUES (%d, 77, %d)`, w.staff.provider, groups[0].ID)
	if got := w.sees(c, AssetFilter{}); len(got) != 1 || got[0] != "North" {
		t.Errorf("sees %v", got)
	}
	pts, err := c.Positions(t.Context(), AssetFilter{}, nil, 2)
	w.must(err)
	if pts.Total != 1 {
		t.Errorf("the map shows %d", pts.Total)
	}
	if got, _ := c.NewFaults(t.Context(), time.Time{}, 10); len(got) != 1 {
		t.Errorf("%d new faults", len(got))
	}
	if got, _ := c.Events(t.Context(), EventFilter{}); len(got.Rows) == 0 || got.Rows[0].AssetName != "North" {
		t.Errorf("feed %+v", got.Rows)
	}
	if _, err := c.Asset(t.Context(), south); fault.Of(err) != fault.NotFound {
		t.Errorf("the other unit's asset: %v", err)
	}
	if _, err := c.Readings(t.Context(), south, KindHours, w.now.Add(-1), w.now.Add(1)); fault.Of(err) != fault.NotFound {
		t.Errorf("the other unit's readings: %v", err)
	}
	_, err = w.staff.GroupAssets(t.Context(), []AssetID{north}, groups[0].ID, false)
	w.must(err)
	if got := w.sees(c, AssetFilter{}); len(got) != 0 {
		t.Errorf("taken out of the group it still sees %v", got)
	}
}
