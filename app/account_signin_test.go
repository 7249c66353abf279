package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/secret"
	"gatehouse/store"
)

// TestSignInCode_onAnotherDevice asks for a code in one browser and types it in
// another; it works once, and unknown addresses are told the same.
func TestSignInCode_onAnotherDevice(t *testing.T) {
	w := newEmailWorld(t)
	asked := w.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"tech@nordlift.test"}}).Is(http.StatusOK).Page.Text()
	unknown := w.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"nobody@nordlift.test"}}).Is(http.StatusOK).Page.Text()
	if strings.ReplaceAll(asked, "tech@", "nobody@") != unknown {
		t.Errorf("known and unknown addresses are told apart:\n%s\n%s", asked, unknown)
	}
	letters := w.Letters(w.sink)
	l := to(t, letters, "tech@nordlift.test")
	if len(letters) != 1 || l.Get("Subject") != "Your code for signing in to Provider nordlift" {
		t.Fatalf("%d letters, %q", len(letters), l.Get("Subject"))
	}
	form := url.Values{"email": {" TECH@nordlift.test "}, "code": {codeIn(t, l)}}
	phone := w.Browser()
	phone.Post("/admin/nordlift/code", form).Is(http.StatusOK)
	phone.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("tech@nordlift.test")
	w.Browser().Post("/admin/nordlift/code", form).Is(http.StatusUnprocessableEntity)
	w.Browser().Post(pathIn(t, l), url.Values{}).Is(http.StatusGone) // its link is spent with it
	if m, err := w.home.Outbox(t.Context(), store.MailFilter{}); err != nil || len(m.Rows) != 1 {
		t.Fatal(err)
	} else if kept, err := w.home.Letter(t.Context(), m.Rows[0].ID); err != nil || strings.Contains(kept.Text+kept.HTML, codeIn(t, l)) {
		t.Errorf("the outbox keeps the code: %v", err)
	}
}

func TestSignInCode_byTheLink(t *testing.T) {
	w := newEmailWorld(t)
	w.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"tech@nordlift.test"}}).Is(http.StatusOK)
	link := pathIn(t, to(t, w.Letters(w.sink), "tech@nordlift.test"))
	for range 2 {
		w.Browser().Get(link).Is(http.StatusOK).Sees("You sign in as tech@nordlift.test")
	}
	b := w.Browser()
	b.Post(link, url.Values{}).Is(http.StatusOK)
	b.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("tech@nordlift.test")
	w.Browser().Post(link, url.Values{}).Is(http.StatusGone)
}

// TestCode_fiveWrongTriesPause holds for known and unknown addresses alike.
func TestCode_fiveWrongTriesPause(t *testing.T) {
	w := newEmailWorld(t)
	w.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"tech@nordlift.test"}})
	right := codeIn(t, to(t, w.Letters(w.sink), "tech@nordlift.test"))
	wrong := map[bool]string{true: "111111", false: "000000"}[right == "000000"]
	for _, who := range []string{"tech@nordlift.test", "nobody@nordlift.test"} {
		var got []int
		for range 6 {
			got = append(got, w.Browser().Post("/admin/nordlift/code", url.Values{"email": {who}, "code": {wrong}}).Page.Status)
		}
		if want := []int{422, 422, 422, 422, 422, 429}; !slices.Equal(got, want) {
			t.Errorf("%s: %v", who, got)
		}
	}
	w.Browser().Post("/admin/nordlift/code", url.Values{"email": {"tech@nordlift.test"}, "code": {right}}).Is(http.StatusTooManyRequests)
}

// TestCode_ofActivationAndReset leads to the page that the link leads to.
func TestCode_ofActivationAndReset(t *testing.T) {
	w := newEmailWorld(t)
	w.Browser().Post("/admin/nordlift/forgot", url.Values{"email": {"tech@nordlift.test"}}).Is(http.StatusOK)
	l := to(t, w.Letters(w.sink), "tech@nordlift.test")
	b := w.Browser()
	b.Post("/admin/nordlift/code", url.Values{"email": {"tech@nordlift.test"}, "code": {codeIn(t, l)}}).Is(http.StatusOK).Sees("Set a new password")
	b.Post(b.Page.URL.Path, url.Values{"password": {"three grey boats at dawn"}}).Is(http.StatusOK).Sees("Sign in with it")
	w.Browser().SignInAs("/admin/nordlift", "tech@nordlift.test", "three grey boats at dawn")
	w.Browser().Post(pathIn(t, l), url.Values{"password": {"another one that nobody has"}}).Is(http.StatusConflict)
	if got := to(t, w.Letters(w.sink), "tech@nordlift.test"); got.Get("Subject") != "Your password for Provider nordlift was changed" {
		t.Errorf("after the reset: %q", got.Get("Subject"))
	}
}

func TestSignInCode_notWhileMailIsOff(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	a.Browser().Get("/admin/nordlift/sign-in").Is(http.StatusOK).SeesNot("Sign in with a code")
	a.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"admin@nordlift.test"}}).Is(http.StatusConflict).Sees("Mail is off")
}

var hiddenSecret = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)

// enrol sets up a second factor in a signed-in browser.
func enrol(t *testing.T, a *apptest.Appliance, b *apptest.Browser, door string) (key string, codes []string) {
	t.Helper()
	b.Get(door + "/profile/factor").Is(http.StatusOK)
	key = hiddenSecret.FindStringSubmatch(b.Page.Body)[1]
	b.Post(door+"/profile/factor", url.Values{"secret": {key}, "code": {"000000"}, "current": {apptest.Password}}).Is(http.StatusUnprocessableEntity)
	if !strings.Contains(b.Page.Body, key) {
		t.Error("after a wrong code the secret is another")
	}
	b.Post(door+"/profile/factor", url.Values{"secret": {key}, "code": {secret.CodeTOTP(key, a.Clock.Now())}, "current": {"wrong"}}).Is(http.StatusUnprocessableEntity).Sees("not your current password")
	b.Post(door+"/profile/factor", url.Values{"secret": {key}, "code": {secret.CodeTOTP(key, a.Clock.Now())}, "current": {apptest.Password}}).Is(http.StatusOK).Sees("not shown again")
	codes = regexp.MustCompile(`<code>([a-z2-9]{5}-[a-z2-9]{5})</code>`).FindAllString(b.Page.Body, -1)
	for i := range codes {
		codes[i] = strings.TrimSuffix(strings.TrimPrefix(codes[i], "<code>"), "</code>")
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	return key, codes
}

func TestFactor_askedAfterThePassword(t *testing.T) {
	w := newEmailWorld(t)
	key, codes := enrol(t, w.Appliance, w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test"), "/admin/nordlift")
	if got := to(t, w.Letters(w.sink), "tech@nordlift.test"); got.Get("Subject") != "A second factor now protects your account at Provider nordlift" {
		t.Errorf("letter: %q", got.Get("Subject"))
	}
	half := func() *apptest.Browser {
		b := w.Browser()
		b.Post("/admin/nordlift/sign-in", url.Values{"email": {"tech@nordlift.test"}, "password": {apptest.Password}, "next": {"/admin/nordlift/customers"}}).Is(http.StatusOK).Sees("Enter the code from your phone")
		return b
	}
	step := "/admin/nordlift/sign-in/factor"
	b := half()
	b.Post(step, url.Values{"code": {secret.CodeTOTP(key, w.Clock.Now())}}).Is(http.StatusUnprocessableEntity) // used for setting up
	w.Clock.Add(time.Minute)
	code := secret.CodeTOTP(key, w.Clock.Now())
	b.Post(step, url.Values{"code": {code}, "next": {"/admin/nordlift/customers"}}).Is(http.StatusOK)
	if b.Page.URL.Path != "/admin/nordlift/customers" {
		t.Errorf("led to %s", b.Page.URL.Path)
	}
	half().Post(step, url.Values{"code": {code}}).Is(http.StatusUnprocessableEntity) // never twice
	half().Post(step, url.Values{"code": {strings.ToUpper(codes[3])}}).Is(http.StatusOK)
	half().Post(step, url.Values{"code": {codes[3]}}).Is(http.StatusUnprocessableEntity).Sees("used before")
	if got := to(t, w.Letters(w.sink), "tech@nordlift.test"); !strings.Contains(got.Text, "Codes left: 9") {
		t.Errorf("letter: %s", got.Text)
	}
	// A new password by letter does not skip it, nor does a code by letter.
	w.Browser().Post("/admin/nordlift/sign-in/code", url.Values{"email": {"tech@nordlift.test"}})
	w.Browser().Post(pathIn(t, to(t, w.Letters(w.sink), "tech@nordlift.test")), url.Values{}).Is(http.StatusOK).Sees("Enter the code from your phone")
	// Guesses of the factor are guesses of the account.
	for range 12 {
		b = half0(w, t)
		if b == nil {
			break
		}
		b.Post(step, url.Values{"code": {"000000"}})
	}
	if b != nil && b.Page.Status != http.StatusTooManyRequests {
		t.Errorf("after a dozen guesses: %d", b.Page.Status)
	}
}

// half0 gives the password, if that is still heard.
func half0(w emailWorld, t *testing.T) *apptest.Browser {
	t.Helper()
	b := w.Browser()
	if b.Post("/admin/nordlift/sign-in", url.Values{"email": {"tech@nordlift.test"}, "password": {apptest.Password}}).Page.Status == http.StatusTooManyRequests {
		return nil
	}
	return b
}

// TestFactor_halfSignedInOpensNothing walks every route with the cookie of
// somebody who has given the password and not the factor.
func TestFactor_halfSignedInOpensNothing(t *testing.T) {
	w := newEmailWorld(t)
	enrol(t, w.Appliance, w.Browser().SignIn("/admin/nordlift", "admin@nordlift.test"), "/admin/nordlift")
	b := w.Browser()
	b.Post("/admin/nordlift/sign-in", url.Values{"email": {"admin@nordlift.test"}, "password": {apptest.Password}}).Is(http.StatusOK)
	policy := policies(t)
	walked := 0
	for _, r := range routes(t, w.Router) {
		if policy[r.name] == "open" {
			continue
		}
		walked++
		status, body := call(t, w.Appliance, b, r)
		if !slices.Contains([]int{http.StatusSeeOther, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}, status) || strings.Contains(body, "admin@nordlift.test") {
			t.Errorf("%s %s answers somebody half signed in with %d", r.method, r.path, status)
		}
	}
	if walked < 100 {
		t.Errorf("only %d routes", walked)
	}
	b.Get("/admin/nordlift/customers")
	if !strings.HasSuffix(b.Page.URL.Path, "/sign-in") {
		t.Errorf("half signed in at %s", b.Page.URL.Path)
	}
}

func TestFactor_requiredByTheProvider(t *testing.T) {
	w := newEmailWorld(t)
	if err := w.home.SetOwnSettings(t.Context(), map[string]string{store.OwnFactor: "staff"}); err != nil {
		t.Fatal(err)
	}
	b := w.Browser()
	b.Post("/admin/nordlift/sign-in", url.Values{"email": {"tech@nordlift.test"}, "password": {apptest.Password}}).Is(http.StatusOK).Sees("Set up a second factor")
	b.Get("/admin/nordlift/customers")
	if !strings.HasSuffix(b.Page.URL.Path, "/sign-in") {
		t.Errorf("before the factor is set up: %s", b.Page.URL.Path)
	}
	b.Get("/admin/nordlift/sign-in/factor").Is(http.StatusOK)
	key := hiddenSecret.FindStringSubmatch(b.Page.Body)[1]
	b.Post("/admin/nordlift/sign-in/factor", url.Values{"secret": {"A"}, "code": {"123456"}}).Is(http.StatusUnprocessableEntity)
	b.Post("/admin/nordlift/sign-in/factor", url.Values{"secret": {key}, "code": {secret.CodeTOTP(key, w.Clock.Now())}}).Is(http.StatusOK).Sees("Keep your recovery codes")
	b.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("On since")
	w.Letters(w.sink)
	if err := w.App.Desk.ResetFactor(t.Context(), w.home, w.tech, store.Origin{}); err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/nordlift/profile")
	if !strings.HasSuffix(b.Page.URL.Path, "/sign-in") {
		t.Error("a reset leaves sessions open")
	}
	if got := to(t, w.Letters(w.sink), "tech@nordlift.test"); !strings.Contains(got.Get("Subject"), "was turned off") {
		t.Errorf("letter: %q", got.Get("Subject"))
	}
}

func TestProfile_passwordChangeTellsAndEndsOthers(t *testing.T) {
	w := newEmailWorld(t)
	here, there := w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test"), w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	post := func(current, next string) *apptest.Browser {
		return here.Post("/admin/nordlift/profile/password", url.Values{"current": {current}, "password": {next}})
	}
	post("wrong", "three grey boats at dawn").Is(http.StatusUnprocessableEntity)
	post(apptest.Password, strings.Repeat("long words ", 100)).Is(http.StatusUnprocessableEntity).Sees("too long")
	long := strings.Repeat("quiet harbour 7 ", 63)[:1000]
	post(apptest.Password, long).Is(http.StatusOK).Sees("Your password is changed")
	there.Get("/admin/nordlift/profile")
	if !strings.HasSuffix(there.Page.URL.Path, "/sign-in") {
		t.Error("another session stays")
	}
	if got := to(t, w.Letters(w.sink), "tech@nordlift.test"); got.Get("Subject") != "Your password for Provider nordlift was changed" || strings.Contains(got.Text, "rst_") {
		t.Errorf("letter: %s", got.Text)
	}
	w.Browser().SignInAs("/admin/nordlift", "tech@nordlift.test", long)
}

func TestProfile_ownEmailChange(t *testing.T) {
	w := newEmailWorld(t)
	b := w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	change := func(email, current string) *apptest.Browser {
		return b.Post("/admin/nordlift/profile/email", url.Values{"email": {email}, "current": {current}})
	}
	change("ted@nordlift.test", "wrong").Is(http.StatusUnprocessableEntity).Sees("not your current password")
	change("admin@nordlift.test", apptest.Password).Is(http.StatusUnprocessableEntity).Sees("belongs to somebody else")
	change("ted@nordlift.test", apptest.Password).Is(http.StatusOK).Sees("pending", "ted@nordlift.test")
	b.Post("/admin/nordlift/profile/email/resend", url.Values{}).Is(http.StatusOK).Sees("A new code is on its way")
	l := to(t, w.Letters(w.sink), "ted@nordlift.test")
	w.Browser().Post("/admin/nordlift/code", url.Values{"email": {"ted@nordlift.test"}, "code": {codeIn(t, l)}}).Is(http.StatusOK).Sees("is confirmed")
	b.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("ted@nordlift.test").SeesNot("pending")
	change("tod@nordlift.test", apptest.Password).Is(http.StatusOK).Sees("pending")
	b.Post("/admin/nordlift/profile/email/cancel", url.Values{}).Is(http.StatusOK).Sees("stays as it is")
	owner := w.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	owner.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("You are the owner")
	owner.Post("/admin/nordlift/profile/email", url.Values{"email": {"x@nordlift.test"}, "current": {apptest.Password}}).Is(http.StatusForbidden)
}

func TestPasswordPolicy_isTheProvidersOwn(t *testing.T) {
	w := newEmailWorld(t)
	if err := w.home.SetOwnSettings(t.Context(), map[string]string{store.OwnPasswordMin: "20"}); err != nil {
		t.Fatal(err)
	}
	if err := w.home.SetOwnSettings(t.Context(), map[string]string{store.OwnPasswordMin: "7"}); err == nil {
		t.Error("a policy of 7 was accepted")
	}
	b := w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	b.Get("/admin/nordlift/profile").Sees("At least 20 characters")
	b.Post("/admin/nordlift/profile/password", url.Values{"current": {apptest.Password}, "password": {"grey boats dawn"}}).Is(http.StatusUnprocessableEntity).Sees("Use at least 20 characters")
}

// TestToken_usedOnce lets two confirm one new address at the same moment, a
// thousand times: exactly one succeeds.
func TestToken_usedOnce(t *testing.T) {
	w := newEmailWorld(t)
	y := w.DB.System("test", store.Origin{})
	a, err := w.home.Account(t.Context(), w.tech)
	if err != nil {
		t.Fatal(err)
	}
	rounds := 1000
	if testing.Short() {
		rounds = 50
	}
	for i := range rounds {
		id, err := y.AddLink(t.Context(), a, store.NewLink{Kind: secret.SignIn, Hash: fmt.Appendf(nil, "hash %d", i), Code: []byte("c"), Life: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int32
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if y.SpendLink(t.Context(), id) == nil {
					won.Add(1)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("round %d: %d won", i, won.Load())
		}
	}
}
