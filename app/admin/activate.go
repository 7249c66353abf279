package admin

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// activateRoutes are for new colleagues who hold a link. GET changes nothing.
func (a *Admin) activateRoutes(r *mux.Router) {
	r.Handle("/activate/{token}", a.public(a.showActivate)).Methods("GET", "HEAD").Name("admin.activate")
	r.Handle("/activate/{token}", a.public(a.activate)).Methods("POST").Name("admin.activate.post")
	r.Handle("/activate/{token}/renew", a.public(a.renewActivation)).Methods("POST").Name("admin.activate.renew")
}

type activateForm struct {
	Home    store.Provider
	Token   string
	In      desk.Joining
	Rules   store.SignInRules
	Problem error
}

func (a *Admin) showActivate(w http.ResponseWriter, r *http.Request) error {
	at, home, err := a.where(r)
	if err != nil {
		return err
	}
	who, err := a.desk.Activating(r.Context(), at, mux.Vars(r)["token"], a.site.Origin(r))
	if err != nil {
		return a.deadActivation(w, r, home, err, who)
	}
	return a.activateForm(w, r, http.StatusOK, activateForm{Home: home, Token: mux.Vars(r)["token"], In: desk.Joining{Name: who.Name, Email: who.Email}})
}

func (a *Admin) activateForm(w http.ResponseWriter, r *http.Request, status int, f activateForm) error {
	rules, err := a.site.DB.System("activation", store.Origin{}).SignInRules(r.Context(), f.Home.ID)
	if err != nil {
		return err
	}
	f.Rules = rules
	return web.Page(w, r, status, activatePage(a.doorView(w, r, f.Home), f))
}

func (a *Admin) activate(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	at, home, err := a.where(r)
	if err != nil {
		return err
	}
	f := activateForm{Home: home, Token: mux.Vars(r)["token"], In: desk.Joining{Name: web.Str(r, "name"), Username: web.Str(r, "username"), Password: r.PostForm.Get("password")}}
	session, err := a.desk.Activate(r.Context(), at, f.Token, f.In, a.site.Origin(r))
	if err == nil {
		return a.account().Admitted(w, r, session, "Your account is active. Next time you sign in here with your e-mail address and password.")
	}
	who, dead := a.desk.Activating(r.Context(), at, f.Token, a.site.Origin(r))
	if dead != nil {
		return a.deadActivation(w, r, home, dead, who)
	}
	if k := fault.Of(err); k != fault.Invalid && k != fault.Limited {
		return err
	}
	f.In.Email, f.Problem = who.Email, err
	return a.activateForm(w, r, web.Status(w, err), f)
}

// doorView is the look of a provider's door for people who are not in yet.
func (a *Admin) doorView(w http.ResponseWriter, r *http.Request, home store.Provider) *ui.View {
	v := a.site.View(w, r)
	v.Base, v.Brand, v.Lang, v.Format = "/admin/"+home.Slug, ui.Brand{Name: home.Name}, home.Language, web.Format(home.Formats)
	return v
}

func (a *Admin) deadActivation(w http.ResponseWriter, r *http.Request, home store.Provider, err error, who store.Account) error {
	if fault.Of(err) != fault.Conflict {
		return err
	}
	v := a.doorView(w, r, home)
	return web.Page(w, r, http.StatusGone, web.DeadActivation(v, fault.Says(err), v.Base, mux.Vars(r)["token"], who.State == "pending"))
}

func (a *Admin) renewActivation(w http.ResponseWriter, r *http.Request) error {
	at, home, err := a.where(r)
	if err != nil {
		return err
	}
	if err := a.desk.RenewActivation(r.Context(), at, mux.Vars(r)["token"], a.site.Origin(r)); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, web.RenewedActivation(a.doorView(w, r, home)))
}

func activatePage(v *ui.View, f activateForm) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.Plain(v, v.T("Welcome to %s", f.Home.Name),
		ui.PageLead(v.T("Choose a password and you are in.")),
		problemNotice(v, f.Problem),
		ui.Form(v.Base+"/activate/"+f.Token,
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Value: f.In.Email, ReadOnly: true, Autocomplete: "username", Hint: v.T("You sign in with this address.")}),
			ui.Input(ui.Field{Name: "name", Label: v.T("Your name"), Value: f.In.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "name"}),
			web.UsernameField(v, f.Rules, f.In.Username, bad["username"]),
			ui.Input(ui.Field{Name: "password", Label: v.T("Password"), Type: "password", Required: true, Error: bad["password"], Autocomplete: "new-password",
				Hint: web.PasswordHint(v, f.Rules.Least)}),
			ui.FormActions(ui.Primary(v.T("Activate and enter")))))
}
