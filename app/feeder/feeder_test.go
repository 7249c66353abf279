package feeder_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/feeder"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// post is where feeds are asked from.
type post struct {
	*feeder.Feeder
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
	s     store.Staff
}

func newPost(t *testing.T, private string) *post {
	t.Helper()
	db, clock := storetest.Open(t)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	d := desk.New(t.Context(), db, log)
	t.Cleanup(d.Wait)
	p := &post{&feeder.Feeder{DB: db, Desk: d, Log: log, Patience: 2 * time.Second}, t, db, clock, storetest.Provider(t, db, "nordlift")}
	p.must(db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetFeedPrivate: private}))
	return p
}

func (p *post) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// ask adds a feed and asks it once.
func (p *post) ask(e store.FeedEdit) store.Feed {
	p.t.Helper()
	if e.Name == "" {
		e.Name = "Trackunit"
	}
	if e.Auth == "" {
		e.Auth = "none"
	}
	e.Every, e.Enabled = 60, true
	id, err := p.s.AddFeed(p.t.Context(), e)
	p.must(err)
	p.must(p.Due(p.t.Context()))
	f, err := p.s.Feed(p.t.Context(), id)
	p.must(err)
	return f
}

// page is one of a fleet: two machines, and a link to the next.
func page(n int, next string) string {
	link := ""
	if next != "" {
		link = "<Links><rel>next</rel><href>" + next + "</href></Links>"
	}
	machine := func(k int) string {
		return fmt.Sprintf(`<Equipment><EquipmentHeader><OEMName>Kramer</OEMName><EquipmentID>M-%d</EquipmentID><SerialNumber>S-%d</SerialNumber></EquipmentHeader>
			<CumulativeOperatingHours datetime="2026-11-19T10:00:00Z"><Hour>%d.5</Hour></CumulativeOperatingHours></Equipment>`, k, k, k)
	}
	return `<?xml version="1.0"?><Fleet xmlns="http://standards.iso.org/iso/15143/-3">` + link + machine(2*n) + machine(2*n+1) + `</Fleet>`
}

// fleetServer serves four pages to whoever signs in.
func fleetServer(t *testing.T, allowed func(*http.Request) bool) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if !allowed(r) {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprintf(w, "<html><h1>No entry</h1> for %s</html>", r.Header.Get("Authorization"))
			return
		}
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/Fleet/%d", &n); err != nil || n > 4 {
			http.NotFound(w, r)
			return
		}
		next := ""
		if n < 4 {
			next = fmt.Sprintf("/Fleet/%d", n+1)
		}
		w.Header().Set("Content-Type", "application/xml")
		_, _ = io.WriteString(w, page(n, next))
	}))
	t.Cleanup(srv.Close)
	return srv, &asked
}

func TestPull_followsPagesAndIsIdempotent(t *testing.T) {
	p := newPost(t, "yes")
	srv, asked := fleetServer(t, func(r *http.Request) bool { u, pw, _ := r.BasicAuth(); return u == "nord" && pw == "geheim" })
	f := p.ask(store.FeedEdit{URL: srv.URL + "/Fleet/1", Auth: "basic", Username: "nord", Secret: "geheim"})
	if want := (store.PullResult{Pages: 4, Machines: 8, Added: 8, Readings: 8, OK: true}); f.Last.PullResult != want {
		t.Fatalf("got %+v, want %+v", f.Last.PullResult, want)
	}
	if asked.Load() != 4 {
		t.Errorf("asked %d times, want 4", asked.Load())
	}
	if want := p.s.Now().Add(time.Hour); !f.NextAt.Equal(want) {
		t.Errorf("next at %v, want %v", f.NextAt, want)
	}
	p.must(p.Due(t.Context()))
	if asked.Load() != 4 {
		t.Error("asked again before its time")
	}
	p.clock.Add(time.Hour)
	p.must(p.Due(t.Context()))
	f, err := p.s.Feed(t.Context(), f.ID)
	p.must(err)
	if want := (store.PullResult{Pages: 4, Machines: 8, OK: true}); f.Last.PullResult != want {
		t.Errorf("the second time: got %+v, want %+v", f.Last.PullResult, want)
	}
	a, err := p.s.Assets(t.Context(), store.AssetFilter{})
	p.must(err)
	if len(a.Rows) != 8 {
		t.Errorf("got %d assets, want 8", len(a.Rows))
	}
	log, err := p.s.Pulls(t.Context(), f.ID, "")
	p.must(err)
	if len(log.Rows) != 2 {
		t.Errorf("got %d pulls in the log, want 2", len(log.Rows))
	}
}

func TestPull_bearer(t *testing.T) {
	p := newPost(t, "yes")
	srv, _ := fleetServer(t, func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer tok-123" })
	if f := p.ask(store.FeedEdit{URL: srv.URL + "/Fleet/4", Auth: "bearer", Secret: "tok-123"}); !f.Last.OK || f.Last.Machines != 2 {
		t.Errorf("got %+v", f.Last)
	}
}

func TestPull_refusalIsToldInTheServersWordsWithoutTheSecret(t *testing.T) {
	p := newPost(t, "yes")
	srv, _ := fleetServer(t, func(*http.Request) bool { return false })
	f := p.ask(store.FeedEdit{URL: srv.URL + "/Fleet/1", Auth: "bearer", Secret: "tok-456"})
	if f.Last.OK || f.Last.Says != "The server answered “401 Unauthorized”. It says: No entry for Bearer •••" {
		t.Errorf("got %q", f.Last.Says)
	}
}

func TestPull_failuresWaitLongerEachTime(t *testing.T) {
	p := newPost(t, "yes")
	srv, _ := fleetServer(t, func(*http.Request) bool { return false })
	f := p.ask(store.FeedEdit{URL: srv.URL + "/Fleet/1"})
	for _, want := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
		if got := f.NextAt.Sub(p.s.Now()); got != want {
			t.Errorf("after %d failures it waits %v, want %v", f.Failures, got, want)
		}
		p.clock.Add(f.NextAt.Sub(p.s.Now()))
		p.must(p.Due(t.Context()))
		var err error
		f, err = p.s.Feed(t.Context(), f.ID)
		p.must(err)
	}
}

func TestPull_serversThatMisbehave(t *testing.T) {
	canary := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Error("the other server was asked") }))
	defer canary.Close()
	var loops atomic.Int64
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		says  string
		pages int64
	}{
		"links in a circle": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, page(1, map[string]string{"/1": "/2", "/2": "/3", "/3": "/1"}[r.URL.Path]))
		}, "leads back to a page that was read already", 3},
		"pages without end": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `<Fleet><Links><rel>next</rel><href>/`+fmt.Sprint(loops.Add(1)+1)+`</href></Links><Equipment><EquipmentHeader><EquipmentID>E</EquipmentID></EquipmentHeader></Equipment></Fleet>`)
		}, "more than 500 pages", 500},
		"next page elsewhere": {func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, page(1, canary.URL+"/2")) }, "on another server, which was not asked", 1},
		"redirect elsewhere":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, canary.URL+"/1", http.StatusFound) }, "sends us on to another one", 0},
		"redirect for ever":   {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }, "again and again", 0},
		"slow":                {func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "took too long", 0},
		"breaks off": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "9999")
			_, _ = io.WriteString(w, page(1, ""))
		}, "broke off", 0},
		"half": {func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, page(1, "")[:300]) }, "", 0},
		"a web page": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html><body>Please sign in</body></html>")
		}, "", 0},
		"server error": {func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "maintenance until noon", http.StatusServiceUnavailable)
		}, "503 Service Unavailable”. It says: maintenance until noon", 0},
		"huge": {func(w http.ResponseWriter, r *http.Request) {
			chunk := []byte(strings.Repeat("<a>x</a>", 1<<17))
			for range 70 {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, "larger than 64 MB", 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, "yes")
			if name == "huge" || name == "pages without end" {
				p.Patience = time.Minute
			}
			srv := httptest.NewServer(c.serve)
			defer srv.Close()
			f := p.ask(store.FeedEdit{URL: srv.URL + "/1"})
			if f.Last.OK || !strings.Contains(f.Last.Says, c.says) || f.Last.Says == "" || f.Last.Pages != c.pages || strings.Contains(f.Last.Says, "log of the appliance") {
				t.Errorf("got %+v, want %q after %d pages", f.Last.PullResult, c.says, c.pages)
			}
		})
	}
}

func TestPull_suspendedProvidersFeedsRest(t *testing.T) {
	p := newPost(t, "yes")
	srv, asked := fleetServer(t, func(*http.Request) bool { return true })
	_, err := p.s.AddFeed(t.Context(), store.FeedEdit{Name: "A", URL: srv.URL + "/Fleet/4", Auth: "none", Every: 60, Enabled: true})
	p.must(err)
	off, err := p.s.AddFeed(t.Context(), store.FeedEdit{Name: "B", URL: srv.URL + "/Fleet/4", Auth: "none", Every: 60})
	p.must(err)
	if err := p.s.AskFeed(t.Context(), off); err == nil {
		t.Error("a feed that is switched off was made due")
	}
	due, err := p.db.System("test", store.Origin{}).DueFeeds(t.Context(), 10)
	p.must(err)
	if len(due) != 1 || due[0].Name != "A" {
		t.Errorf("due: %v", due)
	}
	p.must(p.Due(t.Context()))
	if asked.Load() != 0 {
		t.Error("a feed that somebody claimed was asked by another")
	}
	p.must(p.db.System("test", store.Origin{}).SettleFeeds(t.Context()))
	p.must(p.Due(t.Context()))
	if asked.Load() != 1 {
		t.Errorf("after a restart it was asked %d times, want 1", asked.Load())
	}
}

func TestGuard_nothingInsideIsReached(t *testing.T) {
	p := newPost(t, "")
	canary := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s reached the canary", r.Host)
		_, _ = io.WriteString(w, page(1, ""))
	}))
	defer canary.Close()
	port := canary.URL[strings.LastIndex(canary.URL, ":"):]
	for i, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]",
		"10.0.0.1", "172.16.5.4", "192.168.1.1", "100.64.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::7f00:1]",
		"224.0.0.1", "255.255.255.255", "198.18.0.1", "240.0.0.1", "192.0.2.1"} {
		f := p.ask(store.FeedEdit{Name: fmt.Sprint("feed ", i), URL: "http://" + host + port + "/"})
		if f.Last.OK || f.Last.Says == "" {
			t.Errorf("%s: got %+v", host, f.Last)
		}
	}
}

func TestGuard_metadataIsNeverAsked(t *testing.T) {
	p := newPost(t, "yes")
	for i, host := range []string{"169.254.169.254", "[fd00:ec2::254]", "0.0.0.0:8080", "[fe80::1]", "224.0.0.1", "127.0.0.1:25", "127.0.0.1:22"} {
		if f := p.ask(store.FeedEdit{Name: fmt.Sprint("feed ", i), URL: "http://" + host + "/"}); f.Last.OK || !strings.Contains(f.Last.Says, "no feed may ask") && !strings.Contains(f.Last.Says, "Port ") {
			t.Errorf("%s: got %q", host, f.Last.Says)
		}
	}
}
