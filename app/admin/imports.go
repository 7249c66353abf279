package admin

import (
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) importRoutes(r *mux.Router) {
	r.Handle("/imports", a.staff(a.listImports)).Methods("GET", "HEAD").Name("admin.imports")
	r.Handle("/imports/new", a.staff(a.newImport)).Methods("GET", "HEAD").Name("admin.imports.new")
	r.Handle("/imports/new", a.staffBig(desk.MaxUpload+1<<20, a.uploadImport)).Methods("POST").Name("admin.imports.upload")
	r.Handle("/imports/templates/{kind}.csv", a.staff(a.importTemplate)).Methods("GET", "HEAD").Name("admin.imports.template")
	r.Handle("/imports/untagged", a.staff(a.showUntagged)).Methods("GET", "HEAD").Name("admin.imports.untagged")
	r.Handle("/imports/untagged", a.staff(a.tagUntagged)).Methods("POST").Name("admin.imports.untagged.tag")
	r.Handle("/imports/{import}", a.staff(a.showImport)).Methods("GET", "HEAD").Name("admin.import")
	r.Handle("/imports/{import}/map", a.staff(a.showMapping)).Methods("GET", "HEAD").Name("admin.import.map")
	r.Handle("/imports/{import}/map", a.staff(a.saveMapping)).Methods("POST").Name("admin.import.map.save")
	r.Handle("/imports/{import}/check", a.staff(a.importStep(a.desk.CheckImport))).Methods("POST").Name("admin.import.check")
	r.Handle("/imports/{import}/apply", a.staff(a.importStep(a.desk.ApplyImport))).Methods("POST").Name("admin.import.apply")
	r.Handle("/imports/{import}/undo", a.staff(a.askUndo)).Methods("GET", "HEAD").Name("admin.import.undo.ask")
	r.Handle("/imports/{import}/undo", a.staff(a.importStep(a.desk.UndoImport))).Methods("POST").Name("admin.import.undo")
	r.Handle("/imports/{import}/remove", a.staff(a.askRemoveImport)).Methods("GET", "HEAD").Name("admin.import.remove.ask")
	r.Handle("/imports/{import}/remove", a.staff(a.removeImport)).Methods("POST").Name("admin.import.remove")
	r.Handle("/imports/{import}/codes", a.staff(a.showCodes)).Methods("GET", "HEAD").Name("admin.import.codes")
	r.Handle("/imports/{import}/codes", a.staff(a.decideCodes)).Methods("POST").Name("admin.import.codes.decide")
	r.Handle("/imports/{import}/rest", a.staff(a.importRest)).Methods("POST").Name("admin.import.rest")
	r.Handle("/imports/{import}/refused.csv", a.staff(a.refusedRows)).Methods("GET", "HEAD").Name("admin.import.refused")
}

func (a *Admin) listImports(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	list, err := s.Imports(r.Context(), r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, importsPage(a.view(w, r, s), s, r.URL.Query(), list))
}

func (a *Admin) newImport(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.ImportUpload); err != nil {
		return err
	}
	return a.uploadForm(w, r, s, http.StatusOK, nil)
}

// uploadForm draws a key for the form: sent twice, it makes one import.
func (a *Admin) uploadForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, problem error) error {
	kind := r.URL.Query().Get("kind")
	if kind == "" {
		kind = store.ImportCustomers
	}
	cols, err := a.desk.ImportColumns(r.Context(), s, kind)
	if err != nil {
		return err
	}
	once, err := a.once()
	if err != nil {
		return err
	}
	f := uploadForm{Kind: kind, Once: once, Columns: cols, Problem: problem, For: r.URL.Query().Get("for")}
	if kind == store.ImportJobs {
		if f.Whose, err = whoseFile(r.Context(), s); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, uploadPage(a.view(w, r, s), f))
}

func (a *Admin) uploadImport(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.ImportUpload); err != nil {
		return err
	}
	id, err := a.upload(r, s)
	if k := fault.Of(err); err != nil && (isForm(err) || k == fault.Limited) {
		return a.uploadForm(w, r, s, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	i, err := s.Import(r.Context(), id)
	if err != nil {
		return err
	}
	at := importPath(r, i.ID)
	switch {
	case i.State == store.ImportUploaded && i.Kind == store.ImportFleet:
		if err := a.desk.CheckImport(r.Context(), s, id); err != nil && fault.Of(err) != fault.Conflict {
			return err
		}
		a.desk.AwaitImport(r.Context(), id, soon)
	case i.State == store.ImportUploaded:
		at += "/map"
	}
	http.Redirect(w, r, at, http.StatusSeeOther)
	return nil
}

// upload streams the posted file to the desk. Kind and key stand in the
// address, because the body is read once and in order. What is too large by
// its own account is refused before it is read.
func (a *Admin) upload(r *http.Request, s store.Staff) (store.ImportID, error) {
	if r.ContentLength > desk.MaxUpload+1<<20 {
		return 0, fault.Field("file", "This file has %d MB, and up to %d MB can be imported at once. Split it into parts.", r.ContentLength>>20, desk.MaxUpload>>20)
	}
	file, err := posted(r, "file")
	if err != nil {
		return 0, err
	}
	q := r.URL.Query()
	return a.desk.Upload(r.Context(), s, desk.Upload{Kind: q.Get("kind"), Once: q.Get("once"), For: q.Get("for"), Name: file.FileName(), Body: file})
}

// posted finds a file in a posted form without keeping anything of it.
func posted(r *http.Request, name string) (*multipart.Part, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fault.Field(name, "Choose a file.")
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil, fault.Field(name, "Choose a file.")
		}
		if err != nil {
			return nil, &fault.Fault{Kind: fault.Invalid, Says: "The file did not arrive completely. Choose it again.", Cause: err}
		}
		if part.FormName() == name && part.FileName() != "" {
			return part, nil
		}
	}
}

func (a *Admin) importTemplate(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.ImportUpload); err != nil {
		return err
	}
	kind := mux.Vars(r)["kind"]
	var b strings.Builder
	if err := a.desk.ImportTemplate(r.Context(), s, kind, &b); err != nil {
		return err
	}
	download(w, kind+"-template.csv")
	return web.Send(w, r, http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

// download makes the browser save the answer under a name that is ours.
func download(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

func importPath(r *http.Request, n store.ImportID) string { return base(r) + "/imports/" + id(n) }

// theImport reads the import that the address names.
func (a *Admin) theImport(r *http.Request, s store.Staff) (store.Import, error) {
	n, err := web.ID[store.ImportID](r, "import")
	if err != nil {
		return store.Import{}, err
	}
	return s.Import(r.Context(), n)
}

func (a *Admin) refusedRows(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	download(w, "import-"+strconv.FormatInt(i.Number, 10)+"-refused.csv")
	if r.Method == http.MethodHead {
		return nil
	}
	return a.desk.RefusedRows(r.Context(), s, i, w)
}
