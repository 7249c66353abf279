package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) profileRoutes(r *mux.Router) {
	r.Handle("/profile", p.client(p.showProfile)).Methods("GET", "HEAD").Name("portal.profile")
	r.Handle("/profile", p.client(p.saveProfile)).Methods("POST").Name("portal.profile.save")
	r.Handle("/profile/password", p.client(p.showProfile)).Methods("GET", "HEAD").Name("portal.profile.password")
	r.Handle("/profile/password", p.client(p.changePassword)).Methods("POST").Name("portal.profile.password.save")
	r.Handle("/profile/sessions/end", p.client(p.endSession)).Methods("POST").Name("portal.profile.session.end")
}

func (p *Portal) showProfile(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return p.profile(w, r, c, http.StatusOK, web.ProfileOf(c.Me()), nil)
}

func (p *Portal) profile(w http.ResponseWriter, r *http.Request, c store.Client, status int, f web.ProfileForm, password error) error {
	sessions, err := c.Sessions(r.Context())
	if err != nil {
		return err
	}
	v := p.view(w, r, c)
	f.Email = c.Me().Email
	return web.Page(w, r, status, ui.Page(v, v.T("My profile"), ui.PageHead(v, v.T("My profile"), nil),
		web.ProfileCards(v, f, password, sessions, c.Session(), c.Now())))
}

func (p *Portal) saveProfile(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := web.DecodeProfile(r)
	err := c.SetFormats(r.Context(), f.Name, f.Formats, f.OwnClock)
	if isForm(err) {
		f.Problem = err
		return p.profile(w, r, c, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/profile", "Saved.")
}

func (p *Portal) changePassword(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	err := p.desk.ChangePassword(r.Context(), c, []string{c.Window().Name, c.Window().ProviderName, c.Window().CustomerName}, r.PostForm.Get("current"), r.PostForm.Get("password"), p.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return p.profile(w, r, c, web.Status(w, err), web.ProfileOf(c.Me()), err)
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/profile", "Your password is changed. You were signed out everywhere else.")
}

func (p *Portal) endSession(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := c.EndSession(r.Context(), web.Int[store.SessionID](r, "session")); err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/profile", "That session is ended.")
}
