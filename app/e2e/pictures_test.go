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
			{"/admin/nordlift", "nora@nordlift.test", map[string]string{"overview": "", "customers": "/customers", "customer": "/customers/1", "import": "/imports", "profile": "/profile"}},
			{"/portal/hafenbau", "anna@hafenbau.test", map[string]string{"portal": ""}},
		} {
			t.Run(door.login+name, func(t *testing.T) {
				b := browsertest.Open(t, a.URL, how).Go(door.path+"/sign-in").Fill("email", door.login).Fill("password", demo.Password).Click("Sign in")
				for page, path := range door.pages {
					b.Go(door.path + path).Shot(page + name).Axe()
				}
			})
		}
	}
}
