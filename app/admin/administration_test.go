package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store/storetest"
)

// What a role may not open is in neither the left menu nor the tabs, and a
// page of Administration marks both.
func TestAdministration_tabsByRole(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	u := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "fleet@nordlift.test", "fleet_admin").Me().ID
	a.SetPassword(u)
	current := func(b *apptest.Browser, path string) string {
		var out []string
		for _, part := range strings.Split(b.Get("/admin/nordlift"+path).Is(http.StatusOK).Page.Body, `aria-current="page"`)[1:] {
			name, _, _ := strings.Cut(part, "</a>")
			text := &apptest.Page{Body: "<a " + name}
			out = append(out, strings.TrimSpace(text.Text()))
		}
		return strings.Join(out, " > ")
	}
	admin := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test").Sees("Administration")
	admin.Get("/admin/nordlift/groups").Sees("Groups", "Audit Logs", "Settings")
	for path, want := range map[string]string{"": "Overview", "/groups": "Administration > Groups", "/audit?source=web": "Administration > Audit Logs",
		"/settings/terms": "Administration > Settings > Terms", "/customers": "Customers"} {
		if got := current(admin, path); got != want {
			t.Errorf("%s is marked as %q, want %q", path, got, want)
		}
	}
	a.Browser().SignIn("/admin/nordlift", "fleet@nordlift.test").Sees("Administration").Get("/admin/nordlift/groups").Is(http.StatusOK).SeesNot("Audit Logs", "Settings")
}
