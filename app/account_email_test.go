package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

var (
	sixDigits = regexp.MustCompile(`(?m)^  (\d{6})$`)
	pathOf    = regexp.MustCompile(`http://[^/\s]+(/\S+)`)
)

// to picks the newest letter to an address.
func to(t *testing.T, all []apptest.Letter, address string) apptest.Letter {
	t.Helper()
	for i := len(all) - 1; i >= 0; i-- {
		if strings.Contains(all[i].Get("To"), "<"+address+">") {
			return all[i]
		}
	}
	t.Fatalf("no letter to %s among %d", address, len(all))
	return apptest.Letter{}
}

func codeIn(t *testing.T, l apptest.Letter) string {
	t.Helper()
	m := sixDigits.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no code in %s", l.Text)
	}
	return m[1]
}

func pathIn(t *testing.T, l apptest.Letter) string {
	t.Helper()
	m := pathOf.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no link in %s", l.Text)
	}
	return m[1]
}

// emailWorld is a provider with a technician, and a mail server.
type emailWorld struct {
	*apptest.Appliance
	t    *testing.T
	sink *smtptest.Server
	home store.Staff
	tech store.UserID
}

func newEmailWorld(t *testing.T) emailWorld {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	tech := storetest.Staff(t, a.DB, home.Home().ID, "nordlift", "tech@nordlift.test", "technician").Me().ID
	a.SetPassword(tech)
	return emailWorld{a, t, a.MailServer(smtptest.Options{}), home, tech}
}

func (w emailWorld) change(to string) {
	w.t.Helper()
	if _, err := w.App.Desk.StartEmailChange(w.t.Context(), w.home, w.tech, to, store.Origin{}); err != nil {
		w.t.Fatal(err)
	}
}

func (w emailWorld) email() string {
	w.t.Helper()
	a, err := w.home.Account(w.t.Context(), w.tech)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.Email
}

func TestEmailChange_countsOnlyAfterTheCode(t *testing.T) {
	w := newEmailWorld(t)
	w.change("ted@nordlift.test")
	letters := w.Letters(w.sink)
	old, fresh := to(t, letters, "tech@nordlift.test"), to(t, letters, "ted@nordlift.test")
	if !strings.Contains(old.Text, "has asked to change the e-mail address") || strings.Contains(old.Text, codeIn(t, fresh)) {
		t.Errorf("the old address reads %s", old.Text)
	}
	page := pathIn(t, fresh)
	for range 3 { // a scanner looks, follows, and looks again
		w.Browser().Get(page).Is(http.StatusOK).Sees("ted@nordlift.test", "tech@nordlift.test")
		w.Browser().Get(pathIn(t, old)).Is(http.StatusOK).Sees("Stop the change")
	}
	if got := w.email(); got != "tech@nordlift.test" {
		t.Fatalf("looking changed the address to %s", got)
	}
	w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	b := w.Browser()
	b.Post(page, url.Values{"code": {"12"}}).Is(http.StatusUnprocessableEntity).Sees("six digits")
	b.Post(page, url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusOK).Sees("is confirmed")
	w.Browser().SignIn("/admin/nordlift", "ted@nordlift.test")
	b.Post("/admin/nordlift/sign-in", url.Values{"email": {"tech@nordlift.test"}, "password": {apptest.Password}}).Is(http.StatusUnprocessableEntity)
	b.Get(page).Is(http.StatusGone)
	b.Post(page, url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusGone)
}

func TestEmailChange_oldAddressStopsIt(t *testing.T) {
	w := newEmailWorld(t)
	w.change("ted@nordlift.test")
	letters := w.Letters(w.sink)
	w.Browser().Post(pathIn(t, to(t, letters, "tech@nordlift.test")), url.Values{}).Is(http.StatusOK).Sees("The change is stopped")
	fresh := to(t, letters, "ted@nordlift.test")
	w.Browser().Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusGone)
	if _, err := w.home.EmailChange(t.Context(), w.tech); fault.Of(err) != fault.NotFound || w.email() != "tech@nordlift.test" {
		t.Errorf("after it was stopped: %v, %s", err, w.email())
	}
}

func TestEmailChange_resendVoidsTheOldCode(t *testing.T) {
	w := newEmailWorld(t)
	w.change("ted@nordlift.test")
	first := to(t, w.Letters(w.sink), "ted@nordlift.test")
	stop := pathIn(t, to(t, w.Letters(w.sink), "tech@nordlift.test"))
	if _, err := w.App.Desk.ResendEmailChange(t.Context(), w.home, w.tech, store.Origin{}); err != nil {
		t.Fatal(err)
	}
	second := to(t, w.Letters(w.sink), "ted@nordlift.test")
	b := w.Browser()
	b.Post(pathIn(t, first), url.Values{"code": {codeIn(t, first)}}).Is(http.StatusGone)
	if codeIn(t, first) != codeIn(t, second) {
		b.Post(pathIn(t, second), url.Values{"code": {codeIn(t, first)}}).Is(http.StatusUnprocessableEntity)
	}
	b.Get(stop).Is(http.StatusOK)
	b.Post(pathIn(t, second), url.Values{"code": {codeIn(t, second)}}).Is(http.StatusOK)
	if w.email() != "ted@nordlift.test" {
		t.Error("the second code did not count")
	}
}

func TestEmailChange_fiveWrongCodesPause(t *testing.T) {
	w := newEmailWorld(t)
	w.change("ted@nordlift.test")
	fresh := to(t, w.Letters(w.sink), "ted@nordlift.test")
	wrong := "000000"
	if codeIn(t, fresh) == wrong {
		wrong = "000001"
	}
	b := w.Browser()
	for range 5 {
		b.Post(pathIn(t, fresh), url.Values{"code": {wrong}}).Is(http.StatusUnprocessableEntity)
	}
	b.Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusTooManyRequests)
	w.Clock.Add(16 * time.Minute)
	b.Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusOK)
}

func TestEmailChange_addressTakenMeanwhile(t *testing.T) {
	w := newEmailWorld(t)
	w.change("ted@nordlift.test")
	fresh := to(t, w.Letters(w.sink), "ted@nordlift.test")
	storetest.Staff(t, w.DB, w.home.Home().ID, "nordlift", "ted@nordlift.test", "agent")
	w.Browser().Post(pathIn(t, fresh), url.Values{"code": {codeIn(t, fresh)}}).Is(http.StatusGone).Sees("given to somebody else")
}

func TestEmailChange_refusals(t *testing.T) {
	w := newEmailWorld(t)
	for _, c := range []struct {
		email string
		want  string
	}{{"a@@b.test", ""}, {"tech@nordlift.test", "already"}, {"ADMIN@nordlift.test", "belongs to somebody else"}, {"ana@x.test\r\nBcc: b@x.test", ""}} {
		_, err := w.App.Desk.StartEmailChange(t.Context(), w.home, w.tech, c.email, store.Origin{})
		if says := fault.Fields(err)["email"]; says == "" || !strings.Contains(says, c.want) {
			t.Errorf("%q: %v", c.email, err)
		}
	}
	w.Clock.Add(2 * time.Hour)
	if _, err := w.App.Desk.StartEmailChange(t.Context(), w.home, w.home.Me().ID, "boss@x.test", store.Origin{}); err != store.ErrOwnerEmail {
		t.Errorf("the owner's own address: %v", err)
	}
}
