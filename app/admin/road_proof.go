package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/store"
)

// proofForm is a proof as its form brings it.
type proofForm struct {
	Job                store.Job
	Items              []store.JobItem
	Failed             bool
	In                 store.NewProof
	Lat, Lon, Accuracy string
	Sign               string // the drawing, as a data address
	Rejected           []rejectForm
	Problem            error
}

type rejectForm struct {
	Number, Reason string
}

func (a *Admin) askComplete(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.askProof(w, r, s, false)
}

func (a *Admin) askFail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.askProof(w, r, s, true)
}

func (a *Admin) askProof(w http.ResponseWriter, r *http.Request, s store.Staff, failed bool) error {
	f, err := a.proofForm(r, s, failed)
	if err != nil {
		return err
	}
	if store.JobDone(f.Job.Status) {
		http.Redirect(w, r, roadPath(r, f.Job.ID), http.StatusSeeOther)
		return nil
	}
	if f.In.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, proofFormPage(a.view(w, r, s), s, f))
}

func (a *Admin) proofForm(r *http.Request, s store.Staff, failed bool) (proofForm, error) {
	j, err := a.roadOf(r, s)
	if err != nil {
		return proofForm{}, err
	}
	items, err := s.JobItems(r.Context(), j.ID)
	return proofForm{Job: j, Items: items, Failed: failed, Rejected: make([]rejectForm, len(items))}, err
}

func (a *Admin) complete(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.prove(w, r, s, false)
}

func (a *Admin) fail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.prove(w, r, s, true)
}

func (a *Admin) prove(w http.ResponseWriter, r *http.Request, s store.Staff, failed bool) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f, err := a.proofForm(r, s, failed)
	if err != nil {
		return err
	}
	in, err := f.decode(r)
	if err == nil {
		_, err = a.desk.Prove(r.Context(), s, f.Job.ID, in)
	}
	if isForm(err) && !asJSON(r) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, proofFormPage(a.view(w, r, s), s, f))
	}
	if err != nil {
		return err
	}
	says := "Completed."
	if failed {
		says = "Noted. The office knows that it could not be done."
	}
	return a.site.Done(w, r, roadPath(r, f.Job.ID), says)
}
