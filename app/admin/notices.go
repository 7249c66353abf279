package admin

import (
	"net/http"
	"slices"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) noticeRoutes(r *mux.Router) {
	r.Handle("/settings/notices", a.staff(a.showNotices)).Methods("GET", "HEAD").Name("admin.notices")
	r.Handle("/settings/notices", a.staff(a.saveNotices)).Methods("POST").Name("admin.notices.save")
	r.Handle("/customers/{customer}/portal/notices", a.staff(a.showPortalNotices)).Methods("GET", "HEAD").Name("admin.portal.notices")
	r.Handle("/customers/{customer}/portal/notices", a.staff(a.savePortalNotices)).Methods("POST").Name("admin.portal.notices.save")
	r.Handle("/profile/notices", a.staff(a.showMyNotices)).Methods("GET", "HEAD").Name("admin.profile.notices")
	r.Handle("/profile/notices", a.staff(a.saveMyNotices)).Methods("POST").Name("admin.profile.notices.save")
}

func (a *Admin) showNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.notices(w, r, s, http.StatusOK, nil, nil, nil)
}

func (a *Admin) notices(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed store.Notices, contacts []string, problem error) error {
	if err := s.Can(store.NoticeChange); err != nil {
		return err
	}
	all, err := s.Notices(r.Context(), 0)
	if err != nil {
		return err
	}
	if problem == nil {
		if contacts, err = s.ContactNotices(r.Context()); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, noticesPage(a.view(w, r, s), s, web.Chosen(all, typed), contacts, problem))
}

func (a *Admin) saveNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	n, contacts := web.DecodeNotices(r), r.PostForm["contacts"]
	err := s.Update(r.Context(), func(s store.Staff) error {
		if err := s.SetNotices(r.Context(), 0, n); err != nil {
			return err
		}
		return s.SetContactNotices(r.Context(), contacts)
	})
	if isForm(err) {
		return a.notices(w, r, s, http.StatusUnprocessableEntity, n, contacts, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/notices", "Saved.")
}

func noticesPage(v *ui.View, s store.Staff, all []store.NoticeChoice, contacts []string, problem error) g.Node {
	bad := fault.Fields(problem)
	boxes := make([]g.Node, len(store.ContactEvents))
	for i, e := range store.ContactEvents {
		boxes[i] = ui.Checkbox("contacts", e, web.NoticeName(v, e), "", slices.Contains(contacts, e), false)
	}
	return settingsFrame(v, s, "/notices", v.T("Mail notices"), nil, problem, ui.Card(v.T("Mail notices"), ui.Form(v.Base+"/settings/notices",
		ui.Fieldset(v.T("What your customers' people are told"), v.T("Unless a portal or a person chose otherwise. Nobody is told about what they may not see at the moment the mail leaves. Of what somebody reported, that person is told at once."), web.NoticeFields(v, all, bad)),
		ui.Checks(ui.Field{Name: "contacts", Label: v.T("What the contact of a job is told"), Error: bad["contacts"], Hint: v.T("People without an account, at the e-mail address of the job, with a tracking link. What that shows is chosen under Tracking links.")}, boxes...),
		ui.FormActions(ui.Primary(v.T("Save"))))))
}

func (a *Admin) showPortalNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.portalNotices(w, r, s, http.StatusOK, nil, nil)
}

func (a *Admin) portalNotices(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed store.Notices, problem error) error {
	c, o, err := a.portalOf(r, s)
	if err == nil {
		err = s.Can(store.NoticeChange)
	}
	if err != nil {
		return err
	}
	all, err := s.Notices(r.Context(), o.ID)
	if err != nil {
		return err
	}
	v, at := a.view(w, r, s), base(r)+"/customers/"+id(c.ID)+"/portal"
	return web.Page(w, r, status, portalFrame(v, s, c, problemNotice(v, problem), ui.Card(v.T("Mail notices"),
		ui.PageLead(v.T("How the people of this portal are told, unless they chose otherwise themselves.")),
		ui.Form(at+"/notices", web.NoticeFields(v, web.Chosen(all, typed), fault.Fields(problem)), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(at, v.T("Cancel"), ""))))))
}

func (a *Admin) savePortalNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	n := web.DecodeNotices(r)
	err = s.SetNotices(r.Context(), o.ID, n)
	if isForm(err) {
		return a.portalNotices(w, r, s, http.StatusUnprocessableEntity, n, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/customers/"+id(c.ID)+"/portal/notices", "Saved.")
}

func (a *Admin) showMyNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.myNotices(w, r, s, http.StatusOK, nil, nil)
}

func (a *Admin) myNotices(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed store.Notices, problem error) error {
	all, err := s.MyNotices(r.Context())
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	head := ui.PageHead(v, v.T("Mail notices"), []ui.Link{{Label: v.T("My profile"), Href: v.Base + "/profile"}})
	return web.Page(w, r, status, web.MyNoticesPage(v, web.Chosen(all, typed), head, fault.Fields(problem)))
}

func (a *Admin) saveMyNotices(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	n := web.DecodeNotices(r)
	err := s.SetMyNotices(r.Context(), n)
	if isForm(err) {
		return a.myNotices(w, r, s, http.StatusUnprocessableEntity, n, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/profile/notices", "Saved.")
}
