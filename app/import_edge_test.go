package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

// slowly is a body of so many bytes that counts how many were sent.
type slowly struct {
	left int64
	sent *atomic.Int64
}

func (s *slowly) Read(p []byte) (int, error) {
	n := min(len(p), int(s.left))
	s.left -= int64(n)
	s.sent.Add(int64(n))
	return n, nil
}

// TestImport_aGigabyteIsRefusedBeforeItIsRead sends an upload that says how
// large it is.
func TestImport_aGigabyteIsRefusedBeforeItIsRead(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	var sent atomic.Int64
	req, err := http.NewRequestWithContext(t.Context(), "POST", a.URL+"/admin/nordlift/imports/new?kind=assets&once=x", &slowly{1 << 30, &sent})
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 1 << 30
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	b.Do(req)
	if s := b.Page.Status; s != http.StatusUnprocessableEntity && s != http.StatusRequestEntityTooLarge || !strings.Contains(b.Page.Text(), "Split it into parts") {
		t.Errorf("got %d: %.300s", s, b.Page.Text())
	}
	if n := sent.Load(); n > 4<<20 {
		t.Errorf("%d MB of it were read", n>>20)
	}
}

// TestImport_aFormSavedMeanwhileIsSaved sends a form while very many rows are
// written: pages open as ever, the form waits, and what it says stands.
func TestImport_aFormSavedMeanwhileIsSaved(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	began, end, over := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		over <- s.UpdateMany(t.Context(), func(store.Staff) error { close(began); <-end; return nil })
	}()
	<-began
	b.Get("/admin/nordlift/assets").Is(http.StatusOK)
	saved := make(chan *apptest.Page, 1)
	other := a.Browser()
	*other = *b
	go func() {
		saved <- other.Post("/admin/nordlift/groups/new", url.Values{"name": {"North yard"}}).Page
	}()
	select {
	case p := <-saved:
		t.Errorf("it did not wait: %d", p.Status)
	case <-time.After(100 * time.Millisecond):
	}
	close(end)
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	if p := <-saved; p.Status != http.StatusOK {
		t.Errorf("got %d: %.300s", p.Status, p.Text())
	}
	b.Get("/admin/nordlift/groups").Sees("North yard")
}
