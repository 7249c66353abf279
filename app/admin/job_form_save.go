package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) addJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobAdd); err != nil {
		return err
	}
	f := decodeJob(r, s)
	if r.PostForm.Has("more") {
		f.Rows, f.Problem = f.Rows+10, nil
		return a.jobForm(w, r, s, http.StatusOK, f)
	}
	if f.Problem == nil {
		f.Problem = f.findAssets(r, s)
	}
	var made int64
	if f.Problem == nil {
		made, f.Problem = s.Once(r.Context(), f.Once, func(s store.Staff) (int64, error) {
			n := store.NewJob{JobEdit: f.Edit}
			if f.Edit.Kind == store.JobWork && f.Status == store.JobDraft {
				n.Status = store.JobDraft
			}
			id, err := s.AddJob(r.Context(), n)
			return int64(id), err
		})
	}
	return a.jobSaved(w, r, s, f, store.JobID(made), "Job added.")
}

func (a *Admin) saveJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.JobChange); err != nil {
		return err
	}
	f := decodeJob(r, s)
	f.Job, f.Edit.Kind = &j, j.Kind
	if r.PostForm.Has("more") {
		f.Rows, f.Problem = f.Rows+10, nil
		return a.jobForm(w, r, s, http.StatusOK, f)
	}
	if f.Problem == nil {
		f.Problem = f.findAssets(r, s)
	}
	if f.Problem == nil {
		f.Problem = s.ChangeJob(r.Context(), j.ID, f.Version, f.Edit)
	}
	return a.jobSaved(w, r, s, f, j.ID, "Saved.")
}

func (a *Admin) jobSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f jobForm, made store.JobID, says string) error {
	if isForm(f.Problem) {
		if f.Job != nil && fault.Of(f.Problem) == fault.Conflict && len(fault.Fields(f.Problem)) == 0 {
			f.Version = f.Job.Version // saved again, it is meant
		}
		return a.jobForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if f.Problem != nil {
		return f.Problem
	}
	to := base(r) + "/jobs"
	if _, err := s.Job(r.Context(), made); err == nil { // who is limited to groups may just have given it away
		to += "/" + id(made)
	}
	return a.site.Done(w, r, to, says)
}
