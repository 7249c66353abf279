package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// termsRoutes are for the terms, which stand before everything else.
func (p *Portal) termsRoutes(r *mux.Router) {
	r.Handle("/terms", p.client(p.showTerms)).Methods("GET", "HEAD").Name("portal.terms")
	r.Handle("/terms", p.client(p.acceptTerms)).Methods("POST").Name("portal.terms.accept")
	r.Handle("/switch", p.client(p.switchTo)).Methods("POST").Name("portal.switch")
}

// where is the portal somebody wants to enter, if it lets people in.
func (p *Portal) where(r *http.Request) (desk.Where, store.PortalTheme, error) {
	face, err := p.face(r)
	if err != nil {
		return desk.Where{}, face, err
	}
	if face.State == "suspended" {
		return desk.Where{}, face, suspended(face)
	}
	return desk.Where{Provider: face.Provider, Portal: face.Portal, Path: base(r), Sender: face.PortalName,
		Names: []string{face.PortalName, face.ProviderName, face.CustomerName}}, face, nil
}

func (p *Portal) showTerms(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return p.termsAnswer(w, r, c, http.StatusOK, nil)
}

func (p *Portal) termsAnswer(w http.ResponseWriter, r *http.Request, c store.Client, status int, problem error) error {
	t, err := c.CurrentTerms(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, status, termsPage(p.view(w, r, c), c, t, problem))
}

func (p *Portal) acceptTerms(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if web.Str(r, "accept") == "" {
		return p.termsAnswer(w, r, c, http.StatusUnprocessableEntity, fault.Field("accept", "Tick the box if you accept the terms. Without them this portal stays closed."))
	}
	err := c.AcceptTerms(r.Context(), web.Int[int64](r, "version"))
	if fault.Of(err) == fault.Conflict {
		return p.termsAnswer(w, r, c, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, base(r), http.StatusSeeOther)
	return nil
}
