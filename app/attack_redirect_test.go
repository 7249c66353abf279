package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
)

// elsewhere are the ways to write an address that is not on the appliance.
var elsewhere = []string{
	"//evil.test", "///evil.test", "////evil.test", `/\evil.test`, `\/evil.test`, `\\evil.test`, `/\/evil.test`, "https:evil.test", "https://evil.test", "HTTPS://evil.test", "http:/evil.test",
	"https:///evil.test", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "%2f%2fevil.test", "/%2f%2fevil.test", "/%2fevil.test", "/%5cevil.test", "%5c%5cevil.test",
	"/\t/evil.test", "/\n/evil.test", "/\r\n/evil.test", "\t//evil.test", " //evil.test", "/.//evil.test", "/..//evil.test", "/%2e%2e//evil.test", "/;@evil.test", "@evil.test", ".evil.test", ":80@evil.test",
	"/admin/twin-one@evil.test", "/admin/twin-one.evil.test", "/admin/twin-one//evil.test", `/admin/twin-one/\evil.test`, "/admin/twin-one/../../../evil", "/admin/twin-one/..//evil.test", "/admin/twin-one\r\nSet-Cookie: a=b", "/admin/twin-one/\r\nLocation: https://evil.test",
	"/admin/twin-two", "/admin/twin-one-evil", "/portal/other", "/operator", "http://127.0.0.1.evil.test", "https://good@evil.test", "//evil.test%00/admin/twin-one", "/admin/twin-one/\x00//evil.test", "?next=//evil.test", "#//evil.test", "",
}

// TestAttack_signInLeadsNowhereElse signs in with every next= there is.
func TestAttack_signInLeadsNowhereElse(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	for _, d := range []struct{ door, email string }{{"/admin/twin-one", w.one.Staff.Me().Email}, {"/portal/" + w.one.Portal.Slug, w.one.Client.Me().Email}, {"/operator", "olga@operator.test"}} {
		for i, next := range elsewhere {
			if !strings.HasPrefix(d.door, "/admin/") && i%3 != 0 {
				continue // the same code, and each sign-in costs a hash
			}
			next = strings.ReplaceAll(next, "/admin/twin-one", d.door)
			if i%6 == 0 {
				w.spy.do(`DELETE FROM throttles`)
			}
			q := ask{method: "POST", path: d.door + "/sign-in", form: url.Values{"email": {d.email}, "password": {apptest.Password}, "next": {next}}}
			if i%2 == 1 {
				q.path += "?next=" + url.QueryEscape(next)
				q.form.Del("next")
			}
			a := w.is(http.StatusSeeOther, q)
			if to := w.lands(a.header.Get("Location"), q.path); !strings.HasPrefix(to.Path+"/", d.door+"/") || to.Host != w.host() {
				t.Errorf("next=%q leads to %q", next, a.header.Get("Location"))
			}
			shown := w.is(http.StatusOK, ask{method: "GET", path: d.door + "/sign-in?next=" + url.QueryEscape(next)})
			if strings.Contains(shown.body, `href="`+next) && next != "" && strings.Contains(next, "evil") {
				t.Errorf("the page links to %q", next)
			}
		}
	}
}

func (w *world) host() string { return strings.TrimPrefix(w.URL, "http://") }

// lands is where a browser goes that follows location from path, read the way
// browsers do: backslashes are slashes, tabs and line breaks are nothing.
func (w *world) lands(location, path string) *url.URL {
	location = strings.NewReplacer(`\`, "/", "\t", "", "\r", "", "\n", "").Replace(strings.TrimSpace(location))
	base, err := url.Parse(w.URL + path)
	w.must(err)
	to, err := base.Parse(location)
	if err != nil {
		return &url.URL{Host: "unreadable"}
	}
	return to
}

// TestAttack_oddAddressesStayHere asks for odd addresses: whatever redirect
// tidies them leads nowhere else.
func TestAttack_oddAddressesStayHere(t *testing.T) {
	w := newWorld(t)
	for _, path := range append(elsewhere, "/admin//evil.test/..", "//evil.test/..", "//evil.test/%2f..", "/static//evil.test", "/admin/%2f%2fevil.test/", "/portal//evil.test", "/admin/twin-one//", "/admin/twin-one/./customers", "/%09/evil.test", "/%0d%0aLocation:%20https://evil.test") {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "\r\n\t\x00 ") {
				continue // no request line holds it
			}
			a := w.send(ask{method: method, path: path})
			if at := a.header.Get("Location"); a.status >= 300 && a.status < 400 && w.lands(at, path).Host != w.host() {
				t.Errorf("%s %q leads to %q", method, path, at)
			}
			if a.status >= 500 {
				t.Errorf("%s %q: %d", method, path, a.status)
			}
		}
	}
}

// TestAttack_hostsAreNotBelieved asks for a password reset and makes an
// invitation under every false name of the host: the request is refused, or
// the link in the letter leads to the configured address.
func TestAttack_hostsAreNotBelieved(t *testing.T) {
	w := newWorld(t)
	host := w.host()
	names := []string{"evil.test", "evil.test:80", host + ".evil.test", "evil.test#" + host, host + "@evil.test", "user:pass@" + host, "", " ", strings.ToUpper("evil.test"), host + ":80", "127.0.0.1", "[::1]", "localhost", "localhost.evil.test", "127.0.0.1.evil.test:" + port(host), "xn--evl-test", host + "/x", host + "\tevil.test", "0", "2130706433:" + port(host), "evil.test:" + port(host)}
	lies := []map[string]string{{"X-Forwarded-Host": "evil.test"}, {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"}, {"Forwarded": "host=evil.test;proto=https;for=127.0.0.1"}, {"X-Host": "evil.test"}, {"X-Original-Url": "/evil"}, {"X-Rewrite-Url": "/evil"}, {"X-Forwarded-Server": "evil.test"}, {"X-Forwarded-Prefix": "//evil.test"}, {"X-Forwarded-Port": "666"}, {"Origin": w.URL}, {"X-Http-Host-Override": "evil.test"}, {"Via": "1.1 evil.test"}}
	letters := 0
	try := func(what string, q ask, refused bool) {
		w.spy.back()
		before := w.spy.number(`SELECT count(*) FROM outbox`)
		a := w.send(q)
		if refused && a.status != http.StatusMisdirectedRequest {
			t.Errorf("%s is answered %d, want 421", what, a.status)
		}
		for _, text := range w.spy.read(`SELECT link || char(10) || body_text || char(10) || body_html || message_id FROM outbox ORDER BY id LIMIT -1 OFFSET ?`, before) {
			letters++
			if strings.Contains(text, "evil") || !strings.Contains(text, w.URL+"/") {
				t.Errorf("%s: the letter's link is not the configured one: %.200s", what, text)
			}
		}
		if strings.Contains(fmt.Sprint(a.header), "evil") || strings.Contains(a.body, "evil") {
			t.Errorf("%s: the answer repeats the name", what)
		}
	}
	q := ask{method: "POST", path: "/admin/twin-one/forgot", form: url.Values{"email": {w.one.Staff.Me().Email}}}
	for _, name := range names {
		q.host = &name
		try(fmt.Sprintf("Host %q", name), q, true)
	}
	q.host = nil
	for _, lie := range lies {
		q.header = lie
		try(fmt.Sprint(lie), q, false)
	}
	if letters < len(lies)-1 {
		t.Errorf("only %d letters were written", letters)
	}
}

func port(host string) string { return host[strings.LastIndexByte(host, ':')+1:] }
