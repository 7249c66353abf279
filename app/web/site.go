// Package web holds what the doors share: one way to answer, to fail, to read
// a form, to keep a session, to build a view. It knows no page of any door.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Handler answers a request, or returns why it cannot.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Site is what every door needs of the appliance.
type Site struct {
	DB    *store.DB
	Log   *slog.Logger
	Trust []netip.Prefix // proxies whose X-Forwarded-For is believed
	base  atomic.Pointer[url.URL]

	quit     sync.Mutex
	stopping chan struct{}
}

// Stopping returns a channel that is closed when the appliance is about to
// stop: answers that would go on for ever end with it.
func (s *Site) Stopping() <-chan struct{} {
	s.quit.Lock()
	defer s.quit.Unlock()
	if s.stopping == nil {
		s.stopping = make(chan struct{})
	}
	return s.stopping
}

// Stop closes Stopping. It is called once, by whoever serves.
func (s *Site) Stop() {
	s.Stopping()
	close(s.stopping)
}

// SetBase tells the site its configured address. Links are built from it.
func (s *Site) SetBase(u *url.URL) { s.base.Store(u) }

// LoadBase reads the configured address from the data file.
func (s *Site) LoadBase(ctx context.Context) error {
	v, err := s.DB.System("base URL", store.Origin{}).Setting(ctx, store.SetBaseURL)
	if err != nil || v == "" {
		return err
	}
	u, err := url.Parse(v)
	if err == nil {
		s.SetBase(u)
	}
	return err
}

// URL is an address on the appliance, from the configured base, never from the
// request.
func (s *Site) URL(path string) string {
	if b := s.base.Load(); b != nil {
		return strings.TrimSuffix(b.String(), "/") + path
	}
	return path
}

// Secure reports whether people come over https.
func (s *Site) Secure() bool { b := s.base.Load(); return b != nil && b.Scheme == "https" }

// Door is one way into the appliance: how its pages look and where its people
// sign in. View must work for strangers too.
type Door struct {
	View   func(r *http.Request) *ui.View
	SignIn func(r *http.Request) string
}

// Handle makes f a http.Handler whose failures are rendered by the door.
func (s *Site) Handle(d Door, f Handler) http.Handler {
	return s.HandleBig(d, 1<<20, f)
}

// HandleBig is Handle for requests of up to max bytes, such as uploads.
func (s *Site) HandleBig(d Door, max int64, f Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = arriving(w, r, max)
		if err := f(w, r); err != nil {
			s.fail(w, r, d, err)
		}
	})
}
