package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) portalRoutes(r *mux.Router) {
	r = r.PathPrefix("/customers/{customer}/portal").Subrouter()
	r.Handle("", a.staff(a.showPortal)).Methods("GET", "HEAD").Name("admin.portal")
	r.Handle("", a.staff(a.startPortal)).Methods("POST").Name("admin.portal.start")
	r.Handle("/setup", a.staff(a.showSetup)).Methods("GET", "HEAD").Name("admin.portal.setup")
	r.Handle("/setup", a.staff(a.saveSetup)).Methods("POST").Name("admin.portal.setup.save")
	r.Handle("/setup/template", a.staff(a.saveTemplate)).Methods("POST").Name("admin.portal.template.add")
	r.Handle("/setup/template/{template}/remove", a.staff(a.removeTemplate)).Methods("POST").Name("admin.portal.template.remove")
	r.Handle("/branding", a.staff(a.showBranding)).Methods("GET", "HEAD").Name("admin.portal.branding")
	r.Handle("/branding", a.staff(a.saveBranding)).Methods("POST").Name("admin.portal.branding.save")
	r.Handle("/access", a.staff(a.showAccess)).Methods("GET", "HEAD").Name("admin.portal.access")
	r.Handle("/invite", a.staff(a.showInvite)).Methods("GET", "HEAD").Name("admin.portal.invite")
	r.Handle("/invite", a.staff(a.invite)).Methods("POST").Name("admin.portal.invite.post")
	r.Handle("/invitations/{invitation}", a.staff(a.showInvitation)).Methods("GET", "HEAD").Name("admin.portal.invitation")
	r.Handle("/invitations/{invitation}/resend", a.staff(a.resendInvitation)).Methods("POST").Name("admin.portal.invitation.resend")
	r.Handle("/invitations/{invitation}/revoke", a.staff(a.revokeInvitation)).Methods("POST").Name("admin.portal.invitation.revoke")
	r.Handle("/activation", a.staff(a.resendActivation)).Methods("POST").Name("admin.portal.activation")
	r.Handle("/enable", a.staff(a.showEnable)).Methods("GET", "HEAD").Name("admin.portal.enable")
	r.Handle("/enable", a.staff(a.enablePortal)).Methods("POST").Name("admin.portal.enable.post")
	r.Handle("/suspend", a.staff(a.askSuspend)).Methods("GET", "HEAD").Name("admin.portal.suspend")
	r.Handle("/suspend", a.staff(a.suspendPortal)).Methods("POST").Name("admin.portal.suspend.post")
	r.Handle("/resume", a.staff(a.resumePortal)).Methods("POST").Name("admin.portal.resume")
}

// portalPath is the address of a customer's tab Customer Portal.
func portalPath(r *http.Request, c store.Customer) string {
	return base(r) + "/customers/" + id(c.ID) + "/portal"
}

// portalOf reads the customer in the address and its portal; without one it is
// NotFound.
func (a *Admin) portalOf(r *http.Request, s store.Staff) (store.Customer, store.Portal, error) {
	c, err := a.customer(r, s)
	if err != nil {
		return c, store.Portal{}, err
	}
	o, err := s.PortalOf(r.Context(), c.ID)
	return c, o, err
}

// showPortal leads to what is next: the way in, the step that is open, or the
// portal as it stands.
func (a *Admin) showPortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if fault.Of(err) == fault.NotFound && c.ID != 0 {
		return web.Page(w, r, http.StatusOK, portalStartPage(a.view(w, r, s), s, c))
	}
	if err != nil {
		return err
	}
	if o.State == store.PortalDraft && s.May(store.PortalSetup) {
		http.Redirect(w, r, portalPath(r, c)+"/"+openStep(o), http.StatusSeeOther)
		return nil
	}
	return a.accessPage(w, r, s, c, o)
}

// openStep is the first step of a draft that was not saved yet.
func openStep(o store.Portal) string {
	switch {
	case !o.SetupDone:
		return "setup"
	case !o.BrandingDone:
		return "branding"
	}
	return "access"
}

func (a *Admin) startPortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if _, err := s.AddPortal(r.Context(), c.ID, store.PortalEdit{}); err != nil {
		return err
	}
	http.Redirect(w, r, portalPath(r, c)+"/setup", http.StatusSeeOther)
	return nil
}

func (a *Admin) askSuspend(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err == nil {
		err = s.Can(store.PortalSuspend)
	}
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, suspendPage(a.view(w, r, s), s, c, o))
}

func (a *Admin) suspendPortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	if err := s.SuspendPortal(r.Context(), o.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, c), "Portal access is disabled. Everybody was signed out, and every link into it is void.")
}

func (a *Admin) resumePortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	if err := s.ResumePortal(r.Context(), o.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, c), "The portal is open again. Its members sign in as before; earlier invitations stay void.")
}

// contact is whom a provider asks about its plan, as the operator named it.
func (a *Admin) contact(r *http.Request) (contact, error) {
	all, err := a.site.DB.System("plan contact", store.Origin{}).Settings(r.Context())
	c := contact{Name: all[store.SetContactName], Href: all[store.SetContactURL]}
	if mail := all[store.SetContactMail]; mail != "" {
		c.Href = "mailto:" + mail
		if c.Name == "" {
			c.Name = mail
		}
	}
	return c, err
}

// mailOff reports whether letters are held because no server is set.
func (a *Admin) mailOff(r *http.Request) (bool, error) {
	host, err := a.site.DB.System("mail state", store.Origin{}).Setting(r.Context(), store.SetMailHost)
	return host == "", err
}

// features reads the ticked features of a form or a query.
func features(values []string) []store.Feature {
	out := make([]store.Feature, 0, len(values))
	for _, v := range values {
		if f := store.Feature(strings.TrimSpace(v)); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}
