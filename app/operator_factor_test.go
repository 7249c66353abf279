package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/app/demo"
	"gatehouse/app/secret"
	"gatehouse/store"
)

var (
	shownSecret   = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)
	shownRecovery = regexp.MustCompile(`<li><code>([^<]+)</code></li>`)
)

// TestOperatorFactor: a password alone opens nothing once the second factor is
// on; each code works once; a recovery code stands in for the phone; the command
// line takes the factor away.
func TestOperatorFactor(t *testing.T) {
	a, op := sample(t)
	other := a.Browser().SignInAs("/operator", "ops@gatehouse.test", demo.Password)
	key := shownSecret.FindStringSubmatch(op.Get("/operator/profile/factor").Is(http.StatusOK).Sees("Set up a second factor").Page.Body)[1]
	now := func() string { return secret.CodeTOTP(key, a.Clock.Now()) }
	op.Post("/operator/profile/factor", url.Values{"secret": {key}, "code": {now()}, "current": {"wrong"}}).Is(http.StatusUnprocessableEntity).Sees("not your current password")
	op.Post("/operator/profile/factor", url.Values{"secret": {key}, "code": {"000000"}, "current": {demo.Password}}).Is(http.StatusUnprocessableEntity).Sees("does not match")
	op.Post("/operator/profile/factor", url.Values{"secret": {key}, "code": {now()}, "current": {demo.Password}}).Is(http.StatusOK).Sees("Keep your recovery codes")
	codes := shownRecovery.FindAllStringSubmatch(op.Page.Body, -1)
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes, want 10", len(codes))
	}
	other.Get("/operator").Sees("Operator sign-in")
	in := url.Values{"email": {"ops@gatehouse.test"}, "password": {demo.Password}}
	b := a.Browser()
	b.Post("/operator/sign-in", in).Is(http.StatusOK).Sees("Enter the code from your phone", "gatehouse admin reset-factor")
	for _, path := range []string{"/operator", "/operator/operators", "/operator/profile"} {
		b.Get(path).Sees("Operator sign-in")
	}
	b.Post("/operator/profile/factor/off", url.Values{"current": {demo.Password}}).Sees("Operator sign-in")
	b.Post("/operator/sign-in/factor", url.Values{"code": {now()}}).Is(http.StatusUnprocessableEntity) // used for setting up
	a.Clock.Add(time.Minute)
	second := a.Browser().Post("/operator/sign-in", in)
	code := now()
	b.Post("/operator/sign-in/factor", url.Values{"code": {code}}).Is(http.StatusOK).Sees("Providers")
	if p := second.Post("/operator/sign-in/factor", url.Values{"code": {code}}); p.Page.Status == http.StatusOK {
		t.Error("one code opened two sessions")
	}
	second.Post("/operator/sign-in/factor", url.Values{"code": {codes[0][1]}}).Is(http.StatusOK).Sees("Providers")
	third := a.Browser().Post("/operator/sign-in", in)
	third.Post("/operator/sign-in/factor", url.Values{"code": {codes[0][1]}}).Is(http.StatusUnprocessableEntity).Sees("was used before")
	b.Get("/operator/profile/factor").Sees("Recovery codes left", "9")
	link, err := a.Desk.NewOperatorLink(t.Context(), "ops@gatehouse.test", store.Origin{}, "command line")
	if err != nil {
		t.Fatal(err)
	}
	a.Browser().Post(link, url.Values{"password": {"three plain words here"}}).Is(http.StatusOK).Sees("Enter the code from your phone")
	who, err := a.DB.System("command line", store.Origin{}).OperatorAccount(t.Context(), "ops@gatehouse.test")
	if err == nil {
		err = a.DB.System("command line", store.Origin{}).ResetOperatorFactor(t.Context(), who)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.Get("/operator").Sees("Operator sign-in")
	b.SignInAs("/operator", "ops@gatehouse.test", "three plain words here").Get("/operator/audit").Sees("Took a second factor away", "Turned a second factor on")
}

// TestOperatorFactor_guessesCount: knowing the password gives no more tries.
func TestOperatorFactor_guessesCount(t *testing.T) {
	a, op := sample(t)
	key := shownSecret.FindStringSubmatch(op.Get("/operator/profile/factor").Page.Body)[1]
	op.Post("/operator/profile/factor", url.Values{"secret": {key}, "code": {secret.CodeTOTP(key, a.Clock.Now())}, "current": {demo.Password}}).Is(http.StatusOK)
	limited := false
	for range 10 {
		b := a.Browser().Post("/operator/sign-in", url.Values{"email": {"ops@gatehouse.test"}, "password": {demo.Password}})
		limited = limited || b.Page.Status == http.StatusTooManyRequests
		if !strings.HasSuffix(b.Page.URL.Path, "/factor") {
			continue
		}
		b.Post("/operator/sign-in/factor", url.Values{"code": {"000000"}})
		limited = limited || b.Page.Status == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("signing in again and again gives codes to guess without end")
	}
}
