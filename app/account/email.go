package account

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// emailRoutes are for whoever holds a letter about a new address. Opening a
// link changes nothing: the new address counts when the code was entered, the
// change is stopped when the button was pressed (b.5).
func (d *Door) emailRoutes(r *mux.Router) {
	d.route(r, "/email/{token}", d.Public(d.showConfirm), "GET", "email")
	d.route(r, "/email/{token}", d.Public(d.confirm), "POST", "email.post")
	d.route(r, "/email/stop/{token}", d.Public(d.showStop), "GET", "email.stop")
	d.route(r, "/email/stop/{token}", d.Public(d.stop), "POST", "email.stop.post")
}

func (d *Door) showConfirm(w http.ResponseWriter, r *http.Request) error {
	return d.confirmAnswer(w, r, nil)
}

func (d *Door) confirmAnswer(w http.ResponseWriter, r *http.Request, problem error) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	e, err := d.Desk.EmailChanging(r.Context(), at, secret.EmailChange, mux.Vars(r)["token"], d.Site.Origin(r))
	if err != nil {
		return d.deadEmail(w, r, face, err)
	}
	status := http.StatusOK
	if problem != nil {
		status = web.Status(w, problem)
	}
	return web.Page(w, r, status, confirmPage(d.Stranger(w, r), face, e, problem))
}

func (d *Door) confirm(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	e, err := d.Desk.ConfirmEmail(r.Context(), at, mux.Vars(r)["token"], web.Str(r, "code"), d.Site.Origin(r))
	switch fault.Of(err) {
	case fault.Invalid, fault.Limited:
		return d.confirmAnswer(w, r, err)
	case fault.Conflict:
		return d.deadEmail(w, r, face, err)
	}
	if err != nil {
		return err
	}
	return d.confirmed(w, r, at, e)
}

func (d *Door) confirmed(w http.ResponseWriter, r *http.Request, at desk.Where, e store.EmailChange) error {
	to := at.Path + "/sign-in"
	if _, err := d.Enter(r); err == nil {
		to = at.Path + "/profile"
	}
	return d.Site.Done(w, r, to, "Your new e-mail address "+e.New+" is confirmed. From now on you sign in with it.")
}

// deadEmail says why a letter about a new address leads nowhere.
func (d *Door) deadEmail(w http.ResponseWriter, r *http.Request, face Face, err error) error {
	if fault.Of(err) != fault.Conflict {
		return err
	}
	return web.Page(w, r, http.StatusGone, deadPage(d.Stranger(w, r), face, fault.Says(err)))
}

func (d *Door) showStop(w http.ResponseWriter, r *http.Request) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	e, err := d.Desk.EmailChanging(r.Context(), at, secret.Objection, mux.Vars(r)["token"], d.Site.Origin(r))
	if err != nil {
		return d.deadEmail(w, r, face, err)
	}
	return web.Page(w, r, http.StatusOK, stopPage(d.Stranger(w, r), face, e))
}

func (d *Door) stop(w http.ResponseWriter, r *http.Request) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	e, err := d.Desk.StopEmailChange(r.Context(), at, mux.Vars(r)["token"], d.Site.Origin(r))
	if err != nil {
		return d.deadEmail(w, r, face, err)
	}
	return web.Page(w, r, http.StatusOK, stoppedPage(d.Stranger(w, r), face, e))
}
