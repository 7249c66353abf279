package demo_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/demo"
	"gatehouse/store"
)

func TestBuild_everyDoorOpens(t *testing.T) {
	a := apptest.New(t)
	if _, err := demo.Build(t.Context(), a.DB, a.Desk); err != nil {
		t.Fatal(err)
	}
	again, err := demo.Build(t.Context(), a.DB, a.Desk)
	if err != nil {
		t.Fatalf("a second time: %v", err)
	}
	for _, d := range again {
		if d.Path == "/operator" {
			continue // its own tests sign in there
		}
		if d.Login == "" {
			a.Browser().Get(d.Path).Is(http.StatusOK).Sees("Swift Couriers")
			continue
		}
		b := a.Browser().SignInAs(d.Path, d.Login, demo.Password)
		if b.Page.URL.Path != d.Path {
			t.Errorf("%s lands at %s", d.Login, b.Page.URL.Path)
		}
	}
	all, err := a.DB.System("test", store.Origin{}).Providers(t.Context())
	if err != nil || len(all) != 2 {
		t.Errorf("%d providers, %v; want 2", len(all), err)
	}
}

func TestBuild_halfMadeIsRefused(t *testing.T) {
	a := apptest.New(t)
	if err := a.DB.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetReady: ""}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for range 10 { // commits: two providers take hundreds
			<-a.DB.Changed()
		}
		cancel()
	}()
	if _, err := demo.Build(ctx, a.DB, a.Desk); err == nil {
		t.Fatal("it was built before it could be interrupted")
	}
	if _, err := demo.Build(t.Context(), a.DB, a.Desk); err == nil || !strings.Contains(err.Error(), "half made") {
		t.Errorf("a second time: %v", err)
	}
}

// TestBuild_jobsHappenedWhenTheySay: done within their windows, whatever the
// hour in which the sample data is made, and within Start by and Due by.
func TestBuild_jobsHappenedWhenTheySay(t *testing.T) {
	a := apptest.New(t)
	if _, err := demo.Build(t.Context(), a.DB, a.Desk); err != nil {
		t.Fatal(err)
	}
	y := a.DB.System("test", store.Origin{})
	firms, err := y.Providers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range firms {
		s, err := y.Provider(t.Context(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		slug := f.Slug
		all, err := s.Jobs(t.Context(), store.JobFilter{Limit: 500, Full: true})
		if err != nil {
			t.Fatal(err)
		}
		proven, tried := 0, 0
		for _, j := range all.Rows {
			late := j.DoneAt.After(j.EndsAt) || j.DoneAt.Before(j.StartsAt)
			if j.Status == store.JobCompleted && late || j.DoneAt.After(s.Now()) || j.CreatedAt.After(j.StartsAt) {
				t.Errorf("%s %s %s: in at %s, window %s to %s, done at %s", slug, j.Day, store.JobNumber(j.Number), j.CreatedAt, j.StartsAt, j.EndsAt, j.DoneAt)
			}
			if !j.DueBy.IsZero() && j.DueBy.Before(j.EndsAt) || !j.StartBy.IsZero() && j.StartBy.Before(j.StartsAt) {
				t.Errorf("%s %s %s: window %s to %s, to start by %s and due by %s", slug, j.Day, store.JobNumber(j.Number), j.StartsAt, j.EndsAt, j.StartBy, j.DueBy)
			}
			if j.Attempt > 1 {
				tried++
			}
			proofs, err := s.Proofs(t.Context(), j.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range proofs {
				if _, signed := p.Signature(); signed && len(p.Photos()) > 0 && p.Receiver != "" && p.Lat.OK {
					proven++
				}
			}
		}
		if proven == 0 || slug == "swift" && tried == 0 {
			t.Errorf("%s: %d jobs with a whole proof, %d further attempts", slug, proven, tried)
		}
	}
}
