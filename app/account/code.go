package account

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store/fault"
)

// codeRoutes are for codes from letters, typed on whatever device: one page for
// those of all letters, and a way to ask for one to sign in with.
func (d *Door) codeRoutes(r *mux.Router) {
	d.route(r, "/code", d.Public(d.showCode), "GET", "code")
	d.route(r, "/code", d.Public(d.enterCode), "POST", "code.post")
	d.route(r, "/sign-in/code", d.Public(d.showAskCode), "GET", "sign-in.code")
	d.route(r, "/sign-in/code", d.Public(d.askCode), "POST", "sign-in.code.post")
	d.route(r, "/sign-in/link/{token}", d.Public(d.showSignInLink), "GET", "sign-in.link")
	d.route(r, "/sign-in/link/{token}", d.Public(d.signInLink), "POST", "sign-in.link.post")
}

func (d *Door) showCode(w http.ResponseWriter, r *http.Request) error {
	return d.codeAnswer(w, r, http.StatusOK, "", nil)
}

func (d *Door) codeAnswer(w http.ResponseWriter, r *http.Request, status int, login string, problem error) error {
	_, face, err := d.Where(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, status, codePage(d.Stranger(w, r), face, login, problem))
}

func (d *Door) enterCode(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	got, err := d.Desk.EnterCode(r.Context(), at, login, web.Str(r, "code"), d.Site.Origin(r))
	switch fault.Of(err) {
	case fault.Invalid, fault.Limited:
		return d.codeAnswer(w, r, web.Status(w, err), login, err)
	case fault.Conflict:
		return d.deadEmail(w, r, face, err)
	}
	if err != nil {
		return err
	}
	switch got.Kind {
	case secret.EmailChange:
		return d.confirmed(w, r, at, got.Change)
	case secret.SignIn:
		return d.admitted(w, r, got.Token, "")
	case secret.Activation:
		http.Redirect(w, r, at.Path+"/activate/"+got.Token, http.StatusSeeOther)
	default:
		http.Redirect(w, r, at.Path+"/reset/"+got.Token, http.StatusSeeOther)
	}
	return nil
}

func (d *Door) showAskCode(w http.ResponseWriter, r *http.Request) error {
	_, face, err := d.Where(r)
	if err != nil {
		return err
	}
	on, err := d.Desk.MailOn(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, askCodePage(d.Stranger(w, r), face, on))
}

func (d *Door) askCode(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	login := web.Str(r, "email")
	if err := d.Desk.AskSignInCode(r.Context(), at, login, d.Site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, askedCodePage(d.Stranger(w, r), face, login))
}

func (d *Door) showSignInLink(w http.ResponseWriter, r *http.Request) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	a, err := d.Desk.SigningIn(r.Context(), at, mux.Vars(r)["token"], d.Site.Origin(r))
	if err != nil {
		return d.deadEmail(w, r, face, err)
	}
	return web.Page(w, r, http.StatusOK, signInLinkPage(d.Stranger(w, r), face, a))
}

func (d *Door) signInLink(w http.ResponseWriter, r *http.Request) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	token, err := d.Desk.SignInLink(r.Context(), at, mux.Vars(r)["token"], d.Site.Origin(r))
	if err != nil {
		return d.deadEmail(w, r, face, err)
	}
	return d.admitted(w, r, token, "")
}
