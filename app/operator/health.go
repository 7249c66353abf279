package operator

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (c *Console) healthRoutes(r *mux.Router) {
	r.Handle("/health", c.operator(c.showHealth)).Methods("GET", "HEAD").Name("operator.health")
	r.Handle("/audit", c.operator(c.showAudit)).Methods("GET", "HEAD").Name("operator.audit")
}

// healthView is the health page.
type healthView struct {
	store.Health
	Providers []store.Usage
	Versions  [][2]string
	Started   time.Time
	MailOff   bool
	Base      string
}

func (c *Console) showHealth(w http.ResponseWriter, r *http.Request, o store.Operator) (err error) {
	hv := healthView{Started: c.Started, Base: c.site.URL("")}
	if hv.Health, err = o.Health(r.Context()); err != nil {
		return err
	}
	if hv.Providers, err = o.Providers(r.Context(), ""); err != nil {
		return err
	}
	all, err := o.Settings(r.Context())
	if err != nil {
		return err
	}
	hv.MailOff = all[store.SetMailHost] == ""
	if c.Versions != nil {
		hv.Versions = c.Versions()
	}
	return web.Page(w, r, http.StatusOK, healthPage(c.view(w, r, o), hv, o.Now()))
}

const deedsPerPage = 100

func (c *Console) showAudit(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	deeds, err := o.Deeds(r.Context(), max(before, 0), deedsPerPage+1)
	if err != nil {
		return err
	}
	next := ""
	if len(deeds) > deedsPerPage {
		deeds = deeds[:deedsPerPage]
		next = base + "/audit?before=" + itoa(deeds[len(deeds)-1].ID)
	}
	return web.Page(w, r, http.StatusOK, auditPage(c.view(w, r, o), deeds, before > 0, next))
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
