package demo_test

import (
	"context"
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
