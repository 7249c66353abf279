package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// TestFeedback_reachesTheProvider: what somebody says is kept with who, when and
// which page, every admin is told, and nobody floods them.
func TestFeedback_reachesTheProvider(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	a.SetPassword(home.Me().ID)
	of, err := home.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	portal, anna := storetest.Portal(t, a.DB, home, of, "anna@acme.test")
	a.SetPassword(anna.Me().ID)
	door := "/portal/" + portal.Slug
	b := a.Browser().SignIn(door, "anna@acme.test")
	if p := b.Get(door + "/profile").Is(http.StatusOK); !strings.Contains(p.Page.Body, door+"/feedback?page=") {
		t.Error("a page of the portal has no way to feedback")
	}
	b.Get(door + "/feedback?page=" + url.QueryEscape(door+"/profile")).Is(http.StatusOK).Sees("About the page " + door + "/profile")
	b.Post(door+"/feedback", url.Values{"text": {" "}}).Is(http.StatusUnprocessableEntity).Sees("Write a word or two")
	b.Post(door+"/feedback", url.Values{"text": {strings.Repeat("ä", 4001)}}).Is(http.StatusUnprocessableEntity).Sees("up to 4000 fit")
	b.Post(door+"/feedback", url.Values{"text": {"<b>Handy</b>, but where is the map?"}, "page": {door + "/profile"}}).Is(http.StatusOK).Sees("Thank you")
	admin := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	admin.Get("/admin/nordlift/feedback").Is(http.StatusOK).Sees("<b>Handy</b>, but where is the map?", "anna@acme.test", "Acme", door+"/profile")
	admin.Get("/admin/nordlift/feedback?q=nothing").Is(http.StatusOK).Sees("No feedback fits")
	admin.Get("/admin/nordlift/outbox").Sees("admin@nordlift.test", "Feedback")
	b.Post(door+"/feedback", url.Values{"text": {"elsewhere"}, "page": {"https://evil.example/"}}).Is(http.StatusOK)
	if p := admin.Get("/admin/nordlift/feedback"); strings.Contains(p.Page.Body, "evil.example") {
		t.Error("an address of another place is kept as a page")
	}
	for range 3 {
		b.Post(door+"/feedback", url.Values{"text": {"more"}}).Is(http.StatusOK)
	}
	if p := b.Post(door+"/feedback", url.Values{"text": {"too much"}}).Is(http.StatusTooManyRequests).Sees("Too many attempts"); !strings.Contains(p.Page.Body, "too much") {
		t.Error("what was typed is lost")
	}
	l, err := home.Feedback(t.Context(), store.FeedbackFilter{})
	if err != nil || l.Total != 5 {
		t.Errorf("%d are kept, %v: want five", l.Total, err)
	}
	agent := storetest.Staff(t, a.DB, home.Home().ID, "nordlift", "agent@nordlift.test", "agent")
	a.SetPassword(agent.Me().ID)
	a.Browser().SignIn("/admin/nordlift", "agent@nordlift.test").Get("/admin/nordlift/feedback").Is(http.StatusForbidden)
}

// TestInvitation_givesRolesAndGroups: a link carries what its taker begins with;
// a group that is gone by then is left out, and gives no more than was meant.
func TestInvitation_givesRolesAndGroups(t *testing.T) {
	a := apptest.New(t)
	staff, portal, _ := invited(t, a, store.InviteEdit{})
	a.SetPassword(staff.Me().ID)
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	east, err := staff.AddGroup(t.Context(), store.GroupEdit{Name: "Plant East", Customer: portal.Customer})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := staff.AddGroup(t.Context(), store.GroupEdit{Name: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	viewer, err := staff.AddRole(t.Context(), store.RoleEdit{Kind: "client", Name: "Foreman", Features: []store.Feature{"assets", "assets.list"}})
	if err != nil {
		t.Fatal(err)
	}
	at := "/admin/nordlift/customers/" + itoa(int64(portal.Customer)) + "/portal"
	b.Get(at+"/invite").Is(http.StatusOK).Sees("Foreman", "Plant East", "Sees records of").SeesNot("Elsewhere")
	form := url.Values{"name": {"Ana"}, "role": {itoa(int64(viewer))}, "groups_of": {"some"}, "sees": {"groups"}}
	b.Post(at+"/invite", form).Is(http.StatusUnprocessableEntity).Sees("Choose at least one group")
	form.Set("group", itoa(int64(foreign)))
	b.Post(at+"/invite", form).Is(http.StatusUnprocessableEntity).Sees("Choose among the groups")
	form.Set("group", itoa(int64(east)))
	begins := func(name string, groups int) {
		t.Helper()
		l, err := staff.Clients(t.Context(), store.ClientFilter{Search: name})
		if err != nil || len(l.Rows) != 1 {
			t.Fatalf("%d clients %s, %v", len(l.Rows), name, err)
		}
		m, err := staff.Memberships(t.Context(), l.Rows[0].ID)
		if err != nil || len(m) != 1 || m[0].Sight.All || len(m[0].Sight.Groups) != groups || m[0].Sees != store.SeesGroups || !slices.ContainsFunc(m[0].Roles, func(r store.Role) bool { return r.Name == "Foreman" }) {
			t.Errorf("%s begins with %+v (%v)", name, m, err)
		}
	}
	link := func() string {
		return strings.TrimPrefix(shownLink.FindString(b.Post(at+"/invite", form).Is(http.StatusOK).Page.Body), a.URL)
	}
	a.Browser().Post(link()+"/register", entries("ana@acme.test")).Is(http.StatusOK).Sees("You are in")
	begins("ana@acme.test", 1)
	late := link()
	west, err := staff.AddGroup(t.Context(), store.GroupEdit{Name: "Plant West", Customer: portal.Customer})
	if err != nil {
		t.Fatal(err)
	}
	if err := staff.RemoveGroup(t.Context(), east, west); err != nil {
		t.Fatal(err)
	}
	a.Browser().Post(late+"/register", entries("late@acme.test")).Is(http.StatusOK).Sees("You are in")
	begins("late@acme.test", 0)
}
