package account

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (d *Door) profileRoutes(r *mux.Router) {
	d.route(r, "/profile", d.Own(d.showProfile), "GET", "profile")
	d.route(r, "/profile", d.Own(d.saveProfile), "POST", "profile.save")
	d.route(r, "/profile/password", d.Own(d.showProfile), "GET", "profile.password")
	d.route(r, "/profile/password", d.Own(d.changePassword), "POST", "profile.password.save")
	d.route(r, "/profile/sessions/end", d.Own(d.endSession), "POST", "profile.session.end")
	d.route(r, "/profile/email", d.Own(d.showProfile), "GET", "profile.email")
	d.route(r, "/profile/email", d.Own(d.startEmail), "POST", "profile.email.start")
	d.route(r, "/profile/email/resend", d.Own(d.resendEmail), "POST", "profile.email.resend")
	d.route(r, "/profile/email/cancel", d.Own(d.cancelEmail), "POST", "profile.email.cancel")
}

// profile is one's own profile, and what was typed into its forms.
type profile struct {
	Form     web.ProfileForm
	Password error
	Email    error
	NewEmail string

	Account  store.Account
	Pending  store.EmailChange
	Factor   store.FactorState
	Sessions []store.Session
	Current  store.SessionID
	Rules    store.SignInRules
	Asked    bool   // a second factor is required
	AskOwner string // whom the owner asks for another address
}

func (d *Door) showProfile(w http.ResponseWriter, r *http.Request, who Own) error {
	return d.profileAnswer(w, r, who, http.StatusOK, profile{Form: web.ProfileOf(who.Me())})
}

// profileAnswer fills in what is stored.
func (d *Door) profileAnswer(w http.ResponseWriter, r *http.Request, who Own, status int, p profile) error {
	if err := d.fill(r, who, &p); err != nil {
		return err
	}
	return web.Page(w, r, status, profilePage(d.View(w, r, who), p, who.Now()))
}

func (d *Door) fill(r *http.Request, who Own, p *profile) (err error) {
	ctx := r.Context()
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	if p.Account, err = who.Account(ctx, who.Me().ID); err != nil {
		return err
	}
	if p.Pending, err = who.EmailChange(ctx, who.Me().ID); err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	if p.Factor, err = who.Factor(ctx); err != nil {
		return err
	}
	if p.Sessions, err = who.Sessions(ctx); err != nil {
		return err
	}
	if p.Rules, err = d.rules(r, at); err != nil {
		return err
	}
	if p.Account.Owner {
		if p.AskOwner, err = d.Desk.OperatorContact(ctx); err != nil {
			return err
		}
	}
	p.Current, p.Asked = who.Session(), p.Rules.Asks(at.Kind())
	return nil
}

// rules are what the provider asks of whoever signs in.
func (d *Door) rules(r *http.Request, at desk.Where) (store.SignInRules, error) {
	return d.Site.DB.System("sign-in", store.Origin{}).SignInRules(r.Context(), at.Provider)
}

func (d *Door) least(r *http.Request, at desk.Where) (int, error) {
	rules, err := d.rules(r, at)
	return rules.Least, err
}

func (d *Door) saveProfile(w http.ResponseWriter, r *http.Request, who Own) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := web.DecodeProfile(r)
	err := who.SetFormats(r.Context(), f.Name, f.Formats, f.OwnClock)
	if fault.Of(err) == fault.Invalid {
		f.Problem = err
		return d.profileAnswer(w, r, who, http.StatusUnprocessableEntity, profile{Form: f})
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, d.Base(r)+"/profile", "Saved.")
}

func (d *Door) changePassword(w http.ResponseWriter, r *http.Request, who Own) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	err = d.Desk.ChangePassword(r.Context(), at, who, r.PostForm.Get("current"), r.PostForm.Get("password"), d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return d.profileAnswer(w, r, who, web.Status(w, err), profile{Form: web.ProfileOf(who.Me()), Password: err})
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, at.Path+"/profile", "Your password is changed. You were signed out everywhere else, and a letter tells you so.")
}

func (d *Door) endSession(w http.ResponseWriter, r *http.Request, who Own) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := who.EndSession(r.Context(), web.Int[store.SessionID](r, "session")); err != nil {
		return err
	}
	return d.Site.Done(w, r, d.Base(r)+"/profile", "That session is ended.")
}

func (d *Door) startEmail(w http.ResponseWriter, r *http.Request, who Own) error {
	if err := web.Form(r); err != nil {
		return err
	}
	email := web.Str(r, "email")
	e, err := d.Desk.StartOwnEmailChange(r.Context(), who, r.PostForm.Get("current"), email, d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return d.profileAnswer(w, r, who, web.Status(w, err), profile{Form: web.ProfileOf(who.Me()), Email: err, NewEmail: email})
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, d.Base(r)+"/profile", "A code is on its way to "+e.New+". Until it was entered you sign in with "+e.Old+".")
}

func (d *Door) resendEmail(w http.ResponseWriter, r *http.Request, who Own) error {
	e, err := d.Desk.ResendEmailChange(r.Context(), who, who.Me().ID, d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Conflict || k == fault.Limited {
		return d.Site.Warn(w, r, d.Base(r)+"/profile", fault.Says(err))
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, d.Base(r)+"/profile", "A new code is on its way to "+e.New+". The one before no longer works.")
}

func (d *Door) cancelEmail(w http.ResponseWriter, r *http.Request, who Own) error {
	err := who.CancelEmailChange(r.Context(), who.Me().ID)
	if fault.Of(err) == fault.Conflict {
		return d.Site.Warn(w, r, d.Base(r)+"/profile", fault.Says(err))
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, d.Base(r)+"/profile", "Your e-mail address stays as it is.")
}
