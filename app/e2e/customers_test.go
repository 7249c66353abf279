package e2e

import (
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

func TestStory_customersContactsGroupsAndWhatHappened(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers").Click("Add customer").Fill("name", "Überland & Co").Fill("contact_name", "Betty Ruiz").Fill("contact_email", "betty@").Click("Add customer").Sees("full e-mail address")
			b.Fill("contact_email", "betty@ueberland.test").Click("Add customer").Sees("Customer added", "betty@ueberland.test", "C-1")
			b.Click("Add contact").Fill("contact_name", "Call centre").Fill("contact_phone", "+49 40 1").Click("Add contact").Sees("Contact added", "Call centre")
			b.Click("Create group for this customer").Sees("Groups: Überland & Co")
			look(b, how, "customer-profile-"+name)
			conflict(t, s, b, how, name)
			b.Go("/admin/nordlift/customers?q=uberland").Sees("Überland & Co", "Hamburg")
			b.Go("/admin/nordlift/customers/1").Click("History").Sees("Customer changed", "Contact added: Call centre", "Group added: Überland & Co")
			look(b, how, "customer-history-"+name)
			b.Click("More").Click("Delete customer").Fill("name", "Überland").Click("Delete customer").Sees("exactly as it stands")
			look(b, how, "customer-delete-"+name)
			b.Fill("name", "Überland & Co").Click("Delete customer").Sees("is deleted")
		})
	}
}

// conflict has somebody else save while the form is open.
func conflict(t *testing.T, s store.Staff, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	b.Click("Edit").Fill("city", "Hamburg")
	if err := s.ChangeCustomer(t.Context(), 1, 0, store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Überland & Co", City: "Kiel"}}); err != nil {
		t.Fatal(err)
	}
	b.Click("Save").Sees("Somebody else changed this customer meanwhile", "Saved now", "You typed", "Kiel")
	look(b, how, "customer-conflict-"+name)
	b.Click("Save mine").Sees("Saved.", "Hamburg")
}

func TestStory_administration(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			a.Provider("nordlift")
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/settings").Fill("time_zone", "America/Argentina/Buenos_Aires").Fill("name", "Nordlift Rental").Click("Save").Sees("Saved.", "Nordlift Rental", "11:05 AM")
			look(b, how, "settings-"+name)
			b.Click("Help and contact").Fill("public.help.href", "javascript:x").Click("Save").Sees("begins with https://")
			look(b, how, "settings-help-"+name)
			b.Fill("public.help.href", "https://help.test").Click("Save").Sees("Saved.")
			b.Click("Terms").Click("Publish a new version").Fill("body", "Be kind.").Click("Publish").Sees("Version 2", "Everybody in your portals is asked")
			look(b, how, "settings-terms-"+name)
			b.Click("Customer types").Fill("name", "Museum").Click("Add type").Sees("Type added.", "Museum")
			look(b, how, "settings-types-"+name)
			b.Go("/admin/nordlift/audit").Sees("Terms published", "Settings changed").Click("Terms published").Sees("Activity: Terms published").SeesNot("Settings changed")
			look(b, how, "audit-"+name)
			b.Go("/admin/nordlift/groups").Click("Add group").Fill("name", "North").Click("Add group").Sees("Group added.", "North")
			look(b, how, "groups-"+name)
		})
	}
}
