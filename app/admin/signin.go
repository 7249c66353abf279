package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) signInRoutes(r *mux.Router) {
	r.Handle("/sign-in", a.public(a.showSignIn)).Methods("GET", "HEAD").Name("admin.sign-in")
	r.Handle("/sign-in", a.public(a.signIn)).Methods("POST").Name("admin.sign-in.post")
	r.Handle("/sign-out", a.public(a.signOut)).Methods("POST").Name("admin.sign-out")
	r.Handle("/forgot", a.public(a.showForgot)).Methods("GET", "HEAD").Name("admin.forgot")
	r.Handle("/forgot", a.public(a.forgot)).Methods("POST").Name("admin.forgot.post")
	r.Handle("/reset/{token}", a.public(a.showReset)).Methods("GET", "HEAD").Name("admin.reset")
	r.Handle("/reset/{token}", a.public(a.reset)).Methods("POST").Name("admin.reset.post")
}

// where is the door people want to come in through. An unknown provider and a
// suspended one are told apart only to those who know the address.
func (a *Admin) where(r *http.Request) (desk.Where, store.Provider, error) {
	y := a.site.DB.System("sign-in", a.site.Origin(r))
	home, err := y.ProviderBySlug(r.Context(), mux.Vars(r)["provider"])
	if err != nil {
		return desk.Where{}, home, err
	}
	if home.State != "active" {
		return desk.Where{}, home, fault.New(fault.Forbidden, "Access for %s is suspended at the moment. Please ask whoever runs this appliance.", home.Name)
	}
	return desk.Where{Provider: home.ID, Path: "/admin/" + home.Slug, Names: []string{home.Name, home.Slug}, Sender: home.Name}, home, nil
}

func (a *Admin) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.enter(r); err == nil {
		http.Redirect(w, r, base(r), http.StatusSeeOther)
		return nil
	}
	_, home, err := a.where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, signInPage(a.site.View(w, r), signInForm{Home: home, Next: r.URL.Query().Get("next")}))
}

func (a *Admin) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, home, err := a.where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	token, err := a.desk.SignIn(r.Context(), at, login, r.PostForm.Get("password"), a.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return web.Page(w, r, web.Status(w, err), signInPage(a.site.View(w, r), signInForm{Home: home, Next: r.PostForm.Get("next"), Email: login, Problem: fault.Says(err)}))
	}
	if err != nil {
		return err
	}
	if err := a.site.SetToken(w, r, at.Path, token, store.StaffSession); err != nil {
		return err
	}
	http.Redirect(w, r, web.Next(r, at.Path), http.StatusSeeOther)
	return nil
}

func (a *Admin) signOut(w http.ResponseWriter, r *http.Request) error {
	if s, err := a.enter(r); err == nil {
		if err := s.EndSession(r.Context(), s.Session()); err != nil {
			return err
		}
	}
	if err := a.site.ClearToken(w, r, base(r)); err != nil {
		return err
	}
	http.Redirect(w, r, base(r)+"/sign-in", http.StatusSeeOther)
	return nil
}

func (a *Admin) showForgot(w http.ResponseWriter, r *http.Request) error {
	_, home, err := a.where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, forgotPage(a.site.View(w, r), home, "", ""))
}

func (a *Admin) forgot(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, home, err := a.where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	if err := a.desk.ForgotPassword(r.Context(), at, login, a.site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, forgotPage(a.site.View(w, r), home, login, "sent"))
}

func (a *Admin) showReset(w http.ResponseWriter, r *http.Request) error {
	return a.resetAnswer(w, r, http.StatusOK, nil)
}

func (a *Admin) reset(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := a.where(r)
	if err != nil {
		return err
	}
	err = a.desk.ResetPassword(r.Context(), at, secret.Reset, mux.Vars(r)["token"], r.PostForm.Get("password"), a.site.Origin(r))
	if fault.Of(err) == fault.Invalid {
		return a.resetAnswer(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, at.Path+"/sign-in", "Your new password is set. Sign in with it.")
}

// resetAnswer shows the form for a new password; the link itself is checked
// only when it is used, so that a scanner that opens it changes nothing.
func (a *Admin) resetAnswer(w http.ResponseWriter, r *http.Request, status int, problem error) error {
	_, home, err := a.where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, status, resetPage(a.site.View(w, r), home, fault.Fields(problem)["password"]))
}
