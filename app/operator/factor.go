package operator

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/account"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// factorRoutes are the step between password and session, and the operator's
// own second factor.
func (c *Console) factorRoutes(r *mux.Router) {
	r.Handle("/sign-in/factor", c.public(c.showStep)).Methods("GET", "HEAD").Name("operator.sign-in.factor")
	r.Handle("/sign-in/factor", c.public(c.step)).Methods("POST").Name("operator.sign-in.factor.post")
	r.Handle("/profile/factor", c.operator(c.showFactor)).Methods("GET", "HEAD").Name("operator.profile.factor")
	r.Handle("/profile/factor", c.operator(c.addFactor)).Methods("POST").Name("operator.profile.factor.add")
	r.Handle("/profile/factor/codes", c.operator(c.newCodes)).Methods("POST").Name("operator.profile.factor.codes")
	r.Handle("/profile/factor/off", c.operator(c.removeFactor)).Methods("POST").Name("operator.profile.factor.off")
}

func (c *Console) showStep(w http.ResponseWriter, r *http.Request) error {
	return c.stepAnswer(w, r, http.StatusOK, r.URL.Query().Get("next"), nil)
}

func (c *Console) stepAnswer(w http.ResponseWriter, r *http.Request, status int, next string, problem error) error {
	if _, err := c.desk.OperatorHalf(r.Context(), web.CookieToken(r), c.site.Origin(r)); err != nil {
		return err
	}
	v, bad := c.bare(w, r), fault.Fields(problem)
	return web.Page(w, r, status, ui.Plain(v, v.T("Enter the code from your phone"),
		ui.PageLead(v.T("Your account has a second factor. Open the app on your phone and enter the code that it shows for %s.", "Gatehouse")),
		g.If(problem != nil && len(bad) == 0, ui.Notice("crit", fault.Says(problem))),
		ui.Form(base+"/sign-in/factor", ui.HiddenFields("next", next),
			ui.Input(ui.Field{Name: "code", Label: v.T("Code"), Required: true, Max: 20, Error: bad["code"], Autocomplete: "one-time-code", Autofocus: true, Hint: v.T("Six digits. Lost your phone? Enter one of your recovery codes instead.")}),
			ui.FormActions(ui.Primary(v.T("Sign in")), ui.LinkButton(base+"/sign-in", v.T("Cancel"), ""))),
		ui.Details(v.T("No phone and no recovery code?"), h.P(g.Text(v.T("Run this where the appliance runs. It takes the second factor away and ends your sessions:"))),
			h.Pre(h.Code(g.Text("gatehouse admin reset-factor you@example.com"))))))
}

func (c *Console) step(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	token, err := c.desk.OperatorPassFactor(r.Context(), web.CookieToken(r), web.Str(r, "code"), c.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return c.stepAnswer(w, r, web.Status(w, err), r.PostForm.Get("next"), err)
	}
	if err != nil {
		return err
	}
	if err := c.site.SetToken(w, r, base, token, store.OperatorSession); err != nil {
		return err
	}
	http.Redirect(w, r, web.Next(r, base), http.StatusSeeOther)
	return nil
}

// factorForm is the page of the operator's own second factor.
type factorForm struct {
	State   store.FactorState
	Secret  string
	Codes   []string // shown this once
	Problem error
	Form    string // the one that Problem is about: add, codes, off
}

func (f factorForm) wrong(form string) map[string]string {
	if f.Form != form {
		return nil
	}
	return fault.Fields(f.Problem)
}

func (c *Console) showFactor(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.factorAnswer(w, r, o, http.StatusOK, factorForm{})
}

func (c *Console) factorAnswer(w http.ResponseWriter, r *http.Request, o store.Operator, status int, f factorForm) (err error) {
	if f.State, err = o.Factor(r.Context()); err != nil {
		return err
	}
	if f.Secret == "" && !f.State.On() {
		f.Secret = c.desk.NewFactor()
	}
	return web.Page(w, r, status, factorPage(c.view(w, r, o), o.Me(), f))
}

// codesAnswer does what ends with recovery codes, and shows them this once.
func (c *Console) codesAnswer(w http.ResponseWriter, r *http.Request, o store.Operator, form string, codes []string, err error) error {
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		return c.factorAnswer(w, r, o, web.Status(w, err), factorForm{Secret: web.Str(r, "secret"), Problem: err, Form: form})
	}
	if err != nil {
		return err
	}
	return c.factorAnswer(w, r, o, http.StatusOK, factorForm{Codes: codes})
}

func (c *Console) addFactor(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	codes, err := c.desk.OperatorAddFactor(r.Context(), o, r.PostForm.Get("current"), web.Str(r, "secret"), web.Str(r, "code"))
	return c.codesAnswer(w, r, o, "add", codes, err)
}

func (c *Console) newCodes(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	codes, err := c.desk.OperatorRecoveryCodes(r.Context(), o, r.PostForm.Get("current"))
	return c.codesAnswer(w, r, o, "codes", codes, err)
}

func (c *Console) removeFactor(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	err := c.desk.OperatorRemoveFactor(r.Context(), o, r.PostForm.Get("current"))
	if err != nil {
		return c.codesAnswer(w, r, o, "off", nil, err)
	}
	return c.site.Done(w, r, base+"/profile", "The second factor is off. Your password alone lets you in.")
}

func factorPage(v *ui.View, me store.OperatorPerson, f factorForm) g.Node {
	title := v.T("Second factor")
	own := func(id, form string) g.Node {
		return ui.Input(ui.Field{Name: "current", ID: id, Label: v.T("Current password"), Type: "password", Required: true, Autocomplete: "current-password", Error: f.wrong(form)["current"]})
	}
	body := g.Node(nil)
	switch {
	case len(f.Codes) > 0:
		body = ui.Card(v.T("Keep your recovery codes"), account.CodesList(v, f.Codes), ui.FormActions(ui.LinkButton(base+"/profile", v.T("I have kept them"), "")))
	case !f.State.On():
		body = ui.CardWith(ui.CardSpec{Title: v.T("Set up a second factor"), Note: v.T("Besides your password, signing in then asks for a code from an app on your phone. Whoever learns your password cannot get in with it.")},
			account.EnrolSteps(v, "Gatehouse", me.Email, f.Secret),
			ui.Form(base+"/profile/factor", ui.HiddenFields("secret", f.Secret),
				ui.Two(ui.Input(ui.Field{Name: "code", Label: v.T("Code"), Required: true, Max: 20, Error: f.wrong("add")["code"], Autocomplete: "one-time-code", Hint: v.T("Six digits, a new code every 30 seconds.")}), own("", "add")),
				ui.FormActions(ui.Primary(v.T("Turn on")), ui.LinkButton(base+"/profile", v.T("Cancel"), ""))))
	default:
		body = ui.Grid(
			ui.Col(6, ui.Card(v.T("Recovery codes"), ui.DL(ui.Row(v.T("Second factor"), v.T("On since %s", v.Date(f.State.Since))), ui.Row(v.T("Recovery codes left"), v.N(f.State.Left))),
				ui.Form(base+"/profile/factor/codes", own("f-current-codes", "codes"), ui.FormActions(ui.Button(v.T("Make new recovery codes")))))),
			ui.Col(6, ui.CardWith(ui.CardSpec{Title: v.T("Turn off"), Note: v.T("Your password alone lets you in then.")},
				ui.Form(base+"/profile/factor/off", own("f-current-off", "off"), ui.FormActions(ui.Danger(v.T("Turn off the second factor")))))))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("My account"), Href: base + "/profile"}}),
		g.If(f.Problem != nil && len(fault.Fields(f.Problem)) == 0, ui.Notice("crit", fault.Says(f.Problem))), body)
}
