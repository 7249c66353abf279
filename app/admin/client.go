package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) clientAccountRoutes(r *mux.Router) {
	r.Handle("/clients/{client}/edit", a.staff(a.editClient)).Methods("GET", "HEAD").Name("admin.client.edit")
	r.Handle("/clients/{client}/edit", a.staff(a.saveClient)).Methods("POST").Name("admin.client.save")
	r.Handle("/clients/{client}/formats", a.staff(a.saveClientFormats)).Methods("POST").Name("admin.client.formats")
	r.Handle("/clients/{client}/username", a.staff(a.saveClientUsername)).Methods("POST").Name("admin.client.username")
	r.Handle("/clients/{client}/email", a.staff(a.changeClientEmail)).Methods("POST").Name("admin.client.email")
	r.Handle("/clients/{client}/email/resend", a.staff(a.resendClientEmail)).Methods("POST").Name("admin.client.email.resend")
	r.Handle("/clients/{client}/email/cancel", a.staff(a.cancelClientEmail)).Methods("POST").Name("admin.client.email.cancel")
	r.Handle("/clients/{client}/password", a.staff(a.askClientPassword)).Methods("GET", "HEAD").Name("admin.client.password.ask")
	r.Handle("/clients/{client}/password", a.staff(a.setClientPassword)).Methods("POST").Name("admin.client.password")
	r.Handle("/clients/{client}/state", a.staff(a.setClientState)).Methods("POST").Name("admin.client.state")
	r.Handle("/clients/{client}/sessions/end", a.staff(a.endClientSessions)).Methods("POST").Name("admin.client.sessions.end")
	r.Handle("/clients/{client}/factor", a.staff(a.resetClientFactor)).Methods("POST").Name("admin.client.factor")
	r.Handle("/clients/{client}/link", a.staff(a.sendClientLink)).Methods("POST").Name("admin.client.link")
	r.Handle("/clients/{client}/delete", a.staff(a.askDeleteClient)).Methods("GET", "HEAD").Name("admin.client.delete.ask")
	r.Handle("/clients/{client}/delete", a.staff(a.deleteClient)).Methods("POST").Name("admin.client.delete")
}

func clientPath(r *http.Request, c store.ClientUser) string { return base(r) + "/clients/" + id(c.ID) }

// clientDo runs what was decided about the client in the address, and goes
// back to its page: with what was done, or with why it was not.
func (a *Admin) clientDo(w http.ResponseWriter, r *http.Request, s store.Staff, says string, do func(store.ClientUser) error) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	err = do(c)
	if isForm(err) || fault.Of(err) == fault.Limited {
		return a.site.Warn(w, r, clientPath(r, c), fault.Says(err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, clientPath(r, c), says)
}

// editClient is the Edit mode of a profile.
func (a *Admin) editClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserChange); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	return a.clientEditPage(w, r, s, http.StatusOK, editClientForm{Client: c, Edit: store.UserEdit{Name: c.Name, Title: c.Title, Phone: c.Phone}, Version: -1, Username: c.Username})
}

func (a *Admin) clientEditPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f editClientForm) error {
	u, err := s.User(r.Context(), f.Client.ID)
	if err != nil {
		return err
	}
	if f.Version == -1 {
		f.Version = u.Version
	}
	f.Formats, err = s.UserAccount(r.Context(), f.Client.ID)
	if err != nil {
		return err
	}
	if f.Pending, err = s.EmailChange(r.Context(), f.Client.ID); err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	return web.Page(w, r, status, clientEditPage(a.view(w, r, s), f))
}

func (a *Admin) saveClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	f := editClientForm{Client: c, Edit: store.UserEdit{Name: web.Str(r, "name"), Title: web.Str(r, "title"), Phone: web.Str(r, "phone")}, Version: web.Int[int64](r, "version"), Username: c.Username}
	if f.Version <= 0 { // a form always carries one; without it nothing may be overwritten
		f.Version = 1 << 40
	}
	err = s.ChangeUser(r.Context(), c.ID, f.Version, f.Edit)
	return a.clientSaved(w, r, s, f, err, "Saved.")
}

// clientSaved goes back to the profile, or to the form with what is wrong.
func (a *Admin) clientSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f editClientForm, err error, says string) error {
	if isForm(err) || fault.Of(err) == fault.Limited {
		f.Problem, f.Version = err, -1
		return a.clientEditPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, clientPath(r, f.Client), says)
}

// clientForm1 is the edit page's form as it stands, for the smaller forms on it.
func (a *Admin) clientAsIs(r *http.Request, s store.Staff) (editClientForm, error) {
	if err := web.Form(r); err != nil {
		return editClientForm{}, err
	}
	c, err := a.client(r, s)
	return editClientForm{Client: c, Edit: store.UserEdit{Name: c.Name, Title: c.Title, Phone: c.Phone}, Version: -1, Username: c.Username}, err
}

func (a *Admin) saveClientFormats(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.clientAsIs(r, s)
	if err != nil {
		return err
	}
	return a.clientSaved(w, r, s, f, s.SetClientFormats(r.Context(), f.Client.ID, web.DecodeFormats(r), web.Str(r, "clock") != ""), "Saved. They can still choose formats of their own.")
}

func (a *Admin) saveClientUsername(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.clientAsIs(r, s)
	if err != nil {
		return err
	}
	f.Username = web.Str(r, "username")
	return a.clientSaved(w, r, s, f, a.desk.RenamePerson(r.Context(), s, f.Client.ID, f.Username), "User name saved. It counts at the next sign-in.")
}

func (a *Admin) changeClientEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.clientAsIs(r, s)
	if err != nil {
		return err
	}
	f.NewEmail = web.Str(r, "email")
	e, err := a.desk.StartEmailChange(r.Context(), s, f.Client.ID, f.NewEmail, a.site.Origin(r))
	says := "The old address is told, and a code is on its way to the new one. Until it is entered, the old address counts."
	if err == nil && e.ID == 0 {
		says = "The address is changed, and a new activation e-mail is on its way there."
	}
	return a.clientSaved(w, r, s, f, err, says)
}

func (a *Admin) resendClientEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.clientDo(w, r, s, "A new code is on its way to the new address.", func(c store.ClientUser) error {
		_, err := a.desk.ResendEmailChange(r.Context(), s, c.ID, a.site.Origin(r))
		return err
	})
}

func (a *Admin) cancelClientEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.clientDo(w, r, s, "The change of the address is cancelled.", func(c store.ClientUser) error { return s.CancelEmailChange(r.Context(), c.ID) })
}

func (a *Admin) askClientPassword(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserPassword); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, clientPasswordPage(a.view(w, r, s), c, nil))
}

func (a *Admin) setClientPassword(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	err = a.desk.SetClientPassword(r.Context(), s, c.ID, r.PostForm.Get("password"), a.site.Origin(r))
	if isForm(err) || fault.Of(err) == fault.Limited {
		return web.Page(w, r, http.StatusUnprocessableEntity, clientPasswordPage(a.view(w, r, s), c, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, clientPath(r, c), "The password is set, and has to be changed at the next sign-in. All sessions are ended.")
}

// setClientState is the toggle Disable Account.
func (a *Admin) setClientState(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if web.Str(r, "disabled") == "" {
		return a.clientDo(w, r, s, "The account is enabled again.", func(c store.ClientUser) error { return s.EnableUser(r.Context(), c.ID) })
	}
	return a.clientDo(w, r, s, "The account is disabled. Every session has ended; what they made stays.", func(c store.ClientUser) error { return a.desk.DisablePerson(r.Context(), s, c.ID) })
}

func (a *Admin) endClientSessions(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.clientDo(w, r, s, "They are signed out everywhere.", func(c store.ClientUser) error {
		_, err := s.EndUserSessions(r.Context(), c.ID)
		return err
	})
}

func (a *Admin) sendClientLink(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.clientDo(w, r, s, "The e-mail is in the outbox. Earlier links no longer work.", func(c store.ClientUser) error {
		_, err := a.desk.SendPersonLink(r.Context(), s, c.ID, a.site.Origin(r))
		return err
	})
}

func (a *Admin) askDeleteClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.deleteClientForm(w, r, s, http.StatusOK, "", nil)
}

func (a *Admin) deleteClientForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed string, problem error) error {
	if err := s.Can(store.UserDelete); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, status, deleteClientPage(a.view(w, r, s), c, typed, problem))
}

func (a *Admin) deleteClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	typed := web.Str(r, "confirm_email")
	err = s.DeleteUser(r.Context(), c.ID, typed)
	if isForm(err) {
		return a.deleteClientForm(w, r, s, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/clients", c.Name+" is deleted. U-"+id(c.ID)+" keeps naming them in the audit log.")
}
