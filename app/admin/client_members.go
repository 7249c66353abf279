package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) clientMemberRoutes(r *mux.Router) {
	r.Handle("/clients/{client}/portals/new", a.staff(a.newMembership)).Methods("GET", "HEAD").Name("admin.client.member.new")
	r.Handle("/clients/{client}/portals/new", a.staff(a.addMembership)).Methods("POST").Name("admin.client.member.add")
	r.Handle("/clients/{client}/portals/{membership}", a.staff(a.showMembership)).Methods("GET", "HEAD").Name("admin.client.member")
	r.Handle("/clients/{client}/portals/{membership}", a.staff(a.saveMembership)).Methods("POST").Name("admin.client.member.save")
	r.Handle("/clients/{client}/portals/{membership}/state", a.staff(a.setMembershipState)).Methods("POST").Name("admin.client.member.state")
	r.Handle("/clients/{client}/portals/{membership}/remove", a.staff(a.askRemoveMembership)).Methods("GET", "HEAD").Name("admin.client.member.remove.ask")
	r.Handle("/clients/{client}/portals/{membership}/remove", a.staff(a.removeMembership)).Methods("POST").Name("admin.client.member.remove")
	r.Handle("/customers/{customer}/portal/delegate", a.staff(a.delegatePortal)).Methods("POST").Name("admin.portal.delegate")
}

// membership reads the membership in the address; it must be the client's.
func (a *Admin) membership(r *http.Request, s store.Staff) (c store.ClientUser, m store.Membership, err error) {
	if c, err = a.client(r, s); err != nil {
		return c, m, err
	}
	n, err := web.ID[store.MembershipID](r, "membership")
	if err != nil {
		return c, m, err
	}
	m, err = s.Membership(r.Context(), n)
	if err == nil && m.User != c.ID {
		err = fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return c, m, err
}

func (a *Admin) newMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserJoin); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	of := web.QueryInt[store.CustomerID](r, "customer")
	if of == 0 {
		list, err := s.Customers(r.Context(), store.CustomerFilter{Search: r.URL.Query().Get("q"), After: r.URL.Query().Get("after"), Limit: 20})
		if err != nil {
			return err
		}
		return web.Page(w, r, http.StatusOK, chooseCustomerPage(a.view(w, r, s), base(r)+"/clients/"+id(c.ID)+"/portals/new", c.Name, r.URL.Query(), list))
	}
	f := memberForm{Client: c, Of: of, Edit: store.MembershipEdit{All: true, Sees: store.SeesCustomer}}
	if f.Edit.Roles, err = usualRoles(r, s); err != nil {
		return err
	}
	return a.memberPage(w, r, s, http.StatusOK, f)
}

func (a *Admin) memberPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f memberForm) (err error) {
	if f.Customer, err = s.Customer(r.Context(), f.Of); err != nil {
		return err
	}
	if f.Groups, err = s.GroupsOf(r.Context(), f.Of); err != nil {
		return err
	}
	if f.Roles, err = s.Roles(r.Context(), "client"); err != nil {
		return err
	}
	if f.Membership != nil {
		if f.Permissions, err = s.MemberPermissions(r.Context(), f.Membership.ID); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, memberPage(a.view(w, r, s), s, f))
}

func (a *Admin) addMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	f := memberForm{Client: c, Of: web.Int[store.CustomerID](r, "customer"), Edit: decodeMembership(r)}
	_, err = a.desk.AddClient(r.Context(), s, "", store.NewClient{Name: c.Name, Email: c.Email, Customer: f.Of, MembershipEdit: f.Edit}, desk.ClientWay{})
	return a.memberSaved(w, r, s, f, err, "Access added. A letter about it is in the outbox.")
}

func (a *Admin) memberSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f memberForm, err error, says string) error {
	if isForm(err) || fault.Of(err) == fault.Limited {
		f.Problem = err
		return a.memberPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, clientPath(r, f.Client), says)
}

func (a *Admin) showMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, m, err := a.membership(r, s)
	if err != nil {
		return err
	}
	return a.memberPage(w, r, s, http.StatusOK, memberForm{Client: c, Membership: &m, Of: m.Customer, Edit: m.Edit()})
}

func (a *Admin) saveMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, m, err := a.membership(r, s)
	if err != nil {
		return err
	}
	f := memberForm{Client: c, Membership: &m, Of: m.Customer, Edit: decodeMembership(r)}
	return a.memberSaved(w, r, s, f, s.ChangeMembership(r.Context(), m.ID, f.Edit), "Saved. It counts from their next click on.")
}

// memberDo runs what was decided about the membership in the address.
func (a *Admin) memberDo(w http.ResponseWriter, r *http.Request, s store.Staff, says string, do func(store.Membership) error) error {
	_, m, err := a.membership(r, s)
	if err != nil {
		return err
	}
	return a.clientDo(w, r, s, says, func(store.ClientUser) error { return do(m) })
}

func (a *Admin) setMembershipState(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	on := web.Str(r, "disabled") == ""
	says := "Access to this portal is off. Sessions there have ended."
	if on {
		says = "Access to this portal is on again."
	}
	return a.memberDo(w, r, s, says, func(m store.Membership) error { return a.desk.SetMembershipState(r.Context(), s, m, on) })
}

func (a *Admin) askRemoveMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserLeave); err != nil {
		return err
	}
	c, m, err := a.membership(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, removeMemberPage(a.view(w, r, s), c, m))
}

func (a *Admin) removeMembership(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.memberDo(w, r, s, "They no longer belong to this portal. What they made stays.", func(m store.Membership) error { return s.RemoveMembership(r.Context(), m.ID) })
}

// delegatePortal lets the portal admin manage colleagues, or no longer.
func (a *Admin) delegatePortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	on, says := web.Str(r, "delegated") != "", "Portal admins can no longer manage colleagues here."
	if on {
		says = "Portal admins manage their colleagues themselves from now on."
	}
	if err := s.SetDelegated(r.Context(), o.ID, on); err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, c)+"/access", says)
}
