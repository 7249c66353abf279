package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) colleagueRoutes(r *mux.Router) {
	at := "/administration"
	r.Handle(at, p.manager(p.listColleagues)).Methods("GET", "HEAD").Name("portal.administration")
	r.Handle(at+"/invite", p.manager(p.showInviteColleague)).Methods("GET", "HEAD").Name("portal.colleague.new")
	r.Handle(at+"/invite", p.manager(p.inviteColleague)).Methods("POST").Name("portal.colleague.invite")
	r.Handle(at+"/{colleague}", p.manager(p.showColleague)).Methods("GET", "HEAD").Name("portal.colleague")
	r.Handle(at+"/{colleague}", p.manager(p.saveColleague)).Methods("POST").Name("portal.colleague.save")
	r.Handle(at+"/{colleague}/state", p.manager(p.setColleagueState)).Methods("POST").Name("portal.colleague.state")
	r.Handle(at+"/{colleague}/link", p.manager(p.sendColleagueLink)).Methods("POST").Name("portal.colleague.link")
	r.Handle(at+"/{colleague}/sessions/end", p.manager(p.endColleagueSessions)).Methods("POST").Name("portal.colleague.sessions.end")
	r.Handle(at+"/{colleague}/delete", p.manager(p.askDeleteColleague)).Methods("GET", "HEAD").Name("portal.colleague.delete.ask")
	r.Handle(at+"/{colleague}/delete", p.manager(p.deleteColleague)).Methods("POST").Name("portal.colleague.delete")
}

// manager lets only portal admins through, and only while the provider lets
// them manage colleagues: to everybody else the address does not exist.
func (p *Portal) manager(h clientHandler) http.Handler {
	return p.client(func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		if !c.Manages() {
			return fault.New(fault.NotFound, "There is nothing at this address.")
		}
		return h(w, r, c)
	})
}

func (p *Portal) listColleagues(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	l := colleagueList{Client: c, Query: q, Filter: store.ColleagueFilter{Search: q.Get("q"), State: q.Get("state"), Group: web.QueryInt[store.GroupID](r, "group"), Sort: q.Get("sort"), After: q.Get("after")}}
	var err error
	if l.Page, err = c.Colleagues(r.Context(), l.Filter); err != nil {
		return err
	}
	if l.Choices, err = c.ManagerChoices(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, colleaguesPage(p.view(w, r, c), l))
}

// colleague reads the colleague in the address.
func (p *Portal) colleague(r *http.Request, c store.Client) (store.Colleague, error) {
	id, err := web.ID[store.MembershipID](r, "colleague")
	if err != nil {
		return store.Colleague{}, err
	}
	return c.Colleague(r.Context(), id)
}

func (p *Portal) showInviteColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	f := colleagueForm{Edit: store.ColleagueEdit{MembershipEdit: store.MembershipEdit{Builtin: "user", All: c.Window().AllGroups, Sees: store.SeesCustomer}}}
	return p.colleagueForm(w, r, c, http.StatusOK, f)
}

func (p *Portal) colleagueForm(w http.ResponseWriter, r *http.Request, c store.Client, status int, f colleagueForm) (err error) {
	if f.Choices, err = c.ManagerChoices(r.Context()); err != nil {
		return err
	}
	f.Own = f.Colleague != nil && f.Colleague.User == c.Me().ID
	f.Customer = c.Window().CustomerName
	return web.Page(w, r, status, colleaguePage(p.view(w, r, c), f))
}

func decodeColleague(r *http.Request) store.ColleagueEdit {
	e := store.ColleagueEdit{Name: web.Str(r, "name"), Title: web.Str(r, "title"), Phone: web.Str(r, "phone"),
		MembershipEdit: store.MembershipEdit{Roles: web.Ints[store.RoleID](r, "role"), All: web.Str(r, "groups_of") == "all", Groups: web.Ints[store.GroupID](r, "group"), Sees: web.Str(r, "sees")}}
	if e.All {
		e.Groups = nil
	}
	return e
}

func (p *Portal) inviteColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := colleagueForm{Email: web.Str(r, "email"), Edit: decodeColleague(r)}
	got, err := p.desk.InviteColleague(r.Context(), c, store.NewClient{Name: f.Edit.Name, Email: f.Email, Title: f.Edit.Title, Phone: f.Edit.Phone, MembershipEdit: f.Edit.MembershipEdit})
	if isForm(err) || fault.Of(err) == fault.Limited {
		f.Problem = err
		return p.colleagueForm(w, r, c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	says := "Invited. An e-mail with a link to choose a password goes to " + got.Account.Email + "."
	if got.State == "active" {
		says = "Added. " + got.Account.Email + " has a password already and is told by e-mail."
	}
	return p.site.Done(w, r, base(r)+"/administration", says)
}

func (p *Portal) showColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	m, err := p.colleague(r, c)
	if err != nil {
		return err
	}
	return p.colleagueForm(w, r, c, http.StatusOK, formOf(m))
}

func formOf(m store.Colleague) colleagueForm {
	return colleagueForm{Colleague: &m, Email: m.Email, Edit: store.ColleagueEdit{Name: m.Name, Title: m.Title, Phone: m.Phone, MembershipEdit: m.Edit()}}
}

func (p *Portal) saveColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	m, err := p.colleague(r, c)
	if err != nil {
		return err
	}
	f := formOf(m)
	f.Edit = decodeColleague(r)
	err = c.ChangeColleague(r.Context(), m.ID, f.Edit)
	if isForm(err) {
		f.Problem = err
		return p.colleagueForm(w, r, c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/administration", "Saved. It counts from their next click on.")
}

// colleagueDo runs what was decided about the colleague in the address, and
// goes back to its page.
func (p *Portal) colleagueDo(w http.ResponseWriter, r *http.Request, c store.Client, says string, do func(store.Colleague) error) error {
	m, err := p.colleague(r, c)
	if err != nil {
		return err
	}
	at := base(r) + "/administration/" + itoa(m.ID)
	err = do(m)
	if isForm(err) || fault.Of(err) == fault.Limited {
		return p.site.Warn(w, r, at, fault.Says(err))
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, at, says)
}

func (p *Portal) setColleagueState(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	on, says := web.Str(r, "disabled") == "", "The account is off for this portal. Its sessions have ended, and what they made stays."
	if on {
		says = "The account is on again."
	}
	return p.colleagueDo(w, r, c, says, func(m store.Colleague) error { return p.desk.SetColleagueState(r.Context(), c, m, on) })
}

func (p *Portal) sendColleagueLink(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return p.colleagueDo(w, r, c, "The e-mail is on its way. Earlier links no longer work.", func(m store.Colleague) error {
		_, err := p.desk.SendColleagueLink(r.Context(), c, m.ID, p.site.Origin(r))
		return err
	})
}

func (p *Portal) endColleagueSessions(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return p.colleagueDo(w, r, c, "They are signed out of this portal everywhere.", func(m store.Colleague) error {
		_, err := c.EndColleagueSessions(r.Context(), m.ID)
		return err
	})
}

func (p *Portal) askDeleteColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	m, err := p.colleague(r, c)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, deleteColleaguePage(p.view(w, r, c), m, "", nil))
}

func (p *Portal) deleteColleague(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	m, err := p.colleague(r, c)
	if err != nil {
		return err
	}
	typed := web.Str(r, "confirm_email")
	err = c.RemoveColleague(r.Context(), m.ID, typed)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, deleteColleaguePage(p.view(w, r, c), m, typed, err))
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/administration", m.Name+" no longer has access. What they made stays.")
}
