package store

import (
	"fmt"
	"testing"
	"time"

	"gatehouse/store/fault"
)

// TestSees_ownGroups: a member that sees records of its "own groups" sees no
// asset and no site that is in none of its customer's groups, by any way, and
// what was taken out of the group is gone at once.
func TestSees_ownGroups(t *testing.T) {
	w := newWorld(t)
	apple, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Apple", Customer: w.a})
	w.must(err)
	fleet, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "The provider's own cut"})
	w.must(err)
	in, bare := w.asset("In a group"), w.asset("In none")
	tag := func(id AssetID, groups ...GroupID) {
		t.Helper()
		a, err := w.staff.Asset(t.Context(), id)
		w.must(err)
		w.must(w.staff.ChangeAsset(t.Context(), id, a.Version, AssetEdit{AssetInput: a.AssetInput, Groups: append([]GroupID{}, groups...)}))
	}
	w.assign(w.a, in, bare)
	tag(in, apple)
	tag(bare, fleet)
	w.now = w.now.Add(time.Hour)
	for _, id := range []AssetID{in, bare} {
		_, err := w.staff.AddReadings(t.Context(), id, []Reading{{Kind: KindHours, At: w.now.Add(-time.Minute), Value: Some(7)}, {Kind: KindPosition, At: w.now.Add(-time.Minute), Value: Some(50), Value2: Some(8)}})
		w.must(err)
		_, err = w.staff.AddFaults(t.Context(), id, []FaultCode{{Code: "E-1", Description: "Hot", At: w.now.Add(-time.Minute)}})
		w.must(err)
	}
	yard, err := w.staff.AddSite(t.Context(), SiteEdit{Name: "Yard", Customer: w.a, Group: apple})
	w.must(err)
	field, err := w.staff.AddSite(t.Context(), SiteEdit{Name: "Field", Customer: w.a})
	w.must(err)
	job, err := w.staff.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: JobInput{Kind: JobWork, Subject: "x", Customer: w.a, Group: apple}, Assets: []AssetID{in, bare}}})
	w.must(err)

	whole, c := w.client(w.a), w.client(w.a)
	c.inGroups = true
	ways := func(o Client) string {
		ctx := t.Context()
		list, err := o.Assets(ctx, AssetFilter{})
		w.must(err)
		found, err := o.Assets(ctx, AssetFilter{Search: "in"})
		w.must(err)
		facets, err := o.AssetFacets(ctx)
		w.must(err)
		n := 0
		for _, c := range facets.Counts {
			n += c.N
		}
		marks, err := o.Positions(ctx, AssetFilter{}, nil, 3)
		w.must(err)
		events, err := o.Events(ctx, EventFilter{Kind: "fault"})
		w.must(err)
		faults, err := o.NewFaults(ctx, w.now.Add(-time.Hour), 9)
		w.must(err)
		ofJob, err := o.JobAssets(ctx, job)
		w.must(err)
		sites, err := o.Sites(ctx, SiteFilter{})
		w.must(err)
		return fmt.Sprint(len(list.Rows), list.Total, len(found.Rows), n, marks.Total, len(events.Rows), len(faults), len(ofJob), len(sites.Rows), sites.Total)
	}
	for name, o := range map[string]struct {
		Client
		want string
	}{"whole customer": {whole, "2 2 2 2 2 2 2 2 2 2"}, "own groups": {c, "1 1 1 1 1 1 1 1 1 1"}} {
		if got := ways(o.Client); got != o.want {
			t.Errorf("%s: list, total, search, counters, map, activity, faults, a job's assets, sites and their total have %s, want %s", name, got, o.want)
		}
		few := o.Client
		few.few = true
		if got := ways(few); got != o.want {
			t.Errorf("%s, of few assets: got %s, want %s", name, got, o.want)
		}
	}
	gone := func(id AssetID, site SiteID) {
		t.Helper()
		for way, err := range map[string]error{"page": errOf(c.Asset(t.Context(), id)), "readings": errOf(c.Readings(t.Context(), id, KindHours, time.Time{}, w.now)), "faults": errOf(c.Faults(t.Context(), id, 9)),
			"fields": errOf(c.FieldValues(t.Context(), id)), "groups": errOf(c.AssetGroups(t.Context(), id)), "activity": errOf(c.Events(t.Context(), EventFilter{Asset: id})), "site": errOf(c.Site(t.Context(), site))} {
			if fault.Of(err) != fault.NotFound {
				t.Errorf("%s of %d: %v", way, id, err)
			}
		}
	}
	gone(bare, field)
	if _, err := c.Asset(t.Context(), in); err != nil {
		t.Errorf("the asset of its group: %v", err)
	}
	tag(in, fleet)
	o, err := w.staff.Site(t.Context(), yard)
	w.must(err)
	o.Group = 0
	w.must(w.staff.ChangeSite(t.Context(), yard, o.Version, SiteEdit{Name: o.Name, Customer: w.a}))
	gone(in, yard)
	if got := ways(c); got != "0 0 0 0 0 0 0 0 0 0" {
		t.Errorf("taken out of the group: got %s, want nothing", got)
	}
}
