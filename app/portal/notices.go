package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) noticeRoutes(r *mux.Router) {
	r.Handle("/profile/notices", p.client(p.showNotices)).Methods("GET", "HEAD").Name("portal.profile.notices")
	r.Handle("/profile/notices", p.client(p.saveNotices)).Methods("POST").Name("portal.profile.notices.save")
}

func (p *Portal) showNotices(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return p.notices(w, r, c, http.StatusOK, nil, nil)
}

func (p *Portal) notices(w http.ResponseWriter, r *http.Request, c store.Client, status int, typed store.Notices, problem error) error {
	all, err := c.MyNotices(r.Context())
	if err != nil {
		return err
	}
	v := p.view(w, r, c)
	head := ui.PageHead(v, v.T("Mail notices"), []ui.Link{{Label: v.T("My profile"), Href: v.Base + "/profile"}})
	return web.Page(w, r, status, web.MyNoticesPage(v, web.Chosen(all, typed), head, fault.Fields(problem)))
}

func (p *Portal) saveNotices(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	n := web.DecodeNotices(r)
	err := c.SetMyNotices(r.Context(), n)
	if fault.Of(err) == fault.Invalid {
		return p.notices(w, r, c, http.StatusUnprocessableEntity, n, err)
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+"/profile/notices", "Saved.")
}
