package e2e

import (
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
)

// ways are the ways every story's pages are looked at.
var ways = map[string]browsertest.How{
	"light": {}, "dark": {Dark: true}, "phone": {Phone: true}, "noscript": {NoScript: true},
}

func TestStory_staffSignsInAndAddsACustomer(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			a.Provider("nordlift")
			b := browsertest.Open(t, a.URL, how).Go("/").Sees("Sign in")
			look(b, how, "signin-"+name)
			b.Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers/new").Fill("name", "").Fill("email", "x@").Click("Add customer").Sees("Give the customer's name.")
			look(b, how, "customer-form-"+name)
			b.Fill("name", "Acme <b>Ltd</b>").Fill("email", "ana@acme.test").Click("Add customer").Sees("Acme <b>Ltd</b>")
			b.Go("/admin/nordlift/customers").Sees("Acme <b>Ltd</b>")
			look(b, how, "customers-"+name)
		})
	}
}

// look takes a picture and has axe look too.
func look(b *browsertest.Tab, how browsertest.How, name string) {
	b.Shot(name)
	if !how.NoScript {
		b.Axe()
	}
}
