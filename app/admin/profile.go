package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) profileRoutes(r *mux.Router) {
	r.Handle("/profile", a.staff(a.showProfile)).Methods("GET", "HEAD").Name("admin.profile")
	r.Handle("/profile", a.staff(a.saveProfile)).Methods("POST").Name("admin.profile.save")
	r.Handle("/profile/password", a.staff(a.showProfile)).Methods("GET", "HEAD").Name("admin.profile.password")
	r.Handle("/profile/password", a.staff(a.changePassword)).Methods("POST").Name("admin.profile.password.save")
	r.Handle("/profile/sessions/end", a.staff(a.endSession)).Methods("POST").Name("admin.profile.session.end")
}

func (a *Admin) showProfile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.profile(w, r, s, http.StatusOK, web.ProfileOf(s.Me()), nil)
}

func (a *Admin) profile(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f web.ProfileForm, password error) error {
	sessions, err := s.Sessions(r.Context())
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	f.Email = s.Me().Email
	return web.Page(w, r, status, ui.Page(v, v.T("My profile"), ui.PageHead(v, v.T("My profile"), nil),
		web.ProfileCards(v, f, password, sessions, s.Session(), s.Now())))
}

func (a *Admin) saveProfile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := web.DecodeProfile(r)
	err := s.SetFormats(r.Context(), f.Name, f.Formats, f.OwnClock)
	if isForm(err) {
		f.Problem = err
		return a.profile(w, r, s, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/profile", "Saved.")
}

func (a *Admin) changePassword(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	err := a.desk.ChangePassword(r.Context(), s, []string{s.Home().Name, s.Home().Slug}, r.PostForm.Get("current"), r.PostForm.Get("password"), a.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return a.profile(w, r, s, web.Status(w, err), web.ProfileOf(s.Me()), err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/profile", "Your password is changed. You were signed out everywhere else.")
}

func (a *Admin) endSession(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.EndSession(r.Context(), web.Int[store.SessionID](r, "session")); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/profile", "That session is ended.")
}
