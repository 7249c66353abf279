package app_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestAttack_getChangesNothing opens every address twice as everybody, by GET
// and by HEAD: afterwards every row is what it was. Scanners and previews open
// links too.
func TestAttack_getChangesNothing(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	was := w.spy.sums()
	n := 0
	for _, r := range w.routes {
		if r.method != "GET" && r.method != "HEAD" {
			continue
		}
		for _, p := range w.everybody() {
			for range 2 {
				w.send(ask{who: p, method: r.method, path: w.ownPath(r)})
				n++
			}
			if !w.spy.changed() {
				continue
			}
			who := differ(was, w.spy.sums())
			if r.name == "track" || strings.HasPrefix(r.name, "track.") || r.name == "notices.quit.ask" { // guesses of a link without sign-in are counted by the appliance
				who = slices.DeleteFunc(who, func(o owner) bool { return o == owner{} })
				w.spy.back()
			}
			if len(who) > 0 {
				t.Errorf("%s %s by %s changed rows of %v", r.method, r.path, p.name, who)
				w.spy.back()
			}
		}
	}
	t.Logf("%d requests", n)
}

// TestAttack_getOfRealLinksChangesNothing opens one-time links that work, as a
// mail scanner does.
func TestAttack_getOfRealLinksChangesNothing(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	links := w.realLinks()
	was := w.spy.sums()
	opened := 0
	for _, link := range links {
		for _, method := range []string{"GET", "HEAD", "GET"} {
			a := w.send(ask{method: method, path: link, header: map[string]string{"User-Agent": "LinkScanner/1.0"}})
			if a.status == 200 {
				opened++
			}
		}
	}
	if opened == 0 {
		t.Error("no link opened at all")
	}
	if who := differ(was, w.spy.sums()); len(who) > 0 {
		t.Errorf("looking at links changed rows of %v", who)
	}
}

// realLinks are addresses of one-time links that work now, one for every kind
// of route that takes one.
func (w *world) realLinks() (links []string) {
	kinds := map[string]func(portal bool) string{"reset": w.token("rst"), "activate": w.token("act"), "activation": w.token("act"), "invitation": w.invitation, "invite": w.invitation, "join": w.invitation}
	for _, r := range w.routes {
		if r.method != "GET" || !strings.Contains(r.path, "{token}") {
			continue
		}
		for word, make := range kinds {
			if strings.Contains(r.path, "/"+word) || strings.Contains(r.path, word+"/") {
				token := make(strings.HasPrefix(r.path, "/portal/"))
				links = append(links, strings.ReplaceAll(r.fill(wordOne, w.one.Portal.Slug, func(string) string { return none }), textPlaces["token"], token))
			}
		}
	}
	return links
}

// sites are the ways browsers say that a request comes from elsewhere.
var sites = []map[string]string{
	{"Sec-Fetch-Site": "cross-site"},
	{"Sec-Fetch-Site": "same-site"},
	{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"},
	{"Sec-Fetch-Site": "", "Origin": "https://evil.test"},
	{"Sec-Fetch-Site": "", "Origin": "null"},
	{"Sec-Fetch-Site": "", "Origin": "http://127.0.0.1.evil.test"},
	{"Sec-Fetch-Site": "none-such"},
}

// TestAttack_otherSitesChangeNothing sends every form as if another site had
// made the browser send it, in the name of those who may do the most.
func TestAttack_otherSitesChangeNothing(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	was, n := w.spy.sums(), 0
	for _, r := range w.routes {
		if r.method == "GET" || r.method == "HEAD" || r.method == "OPTIONS" {
			continue
		}
		p := w.who["admin"]
		if strings.HasPrefix(r.path, "/portal/") {
			p = w.who["client"]
		}
		if strings.HasPrefix(r.path, "/operator") {
			p = w.who["operator"]
		}
		for _, from := range sites {
			a := w.send(ask{who: p, method: r.method, path: w.ownPath(r), header: from, form: url.Values{"name": {"Forged"}, "title": {"Forged"}}})
			n++
			if a.status != 403 {
				t.Errorf("%s %s from %v answers %d", r.method, r.path, from, a.status)
			}
		}
	}
	if who := differ(was, w.spy.sums()); len(who) > 0 {
		t.Errorf("other sites changed rows of %v", who)
	}
	t.Logf("%d requests", n)
}
