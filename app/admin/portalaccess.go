package admin

import (
	"net/http"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) showAccess(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	return a.accessPage(w, r, s, c, o)
}

func (a *Admin) accessPage(w http.ResponseWriter, r *http.Request, s store.Staff, c store.Customer, o store.Portal) (err error) {
	d := access{Customer: c, Portal: o, Address: a.site.URL("/portal/" + o.Slug), Query: r.URL.Query(), Now: s.Now()}
	if s.May(store.InvitationRead) {
		if d.Invitations, err = s.Invitations(r.Context(), o.ID, d.Query.Get("after")); err != nil {
			return err
		}
	}
	if s.May(store.OutboxRead) {
		if d.Mails, err = s.InvitationMails(r.Context(), o.ID); err != nil {
			return err
		}
	}
	if s.May(store.InvitationCreate) {
		if d.Invite, err = a.inviteForm(r, s, c, o); err != nil {
			return err
		}
	}
	if d.Members, err = s.Members(r.Context(), o.ID); err != nil {
		return err
	}
	if d.MailOff, err = a.mailOff(r); err != nil {
		return err
	}
	if s.May(store.TermsPublish) {
		t, err := s.PortalTerms(r.Context(), o.ID)
		if err != nil {
			return err
		}
		d.Terms = t.Current
	}
	themes, err := s.Themes(r.Context())
	for _, t := range themes {
		if t.ID == o.Theme {
			d.Theme = t
		}
	}
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, accessPage(a.view(w, r, s), s, d))
}

func (a *Admin) showInvite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err == nil {
		err = s.Can(store.InvitationCreate)
	}
	if err != nil {
		return err
	}
	f, err := a.inviteForm(r, s, c, o)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, invitePage(a.view(w, r, s), s, f))
}

// inviteForm is the form of an invitation before anything was typed.
func (a *Admin) inviteForm(r *http.Request, s store.Staff, c store.Customer, o store.Portal) (f inviteForm, err error) {
	f = inviteForm{Customer: c, Portal: o, Edit: store.InviteEdit{Gives: &store.MembershipEdit{Builtin: "user", All: true, Sees: store.SeesCustomer}}}
	if f.Groups, err = s.GroupsOf(r.Context(), c.ID); err != nil {
		return f, err
	}
	f.Roles, err = s.Roles(r.Context(), "client")
	return f, err
}

func (a *Admin) invite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	f, err := a.inviteForm(r, s, c, o)
	if err != nil {
		return err
	}
	gives := decodeMembership(r)
	f.Mail, f.Edit = web.Str(r, "mail") != "", store.InviteEdit{Name: web.Str(r, "name"), Email: web.Str(r, "email"), Gives: &gives}
	link, err := a.desk.Invite(r.Context(), s, o.ID, f.Edit, f.Mail)
	if isForm(err) || fault.Of(err) == fault.Limited {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, invitePage(a.view(w, r, s), s, f))
	}
	if err != nil {
		return err
	}
	return a.linkPage(w, r, s, c, "Invitation created", link)
}

// linkPage shows a link in full, the one time that this is possible.
func (a *Admin) linkPage(w http.ResponseWriter, r *http.Request, s store.Staff, c store.Customer, title string, link desk.Link) error {
	off, err := a.mailOff(r)
	if err != nil {
		return err
	}
	c, err = s.Customer(r.Context(), c.ID) // its badge may have changed
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, linkPage(a.view(w, r, s), s, madeLink{Customer: c, Title: title, Link: link, MailOff: off}))
}

// invitation reads an invitation of the customer in the address.
func (a *Admin) invitation(r *http.Request, s store.Staff) (store.Customer, store.Portal, store.Invitation, error) {
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return c, o, store.Invitation{}, err
	}
	n, err := web.ID[store.InvitationID](r, "invitation")
	if err != nil {
		return c, o, store.Invitation{}, err
	}
	i, err := s.Invitation(r.Context(), n)
	if err == nil && i.Portal != o.ID {
		err = fault.New(fault.NotFound, "There is no such invitation for this customer.")
	}
	return c, o, i, err
}

// showInvitation shows the link of an invitation as long as it can: while the
// letter that carries it has not been sent.
func (a *Admin) showInvitation(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.InvitationCreate); err != nil {
		return err
	}
	c, o, i, err := a.invitation(r, s)
	if err != nil {
		return err
	}
	mails, err := s.InvitationMails(r.Context(), o.ID)
	if err != nil {
		return err
	}
	m, off := mails[i.ID], false
	if off, err = a.mailOff(r); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, invitationPage(a.view(w, r, s), s, oneInvitation{Customer: c, Invitation: i, Mail: m, MailOff: off, Now: s.Now()}))
}

func (a *Admin) resendInvitation(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, _, i, err := a.invitation(r, s)
	if err != nil {
		return err
	}
	link, err := a.desk.ResendInvitation(r.Context(), s, i.ID, true)
	if fault.Of(err) == fault.Limited || fault.Of(err) == fault.Conflict {
		return a.site.Warn(w, r, portalPath(r, c)+"/access", fault.Says(err))
	}
	if err != nil {
		return err
	}
	return a.linkPage(w, r, s, c, "New link made", link)
}

func (a *Admin) revokeInvitation(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, _, i, err := a.invitation(r, s)
	if err != nil {
		return err
	}
	if err := a.desk.RevokeInvitation(r.Context(), s, i.ID); fault.Of(err) == fault.Conflict {
		return a.site.Warn(w, r, portalPath(r, c)+"/access", fault.Says(err))
	} else if err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, c)+"/access", "The invitation is withdrawn. Its link no longer works.")
}
