package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) termsRoutes(r *mux.Router) {
	r.Handle("/settings/terms", a.staff(a.listTerms)).Methods("GET", "HEAD").Name("admin.terms")
	r.Handle("/settings/terms/new", a.staff(a.newTerms)).Methods("GET", "HEAD").Name("admin.terms.new")
	r.Handle("/settings/terms/new", a.staff(a.publishTerms)).Methods("POST").Name("admin.terms.publish")
	r.Handle("/settings/terms/{terms}", a.staff(a.showTerms)).Methods("GET", "HEAD").Name("admin.terms.version")
}

func (a *Admin) listTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.TermsPublish); err != nil {
		return err
	}
	all, err := s.TermsVersions(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, termsPage(a.view(w, r, s), s, all))
}

// newTerms begins with the words that count now.
func (a *Admin) newTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.TermsPublish); err != nil {
		return err
	}
	now, err := s.CurrentTerms(r.Context())
	if err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	return web.Page(w, r, http.StatusOK, newTermsPage(a.view(w, r, s), newTerms{Title: now.Title, Body: now.Body}))
}

func (a *Admin) publishTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := newTerms{Title: web.Str(r, "title"), Body: r.PostForm.Get("body"), Minor: web.Str(r, "minor") != ""}
	_, err := s.PublishTerms(r.Context(), f.Title, f.Body, f.Minor)
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, newTermsPage(a.view(w, r, s), f))
	}
	if err != nil {
		return err
	}
	says := "The new terms are published. Everybody in your portals is asked to accept them before they see anything else."
	if f.Minor {
		says = "The new wording is published. Nobody is asked again."
	}
	return a.site.Done(w, r, base(r)+"/settings/terms", says)
}

func (a *Admin) showTerms(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.TermsPublish); err != nil {
		return err
	}
	id, err := web.ID[store.TermsID](r, "terms")
	if err != nil {
		return err
	}
	t, err := s.TermsOf(r.Context(), id)
	if err != nil {
		return err
	}
	who, err := s.Acceptances(r.Context(), id, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, termsVersionPage(a.view(w, r, s), t, who, r.URL.Query()))
}
