// Package admin is the door of the provider's own people: what they see and
// do at /admin/{provider}. It speaks HTTP and draws pages; rows come from the
// store's Staff scope, use cases from the desk.
package admin

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Admin is the door.
type Admin struct {
	site *web.Site
	desk *desk.Desk
}

// New returns the door over a site and its desk.
func New(site *web.Site, d *desk.Desk) *Admin { return &Admin{site: site, desk: d} }

// Routes adds the door's addresses to the appliance's.
func (a *Admin) Routes(root *mux.Router) {
	r := root.PathPrefix("/admin/{provider}").Subrouter()
	a.activateRoutes(r)
	a.account().Routes(r)
	a.homeRoutes(r)
	a.customerRoutes(r)
	a.contactRoutes(r)
	a.clientRoutes(r)
	a.groupRoutes(r)
	a.userRoutes(r)
	a.roleRoutes(r)
	a.settingsRoutes(r)
	a.themeRoutes(r)
	a.auditRoutes(r)
	a.portalTermsRoutes(r)
	a.feedbackRoutes(r)
	a.helpRoutes(r)
	a.portalRoutes(r)
	a.assetRoutes(r)
	a.vehicleRoutes(r)
	a.jobRoutes(r)
	a.siteRoutes(r)
	a.importRoutes(r)
	a.feedRoutes(r)
	a.outboxRoutes(r)
	a.roadRoutes(r)
	a.proofRoutes(r)
	a.trackRoutes(r)
	a.noticeRoutes(r)
}

// staffHandler answers a request of somebody signed in.
type staffHandler func(w http.ResponseWriter, r *http.Request, staff store.Staff) error

// staff lets only signed-in staff of the provider in the address through. Who
// must set a new password first is sent there.
func (a *Admin) staff(f staffHandler) http.Handler { return a.staffBig(1<<20, f) }

// staffBig is staff for requests of up to max bytes, such as uploads.
func (a *Admin) staffBig(max int64, f staffHandler) http.Handler {
	return a.site.HandleBig(a.door(), max, func(w http.ResponseWriter, r *http.Request) error {
		s, err := a.enter(r)
		if err != nil {
			return err
		}
		if s.Me().MustChange && !strings.HasSuffix(r.URL.Path, "/profile/password") && !strings.HasSuffix(r.URL.Path, "/sign-out") {
			http.Redirect(w, r, base(r)+"/profile/password", http.StatusSeeOther)
			return nil
		}
		return f(w, r, s)
	})
}

func (a *Admin) enter(r *http.Request) (store.Staff, error) {
	hash, err := web.Token(r)
	if err != nil {
		return store.Staff{}, err
	}
	return a.site.DB.Staff(r.Context(), mux.Vars(r)["provider"], hash, a.site.Origin(r))
}

// public answers anybody.
func (a *Admin) public(f web.Handler) http.Handler { return a.site.Handle(a.door(), f) }

func (a *Admin) door() web.Door {
	return web.Door{
		View: func(r *http.Request) *ui.View {
			if s, err := a.enter(r); err == nil {
				return a.view(nil, r, s)
			}
			return a.site.View(nil, r)
		},
		SignIn: func(r *http.Request) string { return base(r) + "/sign-in" },
	}
}

// base is the door's own address, such as /admin/nordlift.
func base(r *http.Request) string { return "/admin/" + mux.Vars(r)["provider"] }

// view is what every page of the door shows around its own.
func (a *Admin) view(w http.ResponseWriter, r *http.Request, s store.Staff) *ui.View {
	v := a.site.View(w, r)
	me, home := s.Me(), s.Home()
	v.Base, v.Lang, v.Format, v.Words = "/admin/"+home.Slug, me.Language, web.Format(me.Formats), web.Words(home.Words)
	v.Brand = ui.Brand{Name: home.Name}
	v.Who = ui.Who{Name: me.Name, Sub: roleName(v, me.Role, me.RoleName), SignOut: v.Base + "/sign-out",
		Links: []ui.Link{{Label: v.T("My profile"), Href: v.Base + "/profile", Icon: "user"}, {Label: v.T("Mail notices"), Href: v.Base + "/profile/notices", Icon: "bell"}}}
	mail := a.mailState(r, s)
	v.Nav, v.Banner = nav(v, s, mail), mailBanner(v, s, mail)
	v.Search = &ui.SearchBox{Action: v.Base + "/customers", Placeholder: v.T("Find a customer")}
	return v
}

// roleName is a role of the staff as people read it: one of the provider's own
// bears the name it was given.
func roleName(v *ui.View, role, name string) string {
	if role == "own" {
		return name
	}
	return v.T(name)
}
