package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) jobSettingRoutes(r *mux.Router) {
	r.Handle("/jobs/settings", a.staff(a.jobSettings)).Methods("GET", "HEAD").Name("admin.jobs.settings")
	r.Handle("/jobs/settings", a.staff(a.saveJobSettings)).Methods("POST").Name("admin.jobs.settings.save")
	for _, k := range jobSettingKinds {
		at, name := "/jobs/settings/"+k.path, "admin.jobs."+k.path
		r.Handle(at+"/new", a.staff(a.jobSetting(k, false))).Methods("GET", "HEAD").Name(name + ".new")
		r.Handle(at+"/new", a.staff(a.jobSetting(k, true))).Methods("POST").Name(name + ".add")
		r.Handle(at+"/{"+k.place+"}", a.staff(a.jobSetting(k, false))).Methods("GET", "HEAD").Name(name + ".edit")
		r.Handle(at+"/{"+k.place+"}", a.staff(a.jobSetting(k, true))).Methods("POST").Name(name + ".save")
		r.Handle(at+"/{"+k.place+"}/remove", a.staff(a.removeJobSetting(k))).Methods("POST").Name(name + ".remove")
	}
}

// jobSettingKind is one of the lists that a provider keeps about jobs.
type jobSettingKind struct{ path, place, add, edit string }

var jobSettingKinds = []jobSettingKind{
	{"priorities", "job_priority", "Add priority", "Edit priority"},
	{"statuses", "job_status", "Add status", "Edit status"},
	{"fields", "job_field", "Add field", "Edit field"},
}

// jobSettingsPage is everything a provider decides about jobs.
type jobSettingsPage struct {
	Staff      store.Staff
	Groups     bool
	Report     string
	Use        *store.JobGroupUse // the warning before the Group field is switched off
	Priorities []store.JobPriority
	Subs       []store.JobSub
	Fields     []store.JobField
	Problem    error
}

func (a *Admin) jobSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.jobSettingsForm(w, r, s, http.StatusOK, jobSettingsPage{})
}

func (a *Admin) jobSettingsForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, p jobSettingsPage) (err error) {
	if err := s.Can(store.JobSettings); err != nil {
		return err
	}
	p.Staff = s
	if p.Groups, err = s.JobGroups(r.Context()); err != nil {
		return err
	}
	own, err := s.OwnSettings(r.Context())
	if err != nil {
		return err
	}
	if p.Report = own[store.OwnReportStatus]; p.Report == "" {
		p.Report = store.JobOpen
	}
	if p.Priorities, err = s.JobPriorities(r.Context()); err != nil {
		return err
	}
	if p.Subs, err = s.JobSubs(r.Context()); err != nil {
		return err
	}
	if p.Fields, err = s.JobFields(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, p.page(a.view(w, r, s)))
}

// saveJobSettings stores the general settings. Switching the Group field off
// asks first, and says what hangs on it.
func (a *Admin) saveJobSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobSettings); err != nil {
		return err
	}
	groups, report := web.Str(r, "groups") != "", web.Str(r, "report_status")
	was, err := s.JobGroups(r.Context())
	if err != nil {
		return err
	}
	if was && !groups && web.Str(r, "sure") == "" {
		use, err := s.JobGroupUse(r.Context())
		if err != nil {
			return err
		}
		return web.Page(w, r, http.StatusOK, jobSettingsPage{Staff: s, Report: report, Use: &use}.warn(a.view(w, r, s)))
	}
	if err := s.SetJobSettings(r.Context(), groups, report); isForm(err) {
		return a.jobSettingsForm(w, r, s, http.StatusUnprocessableEntity, jobSettingsPage{Problem: err})
	} else if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs/settings", "Saved.")
}
