// Package apptest runs the whole appliance in the test's own process, over a
// real data file, with a clock the test moves, and gives tests a browser that
// asserts what a person would see. Only tests import it.
package apptest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gatehouse/app"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// Appliance is a running appliance.
type Appliance struct {
	*app.App
	DB    *store.DB
	Clock *storetest.Clock
	URL   string
	t     testing.TB
}

// New starts an appliance that ends with the test. Its base URL is set.
func New(t testing.TB) *Appliance {
	t.Helper()
	db, clock := storetest.Open(t)
	return NewOver(t, db, clock)
}

// NewOver is New over a data file that is open.
func NewOver(t testing.TB, db *store.DB, clock *storetest.Clock) *Appliance {
	t.Helper()
	srv := httptest.NewUnstartedServer(nil)
	base := "http://" + srv.Listener.Addr().String()
	if err := db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetBaseURL: base, store.SetReady: "yes"}); err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), db, slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	srv.Config.Handler = a.Handler()
	srv.Start()
	t.Cleanup(func() { srv.Close(); a.Close() })
	return &Appliance{App: a, DB: db, Clock: clock, URL: base, t: t}
}

type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// Password is what everybody in tests signs in with.
const Password = "correct horse battery staple"

// Provider makes a provider with an admin who signs in as admin@SLUG.test, and
// returns the admin's scope.
func (a *Appliance) Provider(slug string) store.Staff {
	a.t.Helper()
	s := storetest.Provider(a.t, a.DB, slug)
	a.SetPassword(s.Me().ID)
	return s
}

// SetPassword lets a person sign in with Password.
func (a *Appliance) SetPassword(id store.UserID) {
	a.t.Helper()
	phc, err := secret.Hash(a.t.Context(), Password)
	if err == nil {
		err = a.DB.System("test", store.Origin{}).Rehash(a.t.Context(), id, phc)
	}
	if err != nil {
		a.t.Fatal(err)
	}
}

// Browser is somebody at a browser without scripts: it keeps cookies, follows
// redirects and fills in forms.
type Browser struct {
	t    testing.TB
	a    *Appliance
	http *http.Client
	Page *Page // where it is now
}

// Page is what came back.
type Page struct {
	Status int
	URL    *url.URL
	Header http.Header
	Body   string
	doc    *html.Node
}

// Browser opens a fresh browser.
func (a *Appliance) Browser() *Browser {
	jar, _ := cookiejar.New(nil)
	return &Browser{t: a.t, a: a, http: &http.Client{Jar: jar}}
}

// SignIn signs in at a door, such as "/admin/nordlift", with Password.
func (b *Browser) SignIn(door, email string) *Browser {
	b.t.Helper()
	return b.SignInAs(door, email, Password)
}

// SignInAs signs in at a door with another password.
func (b *Browser) SignInAs(door, email, password string) *Browser {
	b.t.Helper()
	b.Post(door+"/sign-in", url.Values{"email": {email}, "password": {password}}).Is(http.StatusOK)
	if strings.Contains(b.Page.URL.Path, "sign-in") {
		b.t.Fatalf("sign-in at %s as %s failed: %s", door, email, b.Page.Text())
	}
	return b
}

// Get opens an address.
func (b *Browser) Get(path string) *Browser {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), "GET", b.a.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(req)
}

// Post sends a form.
func (b *Browser) Post(path string, form url.Values) *Browser {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), "POST", b.a.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// Cookies are those the browser would send to an address.
func (b *Browser) Cookies(u *url.URL) []*http.Cookie { return b.http.Jar.Cookies(u) }

// DoOnce sends any request without following redirects.
func (b *Browser) DoOnce(req *http.Request) *Browser {
	b.t.Helper()
	c := *b.http
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	once := &Browser{t: b.t, a: b.a, http: &c}
	once.do(req)
	b.Page = once.Page
	return b
}

// Do sends any request; its address must lie on the appliance.
func (b *Browser) Do(req *http.Request) *Browser { b.t.Helper(); return b.do(req) }

func (b *Browser) do(req *http.Request) *Browser {
	b.t.Helper()
	req.Header.Set("Accept", "text/html")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Page = &Page{Status: res.StatusCode, URL: res.Request.URL, Header: res.Header, Body: string(body)}
	return b
}

// Is fails the test unless the page has this status.
func (b *Browser) Is(status int) *Browser {
	b.t.Helper()
	if b.Page.Status != status {
		b.t.Fatalf("%s: got %d, want %d: %s", b.Page.URL.Path, b.Page.Status, status, b.Page.Text())
	}
	return b
}

// Sees fails the test unless the page shows every one of the texts.
func (b *Browser) Sees(texts ...string) *Browser {
	b.t.Helper()
	for _, want := range texts {
		if !strings.Contains(b.Page.Text(), want) {
			b.t.Fatalf("%s does not show %q. It shows: %s", b.Page.URL.Path, want, b.Page.Text())
		}
	}
	return b
}

// SeesNot fails the test if the page holds any of the texts, shown or not.
func (b *Browser) SeesNot(texts ...string) *Browser {
	b.t.Helper()
	for _, bad := range texts {
		if strings.Contains(b.Page.Body, bad) || strings.Contains(b.Page.Text(), bad) {
			b.t.Fatalf("%s holds %q", b.Page.URL.Path, bad)
		}
	}
	return b
}

// Text is what the page shows, its spaces folded.
func (p *Page) Text() string {
	if p.doc == nil {
		p.doc, _ = html.Parse(strings.NewReader(p.Body)) // the parser takes anything
	}
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			out.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.doc)
	return strings.Join(strings.Fields(out.String()), " ")
}
