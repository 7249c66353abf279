package admin

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (a *Admin) homeRoutes(r *mux.Router) {
	r.Handle("", a.staff(a.showHome)).Methods("GET", "HEAD").Name("admin.home")
	r.Handle("/", a.staff(a.showHome)).Methods("GET", "HEAD").Name("admin.home.slash")
}

func (a *Admin) showHome(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := s.Overview(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, homePage(a.view(w, r, s), s, o, a.mailState(r, s)))
}

func homePage(v *ui.View, s store.Staff, o store.Overview, mail store.MailState) g.Node {
	return ui.Page(v, v.T("Overview"), ui.PageHead(v, v.T("Good to see you, %s", s.Me().Name), nil), failedNotice(v, mail),
		ui.Stats(
			ui.StatLink(v.Base+"/customers", v.T("Customers"), v.N(o.Customers), ""),
			ui.StatLink(v.Base+"/customers?portal=active", v.T("Active portals"), v.N(o.Active), ""),
			ui.StatLink(v.Base+"/customers?portal=pending", v.T("Portal access pending"), v.N(o.Pending), ""),
			ui.StatLink(v.Base+"/assets", v.T("Assets"), v.N(o.Assets), v.T("%s with a customer", v.N(o.Assigned)))),
		g.If(o.Customers == 0, ui.Empty("building", v.T("Begin with a customer"), v.T("Add one, or import your list from a spreadsheet. Then assign assets and open a portal."),
			g.If(s.May(store.CustomerAdd), ui.PrimaryLink(v.Base+"/customers/new", v.T("Add customer"), "plus")),
			g.If(s.May(store.ImportUpload), ui.LinkButton(v.Base+"/imports/new?kind="+store.ImportCustomers, v.T("Import customers"), "file-import")))))
}
