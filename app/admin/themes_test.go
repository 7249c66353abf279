package admin_test

import (
	"net/http"
	"testing"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

func TestThemes_whichPortalsWearThem(t *testing.T) {
	a, s, b := nordlift(t)
	c, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme <b>"}})
	if err != nil {
		t.Fatal(err)
	}
	o, _ := storetest.Portal(t, a.DB, s, c, "ana@acme.test")
	themes, err := s.Themes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	worn, bare := themes[len(themes)-1], themes[0]
	if err := s.SetTheme(t.Context(), o.ID, worn.ID); err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/nordlift/themes").Is(http.StatusOK).Sees("Branding & Theming", worn.Name, "1 portal", "No portal wears it", "Default")
	b.Get("/admin/nordlift/themes/"+idOf(worn.ID)).Is(http.StatusOK).Sees(worn.Primary, "Acme <b>", "1 of 1")
	b.Get("/admin/nordlift/themes/" + idOf(bare.ID)).Is(http.StatusOK).Sees("No portal wears it").SeesNot("Acme")
	b.Get("/admin/nordlift/themes/99").Is(http.StatusNotFound)
	fleet := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "fleet@nordlift.test", "fleet_admin")
	a.SetPassword(fleet.Me().ID)
	door := a.Browser().SignIn("/admin/nordlift", "fleet@nordlift.test")
	door.Get("/admin/nordlift/groups").SeesNot("Theming")
	door.Get("/admin/nordlift/themes").Is(http.StatusForbidden)
	door.Get("/admin/nordlift/themes/" + idOf(worn.ID)).Is(http.StatusForbidden)
}
