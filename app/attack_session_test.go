package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

const manySessions = 200

// flock opens many sessions of one person.
func (w *world) flock(p *principal, a store.Account, portal store.PortalID) (all []*principal) {
	w.t.Helper()
	first := w.session(a, portal)
	w.spy.do(`BEGIN`)
	for range manySessions {
		one := *p
		token, hash := secret.NewToken(w.DB.Rand(), secret.Session)
		of, err := secret.HashToken(first, secret.Session)
		w.must(err)
		w.spy.do(`INSERT INTO sessions (provider_id, user_id, portal_id, hash, created_at, seen_at, expires_at) SELECT provider_id, user_id, portal_id, ?, created_at, seen_at, expires_at FROM sessions WHERE hash = ?`, hash, of)
		one.token = token
		all = append(all, &one)
	}
	w.spy.do(`COMMIT`)
	return all
}

// alive counts how many sessions still get a page at path.
func (w *world) alive(all []*principal, path string) (n int) {
	for _, p := range all {
		if a := w.send(ask{who: p, method: "GET", path: path}); a.status == http.StatusOK {
			n++
		}
	}
	return n
}

// TestAttack_whatEndsASessionEndsThemAll opens two hundred sessions, takes the
// access away in each way there is, and counts who still gets an answer on the
// very next request.
func TestAttack_whatEndsASessionEndsThemAll(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	for name, c := range map[string]struct {
		client bool
		end    func(w *world, all []*principal)
		left   int // who may stay: the session in which a password was changed
	}{
		"password changed": {false, func(w *world, all []*principal) {
			w.is(http.StatusSeeOther, ask{who: all[0], method: "POST", path: "/admin/twin-one/profile/password", form: url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}})
		}, 1},
		"client's password changed": {true, func(w *world, all []*principal) {
			w.is(http.StatusSeeOther, ask{who: all[0], method: "POST", path: "/portal/" + w.one.Portal.Slug + "/profile/password", form: url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}})
		}, 1},
		"password reset": {false, func(w *world, _ []*principal) {
			w.is(http.StatusSeeOther, ask{method: "POST", path: "/admin/twin-one/reset/" + w.token("rst")(false), form: url.Values{"password": {"another long enough phrase"}}})
		}, 0},
		"person disabled": {false, func(w *world, _ []*principal) {
			w.spy.do(`UPDATE users SET state = 'disabled' WHERE id = ?`, int64(w.one.Staff.Me().ID))
		}, 0},
		"disabled by another admin": {false, func(w *world, _ []*principal) { w.second().end("disable", nil) }, 0},
		"deleted by another admin": {false, func(w *world, _ []*principal) {
			w.second().end("delete", url.Values{"confirm_email": {w.one.Staff.Me().Email}})
		}, 0},
		"sessions ended by an admin": {false, func(w *world, _ []*principal) { w.second().end("sessions", nil) }, 0},
		"provider suspended": {false, func(w *world, _ []*principal) {
			w.spy.do(`UPDATE providers SET state = 'suspended' WHERE slug = 'twin-one'`)
		}, 0},
		"client disabled": {true, func(w *world, _ []*principal) {
			w.spy.do(`UPDATE users SET state = 'disabled' WHERE id = ?`, int64(w.one.Client.Me().ID))
		}, 0},
		"membership disabled": {true, func(w *world, _ []*principal) {
			w.spy.do(`UPDATE memberships SET state = 'disabled' WHERE user_id = ?`, int64(w.one.Client.Me().ID))
		}, 0},
		"account disabled by the provider": {true, func(w *world, _ []*principal) {
			storetest.Member(w.t, w.DB, w.one.Staff, w.one.Portal.ID, "heir@twin-one.test", "admin")
			w.must(w.one.Staff.DisableUser(w.t.Context(), w.one.Client.Me().ID))
		}, 0},
		"disabled by a colleague": {true, func(w *world, _ []*principal) {
			heir := storetest.Member(w.t, w.DB, w.one.Staff, w.one.Portal.ID, "heir@twin-one.test", "admin")
			w.must(heir.SetColleagueState(w.t.Context(), w.one.Member, false))
		}, 0},
		"removed from the portal": {true, func(w *world, _ []*principal) {
			storetest.Member(w.t, w.DB, w.one.Staff, w.one.Portal.ID, "heir@twin-one.test", "admin")
			w.must(w.one.Staff.RemoveMembership(w.t.Context(), w.one.Member))
		}, 0},
		"password set by the provider": {true, func(w *world, _ []*principal) {
			w.must(w.one.Staff.SetClientPassword(w.t.Context(), w.one.Client.Me().ID, "x"))
		}, 0},
		"portal suspended":  {true, func(w *world, _ []*principal) { w.must(w.one.Staff.SuspendPortal(w.t.Context(), w.one.Portal.ID)) }, 0},
		"portal's provider": {true, func(w *world, _ []*principal) { w.spy.do(`UPDATE providers SET state = 'suspended'`) }, 0},
		"the time":          {false, func(w *world, _ []*principal) { w.Clock.Add(store.StaffIdle) }, 0},
		"the client's time": {true, func(w *world, _ []*principal) { w.Clock.Add(store.ClientIdle) }, 0},
		"new terms to accept": {true, func(w *world, _ []*principal) {
			_, err := w.one.Staff.PublishTerms(w.t.Context(), "Terms", "New", false)
			w.must(err)
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w.spy.back()
			began := w.Clock.Now()
			path, all := "/admin/twin-one/profile", []*principal(nil)
			if c.client {
				path = "/portal/" + w.one.Portal.Slug + "/profile"
				all = w.flock(w.who["client"], store.Account{ID: w.one.Client.Me().ID, Provider: w.one.Staff.Home().ID}, w.one.Portal.ID)
			} else {
				all = w.flock(w.who["admin"], store.Account{ID: w.one.Staff.Me().ID, Provider: w.one.Staff.Home().ID}, 0)
			}
			if n := w.alive(all, path); n != manySessions {
				t.Fatalf("%d of %d sessions work to begin with", n, manySessions)
			}
			c.end(w, all)
			if n := w.alive(all, path); n != c.left {
				t.Errorf("%d of %d sessions still get an answer, want %d", n, manySessions, c.left)
			}
			w.Clock.Add(began.Sub(w.Clock.Now()))
		})
	}
}

func (w *world) is(status int, q ask) answer {
	w.t.Helper()
	a := w.send(q)
	if a.status != status {
		w.t.Fatalf("%s %s: got %d, want %d: %s", q.method, q.path, a.status, status, (&apptest.Page{Body: a.body}).Text())
	}
	return a
}

// TestAttack_signOutEndsTheSession replays the cookie afterwards; the others
// of the same person stay.
func TestAttack_signOutEndsTheSession(t *testing.T) {
	w := newWorld(t)
	all := w.flock(w.who["admin"], store.Account{ID: w.one.Staff.Me().ID, Provider: w.one.Staff.Home().ID}, 0)
	for _, p := range all[:100] {
		w.is(http.StatusSeeOther, ask{who: p, method: "POST", path: "/admin/twin-one/sign-out"})
	}
	if n := w.alive(all, "/admin/twin-one/profile"); n != 100 {
		t.Errorf("%d sessions live, want the 100 nobody signed out of", n)
	}
}

// TestAttack_whatIsTakenAwayIsGone takes features, then the assets, from a
// portal with an open session: every address answers as if it did not exist.
func TestAttack_whatIsTakenAwayIsGone(t *testing.T) {
	w := newWorld(t)
	p, shown := w.who["client"], 0
	var shared []route
	for _, r := range w.routes {
		if r.method == "GET" && r.policy(w) == "feature" {
			if a := w.send(ask{who: p, method: "GET", path: w.ownPath(r)}); a.status == http.StatusOK {
				shared, shown = append(shared, r), shown+1
			}
		}
	}
	w.spy.do(`UPDATE assignments SET starts_at = starts_at - 10, ends_at = starts_at - 5 WHERE provider_id = ?`, int64(w.one.Staff.Home().ID))
	w.spy.do(`UPDATE assets SET customer_id = NULL, since = NULL, until = NULL WHERE provider_id = ?`, int64(w.one.Staff.Home().ID))
	for _, r := range shared {
		a := w.send(ask{who: p, method: "GET", path: w.ownPath(r)})
		if slices.Contains(r.ids(), "asset") && a.status != http.StatusNotFound {
			t.Errorf("%s answers %d after the asset was given back", r.path, a.status)
		}
		if strings.Contains(a.body, "Asset of") {
			t.Errorf("%s still shows the asset", r.path)
		}
	}
	w.spy.back()
	w.spy.do(`DELETE FROM portal_features WHERE portal_id = ?`, int64(w.one.Portal.ID))
	for _, r := range w.routes {
		if r.policy(w) == "feature" {
			if a := w.send(ask{who: p, method: r.method, path: w.ownPath(r)}); a.status != http.StatusNotFound {
				t.Errorf("%s %s answers %d after nothing is shared any more", r.method, r.path, a.status)
			}
		}
	}
	w.spy.do(`UPDATE portals SET delegated = 0 WHERE id = ?`, int64(w.one.Portal.ID))
	for _, r := range w.routes {
		if r.policy(w) == "manager" {
			if a := w.send(ask{who: p, method: r.method, path: w.ownPath(r)}); a.status != http.StatusNotFound {
				t.Errorf("%s %s answers %d after the provider took the administration away", r.method, r.path, a.status)
			}
		}
	}
	t.Logf("%d pages were shared before", shown)
}

// TestAttack_presetCookieIsNeverAdopted signs in with a cookie somebody else
// put there.
func TestAttack_presetCookieIsNeverAdopted(t *testing.T) {
	w := newWorld(t)
	preset, _ := secret.NewToken(w.DB.Rand(), secret.Session)
	p := &principal{token: preset}
	a := w.is(http.StatusSeeOther, ask{who: p, method: "POST", path: "/admin/twin-one/sign-in", form: url.Values{"email": {w.one.Staff.Me().Email}, "password": {apptest.Password}}})
	if strings.Contains(strings.Join(a.header.Values("Set-Cookie"), " "), preset) {
		t.Error("the preset token was adopted")
	}
	if n := w.alive([]*principal{p}, "/admin/twin-one/profile"); n != 0 {
		t.Error("the preset token opens a session")
	}
	first := a.header.Get("Set-Cookie")
	if again := w.send(ask{who: w.who["admin"], method: "POST", path: "/admin/twin-one/sign-in", form: url.Values{"email": {w.one.Staff.Me().Email}, "password": {apptest.Password}}}); again.header.Get("Set-Cookie") == first || strings.Contains(again.header.Get("Set-Cookie"), w.who["admin"].token) {
		t.Error("signing in again gave no new token")
	}
}

// TestAttack_bentTokensOpenNothing bends session tokens, and brings them where
// they do not belong.
func TestAttack_bentTokensOpenNothing(t *testing.T) {
	w := newWorld(t)
	good, client := w.who["admin"].token, w.who["client"].token
	bent := map[string]string{"cut off": good[:len(good)-1], "padded": good + "=", "longer": good + "A", "other case": "ses_" + swapCase(good[4:]), "without kind": good[4:],
		"upper kind": "SES_" + good[4:], "as invitation": "inv_" + good[4:], "as api": "tok_" + good[4:], "empty": "ses_", "quoted": `"` + good + `"`, "spaced": good + " x", "url": "ses_" + strings.Repeat("%41", 43),
		"nul": good + "\x00", "zeros": "ses_" + strings.Repeat("A", 43), "a megabyte": "ses_" + strings.Repeat("A", 1<<20), "client's": client}
	for name, token := range bent {
		if a := w.send(ask{who: &principal{token: token}, method: "GET", path: "/admin/twin-one/profile"}); a.status != http.StatusSeeOther && name != "quoted" {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	for path, token := range map[string]string{"/portal/" + w.one.Portal.Slug: good, "/portal/" + w.one.SiblingPortal.Slug: client, "/portal/" + w.two.Portal.Slug: client, "/admin/twin-two": good, "/admin/twin-one": client} {
		if a := w.send(ask{who: &principal{token: token}, method: "GET", path: path + "/profile"}); a.status != http.StatusSeeOther {
			t.Errorf("a session of elsewhere is answered %d at %s", a.status, path)
		}
	}
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 32
		case 'A' <= r && r <= 'Z':
			return r + 32
		}
		return r
	}, s)
}

// TestAttack_linksWorkOnlyWhereTheyBelong brings every kind of one-time token
// to every route that takes one, at every door: only its own accepts it, once.
func TestAttack_linksWorkOnlyWhereTheyBelong(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	good := url.Values{"password": {"another long enough phrase"}, "name": {"New"}, "email": {"new@person.test"}, "terms": {"yes"}, "version": {"1"}}
	kinds := map[string]func(portal bool) string{"rst": w.token("rst"), "act": w.token("act"), "inv": w.invitation, "ses": func(bool) string { return w.who["admin"].token }}
	used := map[string]int{}
	for _, r := range w.routes {
		if r.method != "POST" || !strings.Contains(r.path, "{token}") {
			continue
		}
		for kind, make := range kinds {
			for _, portal := range []bool{false, true} {
				if portal && (kind == "inv" || kind == "ses") {
					continue
				}
				for _, door := range [][2]string{{wordOne, w.one.Portal.Slug}, {wordOne, w.one.SiblingPortal.Slug}, {wordTwo, w.two.Portal.Slug}} {
					w.spy.back()
					token := make(portal)
					was := w.spy.sums()
					path := strings.ReplaceAll(r.fill(door[0], door[1], func(string) string { return none }), textPlaces["token"], token)
					a := w.send(ask{method: "POST", path: path, form: good})
					if a.status >= 500 {
						t.Errorf("%s with a token %s: %d", path, kind, a.status)
					}
					for _, o := range differ(was, w.spy.sums()) {
						if o.provider == 0 {
							continue
						}
						used[fmt.Sprint(r.name, " ", kind, " portal ", portal, " at ", door)]++
						isPortal := strings.HasPrefix(r.path, "/portal/")
						belongs := door[0] == wordOne && (kind == "inv" && isPortal || kind != "inv" && portal == isPortal) && (!isPortal || door[1] == w.one.Portal.Slug)
						if !belongs {
							t.Errorf("%s: a token %s of portal %t did something at %v", r.name, kind, portal, door)
						}
					}
				}
			}
		}
	}
	if len(used) < 3 {
		t.Errorf("tokens worked only at %v", used)
	}
	t.Logf("did something: %v", used)
}

// TestAttack_newPasswordKillsOlderLinks has several links to one person out at
// once: when one of them, or the person itself, has set a password, no other
// can.
func TestAttack_newPasswordKillsOlderLinks(t *testing.T) {
	for name, end := range map[string]func(w *world){
		"by a link": func(w *world) {
			w.is(http.StatusSeeOther, ask{method: "POST", path: "/admin/twin-one/reset/" + w.token("rst")(false), form: url.Values{"password": {"another long enough phrase"}}})
		},
		"by the person": func(w *world) {
			w.is(http.StatusSeeOther, ask{who: w.who["admin"], method: "POST", path: "/admin/twin-one/profile/password", form: url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			older := map[string]string{"reset": w.token("rst")(false), "activate": w.token("act")(false)}
			end(w)
			for at, token := range older {
				a := w.send(ask{method: "POST", path: "/admin/twin-one/" + at + "/" + token, form: url.Values{"password": {"a thief's own phrase 9"}, "name": {"N"}}})
				if a.status < 400 {
					t.Errorf("an older link still sets a password: %s %d", at, a.status)
				}
			}
		})
	}
}
