package e2e

import (
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

// TestStory_theCustomersOwnPeople is a portal admin's work: register over the
// provider's link, invite a colleague with a business unit, decide who sees
// what, off-board; the provider looks on, overrides, and takes it back.
func TestStory_theCustomersOwnPeople(t *testing.T) {
	for name, how := range map[string]browsertest.How{"light": {}, "dark-phone": {Dark: true, Phone: true}, "noscript": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			customerWithUnits(t, s)
			b := in(t, a, how, "/admin/nordlift", "admin@nordlift.test")
			b.Go("/admin/nordlift/clients").Sees("No clients yet").Click("Create New").Click("Acme").Sees("no open portal yet")
			b.Fill("name", "Anna Brandt").Fill("email", "anna@acme.test").Fill("title", "Head of plant")
			look(b, how, "client-new-"+name)
			b.Click("Create").Sees("Client created.", "Activation pending", "Added to a portal")
			look(b, how, "client-pending-"+name)
			anna := browsertest.Open(t, a.URL, how).Go(letterLink(t, a, s, "anna@acme.test")).Sees("Choose a password and you are in")
			anna.Fill("password", "a heron walked over the ice").Fill("terms", "on").Click("Activate and enter").Sees("Welcome, Anna Brandt", "Loader East", "Loader West")
			anna.Go("/portal/acme/administration").Sees("Anna Brandt", "Portal admin", "1 session").Click("Invite user")
			anna.Fill("name", "Ben Okafor").Fill("email", "ben@").Fill("groups_of", "some").Tick("Plant East").Tick("User").Tick("Viewer").Click("Send invitation").Sees("full e-mail address")
			look(anna, how, "colleague-refused-"+name)
			anna.Fill("email", "ben@acme.test").Click("Send invitation").Sees("Invited.", "Ben Okafor", "Plant East", "Viewer", "Activation pending")
			look(anna, how, "colleagues-"+name)

			ben := browsertest.Open(t, a.URL, how).Go(letterLink(t, a, s, "ben@acme.test")).Fill("password", "an otter slept under the pier").Fill("terms", "on").Click("Activate and enter")
			ben.Sees("Welcome, Ben Okafor", "Loader East").SeesNot("Loader West").SeesNot("Administration")
			ben.Go("/portal/acme/administration").Sees("nothing at this address")
			whoSeesWhat(b, anna, ben, how, name)
			offBoard(b, anna, ben, how, name)
		})
	}
}

// customerWithUnits is Acme with two plants and a loader in each.
func customerWithUnits(t *testing.T, s store.Staff) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	acme, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	must(err)
	for _, unit := range []string{"East", "West"} {
		g, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "Plant " + unit, Customer: acme})
		must(err)
		id, err := s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: "Loader " + unit}, Groups: []store.GroupID{g}})
		must(err)
		_, err = s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{id}, Customer: acme})
		must(err)
	}
}

// letterLink is the link in the newest letter to somebody, without the host.
func letterLink(t *testing.T, a *apptest.Appliance, s store.Staff, to string) string {
	t.Helper()
	p, err := s.Outbox(t.Context(), store.MailFilter{Search: to})
	if err != nil || len(p.Rows) == 0 {
		t.Fatalf("no letter to %s: %v", to, err)
	}
	link, err := s.RevealLink(t.Context(), p.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(link, a.URL)
}

// whoSeesWhat moves a colleague to another unit: it counts on the next click.
func whoSeesWhat(b, anna, ben *browsertest.Tab, how browsertest.How, name string) {
	anna.Click("Ben Okafor").Sees("In this portal")
	look(anna, how, "colleague-"+name)
	anna.Tick("Plant East").Tick("Plant West").Fill("sees", "own").Click("Save").Sees("It counts from their next click on.", "Plant West")
	ben.Go("/portal/acme/assets").Sees("Loader West").SeesNot("Loader East")
	b.Go("/admin/nordlift/clients").Sees("Ben Okafor", "anna@acme.test").Click("Ben Okafor").Sees("Own only", "Viewer", "Groups of a portal user changed", "Plant East")
	look(b, how, "client-profile-"+name)
	b.Go("/admin/nordlift/clients")
	look(b, how, "clients-"+name)
}

// offBoard takes a leaver out, and the provider the delegation back.
func offBoard(b, anna, ben *browsertest.Tab, how browsertest.How, name string) {
	anna.Go("/portal/acme/administration").Click("Anna Brandt").Sees("This is you.")
	anna.Tick("Portal admin").Click("Save").Sees("is the last portal admin")
	anna.Go("/portal/acme/administration").Click("Ben Okafor").Click("Disable account").Sees("The account is off for this portal.")
	ben.Go("/portal/acme/assets").Sees("Sign in").SeesNot("Loader West")
	anna.Click("Delete user").Fill("confirm_email", "anna@acme.test").Sees("Type the e-mail address")
	look(anna, how, "colleague-delete-"+name)
	b.Go("/admin/nordlift/customers/1/portal/access").Sees("Portal admins may manage colleagues").Click("Do not let them").Sees("can no longer manage colleagues")
	look(b, how, "delegation-"+name)
	anna.Go("/portal/acme/administration").Sees("nothing at this address")
}
