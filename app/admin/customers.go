package admin

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) customerRoutes(r *mux.Router) {
	r.Handle("/customers", a.staff(a.listCustomers)).Methods("GET", "HEAD").Name("admin.customers")
	r.Handle("/customers/new", a.staff(a.newCustomer)).Methods("GET", "HEAD").Name("admin.customers.new")
	r.Handle("/customers/new", a.staff(a.addCustomer)).Methods("POST").Name("admin.customers.add")
	r.Handle("/customers/{customer}", a.staff(a.showCustomer)).Methods("GET", "HEAD").Name("admin.customer")
	r.Handle("/customers/{customer}/edit", a.staff(a.editCustomer)).Methods("GET", "HEAD").Name("admin.customer.edit")
	r.Handle("/customers/{customer}/edit", a.staff(a.saveCustomer)).Methods("POST").Name("admin.customer.save")
}

func (a *Admin) listCustomers(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	types, err := s.CustomerTypes(r.Context())
	if err != nil {
		return err
	}
	f := store.CustomerFilter{Search: q.Get("q"), Type: web.QueryInt[store.TypeID](r, "type"), Portal: q.Get("portal"), Sort: q.Get("sort"), After: q.Get("after")}
	list, err := s.Customers(r.Context(), f)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, customersPage(a.view(w, r, s), customersList{Staff: s, Query: q, Types: types, Page: list, Sort: f.Sort}))
}

func (a *Admin) newCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.CustomerAdd); err != nil {
		return err
	}
	return a.customerForm(w, r, s, http.StatusOK, customerForm{})
}

func (a *Admin) addCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	e := decodeCustomer(r)
	id, err := s.AddCustomer(r.Context(), e)
	if isForm(err) {
		return a.customerForm(w, r, s, http.StatusUnprocessableEntity, customerForm{Edit: e, Problem: err})
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+strconv.FormatInt(int64(id), 10), "Customer added.")
}

// isForm reports whether err belongs beside the fields of the form that
// caused it.
func isForm(err error) bool {
	k := fault.Of(err)
	return err != nil && (k == fault.Invalid || k == fault.Conflict)
}

func (a *Admin) showCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	history, err := s.CustomerHistory(r.Context(), c.ID, 0, 20)
	if err != nil && fault.Of(err) != fault.Forbidden {
		return err
	}
	return web.Page(w, r, http.StatusOK, customerPage(a.view(w, r, s), s, c, history))
}

func (a *Admin) customer(r *http.Request, s store.Staff) (store.Customer, error) {
	id, err := web.ID[store.CustomerID](r, "customer")
	if err != nil {
		return store.Customer{}, err
	}
	return s.Customer(r.Context(), id)
}

func (a *Admin) editCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.CustomerChange); err != nil {
		return err
	}
	e := store.CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID, Type: c.Type}
	return a.customerForm(w, r, s, http.StatusOK, customerForm{Customer: &c, Edit: e, Version: c.Version})
}

func (a *Admin) saveCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	e := decodeCustomer(r)
	err = s.ChangeCustomer(r.Context(), c.ID, web.Int[int64](r, "version"), e)
	if isForm(err) {
		return a.customerForm(w, r, s, http.StatusUnprocessableEntity, customerForm{Customer: &c, Edit: e, Version: c.Version, Problem: err})
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+strconv.FormatInt(int64(c.ID), 10), "Saved.")
}

func decodeCustomer(r *http.Request) store.CustomerEdit {
	return store.CustomerEdit{ExternalID: web.Str(r, "external_id"), Type: web.Int[store.TypeID](r, "type"), CustomerInput: store.CustomerInput{
		Name: web.Str(r, "name"), Email: web.Str(r, "email"), Phone: web.Str(r, "phone"), Street: web.Str(r, "street"),
		PostalCode: web.Str(r, "postal_code"), City: web.Str(r, "city"), Country: web.Str(r, "country")}}
}

func (a *Admin) customerForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f customerForm) error {
	var err error
	if f.Types, err = s.CustomerTypes(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, customerFormPage(a.view(w, r, s), f))
}
