package e2e

import (
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/app/demo"
)

// TestPictures walks through the sample data in every way people look at it,
// lets axe look too, and takes the README's pictures where GATEHOUSE_SHOTS
// names a folder: GATEHOUSE_SHOTS=$PWD/assets/pictures go test ./app/e2e -run Pictures
func TestPictures(t *testing.T) {
	a := apptest.New(t)
	if _, err := demo.Build(t.Context(), a.DB, a.Desk); err != nil {
		t.Fatal(err)
	}
	for name, how := range map[string]browsertest.How{"": {}, "-dark": {Dark: true}, "-phone": {Phone: true}} {
		for _, door := range []struct {
			path, login string
			pages       map[string]string
		}{
			{"/operator", "ops@gatehouse.test", map[string]string{"operator": "", "operator-provider": "/providers/nordlift", "operator-mail": "/mail", "operator-health": "/health", "operator-audit": "/audit"}},
			{"/admin/nordlift", "nora@nordlift.test", map[string]string{"overview": "", "outbox": "/outbox", "letter": "/outbox/1", "customers": "/customers", "customer": "/customers/1", "imports": "/imports", "profile": "/profile", "fleet": "/assets", "asset": "/assets/1", "asset-edit": "/assets/1/edit", "fleet-map": "/assets/map", "fields": "/assets/fields", "activity": "/assets/activity", "groups": "/groups", "history": "/customers/1/history", "customer-assets": "/customers/1/assets", "assign": "/assets/assign?id=3&id=4",
				"portal-tab": "/customers/1/portal", "portal-setup": "/customers/2/portal/setup", "portal-branding": "/customers/2/portal/branding", "portal-access": "/customers/1/portal/access", "portal-enable": "/customers/5/portal/enable"}},
			{"/portal/hafenbau", "anna@hafenbau.test", map[string]string{"portal": "", "portal-profile": "/profile", "portal-assets": "/assets", "portal-asset": "/assets/1", "portal-map": "/map", "portal-activity": "/activity"}},
		} {
			t.Run(door.login+name, func(t *testing.T) {
				t.Parallel()
				b := browsertest.Open(t, a.URL, how).Go(door.path+"/sign-in").Fill("email", door.login).Fill("password", demo.Password).Click("Sign in")
				for page, path := range door.pages {
					b.Go(door.path + path).Calm().Shot(page + name).Axe()
				}
			})
		}
	}
}
