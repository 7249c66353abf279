package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) contactRoutes(r *mux.Router) {
	r.Handle("/customers/{customer}/contacts/new", a.staff(a.newContact)).Methods("GET", "HEAD").Name("admin.contact.new")
	r.Handle("/customers/{customer}/contacts/new", a.staff(a.addContact)).Methods("POST").Name("admin.contact.add")
	r.Handle("/customers/{customer}/contacts/{contact}/edit", a.staff(a.editContact)).Methods("GET", "HEAD").Name("admin.contact.edit")
	r.Handle("/customers/{customer}/contacts/{contact}/edit", a.staff(a.saveContact)).Methods("POST").Name("admin.contact.save")
	r.Handle("/customers/{customer}/contacts/{contact}/remove", a.staff(a.askRemoveContact)).Methods("GET", "HEAD").Name("admin.contact.remove.ask")
	r.Handle("/customers/{customer}/contacts/{contact}/remove", a.staff(a.removeContact)).Methods("POST").Name("admin.contact.remove")
}

func decodeContact(r *http.Request) store.ContactEdit {
	return store.ContactEdit{Name: web.Str(r, "contact_name"), Title: web.Str(r, "contact_title"), Email: web.Str(r, "contact_email"), Phone: web.Str(r, "contact_phone")}
}

func (a *Admin) newContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ContactAdd); err != nil {
		return err
	}
	key, err := a.once()
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, contactPage(a.view(w, r, s), contactForm{Customer: c, Once: key}))
}

func (a *Admin) addContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	f := contactForm{Customer: c, Once: web.Str(r, "once"), Edit: decodeContact(r)}
	_, err = s.Once(r.Context(), f.Once, func(s store.Staff) (int64, error) {
		id, err := s.AddContact(r.Context(), c.ID, f.Edit)
		return int64(id), err
	})
	return a.contactSaved(w, r, s, f, err, "Contact added.")
}

// theContact reads the contact of the address; one of another customer is not
// there.
func (a *Admin) theContact(r *http.Request, s store.Staff) (f contactForm, err error) {
	if f.Customer, err = a.customer(r, s); err != nil {
		return f, err
	}
	id, err := web.ID[store.ContactID](r, "contact")
	if err != nil {
		return f, err
	}
	k, err := s.Contact(r.Context(), id)
	if err == nil && k.Customer != f.Customer.ID {
		err = fault.New(fault.NotFound, "There is no such contact here.")
	}
	f.Contact, f.Edit = &k, k.ContactEdit
	return f, err
}

func (a *Admin) editContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theContact(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ContactChange); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, contactPage(a.view(w, r, s), f))
}

func (a *Admin) saveContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f, err := a.theContact(r, s)
	if err != nil {
		return err
	}
	f.Edit = decodeContact(r)
	return a.contactSaved(w, r, s, f, s.ChangeContact(r.Context(), f.Contact.ID, f.Edit), "Saved.")
}

func (a *Admin) contactSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f contactForm, err error, says string) error {
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, contactPage(a.view(w, r, s), f))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+id(f.Customer.ID), says)
}

func (a *Admin) askRemoveContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theContact(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ContactRemove); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, removeContactPage(a.view(w, r, s), f))
}

func (a *Admin) removeContact(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theContact(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveContact(r.Context(), f.Contact.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+id(f.Customer.ID), "Contact removed.")
}
