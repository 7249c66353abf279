package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// TestTerms_newVersionIsAskedAtTheNextRequest: whoever is in a portal accepts a
// new version before anything else is shown; a minor edit asks nobody; whoever
// refuses is signed out.
func TestTerms_newVersionIsAskedAtTheNextRequest(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	of, err := home.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	portal, anna := storetest.Portal(t, a.DB, home, of, "anna@acme.test")
	a.SetPassword(anna.Me().ID)
	door := "/portal/" + portal.Slug
	b := a.Browser().SignIn(door, "anna@acme.test")
	publish := func(body string, minor bool) {
		t.Helper()
		if _, err := home.PublishTerms(t.Context(), "Terms of use", body, minor); err != nil {
			t.Fatal(err)
		}
	}
	publish("A comma was mended.", true)
	b.Get(door + "/profile").Is(http.StatusOK).Sees("My profile")
	publish("Something else holds from now on.", false)
	for _, path := range []string{"/profile", "/profile/factor", ""} {
		b.Get(door+path).Is(http.StatusOK).Sees("Something else holds from now on.", "asks you to accept its terms")
	}
	b.Post(door+"/profile", url.Values{"name": {"Anna"}}).Sees("Something else holds")
	b.Post(door+"/terms", url.Values{"version": {"3"}}).Is(http.StatusUnprocessableEntity).Sees("Tick the box", "Something else holds")
	b.Post(door+"/terms", url.Values{"version": {"1"}, "accept": {"yes"}}).Is(http.StatusConflict).Sees("changed while you were reading")
	b.Post(door+"/sign-out", url.Values{}).Is(http.StatusOK)
	b.Get(door + "/profile")
	if !strings.HasSuffix(b.Page.URL.Path, "/sign-in") {
		t.Errorf("after refusing: %s", b.Page.URL.Path)
	}
	b.SignIn(door, "anna@acme.test").Sees("Something else holds")
	b.Post(door+"/terms", url.Values{"version": {"3"}, "accept": {"yes"}}).Is(http.StatusOK).SeesNot("Something else holds")
	members, err := home.Members(t.Context(), portal.ID)
	if err != nil || members[0].Terms != 3 || members[0].AcceptedAt.IsZero() {
		t.Errorf("what is kept of it: %+v, %v", members, err)
	}
}
