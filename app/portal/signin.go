package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) signInRoutes(r *mux.Router) {
	r.Handle("/sign-in", p.public(p.showSignIn)).Methods("GET", "HEAD").Name("portal.sign-in")
	r.Handle("/sign-in", p.public(p.signIn)).Methods("POST").Name("portal.sign-in.post")
	r.Handle("/sign-out", p.public(p.signOut)).Methods("POST").Name("portal.sign-out")
	r.Handle("/switch", p.client(p.switchTo)).Methods("POST").Name("portal.switch")
	r.Handle("/forgot", p.public(p.showForgot)).Methods("GET", "HEAD").Name("portal.forgot")
	r.Handle("/forgot", p.public(p.forgot)).Methods("POST").Name("portal.forgot.post")
	r.Handle("/reset/{token}", p.public(p.showReset)).Methods("GET", "HEAD").Name("portal.reset")
	r.Handle("/reset/{token}", p.public(p.reset)).Methods("POST").Name("portal.reset.post")
	r.Handle("/terms", p.client(p.showTerms)).Methods("GET", "HEAD").Name("portal.terms")
	r.Handle("/terms", p.client(p.acceptTerms)).Methods("POST").Name("portal.terms.accept")
}

// where is the portal somebody wants to enter, if it lets people in.
func (p *Portal) where(r *http.Request) (desk.Where, store.PortalTheme, error) {
	face, err := p.face(r)
	if err != nil {
		return desk.Where{}, face, err
	}
	if face.State == "suspended" {
		return desk.Where{}, face, suspended(face)
	}
	return desk.Where{Provider: face.Provider, Portal: face.Portal, Path: base(r), Sender: face.PortalName,
		Names: []string{face.PortalName, face.ProviderName, face.CustomerName}}, face, nil
}

func (p *Portal) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.enter(r); err == nil {
		http.Redirect(w, r, base(r), http.StatusSeeOther)
		return nil
	}
	_, face, err := p.where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, signInPage(p.strangerView(w, r), signInForm{Face: face, Next: r.URL.Query().Get("next")}))
}

func (p *Portal) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	token, err := p.desk.SignIn(r.Context(), at, login, r.PostForm.Get("password"), p.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return web.Page(w, r, web.Status(w, err), signInPage(p.strangerView(w, r), signInForm{Face: face, Next: r.PostForm.Get("next"), Email: login, Problem: fault.Says(err)}))
	}
	if err != nil {
		return err
	}
	if err := p.site.SetToken(w, r, at.Path, token, store.ClientSession); err != nil {
		return err
	}
	http.Redirect(w, r, web.Next(r, at.Path), http.StatusSeeOther)
	return nil
}

func (p *Portal) signOut(w http.ResponseWriter, r *http.Request) error {
	if c, err := p.enter(r); err == nil {
		if err := c.SignOut(r.Context()); err != nil {
			return err
		}
	}
	if err := p.site.ClearToken(w, r, base(r)); err != nil {
		return err
	}
	http.Redirect(w, r, base(r)+"/sign-in", http.StatusSeeOther)
	return nil
}

func (p *Portal) showForgot(w http.ResponseWriter, r *http.Request) error {
	_, face, err := p.where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, forgotPage(p.strangerView(w, r), face, "", false))
}

func (p *Portal) forgot(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	if err := p.desk.ForgotPassword(r.Context(), at, login, p.site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, forgotPage(p.strangerView(w, r), face, login, true))
}

func (p *Portal) showReset(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := p.where(r); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, resetPage(p.strangerView(w, r), ""))
}

func (p *Portal) reset(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := p.where(r)
	if err != nil {
		return err
	}
	err = p.desk.ResetPassword(r.Context(), at, secret.Reset, mux.Vars(r)["token"], r.PostForm.Get("password"), p.site.Origin(r))
	if fault.Of(err) == fault.Invalid {
		return web.Page(w, r, http.StatusUnprocessableEntity, resetPage(p.strangerView(w, r), fault.Fields(err)["password"]))
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, at.Path+"/sign-in", "Your new password is set. Sign in with it.")
}

func (p *Portal) showTerms(w http.ResponseWriter, r *http.Request, c store.Client) error {
	t, err := c.CurrentTerms(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, termsPage(p.view(w, r, c), c, t))
}

func (p *Portal) acceptTerms(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if web.Str(r, "accept") == "" {
		return fault.Field("accept", "Tick the box if you accept the terms. Without them this portal stays closed.")
	}
	if err := c.AcceptTerms(r.Context(), web.Int[int64](r, "version")); err != nil {
		return err
	}
	http.Redirect(w, r, base(r), http.StatusSeeOther)
	return nil
}
