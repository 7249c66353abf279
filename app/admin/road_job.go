package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/store"
)

// roadOf reads a job that somebody may do: one's own, or any for the office.
func (a *Admin) roadOf(r *http.Request, s store.Staff) (store.Job, error) {
	if err := s.Can(store.JobRoad); err != nil {
		return store.Job{}, err
	}
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return store.Job{}, err
	}
	return s.Job(r.Context(), id)
}

type roadView struct {
	Job    store.Job
	Items  []store.JobItem
	Proofs []store.Proof
	Next   store.JobID // the attempt after this one
	Once   string
	Today  string
}

func (a *Admin) roadJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	f := roadView{Job: j, Today: s.DayNow()}
	if f.Items, err = s.JobItems(r.Context(), j.ID); err != nil {
		return err
	}
	if f.Proofs, err = s.Proofs(r.Context(), j.ID); err != nil {
		return err
	}
	tries, err := s.Attempts(r.Context(), j.ID)
	if err != nil {
		return err
	}
	for _, t := range tries {
		if t.Attempt == j.Attempt+1 {
			f.Next = t.ID
		}
	}
	if f.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, roadJobPage(a.view(w, r, s), s, f))
}

func (a *Admin) roadStart(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	if err := a.desk.StartJob(r.Context(), s, j.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, j.ID), "Started.")
}

func (a *Admin) roadArrive(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Mark(r.Context(), j.ID, "arrived"); err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, j.ID), "Arrived.")
}

func roadPath(r *http.Request, j store.JobID) string { return base(r) + "/road/" + id(j) }

// roadAgain makes the next attempt at a job that failed or came back in part.
func (a *Admin) roadAgain(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	made, err := s.Reattempt(r.Context(), j.ID, "")
	if err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, made), "A further attempt was added. The office decides who takes it.")
}
