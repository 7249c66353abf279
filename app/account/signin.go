package account

import (
	"net/http"
	"net/url"

	"github.com/gorilla/mux"

	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store/fault"
)

func (d *Door) signInRoutes(r *mux.Router) {
	d.route(r, "/sign-in", d.Public(d.showSignIn), "GET", "sign-in")
	d.route(r, "/sign-in", d.Public(d.signIn), "POST", "sign-in.post")
	d.route(r, "/sign-out", d.Public(d.signOut), "POST", "sign-out")
	d.route(r, "/forgot", d.Public(d.showForgot), "GET", "forgot")
	d.route(r, "/forgot", d.Public(d.forgot), "POST", "forgot.post")
	d.route(r, "/reset/{token}", d.Public(d.showReset), "GET", "reset")
	d.route(r, "/reset/{token}", d.Public(d.reset), "POST", "reset.post")
}

// signInForm is the sign-in page, and what was typed into it.
type signInForm struct {
	Face                 Face
	Next, Email, Problem string
	Codes                bool // letters leave: a code can be asked for
}

func (d *Door) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if _, err := d.Enter(r); err == nil {
		http.Redirect(w, r, d.Base(r), http.StatusSeeOther)
		return nil
	}
	return d.signInAnswer(w, r, http.StatusOK, signInForm{Next: r.URL.Query().Get("next")})
}

func (d *Door) signInAnswer(w http.ResponseWriter, r *http.Request, status int, f signInForm) (err error) {
	if _, f.Face, err = d.Where(r); err != nil {
		return err
	}
	if f.Codes, err = d.Desk.MailOn(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, signInPage(d.Stranger(w, r), f))
}

func (d *Door) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	token, err := d.Desk.SignIn(r.Context(), at, login, r.PostForm.Get("password"), d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return d.signInAnswer(w, r, web.Status(w, err), signInForm{Next: r.PostForm.Get("next"), Email: login, Problem: fault.Says(err)})
	}
	if err != nil {
		return err
	}
	return d.admitted(w, r, token, "")
}

// admitted gives the browser what the desk opened: a session, or the step
// before it, which opens nothing but the page of the second factor.
func (d *Door) admitted(w http.ResponseWriter, r *http.Request, token, says string) error {
	base := d.Base(r)
	next := web.Next(r, base)
	if secret.KindOf(token) == secret.Factor {
		if err := d.Site.SetToken(w, r, base, token, halfLife); err != nil {
			return err
		}
		http.Redirect(w, r, base+"/sign-in/factor?"+url.Values{"next": {next}}.Encode(), http.StatusSeeOther)
		return nil
	}
	if err := d.Site.SetToken(w, r, base, token, d.Life); err != nil {
		return err
	}
	return d.Site.Done(w, r, next, says)
}

// Admitted is admitted for the door's own ways in: registration, activation.
func (d *Door) Admitted(w http.ResponseWriter, r *http.Request, token, says string) error {
	return d.admitted(w, r, token, says)
}

func (d *Door) signOut(w http.ResponseWriter, r *http.Request) error {
	if who, err := d.Enter(r); err == nil {
		if err := d.SignOut(r.Context(), who); err != nil {
			return err
		}
	}
	if err := d.Site.ClearToken(w, r, d.Base(r)); err != nil {
		return err
	}
	http.Redirect(w, r, d.Base(r)+"/sign-in", http.StatusSeeOther)
	return nil
}

func (d *Door) showForgot(w http.ResponseWriter, r *http.Request) error {
	_, face, err := d.Where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, forgotPage(d.Stranger(w, r), face))
}

func (d *Door) forgot(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	if err := d.Desk.ForgotPassword(r.Context(), at, login, d.Site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, sentPage(d.Stranger(w, r), face, login, 30))
}

func (d *Door) showReset(w http.ResponseWriter, r *http.Request) error {
	return d.resetAnswer(w, r, http.StatusOK, nil)
}

func (d *Door) reset(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	err = d.Desk.ResetPassword(r.Context(), at, secret.Reset, mux.Vars(r)["token"], r.PostForm.Get("password"), d.Site.Origin(r))
	switch fault.Of(err) {
	case fault.Invalid:
		return d.resetAnswer(w, r, http.StatusUnprocessableEntity, err)
	case fault.Conflict:
		return web.Page(w, r, http.StatusConflict, deadResetPage(d.Stranger(w, r), face, fault.Says(err)))
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, at.Path+"/sign-in", "Your new password is set. Sign in with it.")
}

// resetAnswer shows the form for a new password; the link itself is checked
// only when it is used, so that a scanner that opens it changes nothing.
func (d *Door) resetAnswer(w http.ResponseWriter, r *http.Request, status int, problem error) error {
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	least, err := d.least(r, at)
	if err != nil {
		return err
	}
	return web.Page(w, r, status, resetPage(d.Stranger(w, r), least, fault.Fields(problem)["password"]))
}
