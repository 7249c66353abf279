package app_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/demo"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// sample is the appliance with the sample data, and its operator at a browser.
func sample(t *testing.T) (*apptest.Appliance, *apptest.Browser) {
	t.Helper()
	sampleOnce.Do(func() { sampleFile = buildSample(t) })
	if sampleFile == nil {
		t.Fatal("the sample data could not be built")
	}
	db, clock := storetest.OpenCopy(t, sampleFile)
	a := apptest.NewOver(t, db, clock)
	return a, a.Browser().SignInAs("/operator", "ops@gatehouse.test", demo.Password)
}

// The sample data is built once, and copied: half a minute under the race
// detector.
var (
	sampleOnce sync.Once
	sampleFile []byte
)

func buildSample(t *testing.T) []byte {
	t.Helper()
	a := apptest.New(t)
	if _, err := demo.Build(t.Context(), a.DB, a.Desk); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	newSpy(t, a.DB.Path()).do(`VACUUM INTO ?`, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plan is the form of a plan with every feature but some.
func plan(without ...store.Feature) url.Values {
	form := url.Values{}
	for _, i := range store.Features {
		keep := true
		for _, f := range without {
			keep = keep && f != i.Feature
		}
		if keep {
			form.Add("feature", string(i.Feature))
		}
	}
	return form
}

func TestConsole_showsNoTenantsBusiness(t *testing.T) {
	a, op := sample(t)
	op.Post("/operator/providers/nordlift/plan", plan(store.FeatureMap)).Is(http.StatusOK)
	business := []string{"Hafenbau", "Gleisbau", "Marlow", "Anna Brandt", "Ben Okafor", "anna@hafenbau.test", "maya@marlow.test", "finn@nordlift.test", "10023", "Barmbek", "/portal/hafenbau"}
	for _, r := range routes(t, a.Router) {
		if r.method != "GET" || !strings.HasPrefix(r.path, "/operator") || strings.Contains(r.path, "{token}") {
			continue
		}
		path := strings.NewReplacer("{slug}", "nordlift", "{operator:[0-9]+}", "1", "{user:[0-9]+}", "1").Replace(r.path)
		op.Get(path).Is(http.StatusOK).SeesNot(business...)
	}
	op.Get("/operator/providers/nordlift").Sees("Nora Lindqvist") // whom the operator itself put there
}

func TestPlan_vanishesAtOnceAndComesBack(t *testing.T) {
	a, op := sample(t)
	anna := a.Browser().SignInAs("/portal/hafenbau", "anna@hafenbau.test", demo.Password)
	anna.Get("/portal/hafenbau/assets").Is(http.StatusOK)
	op.Post("/operator/providers/nordlift/plan", plan(store.FeatureAssets)).Sees("The plan is changed, at once", "portals are concerned").SeesNot("Hafenbau")
	anna.Get("/portal/hafenbau/assets").Is(http.StatusNotFound)
	nora := a.Browser().SignInAs("/admin/nordlift", "nora@nordlift.test", demo.Password)
	mails := outbox(t, a, "nordlift", "plan-changed")
	if len(mails) != 1 || mails[0].To != "nora@nordlift.test" || !strings.Contains(mails[0].Text, "Hafenbau") || !strings.Contains(mails[0].Text, "Questions to: ops@gatehouse.test") {
		t.Errorf("the admins' letters: %+v", mails)
	}
	nora.Get("/admin/nordlift").Is(http.StatusOK)
	op.Post("/operator/providers/nordlift/plan", plan()).Sees("The plan is changed, at once")
	anna.Get("/portal/hafenbau/assets").Is(http.StatusOK)
	op.Post("/operator/providers/nordlift/plan", plan()).Sees("Nothing to change")
	if n := len(outbox(t, a, "nordlift", "plan-changed")); n != 2 {
		t.Errorf("%d letters, want 2", n)
	}
}

// outbox reads a provider's letters of one kind.
func outbox(t *testing.T, a *apptest.Appliance, slug, kind string) (out []store.Mail) {
	t.Helper()
	y := a.DB.System("test", store.Origin{})
	home, err := y.ProviderBySlug(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	s, err := y.Provider(t.Context(), home.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Outbox(t.Context(), store.MailFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range p.Rows {
		if m.Kind == kind {
			m, err := s.Letter(t.Context(), m.ID)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, m)
		}
	}
	return out
}

func TestSuspend_everybodyIsOutAndInAgain(t *testing.T) {
	a, op := sample(t)
	anna := a.Browser().SignInAs("/portal/hafenbau", "anna@hafenbau.test", demo.Password)
	nora := a.Browser().SignInAs("/admin/nordlift", "nora@nordlift.test", demo.Password)
	maya := a.Browser().SignInAs("/portal/marlow-foods", "maya@marlow.test", demo.Password)
	op.Post("/operator/providers/nordlift/state", url.Values{"state": {"suspended"}}).Sees("Nordlift Rental is suspended")
	anna.Get("/portal/hafenbau/assets").SeesNot("EX-")
	nora.Get("/admin/nordlift/customers").SeesNot("Hafenbau GmbH")
	maya.Get("/portal/marlow-foods/assets").Is(http.StatusOK)
	op.Post("/operator/providers/nordlift/state", url.Values{"state": {"active"}}).Sees("active again")
	nora.Get("/admin/nordlift/customers").Is(http.StatusOK).Sees("Hafenbau GmbH")
	op.Post("/operator/providers/nordlift/state", url.Values{"state": {"gone"}}).Is(http.StatusUnprocessableEntity)
}

func TestProvider_badInputIsSaidAtTheFieldAndNothingIsLost(t *testing.T) {
	_, op := sample(t)
	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"slug taken":   {url.Values{"name": {"Another"}, "slug": {"nordlift"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "already taken by another provider"},
		"slug form":    {url.Values{"name": {"Another"}, "slug": {"../etc"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "lower-case letters"},
		"no name":      {url.Values{"slug": {"another"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "Give the provider's name"},
		"line breaks":  {url.Values{"name": {"An\r\nBcc: x"}, "slug": {"another"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "line breaks"},
		"starter":      {url.Values{"name": {"Another"}, "slug": {"another"}, "starter": {"circus"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "kinds of business"},
		"admin's mail": {url.Values{"name": {"Another"}, "slug": {"another"}, "admin_name": {"A"}, "admin_email": {"a@"}}, "full e-mail address"},
		"long name":    {url.Values{"name": {strings.Repeat("ü", 10000)}, "slug": {"another"}, "admin_name": {"A"}, "admin_email": {"a@example.com"}}, "up to 200"},
	} {
		t.Run(name, func(t *testing.T) {
			op.Post("/operator/providers/new", c.form).Is(http.StatusUnprocessableEntity).Sees(c.says)
			if slug := c.form.Get("slug"); !strings.Contains(op.Page.Body, `value="`+slug+`"`) {
				t.Errorf("%q is lost", slug)
			}
		})
	}
	op.Get("/operator").SeesNot("Another")
	op.Post("/operator/providers/new", url.Values{"name": {"<script>alert(1)</script> & Söhne"}, "admin_name": {"=1+1"}, "admin_email": {"a@example.com"}}).Is(http.StatusOK).
		Sees("<script>alert(1)</script> & Söhne is ready")
	if strings.Contains(op.Page.Body, "<script>alert") || !strings.Contains(op.Page.Body, "/admin/script-alert-1-script-sohne/activate/act_") {
		t.Errorf("the name is markup, or no address was made from it: %s", op.Page.Body)
	}
}

func TestSettings_anotherBaseURLIsServedFromThenOn(t *testing.T) {
	a, op := sample(t)
	op.Post("/operator/settings", url.Values{"base_url": {"https://user@portal.example.com/x"}, "contact_email": {"x"}, "contact_url": {"javascript:alert(1)"}}).Is(http.StatusUnprocessableEntity).
		Sees("user name and password", "full e-mail address", "begins with https://")
	op.Post("/operator/settings", url.Values{"base_url": {"https://portal.example.com/x"}, "contact_email": {"help@example.com"}}).Is(http.StatusUnprocessableEntity).Sees("There is a problem", "Leave out “/x”")
	if !strings.Contains(op.Page.Body, `value="https://portal.example.com/x"`) || !strings.Contains(op.Page.Body, "help@example.com") {
		t.Error("what was typed is lost")
	}
	req, _ := http.NewRequest("POST", a.URL+"/operator/settings", strings.NewReader(url.Values{"base_url": {"https://portal.example.com"}, "contact_email": {"help@example.com"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if got := op.DoOnce(req).Is(http.StatusSeeOther).Page.Header.Get("Location"); got != "https://portal.example.com/operator/settings" {
		t.Errorf("sent to %q", got)
	}
	op.Get("/operator").Is(http.StatusMisdirectedRequest)
}

func TestOperators_addedRemovedAndNeverTheLast(t *testing.T) {
	a, op := sample(t)
	op.Post("/operator/operators", url.Values{"name": {"Second"}, "email": {"ops@gatehouse.test"}}).Is(http.StatusUnprocessableEntity).Sees("already an operator with this address")
	op.Post("/operator/operators", url.Values{"name": {"Second"}, "email": {"two@gatehouse.test"}}).Is(http.StatusOK).Sees("A link for Second")
	link := between(op.Page.Body, a.URL, `"`)
	two := a.Browser().Get(link).Is(http.StatusOK).Sees("Hello Second")
	two.Post(link, url.Values{"password": {"gatehouse"}}).Is(http.StatusUnprocessableEntity)
	two.Post(link, url.Values{"password": {"three plain words here"}}).Is(http.StatusOK).Sees("you are signed in")
	op.Post("/operator/operators/1/remove", nil).Is(http.StatusConflict).Sees("cannot remove yourself")
	op.Post("/operator/operators/2/remove", nil).Is(http.StatusOK).Sees("can no longer run this appliance")
	two.Get("/operator").Sees("Operator sign-in")
	op.Get("/operator/operators/2/remove").Is(http.StatusNotFound)
}

// between is the first path that follows base in a page.
func between(body, base, end string) string {
	_, rest, _ := strings.Cut(body, base+"/operator/link/")
	token, _, _ := strings.Cut(rest, end)
	return "/operator/link/" + token
}

func TestOperatorSignIn_isThrottledAndTellsNothing(t *testing.T) {
	a, _ := sample(t)
	b := a.Browser()
	for _, email := range []string{"ops@gatehouse.test", "nobody@gatehouse.test", "nora@nordlift.test"} {
		b.Post("/operator/sign-in", url.Values{"email": {email}, "password": {"wrong"}}).Is(http.StatusUnprocessableEntity).Sees("do not match an account here")
	}
	for range 12 {
		b.Post("/operator/sign-in", url.Values{"email": {"OPS@gatehouse.test "}, "password": {"wrong"}})
	}
	b.Post("/operator/sign-in", url.Values{"email": {"ops@gatehouse.test"}, "password": {demo.Password}}).Is(http.StatusTooManyRequests).Sees("Too many attempts")
}

func TestOperatorProfile_passwordAndSessions(t *testing.T) {
	a, op := sample(t)
	other := a.Browser().SignInAs("/operator", "ops@gatehouse.test", demo.Password)
	op.Post("/operator/profile/password", url.Values{"current": {"wrong"}, "password": {"three plain words here"}}).Is(http.StatusUnprocessableEntity).Sees("not your current password")
	op.Post("/operator/profile/password", url.Values{"current": {demo.Password}, "password": {"three plain words here"}}).Is(http.StatusOK).Sees("signed out everywhere else")
	other.Get("/operator").Sees("Operator sign-in")
	op.Get("/operator/profile").Sees("This browser")
	op.Post("/operator/sign-out", nil).Sees("Operator sign-in")
	op.Get("/operator/health").Sees("Operator sign-in")
}
