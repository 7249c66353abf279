package portal

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) homeRoutes(r *mux.Router) {
	r.Handle("", p.client(p.showHome)).Methods("GET", "HEAD").Name("portal.home")
	r.Handle("/", p.client(p.showHome)).Methods("GET", "HEAD").Name("portal.home.slash")
}

func (p *Portal) showHome(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return web.Page(w, r, http.StatusOK, homePage(p.view(w, r, c), c))
}

func homePage(v *ui.View, c store.Client) g.Node {
	return ui.Page(v, c.Window().Name, ui.PageHead(v, v.T("Welcome, %s", c.Me().Name), nil),
		g.If(len(c.Window().Features) == 0, ui.Empty("lock", v.T("Nothing is shared yet"), v.T("%s has not shared anything with %s yet. Once it does, it appears here.", c.Window().ProviderName, c.Window().CustomerName))))
}

// isForm reports whether err belongs beside the fields of the form that
// caused it.
func isForm(err error) bool {
	k := fault.Of(err)
	return err != nil && (k == fault.Invalid || k == fault.Conflict)
}
