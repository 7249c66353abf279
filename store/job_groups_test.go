package store

import (
	"fmt"
	"testing"

	"gatehouse/store/fault"
)

// TestJobs_ownGroups: a member that sees records of its "own groups" sees no
// job without a group, by any way, whether or not it is limited to some.
func TestJobs_ownGroups(t *testing.T) {
	w := newWorld(t)
	apple, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Apple", Customer: w.a})
	w.must(err)
	pear, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Pear", Customer: w.b})
	w.must(err)
	day := "2026-11-20"
	in := w.job(JobInput{Kind: JobDelivery, Subject: "in a group", Group: apple, Day: day, Lat: Some(50), Lon: Some(8)}, "")
	bare := w.job(JobInput{Kind: JobDelivery, Subject: "in none", Customer: w.a, Day: day, Lat: Some(50), Lon: Some(9)}, "")
	w.job(JobInput{Kind: JobDelivery, Subject: "another's", Group: pear, Day: day}, "")
	w.must(w.staff.CommentJob(t.Context(), bare, NewComment{Body: "public words"}))

	whole, c := w.client(w.a), w.client(w.a)
	c.inGroups = true
	for name, o := range map[string]struct {
		Client
		want int
	}{"whole customer": {whole, 2}, "own groups": {c, 1}} {
		list, err := o.Jobs(t.Context(), JobFilter{})
		w.must(err)
		found, err := o.Jobs(t.Context(), JobFilter{Search: "in"})
		w.must(err)
		counts, err := o.JobCounts(t.Context(), JobCountFilter{From: day, To: day})
		w.must(err)
		places, err := o.JobPlaces(t.Context(), JobFilter{}, nil, 3)
		w.must(err)
		got := fmt.Sprint(len(list.Rows), list.Total, len(found.Rows), TallyJobs(counts, day).Total, places.Total)
		if n := o.want; got != fmt.Sprint(n, n, n, n, n) {
			t.Errorf("%s: list, total, search, counters and map have %s, want %d", name, got, n)
		}
	}
	if _, err := c.Job(t.Context(), in); err != nil {
		t.Errorf("the job of its group: %v", err)
	}
	if _, err := c.Job(t.Context(), bare); fault.Of(err) != fault.NotFound {
		t.Errorf("the job without a group: %v", err)
	}
	if said, err := c.JobComments(t.Context(), bare); fault.Of(err) != fault.NotFound && (err != nil || len(said) != 0) {
		t.Errorf("what was said about it: %+v %v", said, err)
	}
	for _, group := range []GroupID{NoGroup, pear} {
		counts, err := c.JobCounts(t.Context(), JobCountFilter{Group: group})
		w.must(err)
		if n := TallyJobs(counts, day).Total; n != 0 {
			t.Errorf("counters of group %d: %d", group, n)
		}
	}
}
