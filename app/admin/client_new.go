package admin

import (
	"net/http"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// newClient asks for the customer first: what can be chosen further on, its
// groups, hangs on it.
func (a *Admin) newClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserJoin); err != nil {
		return err
	}
	of := web.QueryInt[store.CustomerID](r, "customer")
	if of == 0 {
		q := r.URL.Query().Get("q")
		list, err := s.Customers(r.Context(), store.CustomerFilter{Search: q, After: r.URL.Query().Get("after"), Limit: 20})
		if err != nil {
			return err
		}
		return web.Page(w, r, http.StatusOK, chooseCustomerPage(a.view(w, r, s), base(r)+"/clients/new", "", r.URL.Query(), list))
	}
	key, err := a.once()
	if err != nil {
		return err
	}
	f := newClientForm{Once: key, Way: "activation", New: store.NewClient{Customer: of, MembershipEdit: store.MembershipEdit{All: true, Sees: store.SeesCustomer}}}
	if f.New.MembershipEdit.Roles, err = usualRoles(r, s); err != nil {
		return err
	}
	return a.clientForm(w, r, s, http.StatusOK, f)
}

func (a *Admin) clientForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f newClientForm) (err error) {
	if f.Customer, err = s.Customer(r.Context(), f.New.Customer); err != nil {
		return err
	}
	if f.Groups, err = s.GroupsOf(r.Context(), f.New.Customer); err != nil {
		return err
	}
	if f.Roles, err = s.Roles(r.Context(), "client"); err != nil {
		return err
	}
	own, err := s.OwnSettings(r.Context())
	if err != nil {
		return err
	}
	f.FirstPassword = own[store.OwnFirstPassword] != "no"
	if f.MailOff, err = a.mailOff(r); err != nil {
		return err
	}
	return web.Page(w, r, status, newClientPage(a.view(w, r, s), f))
}

// usualRoles are what somebody new has unless something else is chosen.
func usualRoles(r *http.Request, s store.Staff) (out []store.RoleID, err error) {
	all, err := s.Roles(r.Context(), "client")
	for _, o := range all {
		if o.Builtin == "user" {
			out = append(out, o.ID)
		}
	}
	return out, err
}

func decodeMembership(r *http.Request) store.MembershipEdit {
	e := store.MembershipEdit{Roles: web.Ints[store.RoleID](r, "role"), All: web.Str(r, "groups_of") != "some", Groups: web.Ints[store.GroupID](r, "group"), Sees: web.Str(r, "sees")}
	if e.All {
		e.Groups = nil
	}
	return e
}

func (a *Admin) addClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.UserJoin); err != nil {
		return err
	}
	f := newClientForm{Once: web.Str(r, "once"), Way: web.Str(r, "way"), New: store.NewClient{Name: web.Str(r, "name"), Email: web.Str(r, "email"), Title: web.Str(r, "title"),
		Phone: web.Str(r, "phone"), Customer: web.Int[store.CustomerID](r, "customer"), MembershipEdit: decodeMembership(r)}}
	if f.Way == "link" {
		return a.addByLink(w, r, s, f)
	}
	got, err := a.desk.AddClient(r.Context(), s, f.Once, f.New, desk.ClientWay{First: f.Way == "password", Password: r.PostForm.Get("password")})
	if isForm(err) || fault.Of(err) == fault.Limited {
		f.Problem = err
		return a.clientForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/clients/"+id(got.User), clientMade(got, f))
}

// clientMade says what became of a new client.
func clientMade(got store.ClientAdded, f newClientForm) string {
	switch {
	case got.Existed && got.State == "active":
		return f.New.Email + " has a sign-in here already. Access to this portal is added, the password stays, and a notice is in the outbox."
	case f.Way == "password" && !got.Existed:
		return "Client created. Tell them the password yourself: it is not mailed, and has to be changed at the first sign-in."
	}
	return "Client created. The activation e-mail is in the outbox."
}

// addByLink makes an invitation in place of an account: a link for whoever it
// is given to.
func (a *Admin) addByLink(w http.ResponseWriter, r *http.Request, s store.Staff, f newClientForm) error {
	c, err := s.Customer(r.Context(), f.New.Customer)
	if err != nil {
		return err
	}
	link, err := a.desk.InviteClient(r.Context(), s, f.New)
	if fault.Of(err) == fault.Limited {
		f.Problem = err
		return a.clientForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if isForm(err) {
		f.Problem = err
		return a.clientForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.linkPage(w, r, s, c, "Invitation created", link)
}
