package admin

import (
	"net/http"
	"slices"
	"strings"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
)

// showSetup shows the step Portal Setup. A preset or features in the query are
// shown as if ticked, and saved by nobody: that is how the summary follows the
// boxes.
func (a *Admin) showSetup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err == nil {
		err = s.Can(store.PortalSetup)
	}
	if err != nil {
		return err
	}
	f := setupForm{Customer: c, Portal: o, Edit: o.PortalEdit, Version: o.Version, Ticked: o.Ticked}
	q := r.URL.Query()
	switch preset := q.Get("preset"); {
	case q.Get("template") != "":
		t, err := s.PortalTemplate(r.Context(), web.QueryInt[store.TemplateID](r, "template"))
		if err != nil {
			return err
		}
		f.Ticked = setOf(t.Features)
	case preset != "":
		f.Ticked = setOf(store.Preset(preset))
	case q.Has("version"):
		f.Ticked = setOf(features(q["feature"]))
	}
	return a.setupPage(w, r, s, http.StatusOK, f)
}

func setOf(all []store.Feature) map[store.Feature]bool {
	out := map[store.Feature]bool{}
	for _, f := range all {
		out[f] = true
	}
	return out
}

func (a *Admin) setupPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f setupForm) (err error) {
	if f.Plan, err = s.Plan(r.Context()); err != nil {
		return err
	}
	if f.Contact, err = a.contact(r); err != nil {
		return err
	}
	if f.Templates, err = s.PortalTemplates(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, setupPage(a.view(w, r, s), s, f))
}

func (a *Admin) saveSetup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	in := desk.SetUp{PortalEdit: store.PortalEdit{Name: web.Str(r, "name"), Slug: web.Str(r, "slug")}, Features: features(r.PostForm["feature"]), Version: web.Int[int64](r, "version")}
	if in.Slug == "" && o.State != store.PortalDraft {
		in.Slug = o.Slug // a field that is switched off is not sent
	}
	err = a.desk.SetUpPortal(r.Context(), s, o.ID, in)
	if isForm(err) {
		return a.setupPage(w, r, s, http.StatusUnprocessableEntity, setupForm{Customer: c, Portal: o, Edit: in.PortalEdit, Version: in.Version, Ticked: setOf(in.Features), Template: web.Str(r, "template_name"), Problem: err})
	}
	if err != nil {
		return err
	}
	to := portalPath(r, c)
	if o.State == store.PortalDraft {
		to += "/branding"
	}
	return a.site.Done(w, r, to, "Saved."+difference(o, in.Features))
}

// saveTemplate keeps the boxes as they stand in the form under a name, for the
// next portal. The portal itself is left as it is.
func (a *Admin) saveTemplate(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	f := setupForm{Customer: c, Portal: o, Edit: store.PortalEdit{Name: web.Str(r, "name"), Slug: web.Str(r, "slug")}, Version: web.Int[int64](r, "version"), Template: web.Str(r, "template_name")}
	if f.Edit.Slug == "" {
		f.Edit.Slug = o.Slug
	}
	chosen := features(r.PostForm["feature"])
	f.Ticked = setOf(chosen)
	if _, f.Problem = s.AddPortalTemplate(r.Context(), f.Template, chosen); f.Problem != nil && !isForm(f.Problem) {
		return f.Problem
	}
	if f.Problem != nil {
		return a.setupPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	f.Saved, f.Template = f.Template, ""
	return a.setupPage(w, r, s, http.StatusOK, f)
}

func (a *Admin) removeTemplate(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, _, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	t, err := web.ID[store.TemplateID](r, "template")
	if err != nil {
		return err
	}
	if err := s.RemovePortalTemplate(r.Context(), t); err != nil {
		return err
	}
	return a.site.Done(w, r, portalPath(r, c)+"/setup", "Template removed.")
}

// difference says what a customer sees more or less than before.
func difference(o store.Portal, chosen []store.Feature) (says string) {
	if !o.SetupDone {
		return ""
	}
	var more, less []string
	for _, i := range store.Features {
		switch now := slices.Contains(chosen, i.Feature); {
		case now && !o.Shares[i.Feature]:
			more = append(more, i.Label)
		case !now && o.Shares[i.Feature]:
			less = append(less, i.Label)
		}
	}
	if len(more) > 0 {
		says += " Now also shared: " + strings.Join(more, ", ") + "."
	}
	if len(less) > 0 {
		says += " No longer shared: " + strings.Join(less, ", ") + "."
	}
	return says
}

func (a *Admin) showBranding(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, o, err := a.portalOf(r, s)
	if err == nil {
		err = s.Can(store.PortalBranding)
	}
	if err != nil {
		return err
	}
	return a.brandingPage(w, r, s, http.StatusOK, brandingForm{Customer: c, Portal: o, Theme: o.Theme})
}

func (a *Admin) brandingPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f brandingForm) (err error) {
	if f.Themes, err = s.Themes(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, brandingPage(a.view(w, r, s), s, f))
}

func (a *Admin) saveBranding(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, o, err := a.portalOf(r, s)
	if err != nil {
		return err
	}
	theme := web.Int[store.ThemeID](r, "theme")
	err = s.SetTheme(r.Context(), o.ID, theme)
	if isForm(err) {
		return a.brandingPage(w, r, s, http.StatusUnprocessableEntity, brandingForm{Customer: c, Portal: o, Theme: theme, Problem: err})
	}
	if err != nil {
		return err
	}
	to := portalPath(r, c)
	if o.State == store.PortalDraft {
		to += "/access"
	}
	return a.site.Done(w, r, to, "Saved. The portal wears the new look from its next page on.")
}
