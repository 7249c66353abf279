package store

import (
	"testing"
	"time"

	"gatehouse/store/fault"
)

func init() {
	planned["weeks of jobs, for a client"] = func(t *testing.T, s Staff) {
		f := features{FeatureJobs: true, FeatureJobList: true, FeatureJobReports: true, FeatureDeliveries: true, FeatureDeliveryList: true}
		c := Client{scope: scope{db: s.db, provider: s.provider, customer: 1, portal: 1, member: 1, shared: f, grants: clientGrants(f, false)}}
		_, err := c.JobWeeks(t.Context(), "2026-01-01", "2026-12-31", "deliveries")
		failed(t, err)
	}
}

func TestJobWeeks(t *testing.T) {
	w := newWorld(t)
	done := func(day, status string, at time.Time) {
		_, err := w.staff.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: JobInput{Kind: JobDelivery, Customer: w.a, Address: "x", Day: day, From: "08:00", To: "10:00", Zone: "UTC"}}, Status: status, DoneAt: at})
		w.must(err)
	}
	clock := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	done("2026-11-09", JobCompleted, clock(9, 9))
	done("2026-11-15", JobCompleted, clock(15, 11))
	done("2026-11-16", JobPartial, clock(16, 10))
	done("2026-11-17", JobFailed, clock(17, 9))
	done("2026-11-18", JobInfoReceived, time.Time{})
	want := []JobWeek{{Monday: "2026-11-09", Total: 2, Completed: 2, OnTime: 1, Late: 1}, {Monday: "2026-11-16", Total: 3, Partial: 1, Failed: 1, Open: 1, OnTime: 1}}
	got, err := w.client(w.a).JobWeeks(t.Context(), "2026-11-09", "2026-11-20", "deliveries")
	w.must(err)
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %+v, want %+v", got, want)
	}
	other, err := w.client(w.b).JobWeeks(t.Context(), "2026-11-09", "2026-11-20", "deliveries")
	w.must(err)
	if other[0].Total+other[1].Total != 0 {
		t.Errorf("another customer sees %+v", other)
	}
	if _, err := w.client(w.a, FeatureDeliveries, FeatureDeliveryList).JobWeeks(t.Context(), "2026-11-09", "2026-11-20", "deliveries"); fault.Of(err) != fault.Forbidden {
		t.Errorf("without the right: %v", err)
	}
	for _, bad := range [][2]string{{"x", "2026-11-20"}, {"2026-11-20", "2026-11-09"}, {"2020-01-01", "2026-01-01"}} {
		if _, err := w.client(w.a).JobWeeks(t.Context(), bad[0], bad[1], JobWork); fault.Of(err) != fault.Invalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
}
