package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) askDeleteJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.JobDelete); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, deleteJobPage(a.view(w, r, s), j))
}

func (a *Admin) deleteJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	if err := s.DeleteJob(r.Context(), j.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs", store.JobNumber(j.Number)+" is deleted.")
}

// job reads the job in the address.
func (a *Admin) job(r *http.Request, s store.Staff) (store.Job, error) {
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return store.Job{}, err
	}
	return s.Job(r.Context(), id)
}

// jobTitle is a job's number and title.
func jobTitle(j store.Job) string {
	if j.Title() == store.JobNumber(j.Number) {
		return j.Title()
	}
	return store.JobNumber(j.Number) + " · " + j.Title()
}
