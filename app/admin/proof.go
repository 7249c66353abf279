package admin

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/proof"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// proofRoutes show what proves that a job was done.
func (a *Admin) proofRoutes(r *mux.Router) {
	r.Handle("/jobs/{job}/proof", a.staff(a.showProof)).Methods("GET", "HEAD").Name("admin.job.proof")
	r.Handle("/jobs/{job}/proof.pdf", a.staff(a.proofPDF)).Methods("GET", "HEAD").Name("admin.job.proof.pdf")
	r.Handle("/jobs/{job}/proof/files/{file}", a.staff(a.proofFile)).Methods("GET", "HEAD").Name("admin.job.proof.file")
}

func (a *Admin) proof(r *http.Request, s store.Staff) (proof.Document, error) {
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return proof.Document{}, err
	}
	d, err := proof.Read(r.Context(), s, id)
	if err != nil {
		return d, err
	}
	on, err := s.Letterhead(r.Context(), 0)
	d.Brand, d.Color, d.Today, d.Files = s.Home().Name, on.Theme.Primary, s.DayNow(), r.URL.Path+"/files"
	return d, err
}

func (a *Admin) showProof(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	d, err := a.proof(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, proofPage(a.view(w, r, s), d))
}

func (a *Admin) proofPDF(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	d, err := a.proof(r, s)
	if err != nil {
		return err
	}
	return proof.ServePDF(w, r, a.view(w, r, s), s, d)
}

func (a *Admin) proofFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	job, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return err
	}
	file, err := web.ID[store.JobFileID](r, "file")
	if err != nil {
		return err
	}
	f, err := s.OpenJobFile(r.Context(), job, file, r.URL.Query().Get("thumb") != "")
	if err != nil {
		return err
	}
	return web.File(w, r, f)
}

func proofPage(v *ui.View, d proof.Document) g.Node {
	at := v.Base + "/jobs/" + id(d.Job.ID)
	return ui.Page(v, d.Title(v), ui.PageHead(v, d.Title(v), []ui.Link{{Label: v.T("Jobs"), Href: v.Base + "/jobs"}, {Label: store.JobNumber(d.Job.Number), Href: at}},
		ui.LinkButton(at+"/proof.pdf", v.T("Download PDF"), "download")), proof.Body(v, d))
}
