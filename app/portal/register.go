package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// registerRoutes are for people who hold a link. GET and HEAD change nothing:
// mail programs look at links before people do (S16).
func (p *Portal) registerRoutes(r *mux.Router) {
	r.Handle("/invitation/{token}", p.public(p.showInvitation)).Methods("GET", "HEAD").Name("portal.invitation")
	r.Handle("/invitation/{token}", p.public(p.continueInvitation)).Methods("POST").Name("portal.invitation.continue")
	r.Handle("/invitation/{token}/register", p.public(p.showRegister)).Methods("GET", "HEAD").Name("portal.register")
	r.Handle("/invitation/{token}/register", p.public(p.register)).Methods("POST").Name("portal.register.post")
	r.Handle("/invitation/{token}/ask", p.public(p.askForLink)).Methods("POST").Name("portal.invitation.ask")
	r.Handle("/activate/{token}", p.public(p.showActivate)).Methods("GET", "HEAD").Name("portal.activate")
	r.Handle("/activate/{token}", p.public(p.activate)).Methods("POST").Name("portal.activate.post")
	r.Handle("/activate/{token}/renew", p.public(p.renewActivation)).Methods("POST").Name("portal.activate.renew")
}

func (p *Portal) showInvitation(w http.ResponseWriter, r *http.Request) error {
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	guest, err := p.desk.Guest(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r))
	if err != nil {
		return p.deadLink(w, r, face, err)
	}
	return web.Page(w, r, http.StatusOK, invitationPage(p.strangerView(w, r), face, guest))
}

func (p *Portal) continueInvitation(w http.ResponseWriter, r *http.Request) error {
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	if err := p.desk.ContinueInvitation(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r)); err != nil {
		return p.deadLink(w, r, face, err)
	}
	http.Redirect(w, r, at.Path+"/invitation/"+mux.Vars(r)["token"]+"/register", http.StatusSeeOther)
	return nil
}

func (p *Portal) showRegister(w http.ResponseWriter, r *http.Request) error {
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	guest, err := p.desk.Guest(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r))
	if err != nil {
		return p.deadLink(w, r, face, err)
	}
	return p.registerForm(w, r, http.StatusOK, joinForm{Face: face, Guest: guest, In: desk.Joining{Name: guest.Name, Email: guest.Email}})
}

func (p *Portal) registerForm(w http.ResponseWriter, r *http.Request, status int, f joinForm) error {
	if err := p.rules(r, &f); err != nil {
		return err
	}
	return web.Page(w, r, status, registerPage(p.strangerView(w, r), f))
}

func decodeJoining(r *http.Request) desk.Joining {
	return desk.Joining{Name: web.Str(r, "name"), Email: web.Str(r, "email"), Password: r.PostForm.Get("password"), Phone: web.Str(r, "phone"), Username: web.Str(r, "username"),
		Accepted: web.Str(r, "terms") == "yes", Terms: web.Int[int64](r, "version")}
}

func (p *Portal) register(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	in, token := decodeJoining(r), mux.Vars(r)["token"]
	session, got, err := p.desk.Register(r.Context(), at, token, in, p.site.Origin(r))
	if err == nil {
		return p.welcome(w, r, at, session, "You are in, "+got.Account.Name+". Next time you sign in here with your e-mail address and password.")
	}
	guest, dead := p.desk.Guest(r.Context(), at, token, p.site.Origin(r))
	if dead != nil && fault.Of(dead) != fault.Internal {
		return p.deadLink(w, r, face, dead)
	}
	if k := fault.Of(err); k != fault.Invalid && k != fault.Conflict && k != fault.Limited {
		return err
	}
	return p.registerForm(w, r, formStatus(w, err), joinForm{Face: face, Guest: guest, In: in, Problem: err})
}

// formStatus is the status of a form that shows what is wrong with it.
func formStatus(w http.ResponseWriter, err error) int {
	if fault.Of(err) == fault.Limited {
		return web.Status(w, err)
	}
	return http.StatusUnprocessableEntity
}

func (p *Portal) welcome(w http.ResponseWriter, r *http.Request, at desk.Where, session, says string) error {
	return p.account().Admitted(w, r, session, says)
}

// deadLink says why a link does not work, and offers to ask for another where
// there is somebody to ask.
func (p *Portal) deadLink(w http.ResponseWriter, r *http.Request, face store.PortalTheme, err error) error {
	status := map[fault.Kind]int{fault.Conflict: http.StatusGone, fault.NotFound: http.StatusNotFound}[fault.Of(err)]
	if status == 0 {
		return err
	}
	ask := ""
	if status == http.StatusGone {
		ask = base(r) + "/invitation/" + mux.Vars(r)["token"] + "/ask"
	}
	return web.Page(w, r, status, deadLinkPage(p.strangerView(w, r), face, fault.Says(err), ask))
}

func (p *Portal) askForLink(w http.ResponseWriter, r *http.Request) error {
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	if err := p.desk.AskForLink(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, askedPage(p.strangerView(w, r), face))
}

func (p *Portal) showActivate(w http.ResponseWriter, r *http.Request) error {
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	a, err := p.desk.Activating(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r))
	if err != nil {
		return p.deadActivation(w, r, err, a)
	}
	return p.activateForm(w, r, http.StatusOK, joinForm{Face: face, In: desk.Joining{Name: a.Name, Email: a.Email}})
}

func (p *Portal) activateForm(w http.ResponseWriter, r *http.Request, status int, f joinForm) error {
	if err := p.rules(r, &f); err != nil {
		return err
	}
	return web.Page(w, r, status, activatePage(p.strangerView(w, r), f))
}

// rules are what whoever joins accepts, and what its password takes.
func (p *Portal) rules(r *http.Request, f *joinForm) (err error) {
	y := p.site.DB.System("registration", store.Origin{})
	if f.Terms, err = y.JoiningTerms(r.Context(), f.Face.Provider, f.Face.Portal); err != nil {
		return err
	}
	f.SignInRules, err = y.SignInRules(r.Context(), f.Face.Provider)
	return err
}

func (p *Portal) activate(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, face, err := p.where(r)
	if err != nil {
		return err
	}
	in, token := decodeJoining(r), mux.Vars(r)["token"]
	session, err := p.desk.Activate(r.Context(), at, token, in, p.site.Origin(r))
	if err == nil {
		return p.welcome(w, r, at, session, "Your account is active. Next time you sign in here with your e-mail address and password.")
	}
	a, dead := p.desk.Activating(r.Context(), at, token, p.site.Origin(r))
	if dead != nil {
		return p.deadActivation(w, r, dead, a)
	}
	if k := fault.Of(err); k != fault.Invalid && k != fault.Limited {
		return err
	}
	in.Email = a.Email
	return p.activateForm(w, r, formStatus(w, err), joinForm{Face: face, In: in, Problem: err})
}

func (p *Portal) deadActivation(w http.ResponseWriter, r *http.Request, err error, a store.Account) error {
	if fault.Of(err) != fault.Conflict {
		return err
	}
	return web.Page(w, r, http.StatusGone, web.DeadActivation(p.strangerView(w, r), fault.Says(err), base(r), mux.Vars(r)["token"], a.State == "pending"))
}

func (p *Portal) renewActivation(w http.ResponseWriter, r *http.Request) error {
	at, _, err := p.where(r)
	if err != nil {
		return err
	}
	if err := p.desk.RenewActivation(r.Context(), at, mux.Vars(r)["token"], p.site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, web.RenewedActivation(p.strangerView(w, r)))
}
