package admin

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobBulkRoutes(r *mux.Router) {
	r.Handle("/jobs/assign", a.staff(a.askAssignJobs)).Methods("GET", "HEAD").Name("admin.jobs.assign.ask")
	r.Handle("/jobs/assign", a.staff(a.assignJobs)).Methods("POST").Name("admin.jobs.assign")
	r.Handle("/jobs/status", a.staff(a.askJobsStatus)).Methods("GET", "HEAD").Name("admin.jobs.status.ask")
	r.Handle("/jobs/status", a.staff(a.setJobsStatus)).Methods("POST").Name("admin.jobs.status")
	r.Handle("/jobs/group", a.staff(a.askGroupJobs)).Methods("GET", "HEAD").Name("admin.jobs.group.ask")
	r.Handle("/jobs/group", a.staff(a.groupJobs)).Methods("POST").Name("admin.jobs.group")
}

// chosenJobs are the jobs somebody wants to do something with.
type chosenJobs struct {
	IDs  []store.JobID
	Jobs []store.Job
}

// choose reads which jobs are meant: those ticked, or all a filter lets
// through.
func chooseJobs(r *http.Request, s store.Staff, q url.Values) (c chosenJobs, err error) {
	if q.Get("all") != "" {
		if c.IDs, err = s.JobIDs(r.Context(), work.Filter(q, s.DayNow()), 1000); err != nil {
			return c, err
		}
	} else {
		for _, one := range q["id"] {
			if n, err := strconv.ParseInt(one, 10, 64); err == nil {
				c.IDs = append(c.IDs, store.JobID(n))
			}
		}
	}
	if len(c.IDs) == 0 {
		return c, fault.New(fault.NotFound, "No job is chosen. Tick some in the list first.")
	}
	for _, one := range c.IDs[:min(len(c.IDs), 20)] {
		j, err := s.Job(r.Context(), one)
		if err != nil {
			return c, err
		}
		c.Jobs = append(c.Jobs, j)
	}
	return c, nil
}

func (c chosenJobs) hidden() g.Node {
	var out g.Group
	for _, one := range c.IDs {
		out = append(out, ui.HiddenFields("id", id(one)))
	}
	return out
}

// list names the first of them.
func (c chosenJobs) list(v *ui.View) g.Node {
	var out g.Group
	for _, j := range c.Jobs {
		out = append(out, h.Li(g.Text(store.JobNumber(j.Number)+" · "+j.Title()+" "), ui.Muted(work.Status(v, j.Status))))
	}
	if n := len(c.IDs) - len(c.Jobs); n > 0 {
		out = append(out, h.Li(ui.Muted(v.T("and %s more", v.N(int64(n))))))
	}
	return h.Ul(h.Class("joblist"), out)
}

func (a *Admin) askAssignJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobAssign); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	return a.assignJobsForm(w, r, s, http.StatusOK, c, r.URL.Query(), nil)
}

func (a *Admin) assignJobsForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, c chosenJobs, q url.Values, problem error) error {
	people, vehicles, err := doers(r, s)
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	title, bad := v.Plural(int64(len(c.IDs)), "Assign %s job", "Assign %s jobs"), fault.Fields(problem)
	fields := []g.Node{ui.Select(ui.Field{Name: "assignee", Label: v.T("Assigned to"), Value: q.Get("assignee"), Error: bad["assignee"]}, personOptions(v, people, v.T("Leave as it is")))}
	if len(vehicles) > 0 {
		options := append(vehicleOptions(vehicles, ui.Option{Label: v.T("Leave as it is")}), ui.Option{Value: "none", Label: v.T("No vehicle")})
		fields = append(fields, ui.Select(ui.Field{Name: "vehicle", Label: v.T("Vehicle"), Value: q.Get("vehicle"), Error: bad["vehicle"]}, options))
	}
	return web.Page(w, r, status, ui.Page(v, title, ui.PageHead(v, title, jobCrumbs(v)), problemNotice(v, problem), ui.Card("", ui.Form(v.Base+"/jobs/assign", c.hidden(), c.list(v), ui.Two(fields...),
		ui.Two(ui.Input(ui.Field{Name: "to_day", Type: "date", Label: v.T("Another date"), Value: q.Get("to_day"), Error: bad["day"], Hint: v.T("Empty: each keeps its own.")})),
		ui.FormActions(ui.Primary(v.T("Assign")), ui.LinkButton(v.Base+"/jobs", v.T("Cancel"), ""))))))
}

func jobCrumbs(v *ui.View) []ui.Link { return []ui.Link{{Label: v.T("Jobs"), Href: v.Base + "/jobs"}} }

// assignment reads who is meant: "" leaves it, none takes it away.
func assignment(r *http.Request) (to store.JobAssignment) {
	if v := web.Str(r, "assignee"); v != "" {
		who := web.Int[store.UserID](r, "assignee")
		to.Assignee = &who
	}
	if v := web.Str(r, "vehicle"); v != "" {
		vehicle := web.Int[store.VehicleID](r, "vehicle")
		to.Vehicle = &vehicle
	}
	if day := web.Str(r, "to_day"); day != "" {
		to.Day = &day
	}
	return to
}

func (a *Admin) assignJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobAssign); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.PostForm)
	if err != nil {
		return err
	}
	_, err = s.AssignJobs(r.Context(), c.IDs, assignment(r))
	if isForm(err) {
		return a.assignJobsForm(w, r, s, http.StatusUnprocessableEntity, c, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, a.jobsBack(r), "Assigned.")
}

// jobsBack is where somebody came from, within the pages of jobs.
func (a *Admin) jobsBack(r *http.Request) string { return web.Next(r, base(r)+"/jobs") }

func (a *Admin) askJobsStatus(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobStatus); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	return a.jobsStatusForm(w, r, s, http.StatusOK, c, url.Values{}, nil)
}

func (a *Admin) jobsStatusForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, c chosenJobs, q url.Values, problem error) error {
	v := a.view(w, r, s)
	title, bad := v.Plural(int64(len(c.IDs)), "Set the status of %s job", "Set the status of %s jobs"), fault.Fields(problem)
	same := true
	for _, j := range c.Jobs {
		same = same && j.Status == c.Jobs[0].Status && j.Shape() == c.Jobs[0].Shape()
	}
	if !same {
		return web.Page(w, r, status, ui.Page(v, title, ui.PageHead(v, title, jobCrumbs(v)), ui.Card("", ui.Notice("warn", v.T("These jobs have different statuses. Choose jobs of one status, so that nothing is finished by mistake that has not begun.")),
			c.list(v), ui.FormActions(ui.LinkButton(v.Base+"/jobs", v.T("Back to the jobs"), "")))))
	}
	options := make([]ui.Option, 0, 8)
	for _, to := range s.NextStatuses(c.Jobs[0]) {
		options = append(options, ui.Option{Value: to, Label: work.Status(v, to)})
	}
	return web.Page(w, r, status, ui.Page(v, title, ui.PageHead(v, title, jobCrumbs(v)), problemNotice(v, problem), ui.Card("", ui.Form(v.Base+"/jobs/status", c.hidden(), c.list(v),
		ui.Two(ui.Select(ui.Field{Name: "status", Label: v.T("New status"), Value: q.Get("status"), Error: bad["status"], Required: true}, options),
			ui.Input(ui.Field{Name: "reason", Label: v.T("Reason"), Value: q.Get("reason"), Max: 500, Error: bad["reason"], Hint: v.T("Needed to put on hold, fail, return or cancel. Customers read it.")})),
		ui.FormActions(ui.Primary(v.T("Set status")), ui.LinkButton(v.Base+"/jobs", v.T("Cancel"), ""))))))
}

func (a *Admin) setJobsStatus(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobStatus); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.PostForm)
	if err != nil {
		return err
	}
	_, err = s.SetJobsStatus(r.Context(), c.IDs, store.JobStep{To: web.Str(r, "status"), Reason: web.Str(r, "reason")})
	if isForm(err) {
		return a.jobsStatusForm(w, r, s, http.StatusUnprocessableEntity, c, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, a.jobsBack(r), "Status set.")
}

func (a *Admin) askGroupJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobGroup); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	return a.groupJobsForm(w, r, s, http.StatusOK, c, nil)
}

func (a *Admin) groupJobsForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, c chosenJobs, problem error) error {
	groups, err := s.GroupChoices(r.Context())
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	title := v.Plural(int64(len(c.IDs)), "Put %s job into a group", "Put %s jobs into a group")
	options := []ui.Option{{Value: "0", Label: v.T("No group")}}
	for _, gr := range groups {
		options = append(options, ui.Option{Value: id(gr.ID), Label: gr.Name})
	}
	return web.Page(w, r, status, ui.Page(v, title, ui.PageHead(v, title, jobCrumbs(v)), problemNotice(v, problem), ui.Card("", ui.Form(v.Base+"/jobs/group", c.hidden(), c.list(v),
		ui.Two(ui.Select(ui.Field{Name: "group", Label: v.T("Group"), Value: r.PostForm.Get("group"), Error: fault.Fields(problem)["group"], Hint: v.T("Who sees these jobs changes at once: the customer of the new group does, that of the old one no longer.")}, options)),
		ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(v.Base+"/jobs", v.T("Cancel"), ""))))))
}

func (a *Admin) groupJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobGroup); err != nil {
		return err
	}
	c, err := chooseJobs(r, s, r.PostForm)
	if err != nil {
		return err
	}
	_, err = s.GroupJobs(r.Context(), c.IDs, web.Int[store.GroupID](r, "group"))
	if isForm(err) {
		return a.groupJobsForm(w, r, s, http.StatusUnprocessableEntity, c, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, a.jobsBack(r), "Groups changed.")
}
