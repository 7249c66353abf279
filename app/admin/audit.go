package admin

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) auditRoutes(r *mux.Router) {
	r.Handle("/audit", a.staff(a.listAudit)).Methods("GET", "HEAD").Name("admin.audit")
	r.Handle("/audit/export", a.staff(a.exportAudit)).Methods("GET", "HEAD").Name("admin.audit.export")
	r.Handle("/audit/{line}", a.staff(a.showAuditLine)).Methods("GET", "HEAD").Name("admin.audit.line")
}

func (a *Admin) listAudit(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p := auditList{Query: r.URL.Query()}
	f := auditFilter(p.Query)
	var err error
	if p.Lines, err = s.AuditLog(r.Context(), f); err != nil {
		return err
	}
	v := a.view(w, r, s)
	if p.Words, err = a.words(r, s, v, p.Lines); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, auditPage(v, s, p))
}

// auditFilter is what the address asks for; what makes no sense finds nothing.
func auditFilter(q url.Values) store.AuditFilter {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(q.Get(name), 10, 64)
		if err != nil && q.Get(name) != "" {
			return -1
		}
		return n
	}
	object := q.Get("object")
	if object == "" {
		object = q.Get("category")
	}
	return store.AuditFilter{Search: q.Get("q"), Actor: store.UserID(number("actor")), Verb: store.Verb(q.Get("verb")), Object: object, ID: number("id"),
		Source: q.Get("source"), IP: q.Get("ip"), Of: store.CustomerID(number("of")), Before: number("before"), Limit: historyPageSize + 1}
}

// exportAudit sends the log as it is filtered, all of its pages.
func (a *Admin) exportAudit(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.AuditRead); err != nil {
		return err
	}
	v := a.view(nil, r, s)
	e := desk.AuditExport{Filter: auditFilter(r.URL.Query()), CSV: r.URL.Query().Get("format") == "csv", Formats: s.Me().Formats, Words: func(lines []store.AuditLine) ([]desk.AuditWords, error) {
		t, err := a.words(r, s, v, lines)
		return t.exported(lines), err
	}}
	e.Filter.Before = 0
	name, media := "audit-logs.xlsx", web.MediaXLSX
	if e.CSV {
		name, media = "audit-logs.csv", web.MediaCSV
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return a.desk.ExportAudit(r.Context(), out, s, e) })
}

func (a *Admin) showAuditLine(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	n, err := web.ID[int64](r, "line")
	if err != nil {
		return err
	}
	l, err := s.AuditEntry(r.Context(), n)
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	t, err := a.words(r, s, v, []store.AuditLine{l})
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, auditLinePage(v, t, l))
}
