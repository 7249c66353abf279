package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// soon is how long an answer waits for a step that may be quick.
const soon = 1500 * time.Millisecond

// importPageSize is how many verdicts a page shows.
const importPageSize = 100

var importVerdicts = []string{store.VerdictAdd, store.VerdictChange, store.VerdictSame, store.VerdictPark, store.VerdictRefuse, store.VerdictKept}

func (a *Admin) showImport(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	p := importView{Staff: s, Import: i, Query: r.URL.Query(), After: web.QueryInt[int64](r, "after")}
	if v := p.Query.Get("verdict"); slices.Contains(importVerdicts, v) {
		p.Verdict = v
	}
	p.Done, p.Total, _ = a.desk.ImportProgress(i.ID)
	if !i.Running() {
		if p.Rows, err = s.ImportRows(r.Context(), i.ID, p.Verdict, p.After, importPageSize+1); err != nil {
			return err
		}
	}
	if p.Summary, err = s.ImportSummary(r.Context(), i.ID); err != nil {
		return err
	}
	if p.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, importPage(a.view(w, r, s), p))
}

func (a *Admin) showMapping(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	if i.Kind == store.ImportFleet || i.State != store.ImportUploaded && i.State != store.ImportChecked && i.State != store.ImportFailed {
		http.Redirect(w, r, importPath(r, i.ID), http.StatusSeeOther)
		return nil
	}
	return a.mappingForm(w, r, s, http.StatusOK, i, nil)
}

func (a *Admin) mappingForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, i store.Import, problem error) error {
	preview, err := a.desk.PreviewImport(r.Context(), s, i)
	if err != nil {
		return err
	}
	if problem != nil { // what was chosen is shown again, though it is not saved
		i.Options, _ = decodeMapping(r, nil)
	}
	return web.Page(w, r, status, mappingPage(a.view(w, r, s), s, i, preview, problem))
}

// saveMapping saves what was chosen and shows it, or goes on to the check.
func (a *Admin) saveMapping(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	cols, err := a.desk.ImportColumns(r.Context(), s, i.Kind)
	if err != nil {
		return err
	}
	options, mapping := decodeMapping(r, cols)
	options.For = i.Options.For // chosen with the file
	err = a.desk.MapImport(r.Context(), s, i.ID, options, mapping)
	if err == nil && web.Str(r, "do") != "preview" {
		err = a.desk.CheckImport(r.Context(), s, i.ID)
	}
	if fault.Of(err) == fault.Invalid && err != nil {
		i.Mapping = mapping
		return a.mappingForm(w, r, s, http.StatusUnprocessableEntity, i, err)
	}
	if err != nil {
		return err
	}
	to := importPath(r, i.ID)
	a.desk.AwaitImport(r.Context(), i.ID, soon)
	if web.Str(r, "do") == "preview" {
		to += "/map"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func decodeMapping(r *http.Request, cols []desk.Column) (store.ImportOptions, map[string]int) {
	o := store.ImportOptions{Encoding: web.Str(r, "encoding"), Delimiter: r.PostForm.Get("delimiter"), Decimal: web.Str(r, "decimal"), Order: web.Str(r, "order"),
		Sheet: r.PostForm.Get("sheet"), Header: int(web.Int[int64](r, "header")), NewTypes: web.Str(r, "new_types"), JobKind: web.Str(r, "job_kind")}
	if o.Delimiter == "tab" {
		o.Delimiter = "\t"
	}
	mapping := map[string]int{}
	for _, c := range cols {
		if at, err := strconv.Atoi(web.Str(r, "map."+c.Key)); err == nil {
			mapping[c.Key] = at
		}
	}
	return o, mapping
}

// importStep starts a step of an import and shows how it goes.
func (a *Admin) importStep(start func(context.Context, store.Staff, store.ImportID) error) staffHandler {
	return func(w http.ResponseWriter, r *http.Request, s store.Staff) error {
		i, err := a.theImport(r, s)
		if err != nil {
			return err
		}
		err = start(r.Context(), s, i.ID)
		if says := fault.Says(err); err != nil && isForm(err) && says != "" {
			return a.site.Warn(w, r, importPath(r, i.ID), says)
		}
		if err != nil {
			return err
		}
		a.desk.AwaitImport(r.Context(), i.ID, soon)
		http.Redirect(w, r, importPath(r, i.ID), http.StatusSeeOther)
		return nil
	}
}

func (a *Admin) askUndo(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ImportUndo); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, undoPage(a.view(w, r, s), i))
}

func (a *Admin) askRemoveImport(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ImportRemove); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, removeImportPage(a.view(w, r, s), i))
}

func (a *Admin) removeImport(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveImport(r.Context(), i.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/imports", "Import removed.")
}
