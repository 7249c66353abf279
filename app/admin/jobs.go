package admin

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobRoutes(r *mux.Router) {
	r.Handle("/jobs", a.staff(a.dayOfJobs)).Methods("GET", "HEAD").Name("admin.jobs")
	r.Handle("/jobs/list", a.staff(a.listJobs)).Methods("GET", "HEAD").Name("admin.jobs.list")
	r.Handle("/jobs/map", a.staff(a.mapJobs)).Methods("GET", "HEAD").Name("admin.jobs.map")
	r.Handle("/jobs/map.json", a.staff(a.jobMarks)).Methods("GET", "HEAD").Name("admin.jobs.marks")
	r.Handle("/jobs/export", a.staff(a.exportJobs)).Methods("GET", "HEAD").Name("admin.jobs.export")
	r.Handle("/jobs/filters", a.staff(a.saveFilter)).Methods("POST").Name("admin.jobs.filter.save")
	r.Handle("/jobs/filters/{saved_filter}/remove", a.staff(a.removeFilter)).Methods("POST").Name("admin.jobs.filter.remove")
	a.jobBulkRoutes(r)
	a.jobBoardRoutes(r)
	a.jobSettingRoutes(r)
	a.jobFormRoutes(r)
	a.jobPageRoutes(r)
	r.Handle("/customers/{customer}/jobs", a.staff(a.listCustomerJobs)).Methods("GET", "HEAD").Name("admin.customer.jobs")
}

// jobsList is a list of jobs: of a day with its counters, of all of them, on a
// map, or on a customer's page.
type jobsList struct {
	Staff      store.Staff
	Query      url.Values
	Path       string
	Filter     store.JobFilter
	Page       store.Page[store.Job]
	Day        string // of the dashboard; "" elsewhere
	Counts     []store.JobCount
	Priorities []store.JobPriority
	Groups     []store.GroupRef
	People     []store.PersonRef
	Vehicles   []store.Vehicle
	Customers  store.Page[store.Customer]
	Saved      []store.SavedFilter
	Of         *store.Customer // the list stands on this one's page
	Problem    error
}

// day is the day a dashboard shows: the one asked for, else today.
func day(q url.Values, today string) string {
	if d := q.Get("day"); work.ValidDay(d) {
		return d
	}
	return today
}

func (a *Admin) dayOfJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.dayPage(w, r, s, http.StatusOK, nil)
}

func (a *Admin) dayPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, problem error) (err error) {
	q := r.URL.Query()
	l := jobsList{Staff: s, Query: q, Path: base(r) + "/jobs", Day: day(q, s.DayNow()), Filter: work.Filter(q, s.DayNow()), Problem: problem}
	l.Filter.From, l.Filter.To = l.Day, l.Day
	f := store.JobCountFilter{From: l.Day, To: l.Day, Kind: l.Filter.Kind}
	if l.Filter.Customer > 0 && l.Filter.Group == 0 {
		f.Customer = l.Filter.Customer
	}
	if l.Filter.Group != 0 {
		f.Group = l.Filter.Group
	}
	if l.Counts, err = s.JobCounts(r.Context(), f); err != nil {
		return err
	}
	if err := a.fillJobs(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, status, l.dayNode(a.view(w, r, s)))
}

func (a *Admin) listJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	l := jobsList{Staff: s, Query: q, Path: base(r) + "/jobs/list", Filter: work.Filter(q, s.DayNow())}
	if err := a.fillJobs(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.listNode(a.view(w, r, s)))
}

func (a *Admin) listCustomerJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	l := jobsList{Staff: s, Query: q, Path: base(r) + "/customers/" + id(c.ID) + "/jobs", Filter: work.Filter(q, s.DayNow()), Of: &c}
	l.Filter.Customer = c.ID
	if err := a.fillJobs(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.customerNode(a.view(w, r, s)))
}

// fillJobs reads the list and what it can be narrowed by.
func (a *Admin) fillJobs(r *http.Request, s store.Staff, l *jobsList) (err error) {
	ctx := r.Context()
	if l.Page, err = s.Jobs(ctx, l.Filter); err != nil {
		return err
	}
	if l.Priorities, err = s.JobPriorities(ctx); err != nil {
		return err
	}
	if on, err := s.JobGroups(ctx); err != nil {
		return err
	} else if on {
		if l.Groups, err = s.GroupNames(ctx); err != nil && fault.Of(err) != fault.Forbidden {
			return err
		}
	}
	if l.People, l.Vehicles, err = doers(r, s); err != nil {
		return err
	}
	if l.Customers, err = s.Customers(ctx, store.CustomerFilter{Limit: fewCustomers}); err != nil {
		return err
	}
	l.Saved, err = s.SavedFilters(ctx, "jobs")
	return err
}

// doers are the people and vehicles that can be given a job.
func doers(r *http.Request, s store.Staff) ([]store.PersonRef, []store.Vehicle, error) {
	people, err := s.Drivers(r.Context())
	if err != nil || !s.May(store.VehicleRead) {
		return people, nil, err
	}
	vehicles, err := s.Vehicles(r.Context(), store.VehicleFilter{Limit: 500})
	return people, vehicles.Rows, err
}

func (a *Admin) mapJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	l := jobsList{Staff: s, Query: q, Path: base(r) + "/jobs/map", Day: day(q, s.DayNow()), Filter: work.Filter(q, s.DayNow())}
	l.Filter.From, l.Filter.To = l.Day, l.Day
	if err := a.fillJobs(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.mapNode(a.view(w, r, s)))
}

func (a *Admin) jobMarks(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	box, zoom, err := fleet.Window(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	f := work.Filter(q, s.DayNow())
	f.From = day(q, s.DayNow())
	f.To = f.From
	pts, err := s.JobPlaces(r.Context(), f, box, zoom)
	if err != nil {
		return err
	}
	return work.SendMarks(w, r, a.view(nil, r, s), pts, base(r)+"/jobs/")
}

func (a *Admin) exportJobs(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobExport); err != nil {
		return err
	}
	q, v := r.URL.Query(), a.view(nil, r, s)
	return work.Export(w, r, a.desk, s, jobExport(v, s, q))
}

func jobExport(v *ui.View, s store.Staff, q url.Values) desk.JobExport {
	return desk.JobExport{Filter: work.Filter(q, s.DayNow()), CSV: q.Get("format") == "csv", Formats: s.Me().Formats, Own: true,
		Status: func(j store.Job) string { return work.Status(v, j.Status) }, Kind: func(j store.Job) string { return work.Kind(v, j.Kind) }}
}

func (a *Admin) saveFilter(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	q, err := url.ParseQuery(web.Str(r, "query"))
	if err != nil {
		return fault.New(fault.Invalid, "This is not a filter of the list. Set the filters there and save them again.")
	}
	f := store.SavedFilter{Place: "jobs", Name: web.Str(r, "name"), Query: q.Encode()}
	to := base(r) + "/jobs/list"
	if err := s.SaveFilter(r.Context(), f); isForm(err) {
		return a.site.Done(w, r, to+"?"+f.Query, fault.Says(firstOf(err)))
	} else if err != nil {
		return err
	}
	return a.site.Done(w, r, to+"?"+f.Query, "Filter saved.")
}

// firstOf is one sentence of an error about a form.
func firstOf(err error) error {
	for _, says := range fault.Fields(err) {
		return fault.New(fault.Invalid, "%s", says)
	}
	return err
}

func (a *Admin) removeFilter(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	id, err := web.ID[store.FilterID](r, "saved_filter")
	if err != nil {
		return err
	}
	if err := s.RemoveFilter(r.Context(), id); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs/list", "Filter removed.")
}

// shift is a day some days later.
func shift(day string, days int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}
