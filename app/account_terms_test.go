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

// TestTerms_ofOnePortal: a portal's own terms take the place of the provider's
// there and nowhere else, a new version of the provider's does not reach it,
// and when they end whoever never accepted the provider's is asked.
func TestTerms_ofOnePortal(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	a.SetPassword(home.Me().ID)
	doors, people := map[string]string{}, map[string]*apptest.Browser{}
	var acme store.CustomerID
	for _, name := range []string{"Acme", "Beta"} {
		of, err := home.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
		if err != nil {
			t.Fatal(err)
		}
		mail := strings.ToLower(name) + "@c.test"
		portal, who := storetest.Portal(t, a.DB, home, of, mail)
		a.SetPassword(who.Me().ID)
		doors[name], people[name] = "/portal/"+portal.Slug, a.Browser().SignIn("/portal/"+portal.Slug, mail)
		if name == "Acme" {
			acme = of
		}
	}
	at := "/admin/nordlift/customers/" + itoa(int64(acme)) + "/portal"
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get(at + "/access").Is(http.StatusOK).Sees("Your terms of use hold here, version 1")
	b.Get(at + "/terms/new").Is(http.StatusOK).SeesNot("Minor edit")
	b.Post(at+"/terms/new", url.Values{"title": {""}, "body": {"kept"}}).Is(http.StatusUnprocessableEntity).Sees("Give the terms a title", "kept")
	b.Post(at+"/terms/new", url.Values{"title": {"Terms for Acme"}, "body": {"What we agreed with Acme."}, "minor": {"yes"}}).Is(http.StatusOK).Sees("Everybody in this portal is asked", "Terms for Acme, version 2")
	people["Acme"].Get(doors["Acme"]+"/profile").Is(http.StatusOK).Sees("What we agreed with Acme.", "asks you to accept")
	people["Beta"].Get(doors["Beta"] + "/profile").Is(http.StatusOK).SeesNot("What we agreed")
	people["Beta"].Get(doors["Beta"] + "/terms").Is(http.StatusOK).SeesNot("What we agreed")
	b.Get("/admin/nordlift/settings/terms").SeesNot("Terms for Acme")
	people["Acme"].Post(doors["Acme"]+"/terms", url.Values{"version": {"2"}, "accept": {"yes"}}).Is(http.StatusOK).SeesNot("What we agreed")
	if _, err := home.PublishTerms(t.Context(), "Terms of use", "New for everybody else.", false); err != nil {
		t.Fatal(err)
	}
	people["Acme"].Get(doors["Acme"] + "/profile").Is(http.StatusOK).Sees("My profile")
	people["Beta"].Get(doors["Beta"] + "/profile").Is(http.StatusOK).Sees("New for everybody else.")
	b.Post(at+"/terms/new", url.Values{"title": {"Terms for Acme"}, "body": {"What we agreed with Acme!"}, "minor": {"yes"}}).Is(http.StatusOK).Sees("Nobody is asked again", "version 4")
	people["Acme"].Get(doors["Acme"] + "/profile").Is(http.StatusOK).Sees("My profile")
	b.Post(at+"/terms/end", nil).Is(http.StatusOK).Sees("Your own terms hold in this portal again")
	people["Acme"].Get(doors["Acme"] + "/profile").Is(http.StatusOK).Sees("New for everybody else.")
	people["Acme"].Post(doors["Acme"]+"/terms", url.Values{"version": {"3"}, "accept": {"yes"}}).Is(http.StatusOK).SeesNot("New for everybody")
	b.Get(at+"/terms").Sees("Terms for Acme", "Version 4")
	b.Get("/admin/nordlift/settings/terms/2").Sees("Accepted by", "acme@c.test")
	b.Get("/admin/nordlift/customers/"+itoa(int64(acme))+"/history").Sees("Terms of its own for a portal", "A portal's own terms ended")
}
