package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) homeRoutes(r *mux.Router) {
	r.Handle("", a.staff(a.showHome)).Methods("GET", "HEAD").Name("admin.home")
	r.Handle("/", a.staff(a.showHome)).Methods("GET", "HEAD").Name("admin.home.slash")
}

func (a *Admin) showHome(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	m, err := readHome(r.Context(), s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, homePage(a.view(w, r, s), s, m, a.mailState(r, s)))
}
