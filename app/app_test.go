package app_test

import (
	"net/http"
	"net/url"
	"testing"

	"gatehouse/app/apptest"
)

func TestStaff_signsInAddsACustomerAndSignsOut(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().Get("/").Is(http.StatusOK).Sees("Sign in")
	b.Post("/admin/nordlift/sign-in", url.Values{"email": {"admin@nordlift.test"}, "password": {"wrong wrong wrong"}}).Is(http.StatusUnprocessableEntity).Sees("do not match")
	b.SignIn("/admin/nordlift", "admin@nordlift.test").Sees("Overview", "Customers")
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {""}, "email": {"x@"}}).Is(http.StatusUnprocessableEntity).Sees("Give the customer's name", "full e-mail address")
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {"Acme <b>Ltd</b>"}, "email": {"ana@acme.test"}}).Is(http.StatusOK).Sees("Customer added", "Acme <b>Ltd</b>").SeesNot("<b>Ltd</b>x")
	b.Get("/admin/nordlift/customers?q=acme").Sees("Acme <b>Ltd</b>", "ana@acme.test")
	b.Get("/admin/nordlift/profile").Is(http.StatusOK).Sees("This browser")
	b.Post("/admin/nordlift/sign-out", nil).Sees("Sign in")
	b.Get("/admin/nordlift/customers").Sees("Sign in").SeesNot("ana@acme.test")
}

func TestStaff_anotherProvidersSessionOpensNothing(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	a.Provider("swift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	token := ""
	u, _ := url.Parse(a.URL + "/admin/nordlift")
	for _, c := range b.Cookies(u) {
		if c.Name == "gatehouse" {
			token = c.Value
		}
	}
	req, _ := http.NewRequest("GET", a.URL+"/admin/swift/customers", nil)
	req.AddCookie(&http.Cookie{Name: "gatehouse", Value: token})
	a.Browser().Do(req).Sees("Sign in").SeesNot("Add customer")
}
