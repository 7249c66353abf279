package operator

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) profileRoutes(r *mux.Router) {
	r.Handle("/profile", c.operator(c.showProfile)).Methods("GET", "HEAD").Name("operator.profile")
	r.Handle("/profile/password", c.operator(c.changePassword)).Methods("POST").Name("operator.profile.password")
	r.Handle("/profile/sessions/end", c.operator(c.endSession)).Methods("POST").Name("operator.profile.session.end")
	r.Handle("/operators", c.operator(c.listOperators)).Methods("GET", "HEAD").Name("operator.operators")
	r.Handle("/operators", c.operator(c.addOperator)).Methods("POST").Name("operator.operators.add")
	r.Handle("/operators/{operator:[0-9]+}/remove", c.operator(c.askRemove)).Methods("GET", "HEAD").Name("operator.operators.ask")
	r.Handle("/operators/{operator:[0-9]+}/remove", c.operator(c.removeOperator)).Methods("POST").Name("operator.operators.remove")
}

func (c *Console) showProfile(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.profile(w, r, o, http.StatusOK, nil)
}

func (c *Console) profile(w http.ResponseWriter, r *http.Request, o store.Operator, status int, problem error) error {
	sessions, err := o.Sessions(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, status, profilePage(c.view(w, r, o), o.Me(), sessions, o.Session(), problem, o.Now()))
}

func (c *Console) changePassword(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	err := c.desk.OperatorPassword(r.Context(), o, r.PostForm.Get("current"), r.PostForm.Get("password"))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		return c.profile(w, r, o, web.Status(w, err), err)
	}
	if err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/profile", "Your password is changed. You were signed out everywhere else.")
}

func (c *Console) endSession(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	if err := o.EndSession(r.Context(), web.Int[store.SessionID](r, "session")); err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/profile", "That session is ended.")
}

// operatorsView is the page of everybody who runs the appliance.
type operatorsView struct {
	All           []store.OperatorPerson
	Name, Email   string // as typed, when they were refused
	Problem       error
	Link, LinkFor string
}

func (c *Console) listOperators(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.operators(w, r, o, http.StatusOK, operatorsView{})
}

func (c *Console) operators(w http.ResponseWriter, r *http.Request, o store.Operator, status int, p operatorsView) (err error) {
	if p.All, err = o.Operators(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, operatorsPage(c.view(w, r, o), p, o.Me(), o.Now()))
}

func (c *Console) addOperator(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	p := operatorsView{Name: web.Str(r, "name"), Email: web.Str(r, "email")}
	link, err := c.desk.AddOperator(r.Context(), p.Email, p.Name, c.site.Origin(r), o.Me().Name)
	if isForm(err) {
		p.Problem = err
		return c.operators(w, r, o, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return c.operators(w, r, o, http.StatusOK, operatorsView{Link: c.site.URL(link), LinkFor: p.Name})
}

func (c *Console) named(r *http.Request, o store.Operator) (store.OperatorPerson, error) {
	id, err := web.ID[store.OperatorID](r, "operator")
	if err != nil {
		return store.OperatorPerson{}, err
	}
	all, err := o.Operators(r.Context())
	for _, p := range all {
		if p.ID == id {
			return p, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "There is no such operator.")
	}
	return store.OperatorPerson{}, err
}

func (c *Console) askRemove(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	who, err := c.named(r, o)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, removePage(c.view(w, r, o), who))
}

func (c *Console) removeOperator(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	who, err := c.named(r, o)
	if err != nil {
		return err
	}
	if err := o.RemoveOperator(r.Context(), who.ID); err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/operators", who.Name+" can no longer run this appliance.")
}
