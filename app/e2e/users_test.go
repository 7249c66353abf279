package e2e

import (
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

// TestStory_peopleRolesAndRights is an admin's day: a group, a role of the
// firm's own, somebody invited into both, changed, switched off and deleted.
func TestStory_peopleRolesAndRights(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			if _, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "North"}); err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/roles").Sees("Fleet Admin", "Portal admin")
			look(b, how, "roles-"+name)
			b.Go("/admin/nordlift/roles/new?kind=staff").Fill("name", "Front desk").Tick("Add contacts").Click("Add role").Sees("Role added.", "Front desk")
			b.Click("What each role may do").Sees("Assign assets to customers")
			look(b, how, "role-reference-"+name)
			b.Go("/admin/nordlift/users").Click("Invite user").Sees("Entire fleet", "Hide historical data")
			look(b, how, "user-invite-"+name)
			b.Fill("name", "Ana Ruiz").Fill("email", "ana@@nordlift.test").Tick("User").Click("Confirm").Sees("full e-mail address")
			look(b, how, "user-invite-refused-"+name)
			b.Fill("email", "ana@nordlift.test").Click("Confirm").Sees("Invited.", "ALL groups", "Activation pending")
			look(b, how, "users-"+name)
			b.Click("Ana Ruiz").Sees("Resend activation email", "Delete user")
			look(b, how, "user-"+name)
			b.Click("Resend activation email").Sees("A new activation e-mail is on its way").Click("Effective permissions").Sees("Role User")
			look(b, how, "user-permissions-"+name)
			b.Go("/admin/nordlift/users/2").Click("Disable").Sees("is disabled").Click("Enable").Sees("is enabled")
			b.Click("Delete user").Sees("Type the e-mail address to confirm")
			if !how.NoScript && b.Value(`String(document.querySelector('dialog[open] button[type=submit]').disabled)`) != "true" {
				t.Error("Confirm is on before the address was typed")
			}
			look(b, how, "user-delete-"+name)
		})
	}
}
