package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobFormRoutes(r *mux.Router) {
	r.Handle("/jobs/new", a.staff(a.newJob)).Methods("GET", "HEAD").Name("admin.jobs.new")
	r.Handle("/jobs/new", a.staff(a.addJob)).Methods("POST").Name("admin.jobs.add")
	r.Handle("/jobs/{job}/edit", a.staff(a.editJob)).Methods("GET", "HEAD").Name("admin.job.edit")
	r.Handle("/jobs/{job}/edit", a.staff(a.saveJob)).Methods("POST").Name("admin.job.save")
	r.Handle("/jobs/{job}/delete", a.staff(a.askDeleteJob)).Methods("GET", "HEAD").Name("admin.job.delete.ask")
	r.Handle("/jobs/{job}/delete", a.staff(a.deleteJob)).Methods("POST").Name("admin.job.delete")
}

// jobForm is the form of a job, new or not, with everything it offers.
type jobForm struct {
	Job        *store.Job // nil: a new one
	Edit       store.JobEdit
	Status     string // of a new one: draft, else open
	Version    int64
	Once       string
	Rows       int               // lines of items shown
	Typed      map[string]string // numbers and times as they were typed
	Assets     []store.JobAsset  // that it has
	AddAssets  string
	Values     []store.JobFieldValue
	Customers  []store.Customer
	Many       bool // more customers than the list holds
	Groups     []store.Group
	Sites      []store.Site
	Priorities []store.JobPriority
	People     []store.PersonRef
	Vehicles   []store.Vehicle
	Zone       string // the provider's
	Problem    error
}

// mostRows is how many lines of items a form can bring: more than a job has,
// so that it is told so.
const mostRows = 1100

// spareItems are the empty lines below the items of a form.
const spareItems = 3

func (a *Admin) newJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobAdd); err != nil {
		return err
	}
	q, once := r.URL.Query(), ""
	once, err := a.once()
	if err != nil {
		return err
	}
	f := jobForm{Once: once, Status: store.JobOpen, Edit: store.JobEdit{JobInput: store.JobInput{Kind: q.Get("kind"), Customer: web.QueryInt[store.CustomerID](r, "customer"), Site: web.QueryInt[store.SiteID](r, "site")}}}
	if f.Edit.Kind != store.JobDelivery && f.Edit.Kind != store.JobCollection {
		f.Edit.Kind = store.JobWork
	}
	f.Edit.Day = day(q, s.DayNow())
	if at := web.QueryInt[store.AssetID](r, "asset"); at != 0 {
		asset, err := s.Asset(r.Context(), at)
		if err != nil {
			return err
		}
		f.Assets = []store.JobAsset{{ID: asset.ID, Name: asset.Name}}
		f.Edit.Assets = []store.AssetID{asset.ID}
		if f.Edit.Customer == 0 {
			f.Edit.Customer = asset.Customer
		}
	}
	return a.jobForm(w, r, s, http.StatusOK, f)
}

func (a *Admin) editJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.job(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.JobChange); err != nil {
		return err
	}
	f := jobForm{Job: &j, Version: j.Version, Edit: store.JobEdit{JobInput: j.Edit()}}
	if f.Edit.Items, err = s.JobItems(r.Context(), j.ID); err != nil {
		return err
	}
	if f.Assets, err = s.JobAssets(r.Context(), j.ID); err != nil {
		return err
	}
	for _, one := range f.Assets {
		f.Edit.Assets = append(f.Edit.Assets, one.ID)
	}
	return a.jobForm(w, r, s, http.StatusOK, f)
}

// jobForm reads what the form offers and shows it.
func (a *Admin) jobForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f jobForm) (err error) {
	ctx := r.Context()
	all, err := s.Customers(ctx, store.CustomerFilter{Limit: manyCustomers})
	if err != nil {
		return err
	}
	f.Customers, f.Many, f.Zone = all.Rows, all.Next != "", s.Home().Zone
	if on, err := s.JobGroups(ctx); err != nil {
		return err
	} else if on || f.Edit.Group != 0 {
		if f.Groups, err = s.GroupChoices(ctx); err != nil && fault.Of(err) != fault.Forbidden {
			return err
		}
	}
	sites, err := s.Sites(ctx, store.SiteFilter{Customer: f.Edit.Customer, Limit: manyCustomers})
	if err != nil {
		return err
	}
	f.Sites = sites.Rows
	if f.Priorities, err = s.JobPriorities(ctx); err != nil {
		return err
	}
	if f.People, f.Vehicles, err = doers(r, s); err != nil {
		return err
	}
	if f.Values, err = jobValues(r, s, f); err != nil {
		return err
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

// jobValues are the custom fields with what is typed, or stored.
func jobValues(r *http.Request, s store.Staff, f jobForm) (out []store.JobFieldValue, err error) {
	if f.Job != nil {
		if out, err = s.JobValues(r.Context(), f.Job.ID); err != nil {
			return nil, err
		}
	} else {
		fields, err := s.JobFields(r.Context())
		if err != nil {
			return nil, err
		}
		for _, d := range fields {
			if d.Shape == "" || d.Shape == f.Edit.Shape() {
				out = append(out, store.JobFieldValue{JobField: d})
			}
		}
	}
	for i := range out {
		if v, typed := f.Edit.Values[out[i].ID]; typed {
			out[i].Value = v
		}
	}
	return out, nil
}
