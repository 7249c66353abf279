package admin

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobPageRoutes(r *mux.Router) {
	r.Handle("/jobs/{job}", a.staff(a.showJob)).Methods("GET", "HEAD").Name("admin.job")
	r.Handle("/jobs/{job}/status", a.staff(a.stepJob)).Methods("POST").Name("admin.job.status")
	r.Handle("/jobs/{job}/assign", a.staff(a.assignJob)).Methods("POST").Name("admin.job.assign")
	r.Handle("/jobs/{job}/comment", a.staff(a.commentJob)).Methods("POST").Name("admin.job.comment")
	r.Handle("/jobs/{job}/attempt", a.staff(a.tryJobAgain)).Methods("POST").Name("admin.job.attempt")
	r.Handle("/jobs/{job}/files", a.staffBig(desk.MaxJobFile+1<<20, a.addJobFile)).Methods("POST").Name("admin.job.file.add")
	r.Handle("/jobs/{job}/files/{job_file}/share", a.staff(a.shareJobFile)).Methods("POST").Name("admin.job.file.share")
	r.Handle("/jobs/{job}/files/{job_file}/remove", a.staff(a.removeJobFile)).Methods("POST").Name("admin.job.file.remove")
}

func (a *Admin) showJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	return a.jobPage(w, r, s, http.StatusOK, jobPage{Job: j})
}

// jobPage reads everything about a job and shows it.
func (a *Admin) jobPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, p jobPage) (err error) {
	ctx, of := r.Context(), p.Job.ID
	p.Staff, p.Now, p.Today = s, s.Now(), s.DayNow()
	for _, read := range []func() error{
		func() (err error) { p.Items, err = s.JobItems(ctx, of); return err },
		func() (err error) { p.Events, err = s.JobTimeline(ctx, of); return err },
		func() (err error) { p.Comments, err = s.JobComments(ctx, of); return err },
		func() (err error) { p.Files, err = s.JobFiles(ctx, of); return err },
		func() (err error) { p.Proofs, err = s.Proofs(ctx, of); return err },
		func() (err error) { p.Values, err = s.JobValues(ctx, of); return err },
		func() (err error) { p.Assets, err = s.JobAssets(ctx, of); return err },
		func() (err error) { p.Attempts, err = s.Attempts(ctx, of); return err },
		func() (err error) { p.Subs, err = s.JobSubs(ctx); return err },
		func() (err error) { p.People, p.Vehicles, err = doers(r, s); return err },
		func() (err error) { p.Once, err = a.once(); return err },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, p.page(a.view(w, r, s)))
}

// jobDone goes back to the job after something was done to it, or shows it
// again with what was wrong.
func (a *Admin) jobDone(w http.ResponseWriter, r *http.Request, s store.Staff, p jobPage, err error, says string) error {
	if isForm(err) {
		p.Problem = err
		return a.jobPage(w, r, s, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs/"+id(p.Job.ID), says)
}

func (a *Admin) stepJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	to, sub, _ := strings.Cut(web.Str(r, "status"), ":")
	step := store.JobStep{To: to, Sub: jobSub(sub), Reason: web.Str(r, "reason")}
	err = s.SetJobStatus(r.Context(), j.ID, web.Int[int64](r, "version"), step)
	return a.jobDone(w, r, s, jobPage{Job: j, To: web.Str(r, "status"), Reason: step.Reason}, err, "Status set.")
}

func jobSub(s string) store.JobStatusID {
	var n store.JobStatusID
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<50 {
			return -1
		}
		n = n*10 + store.JobStatusID(c-'0')
	}
	return n
}

func (a *Admin) assignJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	_, err = s.AssignJobs(r.Context(), []store.JobID{j.ID}, assignment(r))
	if err == nil && web.Str(r, "next") != "" {
		return a.site.Done(w, r, a.jobsBack(r), "Assigned.")
	}
	return a.jobDone(w, r, s, jobPage{Job: j}, err, "Assigned.")
}

func (a *Admin) commentJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	c := store.NewComment{Body: r.PostForm.Get("body"), Private: web.Str(r, "private") != "0", Once: web.Str(r, "once")}
	return a.jobDone(w, r, s, jobPage{Job: j, Typed: c.Body, Public: !c.Private}, s.CommentJob(r.Context(), j.ID, c), "Written.")
}

func (a *Admin) tryJobAgain(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	made, err := s.Reattempt(r.Context(), j.ID, web.Str(r, "day"))
	if err != nil {
		return a.jobDone(w, r, s, jobPage{Job: j}, err, "")
	}
	return a.site.Done(w, r, base(r)+"/jobs/"+id(made), "This is the next attempt.")
}

func (a *Admin) addJobFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.JobFileAdd); err != nil {
		return err
	}
	up, head, err := r.FormFile("file")
	if err != nil {
		return a.jobDone(w, r, s, jobPage{Job: j}, fault.Field("file", "Choose a file first."), "")
	}
	defer func() { _ = up.Close() }()
	err = a.desk.AddJobFile(r.Context(), s, j.ID, desk.JobUpload{Name: head.Filename, Size: head.Size, Body: up, Caption: web.Str(r, "caption"), Shared: web.Str(r, "shared") != ""})
	return a.jobDone(w, r, s, jobPage{Job: j}, err, "File added.")
}

func (a *Admin) jobFile(r *http.Request, s store.Staff) (store.Job, store.JobFileID, error) {
	j, err := a.job(r, s)
	if err != nil {
		return j, 0, err
	}
	file, err := web.ID[store.JobFileID](r, "job_file")
	if err != nil {
		return j, 0, err
	}
	all, err := s.JobFiles(r.Context(), j.ID)
	for _, f := range all {
		if f.ID == file {
			return j, file, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "There is no such file in this job.")
	}
	return j, 0, err
}

func (a *Admin) shareJobFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, file, err := a.jobFile(r, s)
	if err != nil {
		return err
	}
	shared, says := web.Str(r, "shared") != "", "The customer no longer sees this file."
	if shared {
		says = "The customer sees this file now."
	}
	return a.jobDone(w, r, s, jobPage{Job: j}, s.ShareJobFile(r.Context(), file, shared), says)
}

func (a *Admin) removeJobFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, file, err := a.jobFile(r, s)
	if err != nil {
		return err
	}
	return a.jobDone(w, r, s, jobPage{Job: j}, s.RemoveJobFile(r.Context(), file), "File removed.")
}
