package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) settingsRoutes(r *mux.Router) {
	r.Handle("/settings", a.staff(a.showSettings)).Methods("GET", "HEAD").Name("admin.settings")
	r.Handle("/settings", a.staff(a.saveSettings)).Methods("POST").Name("admin.settings.save")
	r.Handle("/settings/people", a.staff(a.savePeople)).Methods("POST").Name("admin.settings.people.save")
	r.Handle("/settings/help", a.staff(a.showHelp)).Methods("GET", "HEAD").Name("admin.settings.help")
	r.Handle("/settings/help", a.staff(a.saveHelp)).Methods("POST").Name("admin.settings.help.save")
	a.securityRoutes(r)
	a.termsRoutes(r)
	a.typeRoutes(r)
}

func (a *Admin) showSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.SettingsChange); err != nil {
		return err
	}
	label, err := a.employeeLabel(r, s)
	if err != nil {
		return err
	}
	home := s.Home()
	return web.Page(w, r, http.StatusOK, settingsPage(a.view(w, r, s), s, store.HomeEdit{Name: home.Name, Formats: home.Formats, Words: home.Words}, label, nil))
}

func (a *Admin) saveSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	e := store.HomeEdit{Name: web.Str(r, "name"), Formats: web.DecodeFormats(r), Words: s.Home().Words}
	if r.PostForm.Has("asset_word") {
		e.Words = store.Words{Asset: web.Str(r, "asset_word"), Job: web.Str(r, "job_word")}
	}
	err := s.ChangeHome(r.Context(), e)
	if isForm(err) {
		label, e2 := a.employeeLabel(r, s)
		if e2 != nil {
			return e2
		}
		return web.Page(w, r, http.StatusUnprocessableEntity, settingsPage(a.view(w, r, s), s, e, label, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings", "Saved.")
}

// savePeople keeps what the provider calls the number of its people.
func (a *Admin) savePeople(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	own := map[string]string{store.OwnEmployeeLabel: web.Str(r, store.OwnEmployeeLabel)}
	err := s.SetOwnSettings(r.Context(), own)
	if isForm(err) {
		home := s.Home()
		return web.Page(w, r, http.StatusUnprocessableEntity, settingsPage(a.view(w, r, s), s, store.HomeEdit{Name: home.Name, Formats: home.Formats, Words: home.Words}, own[store.OwnEmployeeLabel], err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings", "Saved.")
}

func (a *Admin) showHelp(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.SettingsChange); err != nil {
		return err
	}
	own, err := s.OwnSettings(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, helpPage(a.view(w, r, s), s, own, nil))
}

func (a *Admin) saveHelp(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	own := map[string]string{}
	for _, b := range helpBlocks {
		for _, f := range b.fields {
			own[f.name] = web.Str(r, f.name)
		}
	}
	err := s.SetOwnSettings(r.Context(), own)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, helpPage(a.view(w, r, s), s, own, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/help", "Saved.")
}
