package operator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) providerRoutes(r *mux.Router) {
	r.Handle("", c.operator(c.listProviders)).Methods("GET", "HEAD").Name("operator.home")
	r.Handle("/providers/new", c.operator(c.newProvider)).Methods("GET", "HEAD").Name("operator.provider.new")
	r.Handle("/providers/new", c.operator(c.addProvider)).Methods("POST").Name("operator.provider.add")
	r.Handle("/providers/{slug}", c.operator(c.showProvider)).Methods("GET", "HEAD").Name("operator.provider")
	r.Handle("/providers/{slug}/plan", c.operator(c.setPlan)).Methods("POST").Name("operator.provider.plan")
	r.Handle("/providers/{slug}/limits", c.operator(c.setLimits)).Methods("POST").Name("operator.provider.limits")
	r.Handle("/providers/{slug}/suspend", c.operator(c.askSuspend)).Methods("GET", "HEAD").Name("operator.provider.suspend")
	r.Handle("/providers/{slug}/state", c.operator(c.setState)).Methods("POST").Name("operator.provider.state")
	r.Handle("/providers/{slug}/admins", c.operator(c.addAdmin)).Methods("POST").Name("operator.provider.admin.add")
	r.Handle("/providers/{slug}/activation", c.operator(c.sendActivation)).Methods("POST").Name("operator.provider.activation")
}

func (c *Console) listProviders(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	search := strings.TrimSpace(r.URL.Query().Get("q"))
	all, err := o.Providers(r.Context(), search)
	if err != nil {
		return err
	}
	health, err := o.Health(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, providersPage(c.view(w, r, o), all, search, r.URL.Query(), health, o.Now()))
}

// providerForm is a new provider and its first admin, as the form shows them.
type providerForm struct {
	store.NewProvider
	AdminName, AdminEmail string
	Problem               error
}

func (c *Console) newProvider(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return web.Page(w, r, http.StatusOK, newProviderPage(c.view(w, r, o), providerForm{NewProvider: store.NewProvider{Starter: "rental"}}))
}

func (c *Console) addProvider(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	f := providerForm{NewProvider: store.NewProvider{Name: web.Str(r, "name"), Slug: strings.ToLower(web.Str(r, "slug")), Starter: web.Str(r, "starter")},
		AdminName: web.Str(r, "admin_name"), AdminEmail: web.Str(r, "admin_email")}
	n := f.NewProvider
	if n.Slug == "" && n.Name != "" {
		n.Slug = store.Slug(n.Name)
	}
	link, err := c.desk.OpenProvider(r.Context(), o, n, store.NewUser{Name: f.AdminName, Email: f.AdminEmail})
	if isForm(err) {
		f.Problem = f.allOf(n, err)
		return web.Page(w, r, http.StatusUnprocessableEntity, newProviderPage(c.view(w, r, o), f))
	}
	if err != nil {
		return err
	}
	return c.provider(w, r, o, n.Slug, http.StatusOK, providerView{Link: link, LinkFor: f.AdminName, Says: f.Name + " is ready."})
}

// allOf gathers the problems of the provider and of its admin, so that one
// look at the form is enough.
func (f providerForm) allOf(n store.NewProvider, err error) error {
	bad := fault.Problems{}
	for name, says := range fault.Fields(err) {
		bad.Add(name, "%s", says)
	}
	for name, says := range fault.Fields(n.Validate()) {
		bad.Add(name, "%s", says)
	}
	admin := store.NewOperator{Name: f.AdminName, Email: f.AdminEmail}
	for name, says := range fault.Fields(admin.Clean()) {
		bad.Add("admin_"+name, "%s", says)
	}
	return bad.Err()
}

// providerView is the page of one provider.
type providerView struct {
	Usage   store.Usage
	Admins  []store.Admin
	Plan    map[store.Feature]bool
	MailOff bool
	Base    string

	Link, LinkFor string // a one-time link just made
	Says          string
	Limits        map[string]string // as typed, when they were refused
	Problem       error
	Admin         providerForm // as typed, when it was refused
}

func (c *Console) showProvider(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	return c.provider(w, r, o, mux.Vars(r)["slug"], http.StatusOK, providerView{})
}

// provider fills in what the view does not say: what is stored.
func (c *Console) provider(w http.ResponseWriter, r *http.Request, o store.Operator, slug string, status int, p providerView) (err error) {
	if p.Usage, err = o.Provider(r.Context(), slug); err != nil {
		return err
	}
	if p.Admins, err = o.Admins(r.Context(), p.Usage.ID); err != nil {
		return err
	}
	if p.Plan, err = o.Plan(r.Context(), p.Usage.ID); err != nil {
		return err
	}
	all, err := o.Settings(r.Context())
	if err != nil {
		return err
	}
	p.MailOff, p.Base = all[store.SetMailHost] == "", c.site.URL("")
	return web.Page(w, r, status, providerPage(c.view(w, r, o), p, o.Now()))
}

func (c *Console) setPlan(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	var features []store.Feature
	for _, f := range r.PostForm["feature"] {
		features = append(features, store.Feature(f))
	}
	ch, err := c.desk.ChangePlan(r.Context(), o, u.Provider, features)
	if err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/providers/"+u.Slug, planSays(ch))
}

func planSays(ch store.PlanChange) string {
	switch {
	case len(ch.Lost)+len(ch.Back) == 0:
		return "Nothing to change: the plan is as it was."
	case len(ch.Portals) == 0:
		return "The plan is changed. No portal is concerned."
	}
	portals := strconv.Itoa(len(ch.Portals)) + " portals are"
	if len(ch.Portals) == 1 {
		portals = "1 portal is"
	}
	if len(ch.Admins) == 0 {
		return "The plan is changed and " + portals + " concerned. The provider has no active admin to tell."
	}
	return fmt.Sprintf("The plan is changed, at once. %s concerned; the provider's admins get a letter that names them.", strings.ToUpper(portals[:1])+portals[1:])
}

var limitNames = []string{"portals", "staff", "mails_day", "storage_mb"}

func (c *Console) setLimits(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	var bad fault.Problems
	typed, n := map[string]string{}, map[string]int64{}
	for _, name := range limitNames {
		typed[name] = web.Str(r, name)
		if typed[name] == "" {
			continue // empty is unlimited, as 0 is
		}
		if n[name], err = strconv.ParseInt(typed[name], 10, 64); err != nil {
			bad.Add(name, "Give a whole number; 0 is unlimited.")
		}
	}
	err = bad.Err()
	if err == nil {
		err = o.SetLimits(r.Context(), u.Provider, store.Limits{Portals: n["portals"], Staff: n["staff"], MailsDay: n["mails_day"], StorageMB: n["storage_mb"]})
	}
	if isForm(err) {
		return c.provider(w, r, o, u.Slug, http.StatusUnprocessableEntity, providerView{Limits: typed, Problem: err})
	}
	if err != nil {
		return err
	}
	return c.site.Done(w, r, base+"/providers/"+u.Slug, "The limits are saved.")
}

// askSuspend is the question for browsers without scripts.
func (c *Console) askSuspend(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, suspendPage(c.view(w, r, o), u))
}

func (c *Console) setState(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	state := web.Str(r, "state")
	if err := o.SetProviderState(r.Context(), u.Provider, state); err != nil {
		return err
	}
	if state == "suspended" {
		return c.site.Done(w, r, base+"/providers/"+u.Slug, u.Name+" is suspended: its people and their customers are out from their next click on.")
	}
	return c.site.Done(w, r, base+"/providers/"+u.Slug, u.Name+" is active again.")
}

func (c *Console) addAdmin(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	f := providerForm{AdminName: web.Str(r, "admin_name"), AdminEmail: web.Str(r, "admin_email")}
	link, err := c.desk.AddAdmin(r.Context(), o, u.ID, store.NewUser{Name: f.AdminName, Email: f.AdminEmail})
	if isForm(err) {
		f.Problem = err
		return c.provider(w, r, o, u.Slug, http.StatusUnprocessableEntity, providerView{Admin: f})
	}
	if err != nil {
		return err
	}
	return c.provider(w, r, o, u.Slug, http.StatusOK, providerView{Link: link, LinkFor: f.AdminName, Says: f.AdminName + " is added."})
}

func (c *Console) sendActivation(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	u, err := o.Provider(r.Context(), mux.Vars(r)["slug"])
	if err != nil {
		return err
	}
	admins, err := o.Admins(r.Context(), u.ID)
	if err != nil {
		return err
	}
	id := web.Int[store.UserID](r, "user")
	for _, a := range admins {
		if a.ID != id || a.State != "pending" {
			continue
		}
		link, err := c.desk.SendActivation(r.Context(), o, a.Account)
		if err != nil {
			return err
		}
		return c.provider(w, r, o, u.Slug, http.StatusOK, providerView{Link: link, LinkFor: a.Name, Says: "A new activation letter is on its way; the link of the one before is dead."})
	}
	return fault.New(fault.NotFound, "There is no such admin waiting for an activation.")
}
