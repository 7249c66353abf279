package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

// portalTermsRoutes are for terms that a portal has of its own.
func (a *Admin) portalTermsRoutes(r *mux.Router) {
	r = r.PathPrefix("/customers/{customer}/portal/terms").Subrouter()
	r.Handle("", a.staff(a.showPortalTerms)).Methods("GET", "HEAD").Name("admin.portal.terms")
	r.Handle("/new", a.staff(a.newPortalTerms)).Methods("GET", "HEAD").Name("admin.portal.terms.new")
	r.Handle("/new", a.staff(a.publishPortalTerms)).Methods("POST").Name("admin.portal.terms.publish")
	r.Handle("/end", a.staff(a.askEndPortalTerms)).Methods("GET", "HEAD").Name("admin.portal.terms.end.ask")
	r.Handle("/end", a.staff(a.endPortalTerms)).Methods("POST").Name("admin.portal.terms.end")
}

// portalTerms reads the customer in the address, its portal and its terms.
func (a *Admin) portalTerms(r *http.Request, s store.Staff) (p portalTerms, err error) {
	if p.Customer, p.Portal, err = a.portalOf(r, s); err != nil {
		return p, err
	}
	if err := s.Can(store.TermsPublish); err != nil {
		return p, err
	}
	p.PortalTerms, err = s.PortalTerms(r.Context(), p.Portal.ID)
	return p, err
}

func (a *Admin) showPortalTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p, err := a.portalTerms(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, portalTermsPage(a.view(w, r, s), s, p))
}

// newPortalTerms begins with the words that hold now.
func (a *Admin) newPortalTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p, err := a.portalTerms(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, newPortalTermsPage(a.view(w, r, s), s, p, newTerms{Title: p.Current.Title, Body: p.Current.Body}))
}

func (a *Admin) publishPortalTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	p, err := a.portalTerms(r, s)
	if err != nil {
		return err
	}
	f := newTerms{Title: web.Str(r, "title"), Body: r.PostForm.Get("body"), Minor: web.Str(r, "minor") != "" && p.Current.Own}
	_, err = s.PublishPortalTerms(r.Context(), p.Portal.ID, f.Title, f.Body, f.Minor)
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, newPortalTermsPage(a.view(w, r, s), s, p, f))
	}
	if err != nil {
		return err
	}
	says := "The new terms are published. Everybody in this portal is asked to accept them before they see anything else."
	if f.Minor {
		says = "The new wording is published. Nobody is asked again."
	}
	return a.site.Done(w, r, portalPath(r, p.Customer)+"/terms", says)
}

func (a *Admin) askEndPortalTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p, err := a.portalTerms(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, endPortalTermsPage(a.view(w, r, s), s, p))
}

func (a *Admin) endPortalTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p, err := a.portalTerms(r, s)
	if err != nil {
		return err
	}
	if err := s.EndPortalTerms(r.Context(), p.Portal.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, p.Customer)+"/terms", "Your own terms hold in this portal again. Whoever has not accepted them yet is asked at the next click.")
}
