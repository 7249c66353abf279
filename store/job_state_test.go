package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestJobMoves_golden keeps which status follows which, who may set it, and
// what a customer is told in each.
func TestJobMoves_golden(t *testing.T) {
	var b strings.Builder
	for _, shape := range []string{JobWork, JobDelivery} {
		fmt.Fprintf(&b, "# %s\n", shape)
		for _, from := range JobStatuses(shape) {
			fmt.Fprintf(&b, "%s (%s)\n", from, StatusWords(from))
			for _, m := range jobMoves {
				if m.shape == shape && m.from == from {
					fmt.Fprintf(&b, "   → %s, %s\n", m.to, m.by)
				}
			}
			for _, c := range []struct {
				says     string
				assigned bool
				day      string
			}{{"nobody assigned", false, "2026-11-20"}, {"assigned, today", true, "2026-11-20"}, {"assigned, tomorrow", true, "2026-11-21"}, {"assigned, no day", true, ""}} {
				fmt.Fprintf(&b, "   tells %s (%s)\n", Track(shape, from, c.assigned, c.day, "2026-11-20"), c.says)
			}
		}
	}
	golden(t, "testdata/job_moves.txt", b.String())
}

func TestJobMoves_everyStatusIsReachedAndKnown(t *testing.T) {
	for _, shape := range []string{JobWork, JobDelivery} {
		reached := map[string]bool{JobDraft: true, JobInfoReceived: true}
		for _, m := range jobMoves {
			if m.shape == shape {
				reached[m.to] = true
				if !contains(JobStatuses(shape), m.from) || !contains(JobStatuses(shape), m.to) {
					t.Errorf("%s: %s → %s names no status", shape, m.from, m.to)
				}
			}
		}
		for _, s := range JobStatuses(shape) {
			if !reached[s] {
				t.Errorf("%s: nothing leads to %s", shape, s)
			}
		}
	}
}

// TestTrack_listAndRuleAgree holds the list's conditions against the rule.
func TestTrack_listAndRuleAgree(t *testing.T) {
	alone(t)
	w := newWorld(t)
	me := w.tech("Tess")
	today := w.staff.DayNow()
	for _, kind := range JobKinds {
		for _, status := range JobStatuses(jobShape(kind)) {
			for _, who := range []UserID{0, me} {
				for _, day := range []string{"2026-01-01", today, "2027-01-01"} {
					w.job(JobInput{Kind: kind, Day: day, Assignee: who, Customer: w.a}, status)
				}
			}
		}
	}
	all, err := w.staff.Jobs(t.Context(), JobFilter{Limit: 1000})
	w.must(err)
	want := map[string]int{}
	for _, j := range all.Rows {
		want[j.Track(today)]++
	}
	for track := range trackConds {
		p, err := w.staff.Jobs(t.Context(), JobFilter{Track: track, Limit: 1000})
		w.must(err)
		for _, j := range p.Rows {
			if got := j.Track(today); got != track {
				t.Errorf("list of %s holds one that is %s (%s %s %v %s)", track, got, j.Kind, j.Status, j.Assigned, j.Day)
			}
		}
		if len(p.Rows) != want[track] {
			t.Errorf("%s: %d listed, want %d", track, len(p.Rows), want[track])
		}
	}
	counts, err := w.staff.JobCounts(t.Context(), JobCountFilter{})
	w.must(err)
	for track, n := range TallyJobs(counts, today).Track {
		if int(n) != want[track] {
			t.Errorf("%s: counters say %d, want %d", track, n, want[track])
		}
	}
}

// tech adds a technician.
func (w *world) tech(name string) UserID {
	w.Helper()
	id, err := w.db.System("test", Origin{}).AddUser(w.Context(), w.staff.provider, NewUser{Kind: "staff", Name: name, Email: strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@one.test", Role: "technician", Password: "x"})
	w.must(err)
	return id
}

// job adds a job that has a status already.
func (w *world) job(in JobInput, status string) JobID {
	w.Helper()
	if in.Subject == "" {
		in.Subject = "Job"
	}
	if in.Address == "" {
		in.Address = "Street 1"
	}
	if in.Kind == "" {
		in.Kind = JobWork
	}
	id, err := w.staff.AddJob(w.Context(), NewJob{JobEdit: JobEdit{JobInput: in}, Status: status})
	w.must(err)
	return id
}
