package account

import (
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// halfLife is how long the cookie of somebody half signed in lasts.
const halfLife = store.FactorLife

// factorRoutes are the step between password and session, and one's own second
// factor.
func (d *Door) factorRoutes(r *mux.Router) {
	d.route(r, "/sign-in/factor", d.Public(d.showFactorStep), "GET", "sign-in.factor")
	d.route(r, "/sign-in/factor", d.Public(d.factorStep), "POST", "sign-in.factor.post")
	d.route(r, "/profile/factor", d.Own(d.showFactor), "GET", "profile.factor")
	d.route(r, "/profile/factor", d.Own(d.addFactor), "POST", "profile.factor.add")
	d.route(r, "/profile/factor/codes", d.Own(d.newCodes), "POST", "profile.factor.codes")
	d.route(r, "/profile/factor/off", d.Own(d.removeFactor), "POST", "profile.factor.off")
}

// stepForm is the second step of signing in.
type stepForm struct {
	Face    Face
	Half    desk.Half
	Next    string
	Secret  string // to be put into the phone, where there is no factor yet
	Problem error
}

func (d *Door) showFactorStep(w http.ResponseWriter, r *http.Request) error {
	return d.stepAnswer(w, r, http.StatusOK, stepForm{Next: r.URL.Query().Get("next")})
}

func (d *Door) stepAnswer(w http.ResponseWriter, r *http.Request, status int, f stepForm) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	if f.Half, err = d.Desk.Half(r.Context(), at, web.CookieToken(r), d.Site.Origin(r)); err != nil {
		return err
	}
	if f.Face = face; f.Half.Enrols() && f.Secret == "" {
		f.Secret = d.Desk.NewFactor()
	}
	return web.Page(w, r, status, stepPage(d.Stranger(w, r), f))
}

func (d *Door) factorStep(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	shown := web.Str(r, "secret")
	session, codes, err := d.Desk.PassFactor(r.Context(), at, web.CookieToken(r), shown, web.Str(r, "code"), d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return d.stepAnswer(w, r, web.Status(w, err), stepForm{Next: r.PostForm.Get("next"), Secret: shown, Problem: err})
	}
	if err != nil {
		return err
	}
	if codes == nil {
		return d.admitted(w, r, session, "")
	}
	if err := d.Site.SetToken(w, r, at.Path, session, d.Life); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, firstCodesPage(d.Stranger(w, r), codes, web.Next(r, at.Path)))
}

// factorForm is the page of one's own second factor.
type factorForm struct {
	State   store.FactorState
	Rules   store.SignInRules
	Asked   bool // the provider asks for one
	Email   string
	Issuer  string
	Secret  string
	Codes   []string // shown this once
	Problem error
	Form    string // the one that Problem is about: codes, off
	Now     time.Time
}

func (d *Door) showFactor(w http.ResponseWriter, r *http.Request, who Own) error {
	return d.factorAnswer(w, r, who, http.StatusOK, factorForm{})
}

func (d *Door) factorAnswer(w http.ResponseWriter, r *http.Request, who Own, status int, f factorForm) error {
	at, face, err := d.Where(r)
	if err != nil {
		return err
	}
	if f.State, err = who.Factor(r.Context()); err != nil {
		return err
	}
	if f.Rules, err = d.rules(r, at); err != nil {
		return err
	}
	f.Asked = f.Rules.Asks(at.Kind())
	if f.Email, f.Issuer, f.Now = who.Me().Email, face.Title, who.Now(); f.Secret == "" && !f.State.On() {
		f.Secret = d.Desk.NewFactor()
	}
	return web.Page(w, r, status, factorPage(d.View(w, r, who), f))
}

func (d *Door) addFactor(w http.ResponseWriter, r *http.Request, who Own) error {
	return d.codesAnswer(w, r, who, func(at desk.Where, current string) ([]string, error) {
		return d.Desk.AddFactor(r.Context(), at, who, current, web.Str(r, "secret"), web.Str(r, "code"), d.Site.Origin(r))
	})
}

func (d *Door) newCodes(w http.ResponseWriter, r *http.Request, who Own) error {
	return d.codesAnswer(w, r, who, func(_ desk.Where, current string) ([]string, error) {
		return d.Desk.NewRecoveryCodes(r.Context(), who, current, d.Site.Origin(r))
	})
}

// codesAnswer does what ends with recovery codes, and shows them this once.
func (d *Door) codesAnswer(w http.ResponseWriter, r *http.Request, who Own, do func(at desk.Where, current string) ([]string, error)) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	codes, err := do(at, r.PostForm.Get("current"))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return d.factorAnswer(w, r, who, web.Status(w, err), factorForm{Secret: web.Str(r, "secret"), Problem: err, Form: "codes"})
	}
	if err != nil {
		return err
	}
	return d.factorAnswer(w, r, who, http.StatusOK, factorForm{Codes: codes})
}

func (d *Door) removeFactor(w http.ResponseWriter, r *http.Request, who Own) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, _, err := d.Where(r)
	if err != nil {
		return err
	}
	err = d.Desk.RemoveFactor(r.Context(), at, who, r.PostForm.Get("current"), d.Site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return d.factorAnswer(w, r, who, web.Status(w, err), factorForm{Problem: err, Form: "off"})
	}
	if err != nil {
		return err
	}
	return d.Site.Done(w, r, at.Path+"/profile", "The second factor is turned off. A letter tells you so.")
}
