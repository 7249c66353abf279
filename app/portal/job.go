package portal

import (
	"net/http"

	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// jobPage is what the client sees of one job.
type jobPage struct {
	Client   store.Client
	Job      store.Job
	Today    string
	Events   []store.JobEvent
	Items    []store.JobItem
	Assets   []store.JobAsset
	Proofs   []store.Proof
	Photos   []store.JobFile
	Files    []store.JobFile // neither photos nor part of a proof
	Comments []store.Comment
	Values   []store.JobFieldValue
	Attempts []store.Job
	Once     string
	Typed    string // a comment that did not go through
	Problem  error
}

func (p *Portal) job(r *http.Request, c store.Client) (store.Job, error) {
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return store.Job{}, err
	}
	return c.Job(r.Context(), id)
}

// ofKind is NotFound for a job of the other shape: each has an address of its
// own.
func ofKind(j store.Job, work bool, err error) (store.Job, error) {
	if err == nil && (j.Kind == store.JobWork) != work {
		err = fault.New(fault.NotFound, "There is no such job, or it is not shared with you.")
	}
	return j, err
}

func (p *Portal) showDelivery(w http.ResponseWriter, r *http.Request, c store.Client) error {
	j, err := p.jobOf(r, c, false)
	if err != nil {
		return err
	}
	return p.showJob(w, r, c, http.StatusOK, jobPage{Job: j})
}

func (p *Portal) showWork(w http.ResponseWriter, r *http.Request, c store.Client) error {
	j, err := p.jobOf(r, c, true)
	if err != nil {
		return err
	}
	return p.showJob(w, r, c, http.StatusOK, jobPage{Job: j})
}

func (p *Portal) showJob(w http.ResponseWriter, r *http.Request, c store.Client, status int, l jobPage) (err error) {
	l.Client, l.Today = c, c.DayNow()
	if err := l.fill(r); err != nil {
		return err
	}
	if l.Once == "" {
		if l.Once, err = p.once(); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, l.page(p.view(w, r, c)))
}

func (l *jobPage) fill(r *http.Request) (err error) {
	ctx, c, id := r.Context(), l.Client, l.Job.ID
	if l.Events, err = c.JobTimeline(ctx, id); err != nil {
		return err
	}
	if l.Items, err = c.JobItems(ctx, id); err != nil {
		return err
	}
	if c.Shares(store.FeatureList) {
		if l.Assets, err = c.JobAssets(ctx, id); err != nil {
			return err
		}
	}
	if err = l.fillProofs(ctx); err != nil {
		return err
	}
	if l.Comments, err = c.JobComments(ctx, id); err != nil {
		return err
	}
	if l.Values, err = c.JobValues(ctx, id); err != nil {
		return err
	}
	if l.Job.Attempt > 1 || l.Job.Status == store.JobFailed {
		l.Attempts, err = c.Attempts(ctx, id)
	}
	return err
}

func (p *Portal) commentJob(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := p.job(r, c)
	if err != nil {
		return err
	}
	body := r.PostForm.Get("body")
	err = c.CommentJob(r.Context(), j.ID, store.NewComment{Body: body, Once: web.Str(r, "once")})
	if isForm(err) {
		return p.showJob(w, r, c, http.StatusUnprocessableEntity, jobPage{Job: j, Typed: body, Once: web.Str(r, "once"), Problem: err})
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+jobPath(j), "Your comment is sent.")
}

// jobPath is a job's page below the portal's address.
func jobPath(j store.Job) string {
	if j.Kind == store.JobWork {
		return "/jobs/" + fleet.ID(j.ID)
	}
	return "/deliveries/" + fleet.ID(j.ID)
}

func (l jobPage) at(v *ui.View) string { return v.Base + jobPath(l.Job) }
