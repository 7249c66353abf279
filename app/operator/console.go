// Package operator is the door of whoever runs the appliance: the first
// set-up, and the console at /operator with providers, mail, health and audit.
// It shows figures about tenants and no row of their business.
package operator

import (
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Console is the door.
type Console struct {
	// Fixed names settings that the start of the program decides, and what
	// decides them: "--base-url", "GATEHOUSE_SMTP". They are shown, not changed.
	Fixed map[string]string
	// Versions names the program and what it is made of.
	Versions func() [][2]string
	// Started is when the program was started.
	Started time.Time

	site *web.Site
	desk *desk.Desk
}

// New returns the door over a site and its desk.
func New(site *web.Site, d *desk.Desk) *Console { return &Console{site: site, desk: d} }

const base = "/operator"

// Routes adds the door's addresses to the appliance's.
func (c *Console) Routes(root *mux.Router) {
	c.setUpRoutes(root)
	r := root.PathPrefix(base).Subrouter()
	c.signInRoutes(r)
	c.providerRoutes(r)
	c.adminRoutes(r)
	c.mailRoutes(r)
	c.healthRoutes(r)
	c.settingRoutes(r)
	c.profileRoutes(r)
	c.factorRoutes(r)
}

// operatorHandler answers a request of somebody signed in.
type operatorHandler func(w http.ResponseWriter, r *http.Request, o store.Operator) error

// operator lets only signed-in operators through.
func (c *Console) operator(f operatorHandler) http.Handler {
	return c.site.Handle(c.door(), func(w http.ResponseWriter, r *http.Request) error {
		o, err := c.enter(r)
		if err != nil {
			return err
		}
		if r.Method == http.MethodPost {
			if err := web.Form(r); err != nil {
				return err
			}
		}
		return f(w, r, o)
	})
}

func (c *Console) enter(r *http.Request) (store.Operator, error) {
	hash, err := web.Token(r)
	if err != nil {
		return store.Operator{}, err
	}
	return c.site.DB.Operator(r.Context(), hash, c.site.Origin(r))
}

// public answers anybody.
func (c *Console) public(f web.Handler) http.Handler { return c.site.Handle(c.door(), f) }

func (c *Console) door() web.Door {
	return web.Door{
		View: func(r *http.Request) *ui.View {
			if o, err := c.enter(r); err == nil {
				return c.view(nil, r, o)
			}
			return c.bare(nil, r)
		},
		SignIn: func(*http.Request) string { return base + "/sign-in" },
	}
}

// bare is the view of somebody who is not signed in.
func (c *Console) bare(w http.ResponseWriter, r *http.Request) *ui.View {
	v := c.site.View(w, r)
	v.Base, v.Brand = base, ui.Brand{Name: "Gatehouse"}
	return v
}

// view is what every page of the console shows around its own.
func (c *Console) view(w http.ResponseWriter, r *http.Request, o store.Operator) *ui.View {
	v := c.bare(w, r)
	v.Format = ui.Format{Order: "YMD", Sep: "-", Clock24: true}
	me := o.Me()
	v.Who = ui.Who{Name: me.Name, Sub: v.T("Operator"), SignOut: base + "/sign-out", Links: []ui.Link{{Label: v.T("My account"), Href: base + "/profile", Icon: "user"}}}
	v.Nav = nav(v)
	if all, err := o.Settings(r.Context()); err == nil && all[store.SetMailHost] == "" {
		v.Banner = mailOff(v)
	}
	return v
}

func nav(v *ui.View) []ui.NavItem {
	items := []ui.NavItem{
		{Label: v.T("Providers"), Href: base, Icon: "building"},
		{Label: v.T("Mail"), Href: base + "/mail", Icon: "mail"},
		{Label: v.T("Health"), Href: base + "/health", Icon: "activity"},
		{Label: v.T("Audit log"), Href: base + "/audit", Icon: "history"},
		{Label: v.T("Operators"), Href: base + "/operators", Icon: "users"},
		{Label: v.T("Settings"), Href: base + "/settings", Icon: "settings"},
	}
	path, _, _ := strings.Cut(v.Path, "?")
	for i, n := range items {
		items[i].Current = path == n.Href || n.Href != base && strings.HasPrefix(path, n.Href) || n.Href == base && strings.HasPrefix(path, base+"/providers")
	}
	return items
}

// isForm reports whether an error belongs on the form that caused it.
func isForm(err error) bool {
	k := fault.Of(err)
	return k == fault.Invalid || k == fault.Conflict && len(fault.Fields(err)) > 0
}
