package e2e

import (
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

func TestStory_aPortalInThreeStepsAndAPersonInIt(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			if _, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Brightwater Civil", Email: "ana@brightwater.test"}}); err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift")
			b.Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers/1/portal").Sees("No portal yet")
			look(b, how, "portal-start-"+name)
			b.Click("Set up in three steps").Sees("Name of the portal")
			if !how.NoScript {
				b.Click("Map and position").Sees("where their assets are, on a map").Click("Map and position")
			}
			look(b, how, "portal-setup-"+name)
			b.Fill("name", "Nordlift for Brightwater").Click("Save Portal Setup").Sees("Pick the look")
			look(b, how, "portal-branding-"+name)
			b.Click("Save Branding").Sees("Nobody is invited yet")
			b.Click("Create invitation").Fill("name", "Ana Kowalska").Fill("email", "ana@brightwater.test")
			look(b, how, "portal-invite-"+name)
			b.Click("Create invitation").Sees("only time the whole link is shown")
			look(b, how, "portal-link-"+name)
			link := b.Value(`document.getElementById('link').value`)
			b.Click("Done").Sees("Portal access pending", "Open")
			look(b, how, "portal-access-"+name)

			ana := browsertest.Open(t, a.URL, how).Go(strings.TrimPrefix(link, a.URL)).Sees("Welcome to Nordlift for Brightwater", "invites you")
			look(ana, how, "invitation-"+name)
			ana.Click("Continue").Sees("Create your sign-in").Click("Create sign-in and enter").Sees("There are")
			look(ana, how, "register-refused-"+name)
			ana.Fill("password", "a heron walked over the ice").Fill("terms", "on").Click("Create sign-in and enter").Sees("You are in, Ana Kowalska")
			look(ana, how, "registered-"+name)
			if how.NoScript {
				b.Go("/admin/nordlift/customers/1/portal")
			}
			b.Sees("Accepted", "Portal admin", "Version 1")
			look(b, how, "portal-active-"+name)
			ana.Go(strings.TrimPrefix(link, a.URL)).Sees("already used by A. K.", "Ask for a new link")
			look(ana, how, "invitation-used-"+name)
		})
	}
}

func TestStory_aPortalWithOneSwitch(t *testing.T) {
	for _, name := range []string{"light", "phone"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, how := apptest.New(t), ways[name]
			s := a.Provider("nordlift")
			if _, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Kestrel Homes"}}); err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift")
			b.Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers/1").Click("Turn on customer portal").Sees("Areas Kestrel Homes can view")
			b.Click("Turn on and send activation").Sees("no e-mail address yet")
			look(b, how, "enable-"+name)
			b.Fill("email", "kim@kestrel.test").Click("Turn on and send activation").Sees("The portal is on", "Portal access pending")
			look(b, how, "enabled-"+name)
			b.Go("/admin/nordlift/customers/1").Click("Portal access pending")
			look(b, how, "badge-"+name)
			b.Click("Resend activation email").Sees("A new activation is on its way")
			b.Go("/admin/nordlift/customers/1").Click("Portal access pending").Click("Disable portal access").Sees("Disable portal access?").Click("Disable portal access").Sees("Everybody was signed out")
			look(b, how, "disabled-"+name)
		})
	}
}
