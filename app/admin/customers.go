package admin

import (
	"io"
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) customerRoutes(r *mux.Router) {
	r.Handle("/customers", a.staff(a.listCustomers)).Methods("GET", "HEAD").Name("admin.customers")
	r.Handle("/customers/export", a.staff(a.exportCustomers)).Methods("GET", "HEAD").Name("admin.customers.export")
	r.Handle("/customers/new", a.staff(a.newCustomer)).Methods("GET", "HEAD").Name("admin.customers.new")
	r.Handle("/customers/new", a.staff(a.addCustomer)).Methods("POST").Name("admin.customers.add")
	r.Handle("/customers/{customer}", a.staff(a.showCustomer)).Methods("GET", "HEAD").Name("admin.customer")
	r.Handle("/customers/{customer}/edit", a.staff(a.editCustomer)).Methods("GET", "HEAD").Name("admin.customer.edit")
	r.Handle("/customers/{customer}/edit", a.staff(a.saveCustomer)).Methods("POST").Name("admin.customer.save")
	r.Handle("/customers/{customer}/delete", a.staff(a.askDeleteCustomer)).Methods("GET", "HEAD").Name("admin.customer.delete.ask")
	r.Handle("/customers/{customer}/delete", a.staff(a.deleteCustomer)).Methods("POST").Name("admin.customer.delete")
	r.Handle("/customers/{customer}/history", a.staff(a.showHistory)).Methods("GET", "HEAD").Name("admin.customer.history")
}

func (a *Admin) listCustomers(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	types, err := s.CustomerTypes(r.Context())
	if err != nil {
		return err
	}
	f := customerFilter(r)
	list, err := s.Customers(r.Context(), f)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, customersPage(a.view(w, r, s), customersList{Staff: s, Query: q, Types: types, Page: list, Sort: f.Sort}))
}

func customerFilter(r *http.Request) store.CustomerFilter {
	q := r.URL.Query()
	return store.CustomerFilter{Search: q.Get("q"), Type: web.QueryInt[store.TypeID](r, "type"), Portal: q.Get("portal"), Sort: q.Get("sort"), After: q.Get("after")}
}

// exportCustomers sends the list as it is filtered, all of its pages.
func (a *Admin) exportCustomers(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.CustomerExport); err != nil {
		return err
	}
	v := a.view(nil, r, s)
	e := desk.CustomerExport{Filter: customerFilter(r), CSV: r.URL.Query().Get("format") == "csv", Formats: s.Me().Formats,
		Portal: func(state string) string { return v.T(portalStates[state][1]) }}
	name, media := "customers.xlsx", web.MediaXLSX
	if e.CSV {
		name, media = "customers.csv", web.MediaCSV
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return a.desk.ExportCustomers(r.Context(), out, s, e) })
}

func (a *Admin) newCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.CustomerAdd); err != nil {
		return err
	}
	key, err := a.once()
	if err != nil {
		return err
	}
	return a.customerForm(w, r, s, http.StatusOK, customerForm{Once: key})
}

func (a *Admin) addCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := customerForm{Once: web.Str(r, "once"), Edit: decodeCustomer(r), Contact: decodeContact(r)}
	made, err := s.OpenCustomer(r.Context(), f.Once, f.Edit, f.Contact)
	if isForm(err) {
		f.Problem = err
		return a.customerForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+id(made), "Customer added.")
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
	p := customerProfile{Staff: s, Customer: c}
	if p.Contacts, err = s.Contacts(r.Context(), c.ID); err != nil {
		return err
	}
	if p.Groups, err = s.GroupsOf(r.Context(), c.ID); err != nil {
		return err
	}
	if p.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, customerPage(a.view(w, r, s), p))
}

func (a *Admin) customer(r *http.Request, s store.Staff) (store.Customer, error) {
	id, err := web.ID[store.CustomerID](r, "customer")
	if err != nil {
		return store.Customer{}, err
	}
	return s.Customer(r.Context(), id)
}

func editOf(c store.Customer) store.CustomerEdit {
	return store.CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID, Type: c.Type}
}

func (a *Admin) editCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.CustomerChange); err != nil {
		return err
	}
	return a.customerForm(w, r, s, http.StatusOK, customerForm{Customer: &c, Edit: editOf(c), Version: c.Version})
}

func (a *Admin) saveCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	f := customerForm{Customer: &c, Edit: decodeCustomer(r), Version: web.Int[int64](r, "version")}
	if f.Version == 0 { // a form always carries one; without it nothing may be overwritten
		f.Version = -1
	}
	err = s.ChangeCustomer(r.Context(), c.ID, f.Version, f.Edit)
	if isForm(err) {
		f.Problem = err
		return a.customerForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+id(c.ID), "Saved.")
}

func decodeCustomer(r *http.Request) store.CustomerEdit {
	return store.CustomerEdit{ExternalID: web.Str(r, "external_id"), Type: web.Int[store.TypeID](r, "type"), CustomerInput: store.CustomerInput{
		Name: web.Str(r, "name"), Email: web.Str(r, "email"), Phone: web.Str(r, "phone"), Street: web.Str(r, "street"),
		PostalCode: web.Str(r, "postal_code"), City: web.Str(r, "city"), Country: web.Str(r, "country")}}
}

// customerForm shows the form. Where somebody else saved meanwhile it shows
// both versions, and takes the next sending as made of the newer one.
func (a *Admin) customerForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f customerForm) error {
	var err error
	if f.Types, err = s.CustomerTypes(r.Context()); err != nil {
		return err
	}
	if f.Customer != nil && f.Version != f.Customer.Version {
		if f.Newer, err = a.newer(r, s, *f.Customer); err != nil {
			return err
		}
		f.Version = f.Customer.Version
	}
	return web.Page(w, r, status, customerFormPage(a.view(w, r, s), f))
}

// newer says who saved the version that is stored now, as far as the person
// may know.
func (a *Admin) newer(r *http.Request, s store.Staff, c store.Customer) (*newerVersion, error) {
	lines, err := s.CustomerHistory(r.Context(), c.ID, 0, 50)
	if err != nil && fault.Of(err) != fault.Forbidden {
		return nil, err
	}
	n := &newerVersion{Edit: editOf(c)}
	for _, l := range lines {
		if l.Verb == store.CustomerChange {
			n.Who, n.At = l.Actor, l.At
			break
		}
	}
	return n, nil
}

func (a *Admin) askDeleteCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.deleteForm(w, r, s, http.StatusOK, "", nil)
}

func (a *Admin) deleteForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed string, problem error) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.CustomerDelete); err != nil {
		return err
	}
	return web.Page(w, r, status, deleteCustomerPage(a.view(w, r, s), s, c, typed, fault.Fields(problem)["name"]))
}

func (a *Admin) deleteCustomer(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	typed := web.Str(r, "name")
	err = s.DeleteCustomer(r.Context(), c.ID, typed)
	if isForm(err) {
		return a.deleteForm(w, r, s, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers", c.Name+" is deleted.")
}
