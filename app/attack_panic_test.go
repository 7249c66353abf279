package app_test

import (
	"net/http"
	"strings"
	"testing"
)

// inner are words of what is inside; no answer may hold them.
var inner = []string{"SELECT ", "sqlite", "SQLITE", ".db", "goroutine", "/tmp/", "runtime error", "zombiezen", ".go:", "kaboom"}

// TestAttack_panicIsContained makes a handler panic: one generic answer with a
// number to quote, and everybody else is served on.
func TestAttack_panicIsContained(t *testing.T) {
	w := newWorld(t)
	w.Router.HandleFunc("/boom", func(http.ResponseWriter, *http.Request) { panic("kaboom SELECT /tmp/secret.db") }).Methods("GET").Name("boom")
	w.Router.HandleFunc("/late", func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = rw.Write([]byte("half"))
		panic("kaboom")
	}).Methods("GET").Name("late")
	a := w.is(http.StatusInternalServerError, ask{method: "GET", path: "/boom"})
	if !hexID.MatchString(a.body) {
		t.Errorf("no number to quote: %s", a.body)
	}
	for _, wrong := range badHeaders(answer{header: a.header, body: a.body, status: 200}, true, false) {
		t.Error(wrong)
	}
	w.clean(a)
	w.send(ask{method: "GET", path: "/late"})
	w.is(http.StatusOK, ask{who: w.who["admin"], method: "GET", path: "/admin/twin-one/profile"})
	if tx := w.spy.number(`SELECT count(*) FROM customers`); tx == 0 {
		t.Error("the data file does not answer any more")
	}
}

func (w *world) clean(a answer) {
	w.t.Helper()
	for _, word := range inner {
		if strings.Contains(a.body, word) {
			w.t.Errorf("the answer shows %q: %.300s", word, a.body)
		}
	}
}

// TestAttack_closedFileTellsNothing takes the data file away under a running
// appliance and asks every route.
func TestAttack_closedFileTellsNothing(t *testing.T) {
	w := newWorld(t)
	paths := map[string]route{}
	for _, r := range w.routes {
		paths[r.method+" "+w.ownPath(r)] = r
	}
	w.must(w.DB.Close())
	failed := 0
	for at := range paths {
		method, path, _ := strings.Cut(at, " ")
		for _, p := range []*principal{nil, w.who["admin"], w.who["client"], w.who["operator"]} {
			a := w.send(ask{who: p, method: method, path: path})
			if a.status >= 500 {
				failed++
			}
			if a.status < 500 && a.status != 404 && a.status != 421 && !strings.HasPrefix(path, "/static") && !strings.HasPrefix(path, "/livez") && !strings.HasPrefix(path, "/theme") && a.status != 422 && a.status != 303 {
				t.Errorf("%s answers %d without its file", at, a.status)
			}
			w.clean(a)
		}
	}
	if failed == 0 {
		t.Error("nothing failed, so the file was not away")
	}
	if a := w.send(ask{method: "GET", path: "/readyz"}); a.status != http.StatusServiceUnavailable {
		t.Errorf("/readyz answers %d", a.status)
	}
	if a := w.send(ask{method: "GET", path: "/livez"}); a.status != http.StatusOK {
		t.Errorf("/livez answers %d", a.status)
	}
}
