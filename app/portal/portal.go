// Package portal is the door of a customer's people: what they see and do at
// /portal/{portal}, in their provider's brand. It speaks HTTP and draws pages;
// rows come from the store's Client scope, use cases from the desk.
package portal

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Portal is the door.
type Portal struct {
	site *web.Site
	desk *desk.Desk
}

// New returns the door over a site and its desk.
func New(site *web.Site, d *desk.Desk) *Portal { return &Portal{site: site, desk: d} }

// Routes adds the door's addresses to the appliance's.
func (p *Portal) Routes(root *mux.Router) {
	r := root.PathPrefix("/portal/{portal}").Subrouter()
	p.termsRoutes(r)
	p.feedbackRoutes(r)
	p.registerRoutes(r)
	p.account().Routes(r)
	p.homeRoutes(r)
	p.assetRoutes(r)
	p.weekRoutes(r)
	p.deliveryRoutes(r)
	p.jobFileRoutes(r)
	p.jobRoutes(r)
	p.reportRoutes(r)
	p.siteRoutes(r)
	p.vehicleRoutes(r)
	p.noticeRoutes(r)
	p.colleagueRoutes(r)
}

// clientHandler answers a request of somebody signed in.
type clientHandler func(w http.ResponseWriter, r *http.Request, client store.Client) error

// client lets only signed-in members of the portal through. Who must accept
// new terms, or set a new password, is sent there first.
func (p *Portal) client(f clientHandler) http.Handler { return p.clientBig(1<<20, f) }

// clientBig is client for requests of up to max bytes, such as photos.
func (p *Portal) clientBig(max int64, f clientHandler) http.Handler {
	return p.site.HandleBig(p.door(), max, func(w http.ResponseWriter, r *http.Request) error {
		c, err := p.enter(r)
		if err != nil {
			return p.orSuspended(r, err)
		}
		if due := owes(c, r); due != "" {
			http.Redirect(w, r, base(r)+due, http.StatusSeeOther)
			return nil
		}
		return f(w, r, c)
	})
}

// notHere is what everything says that is not shared.
var notHere = fault.New(fault.NotFound, "There is nothing at this address.")

// feature lets only members of portals that share f through: to everybody else
// the address does not exist (row 5).
func (p *Portal) feature(f store.Feature, h clientHandler) http.Handler {
	return p.featureBig(f, 1<<20, h)
}

// featureBig is feature for requests of up to max bytes.
func (p *Portal) featureBig(f store.Feature, max int64, h clientHandler) http.Handler {
	return p.clientBig(max, func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		if !c.Shares(f) {
			return notHere
		}
		return h(w, r, c)
	})
}

// owes is where the client must go before anything is shown.
func owes(c store.Client, r *http.Request) string {
	at := strings.TrimPrefix(r.URL.Path, base(r))
	switch {
	case at == "/terms" || at == "/sign-out" || at == "/switch":
		return ""
	case c.Window().TermsDue > 0:
		return "/terms"
	case c.Me().MustChange && at != "/profile/password":
		return "/profile/password"
	}
	return ""
}

func (p *Portal) enter(r *http.Request) (store.Client, error) {
	hash, err := web.Token(r)
	if err != nil {
		return store.Client{}, err
	}
	return p.site.DB.Client(r.Context(), mux.Vars(r)["portal"], hash, p.site.Origin(r))
}

// orSuspended says why nobody gets in any more, in place of a sign-in page
// that would not let anybody in either.
func (p *Portal) orSuspended(r *http.Request, err error) error {
	face, e := p.face(r)
	if e != nil {
		return e
	}
	if fault.Of(err) == fault.Unauthenticated && face.State == "suspended" {
		return suspended(face)
	}
	return err
}

func suspended(face store.PortalTheme) error {
	return fault.New(fault.Forbidden, "Access to this portal is paused. Please ask %s.", face.ProviderName)
}

// face is the portal's public side: its brand, before anybody signed in.
func (p *Portal) face(r *http.Request) (store.PortalTheme, error) {
	return p.site.DB.System("portal face", store.Origin{}).PortalTheme(r.Context(), mux.Vars(r)["portal"])
}

// public answers anybody.
func (p *Portal) public(f web.Handler) http.Handler { return p.site.Handle(p.door(), f) }

func (p *Portal) door() web.Door {
	return web.Door{
		View: func(r *http.Request) *ui.View {
			if c, err := p.enter(r); err == nil {
				return p.view(nil, r, c)
			}
			return p.strangerView(nil, r)
		},
		SignIn: func(r *http.Request) string { return base(r) + "/sign-in" },
	}
}

// base is the door's own address, such as /portal/acme.
func base(r *http.Request) string { return "/portal/" + mux.Vars(r)["portal"] }

// strangerView is the portal's brand around a page for nobody in particular.
func (p *Portal) strangerView(w http.ResponseWriter, r *http.Request) *ui.View {
	v := p.site.View(w, r)
	face, err := p.face(r)
	if err != nil {
		return v
	}
	v.Base, v.Lang, v.Format = base(r), face.Language, web.Format(face.Formats)
	v.Brand = ui.Brand{Name: face.PortalName, CSS: web.ThemePath(face.Theme)}
	return v
}

// view is what every page of the portal shows around its own.
func (p *Portal) view(w http.ResponseWriter, r *http.Request, c store.Client) *ui.View {
	v := p.site.View(w, r)
	me, win := c.Me(), c.Window()
	v.Base, v.Lang, v.Format, v.Words = "/portal/"+win.Slug, me.Language, web.Format(me.Formats), web.Words(win.Words)
	v.Brand = ui.Brand{Name: win.Name, CSS: web.ThemePath(win.Theme)}
	v.Who = ui.Who{Name: me.Name, Sub: win.CustomerName, SignOut: v.Base + "/sign-out",
		Links: ownLinks(v, c)}
	v.Feedback = v.Base + "/feedback"
	v.Nav, v.Switch = nav(v, r, c), p.switcher(v, r, c)
	return v
}

// ownLinks are what the person's own menu offers.
func ownLinks(v *ui.View, c store.Client) []ui.Link {
	links := []ui.Link{{Label: v.T("My profile"), Href: v.Base + "/profile", Icon: "user"}, {Label: v.T("Mail notices"), Href: v.Base + "/profile/notices", Icon: "bell"}}
	if c.Manages() {
		links = append(links, ui.Link{Label: v.T("Administration"), Href: v.Base + "/administration", Icon: "users"})
	}
	return links
}
