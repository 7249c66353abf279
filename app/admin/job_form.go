package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

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

// decodeJob reads the form. What is no number or time is a problem, and stays
// in the form as it was typed.
func decodeJob(r *http.Request, s store.Staff) jobForm {
	f := jobForm{Once: web.Str(r, "once"), Version: web.Int[int64](r, "version"), Status: web.Str(r, "status"), Rows: int(min(max(web.Int[int64](r, "rows"), 0), mostRows)), AddAssets: web.Str(r, "add_assets"), Typed: map[string]string{}}
	f.Edit.JobInput = store.JobInput{Kind: web.Str(r, "kind"), Customer: web.Int[store.CustomerID](r, "customer"), Group: web.Int[store.GroupID](r, "group"), Site: web.Int[store.SiteID](r, "site"),
		ExternalID: web.Str(r, "external_id"), Subject: web.Str(r, "subject"), Description: r.PostForm.Get("description"), Instructions: r.PostForm.Get("instructions"), Address: r.PostForm.Get("address"),
		ContactName: web.Str(r, "contact_name"), ContactPhone: web.Str(r, "contact_phone"), ContactEmail: web.Str(r, "contact_email"), Day: web.Str(r, "day"), From: web.Str(r, "from"), To: web.Str(r, "to"),
		Zone: web.Str(r, "zone"), Priority: web.Int[store.PriorityID](r, "priority"), Assignee: web.Int[store.UserID](r, "assignee"), Vehicle: web.Int[store.VehicleID](r, "vehicle")}
	f.Edit.Assets = web.Ints[store.AssetID](r, "asset")
	if f.Edit.Assets == nil {
		f.Edit.Assets = []store.AssetID{}
	}
	var bad fault.Problems
	for _, c := range []struct {
		name string
		to   *store.Num
	}{{"lat", &f.Edit.Lat}, {"lon", &f.Edit.Lon}} {
		if f.Typed[c.name] = web.Str(r, c.name); f.Typed[c.name] != "" {
			*c.to = decimal(&bad, c.name, f.Typed[c.name])
		}
	}
	for _, c := range []struct {
		name string
		to   *time.Time
	}{{"start_by", &f.Edit.StartBy}, {"due_by", &f.Edit.DueBy}} {
		if f.Typed[c.name] = web.Str(r, c.name); f.Typed[c.name] != "" {
			at, err := time.ParseInLocation(clockLayout, f.Typed[c.name], staffZone(s))
			if err != nil {
				bad.Add(c.name, "Give date and time, such as 2026-11-30 14:05.")
			}
			*c.to = at.UTC()
		}
	}
	f.decodeItems(r, &bad)
	f.decodeValues(r)
	f.Problem = bad.Err()
	return f
}

func staffZone(s store.Staff) *time.Location {
	if l, err := time.LoadLocation(s.Me().Zone); err == nil {
		return l
	}
	return time.UTC
}

// decodeItems reads the lines of items. An empty one is none.
func (f *jobForm) decodeItems(r *http.Request, bad *fault.Problems) {
	f.Edit.Items = []store.JobItem{}
	for n := range f.Rows {
		at := func(name string) string { return web.Str(r, "item_"+strconv.Itoa(n)+"_"+name) }
		i := store.JobItem{ID: web.Int[store.JobItemID](r, "item_"+strconv.Itoa(n)+"_id"), SKU: at("sku"), Description: at("description"), Unit: at("unit"), Serials: at("serials"), Reason: at("reason")}
		if i.SKU == "" && i.Description == "" && i.Serials == "" && at("quantity") == "" {
			continue
		}
		line := len(f.Edit.Items)
		i.Quantity, i.Rejected = f.quantity(bad, line, "quantity", at("quantity"), 1), f.quantity(bad, line, "rejected", at("rejected"), 0)
		f.Edit.Items = append(f.Edit.Items, i)
	}
}

// quantity reads a number of a line; it stays in the form as it was typed.
func (f *jobForm) quantity(bad *fault.Problems, line int, name, typed string, without float64) float64 {
	if typed == "" {
		return without
	}
	name = "item_" + strconv.Itoa(line) + "_" + name
	f.Typed[name] = typed
	return decimal(bad, name, typed).V
}

func (f *jobForm) decodeValues(r *http.Request) {
	for name := range r.PostForm {
		n, ok := strings.CutPrefix(name, "field_")
		if !ok {
			continue
		}
		if one, err := strconv.ParseInt(n, 10, 64); err == nil {
			if f.Edit.Values == nil {
				f.Edit.Values = map[store.JobFieldID]string{}
			}
			f.Edit.Values[store.JobFieldID(one)] = r.PostForm.Get(name)
		}
	}
}

// findAssets adds the assets that were typed by ID, serial number or name.
func (f *jobForm) findAssets(r *http.Request, s store.Staff) error {
	for _, id := range f.Edit.Assets {
		one, err := s.Asset(r.Context(), id)
		if err != nil {
			return fault.Field("add_assets", "Choose assets of your own.")
		}
		f.Assets = append(f.Assets, store.JobAsset{ID: one.ID, Name: one.Name})
	}
	for typed := range strings.FieldsFuncSeq(f.AddAssets, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		typed = strings.TrimSpace(typed)
		var found store.AssetID
		for _, k := range []store.AssetKey{{ExternalID: typed}, {Serial: typed}, {Name: typed}, {PIN: typed}} {
			one, err := s.MatchAsset(r.Context(), k)
			if fault.Of(err) == fault.Conflict {
				return fault.Field("add_assets", "More than one asset is called %s. Give its ID.", typed)
			}
			if err != nil {
				return err
			}
			if found = one; found != 0 {
				break
			}
		}
		if found == 0 {
			return fault.Field("add_assets", "There is no asset %s. Give an ID, a serial number or a name.", typed)
		}
		f.Edit.Assets = append(f.Edit.Assets, found)
	}
	return nil
}

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
