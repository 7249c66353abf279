package operator

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) signInRoutes(r *mux.Router) {
	r.Handle("/sign-in", c.public(c.showSignIn)).Methods("GET", "HEAD").Name("operator.sign-in")
	r.Handle("/sign-in", c.public(c.signIn)).Methods("POST").Name("operator.sign-in.post")
	r.Handle("/sign-out", c.public(c.signOut)).Methods("POST").Name("operator.sign-out")
	r.Handle("/link/{token}", c.public(c.showLink)).Methods("GET", "HEAD").Name("operator.link")
	r.Handle("/link/{token}", c.public(c.useLink)).Methods("POST").Name("operator.link.post")
}

func (c *Console) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if _, err := c.enter(r); err == nil {
		http.Redirect(w, r, base, http.StatusSeeOther)
		return nil
	}
	return web.Page(w, r, http.StatusOK, signInPage(c.bare(w, r), signInForm{Next: r.URL.Query().Get("next")}))
}

func (c *Console) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	email := web.Str(r, "email")
	token, err := c.desk.OperatorSignIn(r.Context(), email, r.PostForm.Get("password"), c.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return web.Page(w, r, web.Status(w, err), signInPage(c.bare(w, r), signInForm{Next: r.PostForm.Get("next"), Email: email, Problem: fault.Says(err)}))
	}
	if err != nil {
		return err
	}
	if err := c.site.SetToken(w, r, base, token, store.OperatorSession); err != nil {
		return err
	}
	if _, err := c.desk.OperatorHalf(r.Context(), token, c.site.Origin(r)); err == nil {
		http.Redirect(w, r, ui.HrefWith(base+"/sign-in/factor", nil, "next", r.PostForm.Get("next")), http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, web.Next(r, base), http.StatusSeeOther)
	return nil
}

func (c *Console) signOut(w http.ResponseWriter, r *http.Request) error {
	if o, err := c.enter(r); err == nil {
		if err := o.EndSession(r.Context(), o.Session()); err != nil {
			return err
		}
	}
	if err := c.site.ClearToken(w, r, base); err != nil {
		return err
	}
	http.Redirect(w, r, base+"/sign-in", http.StatusSeeOther)
	return nil
}

// showLink asks for a new password over a one-time link. Looking changes
// nothing.
func (c *Console) showLink(w http.ResponseWriter, r *http.Request) error {
	return c.link(w, r, http.StatusOK, nil)
}

func (c *Console) link(w http.ResponseWriter, r *http.Request, status int, problem error) error {
	hash, err := secret.HashToken(mux.Vars(r)["token"], secret.Reset)
	if err != nil {
		return err
	}
	who, err := c.site.DB.System("one-time link", c.site.Origin(r)).OperatorToken(r.Context(), hash)
	if err != nil {
		return err
	}
	return web.Page(w, r, status, linkPage(c.bare(w, r), who.Name, fault.Fields(problem)["password"]))
}

func (c *Console) useLink(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	token, err := c.desk.OperatorLink(r.Context(), mux.Vars(r)["token"], r.PostForm.Get("password"), c.site.Origin(r))
	if fault.Of(err) == fault.Invalid {
		return c.link(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	if err := c.site.SetToken(w, r, base, token, store.OperatorSession); err != nil {
		return err
	}
	if _, err := c.desk.OperatorHalf(r.Context(), token, c.site.Origin(r)); err == nil {
		http.Redirect(w, r, base+"/sign-in/factor", http.StatusSeeOther)
		return nil
	}
	return c.site.Done(w, r, base, "Your new password is set, and you are signed in.")
}
