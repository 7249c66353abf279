package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatehouse/app/apptest"
)

// tableOf names the table a route's place is an id of, where it is not simply
// the plural.
var tableOf = map[string]string{
	"member": "memberships", "colleague": "memberships", "template": "portal_templates", "mail": "outbox", "letter": "outbox", "pull": "feed_pulls", "field": "asset_fields", "type": "customer_types",
	"job_status": "job_statuses", "terms": "terms", "term": "terms", "link": "invitations", "entry": "audit", "line": "audit", "staff": "users", "client": "users", "category": "customer_types",
}

// textPlaces are places of routes that hold no id.
var textPlaces = map[string]string{
	"provider": "", "portal": "", "token": "inv_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"primary": "123456", "menu": "123456", "notify": "123456", "sum": "12345678", "name": "x", "kind": "customers", "step": "setup", "file": "x", "format": "csv", "tab": "x", "verdict": "add", "slug": "x", "topic": "x",
}

// none is an id that nothing has.
const none = "999999999"

func (s *spy) table(place string) (table, bool) {
	for _, name := range []string{tableOf[place], place + "s", strings.TrimSuffix(place, "y") + "ies", place} {
		if i := slices.IndexFunc(s.tables, func(t table) bool { return t.name == name }); i >= 0 && name != "" {
			return s.tables[i], true
		}
	}
	return table{}, false
}

// idOf is the id of a row that somebody owns, for a place of a route; none
// where there is no such row.
func (w *world) idOf(place string, whose owner) string {
	w.t.Helper()
	key := idKey{place, whose}
	id, ok := w.known[key]
	if !ok {
		id = w.findID(place, whose)
		w.known[key] = id
	}
	return id
}

type idKey struct {
	place string
	whose owner
}

func (w *world) findID(place string, whose owner) string {
	w.t.Helper()
	t, ok := w.spy.table(place)
	if !ok {
		w.t.Errorf("nothing is known of {%s}: say in attack_walk_test.go which table it is an id of", place)
		return none
	}
	scope := ``
	if t.tenant {
		scope = ` WHERE provider_id = ` + strconv.FormatInt(whose.provider, 10)
		if t.company != "0" && whose.company != 0 {
			scope += ` AND coalesce(` + t.company + `, 0) IN (0, ` + strconv.FormatInt(whose.company, 10) + `) ORDER BY ` + t.company + ` IS NULL`
		}
	}
	if all := w.spy.read(`SELECT id FROM "` + t.name + `"` + scope + ` LIMIT 1`); len(all) > 0 {
		return all[0]
	}
	return none
}

// own, sibling and far are whose things a route can be asked for.
func (h home) own() owner     { return owner{int64(h.Staff.Home().ID), int64(h.Customer)} }
func (h home) sibling() owner { return owner{int64(h.Staff.Home().ID), int64(h.Sibling)} }

// fill makes an address of a route: provider and portal as given, every other
// place by at.
func (r route) fill(provider, portal string, at func(name string) string) string {
	return place.ReplaceAllStringFunc(r.path, func(p string) string {
		name := place.FindStringSubmatch(p)[1]
		switch name {
		case "provider":
			return provider
		case "portal":
			if strings.HasPrefix(r.path, "/portal/") {
				return portal
			}
		}
		if text := textPlaces[name]; text != "" {
			return text
		}
		return url.PathEscape(at(name))
	})
}

// ids names the places of a route that hold ids.
func (r route) ids() (names []string) {
	for _, m := range place.FindAllStringSubmatch(r.path, -1) {
		if m[1] == "provider" || textPlaces[m[1]] != "" || m[1] == "portal" && strings.HasPrefix(r.path, "/portal/") {
			continue
		}
		names = append(names, m[1])
	}
	return names
}

// ownPath is the route's address with everything of twin-one.
func (w *world) ownPath(r route) string {
	return r.fill(wordOne, w.one.Portal.Slug, func(name string) string { return w.idOf(name, w.one.own()) })
}

// slow are routes that hash a password, or wait on purpose: few ask there.
func (r route) slow() bool {
	return r.method == "POST" && slices.ContainsFunc([]string{"sign-in", "forgot", "reset", "register", "activate", "join", "password", "accept", "setup", "login", "test"}, func(s string) bool { return strings.Contains(r.name, s) })
}

func (w *world) everybody() (all []*principal) {
	for _, p := range w.who {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *principal) int { return strings.Compare(a.name, b.name) })
	return all
}

// TestAttack_headers walks every route as a stranger and as everybody signed
// in: whatever the answer is, its headers keep browsers from doing harm with it.
func TestAttack_headers(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	seen := map[int]int{}
	for _, r := range w.routes {
		for _, p := range w.everybody() {
			if r.slow() && p.name != "stranger" && p.name != "admin" && p.name != "operator" {
				continue
			}
			a := w.send(ask{who: p, method: r.method, path: w.ownPath(r)})
			seen[a.status]++
			for _, wrong := range badHeaders(a, p.token != "" && !p.dead, r.policy(w) == "open") {
				t.Errorf("%s %s as %s (%d): %s", r.method, r.path, p.name, a.status, wrong)
			}
			w.spy.restore()
		}
	}
	for _, q := range []ask{{method: "GET", path: "/nothing/here"}, {method: "TRACE", path: "/"}, {method: "POST", path: "/"}, {method: "GET", path: "/", header: map[string]string{"Host": "evil.test"}},
		{method: "POST", path: "/admin/twin-one/sign-in", header: map[string]string{"Sec-Fetch-Site": "cross-site"}}} {
		a := w.send(q)
		seen[a.status]++
		for _, wrong := range badHeaders(a, false, true) {
			t.Errorf("%s %s (%d): %s", q.method, q.path, a.status, wrong)
		}
	}
	t.Logf("answers by status: %v", seen)
	for _, want := range []int{200, 303, 403, 404, 405} {
		if seen[want] == 0 {
			t.Errorf("the walk met no %d", want)
		}
	}
}

func (r route) policy(w *world) string { return w.policy[r.name] }

// restore takes back what a request changed, if it changed anything.
func (s *spy) restore() {
	if s.changed() {
		s.back()
	}
}

// badHeaders lists what an answer's headers lack.
func badHeaders(a answer, known, open bool) (wrong []string) {
	miss := func(cond bool, says string) {
		if cond {
			wrong = append(wrong, says)
		}
	}
	h := a.header
	csp := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
		if strings.Contains(csp, "sandbox") && strings.Contains(csp, "default-src 'none'") {
			break // an uploaded file: tighter than a page
		}
		miss(!strings.Contains(csp, part), "the content policy has no "+part)
	}
	boxed := strings.HasPrefix(csp, "sandbox; default-src 'none'; style-src 'unsafe-inline'") // a letter in its frame: nothing runs, nothing loads
	miss(strings.Contains(csp, "unsafe-inline") && !boxed || strings.Contains(csp, "unsafe-eval") || strings.Contains(csp, "*"), "the content policy is open: "+csp)
	miss(h.Get("X-Content-Type-Options") != "nosniff", "no nosniff")
	miss(!slices.Contains([]string{"same-origin", "no-referrer"}, h.Get("Referrer-Policy")), "Referrer-Policy "+h.Get("Referrer-Policy"))
	miss(h.Get("Cross-Origin-Opener-Policy") != "same-origin", "no COOP")
	miss(h.Get("Cross-Origin-Resource-Policy") != "same-origin", "no CORP")
	miss(a.status < 400 && a.status >= 300 && h.Get("Location") == "" && a.status != 304, "a redirect to nowhere")
	miss(h.Get("Server") != "" || h.Get("X-Powered-By") != "", "names its software")
	miss(a.status >= 500, "our own failure: "+a.body)
	public := strings.Contains(h.Get("Cache-Control"), "public")
	miss(known && !public && !strings.Contains(h.Get("Cache-Control"), "no-store"), "may be cached: "+h.Get("Cache-Control"))
	miss(public && !open, "public, though not for everybody")
	miss(a.body != "" && h.Get("Content-Type") == "", "a body of no type")
	miss(strings.HasPrefix(h.Get("Content-Type"), "text/") && !strings.Contains(h.Get("Content-Type"), "charset=utf-8") && !strings.Contains(h.Get("Content-Type"), "event-stream"), "text of no charset: "+h.Get("Content-Type"))
	return append(wrong, badCookies(h, false)...)
}

func badCookies(h http.Header, secure bool) (wrong []string) {
	for _, line := range h.Values("Set-Cookie") {
		c, err := http.ParseSetCookie(line)
		switch {
		case err != nil:
			wrong = append(wrong, "a cookie nobody can read")
		case !c.HttpOnly || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode:
			wrong = append(wrong, "an open cookie: "+line)
		case c.Name == "gatehouse" && c.Path == "/":
			wrong = append(wrong, "a session for every path: "+line)
		case len(line) >= 4096 || c.Domain != "":
			wrong = append(wrong, "a cookie that is too wide")
		case secure && !c.Secure:
			wrong = append(wrong, "a cookie that goes over http: "+line)
		}
	}
	return wrong
}

// TestAttack_httpsMakesCookiesSecure configures an https address: from then on
// no cookie goes over http, and browsers are told to stay with https.
func TestAttack_httpsMakesCookiesSecure(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	base, err := url.Parse("https" + strings.TrimPrefix(w.URL, "http"))
	w.must(err)
	w.Site.SetBase(base)
	set := 0
	for _, q := range []ask{
		{method: "POST", path: "/admin/twin-one/sign-in", form: url.Values{"email": {w.one.Staff.Me().Email}, "password": {apptest.Password}}},
		{method: "POST", path: "/portal/" + w.one.Portal.Slug + "/sign-in", form: url.Values{"email": {w.one.Client.Me().Email}, "password": {apptest.Password}}},
		{method: "POST", path: "/admin/twin-one/profile", who: w.who["admin"], form: url.Values{"name": {"N"}}},
		{method: "POST", path: "/admin/twin-one/sign-out", who: w.who["admin"]},
	} {
		a := w.send(q)
		set += len(a.header.Values("Set-Cookie"))
		if a.status != http.StatusSeeOther || a.header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: %d, HSTS %q", q.path, a.status, a.header.Get("Strict-Transport-Security"))
		}
		for _, wrong := range badCookies(a.header, true) {
			t.Errorf("%s: %s", q.path, wrong)
		}
	}
	if set < 4 {
		t.Errorf("only %d cookies were set", set)
	}
}
