package app_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestAttack_secretsAreNotShown plants everything that opens something (links
// in letters that wait, hashes, sessions, the feeds' and the mail server's
// passwords) and opens every page as everybody: none shows any of it.
func TestAttack_secretsAreNotShown(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	portal := "/portal/" + w.one.Portal.Slug
	w.send(ask{method: "POST", path: "/admin/twin-one/forgot", form: url.Values{"email": {w.one.Staff.Me().Email}}})
	w.send(ask{method: "POST", path: portal + "/forgot", form: url.Values{"email": {w.one.Client.Me().Email}}})
	w.spy.do(`UPDATE feeds SET secret = 'feed-canary-4711', username = 'feed-user'`)
	w.spy.do(`INSERT INTO settings (name, value) VALUES ('mail.password', 'smtp-canary-4711'), ('mail.host', 'mail.x.test'), ('mail.user', 'u') ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
	secrets := map[string]string{"a feed's password": "feed-canary-4711", "the mail server's password": "smtp-canary-4711", "a hash": "argon2id"}
	for _, link := range w.spy.read(`SELECT link FROM outbox WHERE link <> ''`) {
		secrets["a link of a letter: "+link] = link[strings.LastIndexByte(link, '/')+1:]
	}
	if len(secrets) < 5 {
		t.Fatalf("only %d secrets were planted", len(secrets))
	}
	for _, p := range w.everybody() {
		secrets["the session of "+p.name] = p.token
	}
	pages := 0
	for _, r := range w.routes {
		if r.method != "GET" {
			continue
		}
		paths := []string{w.ownPath(r)}
		if slices.Contains(r.ids(), "mail") {
			for _, id := range w.spy.read(`SELECT id FROM outbox`) {
				paths = append(paths, r.fill(wordOne, "", func(string) string { return id }))
			}
		}
		for _, path := range paths {
			for _, p := range w.everybody() {
				a := w.send(ask{who: p, method: "GET", path: path})
				if a.status == 200 {
					pages++
				}
				for what, s := range secrets {
					if s != "" && (strings.Contains(a.body, s) || strings.Contains(a.header.Get("Location"), s)) {
						t.Errorf("%s shows %s to %s", path, what, p.name)
					}
				}
			}
		}
	}
	t.Logf("%d pages", pages)
}
