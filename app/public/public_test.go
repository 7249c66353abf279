package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

// TestWrongLinks_areThrottled by where they come from, whatever page of the
// door they try: thirty are told apart from nothing, then there is a pause. A
// link that works goes on working meanwhile.
func TestWrongLinks_areThrottled(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("swift")
	id, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Address: "Strand 1", Day: s.DayNow()}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := a.Desk.TrackJob(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	right := l.URL[strings.Index(l.URL, "/track/"):]
	wrong, quit := "/track/trk_"+strings.Repeat("A", 43), "/notices/unb_"+strings.Repeat("B", 43)
	b := a.Browser()
	tries := []func() *apptest.Browser{
		func() *apptest.Browser { return b.Get(wrong) }, func() *apptest.Browser { return b.Get(wrong + "/files/1") }, func() *apptest.Browser { return b.Get(wrong + "/marks.json") },
		func() *apptest.Browser { return b.Get(quit) }, func() *apptest.Browser { return b.Post(quit, url.Values{}) }, func() *apptest.Browser { return b.Get("/track/nonsense") },
		func() *apptest.Browser { return b.Get("/notices/nonsense") }, func() *apptest.Browser { return b.Get(right + "/files/99") },
	}
	told := 0
	for n := range 60 {
		switch got := tries[n%len(tries)]().Page.Status; got {
		case http.StatusNotFound:
			told++
		case http.StatusTooManyRequests:
		default:
			t.Fatalf("try %d: %d", n, got)
		}
	}
	if told != 30 {
		t.Errorf("%d wrong links were looked at, want 30", told)
	}
	for n, try := range tries {
		if p := try().Page; p.Status != http.StatusTooManyRequests || p.Header.Get("Retry-After") == "" {
			t.Errorf("page %d after the limit: %d, Retry-After %q", n, p.Status, p.Header.Get("Retry-After"))
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), "GET", a.URL+wrong, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Forwarded-For", "203.0.113.9") // nobody said that a proxy stands before us
	b.Do(req).Is(http.StatusTooManyRequests).Sees("Too many attempts")
	b.Get(right).Is(http.StatusOK).Sees("Delivery")
	a.Clock.Add(11 * time.Minute)
	b.Get(wrong).Is(http.StatusNotFound)
}
