package portal

import (
	"io"
	"net/http"
	"net/url"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) jobRoutes(r *mux.Router) {
	r.Handle("/jobs", p.feature(store.FeatureJobList, p.listJobs)).Methods("GET", "HEAD").Name("portal.jobs")
	r.Handle("/jobs/export", p.feature(store.FeatureJobExport, p.exportJobList)).Methods("GET", "HEAD").Name("portal.jobs.export")
	r.Handle("/jobs/{job}", p.client(p.showWork)).Methods("GET", "HEAD").Name("portal.job")
	r.Handle("/jobs/{job}/comments", p.feature(store.FeatureJobComments, p.commentJob)).Methods("POST").Name("portal.job.comment")
}

func jobFilter(q url.Values, today string) store.JobFilter {
	f := store.JobFilter{Kind: store.JobWork, Search: q.Get("q"), Track: q.Get("track"), Site: store.SiteID(numberOf(q.Get("site"))), Today: today, Sort: q.Get("sort"), After: q.Get("after"), Mine: q.Get("mine") == "1"}
	if f.Sort == "" {
		f.Sort = "-number"
	}
	if q.Get("open") == "1" {
		f.Status = "unfinished"
	}
	return f
}

// jobsPage is the client's list of jobs.
type jobsPage struct {
	Client store.Client
	Query  url.Values
	Today  string
	Filter store.JobFilter
	Page   store.Page[store.Job]
	Sites  []store.Site
}

// fewSites is how many sites a filter or a form offers.
const fewSites = 200

func (p *Portal) listJobs(w http.ResponseWriter, r *http.Request, c store.Client) (err error) {
	l := jobsPage{Client: c, Query: r.URL.Query(), Today: c.DayNow()}
	l.Filter = jobFilter(l.Query, l.Today)
	if l.Page, err = c.Jobs(r.Context(), l.Filter); err != nil {
		return err
	}
	sites, err := c.Sites(r.Context(), store.SiteFilter{Limit: fewSites})
	if err != nil {
		return err
	}
	l.Sites = sites.Rows
	return web.Page(w, r, http.StatusOK, l.page(p.view(w, r, c)))
}

func (l jobsPage) page(v *ui.View) g.Node {
	at := v.Base + "/jobs"
	var actions []g.Node
	if l.Client.Shares(store.FeatureJobExport) && len(l.Page.Rows) > 0 {
		actions = append(actions, exportMenu(v, at, l.Query))
	}
	if l.Client.Shares(store.FeatureJobReports) {
		actions = append(actions, ui.LinkButton(at+"/report", v.T("Report"), "chart-bar"))
	}
	if len(l.Sites) > 0 {
		actions = append(actions, ui.LinkButton(v.Base+"/sites", v.T("Sites"), "map-pin"))
	}
	actions = append(actions, reportButton(v, l.Client, ""))
	next, first := "", ""
	if l.Page.Next != "" {
		next = ui.HrefWith(at, l.Query, "after", l.Page.Next)
	}
	if l.Query.Get("after") != "" {
		first = ui.HrefWith(at, l.Query)
	}
	return ui.Page(v, v.T("Jobs"), ui.PageHead(v, v.T("Jobs"), nil, actions...),
		ui.List("jobs", l.filters(v, at), jobTable(v, at, l.Query, l.Filter.Sort, l.Today, l.none(v, at), l.Page.Rows),
			ui.Pager(v, len(l.Page.Rows), fleet.Count(v, l.Page.Total, l.Page.More), first, next)))
}

func (l jobsPage) filters(v *ui.View, at string) g.Node {
	tracks := []ui.Option{{Label: v.T("Any status")}}
	for _, t := range store.Tracks(store.JobWork) {
		tracks = append(tracks, ui.Option{Value: t, Label: progress.TrackName(v, t, store.JobWork)})
	}
	filters := []ui.Filter{{Name: "track", Label: v.T("Status"), Value: l.Filter.Track, Options: tracks}}
	if len(l.Sites) > 1 {
		sites := []ui.Option{{Label: v.T("Any site")}}
		for _, o := range l.Sites {
			sites = append(sites, ui.Option{Value: fleet.ID(o.ID), Label: o.Name})
		}
		filters = append(filters, ui.Filter{Name: "site", Label: v.T("Site"), Value: l.Query.Get("site"), Options: sites})
	}
	if l.Client.Shares(store.FeatureReport) {
		filters = append(filters, ui.Filter{Name: "mine", Label: v.T("Reported by"), Value: l.Query.Get("mine"), Options: []ui.Option{{Label: v.T("Reported by anybody")}, {Value: "1", Label: v.T("Reported by me")}}})
	}
	return ui.Filters(v, ui.FilterSpec{Action: at, Query: l.Query, Placeholder: v.T("Number, subject, address or serial number"), Keep: []string{"sort", "open"}, Filters: filters})
}

func (l jobsPage) none(v *ui.View, at string) g.Node {
	win := l.Client.Window()
	if l.Filter.Search != "" || l.Filter.Track != "" || l.Filter.Site != 0 || l.Filter.Mine || l.Filter.Status != "" {
		return ui.Empty("search", v.T("Nothing matches"), v.T("None of your jobs fits this search and these filters."), ui.LinkButton(at, v.T("Show all jobs"), ""))
	}
	if !win.AllGroups {
		return ui.Empty("tool", v.T("No jobs in your groups"), v.T("You see the jobs of your groups at %s. There is none in them at the moment.", win.CustomerName), reportButton(v, l.Client, ""))
	}
	return ui.Empty("tool", v.T("No jobs yet"), v.T("As soon as %s plans a job for %s, it appears here, with its appointment and every step of it.", win.ProviderName, win.CustomerName), reportButton(v, l.Client, ""))
}

// jobTable lists jobs; without an address of the list it cannot be sorted.
func jobTable(v *ui.View, at string, q url.Values, sort, today string, none g.Node, rows []store.Job) g.Node {
	by := func(key string) string {
		if at == "" {
			return ""
		}
		return key
	}
	return ui.Table(v, ui.TableSpec[store.Job]{ID: "job-table", Caption: v.T("Jobs"), Path: at, Query: q, Sort: sort, Empty: none, Columns: []ui.Column[store.Job]{
		{Label: v.T("Job"), Sort: by("number"), Wide: true, Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwoNum(b, v.Base+"/jobs/", int64(j.ID), j.Title(), store.JobNumber(j.Number))
		}},
		{Label: v.T("Status"), Bytes: func(b []byte, j store.Job) []byte { return progress.AppendBadge(v, b, j, today) }},
		{Label: v.T("Appointment"), Sort: by("day"), Bytes: func(b []byte, j store.Job) []byte { return ui.AppendText(b, progress.Appointment(v, j)) }},
		{Label: v.T("Site"), Wide: true, Bytes: func(b []byte, j store.Job) []byte { return ui.AppendTwo(b, "", j.SiteName, progress.Where(j)) }},
		{Label: v.T("Priority"), Quiet: true, Bytes: func(b []byte, j store.Job) []byte {
			if tone := progress.Tone(j); tone != "" {
				return ui.AppendBadge(b, tone, j.PriorityName)
			}
			return ui.AppendText(b, j.PriorityName)
		}},
		{Label: v.T("Due by"), Sort: by("due"), Quiet: true, Bytes: func(b []byte, j store.Job) []byte { return v.AppendDateTime(b, j.DueBy) }},
	}}, rows)
}

func exportMenu(v *ui.View, at string, q url.Values) g.Node {
	return ui.Menu(v.T("Export"), "download", ui.MenuLink(ui.HrefWith(at+"/export", q, "format", "xlsx"), v.T("Excel (XLSX)"), "file-spreadsheet"),
		ui.MenuLink(ui.HrefWith(at+"/export", q, "format", "csv"), v.T("CSV"), "file-text"))
}

// exportJobs sends a client's own list of jobs, in its own formats.
func (p *Portal) exportJobs(w http.ResponseWriter, r *http.Request, c store.Client, t desk.JobTake) error {
	v := p.view(nil, r, c)
	t.Formats, t.Status = c.Me().Formats, func(j store.Job) string { return progress.TrackName(v, j.Track(t.Filter.Today), j.Kind) }
	name, media := t.Name+".xlsx", web.MediaXLSX
	if t.CSV {
		name, media = t.Name+".csv", web.MediaCSV
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return p.desk.TakeJobs(r.Context(), out, c, t) })
}

func (p *Portal) exportJobList(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	return p.exportJobs(w, r, c, desk.JobTake{Name: "jobs", Filter: jobFilter(q, c.DayNow()), CSV: q.Get("format") == "csv"})
}

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

func (l jobPage) page(v *ui.View) g.Node {
	j := l.Job
	title := store.JobNumber(j.Number) + " " + j.Title()
	if j.Kind != store.JobWork {
		title = progress.KindName(v, j.Kind) + " " + progress.Number(j)
	}
	var actions []g.Node
	if len(l.Proofs) > 0 {
		actions = append(actions, ui.LinkButton(l.at(v)+"/proof", v.T("Proof to print"), "printer"), ui.LinkButton(l.at(v)+"/proof.pdf", v.T("Download PDF"), "download"))
	}
	state := []g.Node{progress.Badge(v, j, l.Today)}
	if when := progress.Appointment(v, j); when != "" {
		state = append(state, ui.Muted(when))
	}
	if j.Reason != "" {
		state = append(state, ui.Text(j.Reason))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{crumbOf(v, l.Client, j)}, actions...), ui.Actions(state...), l.attempts(v),
		ui.Grid(ui.Col(8, l.description(v), l.photos(v), progress.Items(v, l.Items), l.proofs(v), l.files(v), progress.Timeline(v, j, l.Events, l.Client.Window().ProviderName), l.comments(v)),
			ui.Col(4, l.facts(v), l.contact(v))))
}

// crumbOf leads back to where a job is listed.
func crumbOf(v *ui.View, c store.Client, j store.Job) ui.Link {
	switch {
	case j.Kind != store.JobWork:
		return ui.Link{Label: v.T("Deliveries"), Href: v.Base + "/deliveries"}
	case c.Shares(store.FeatureJobList):
		return ui.Link{Label: v.T("Jobs"), Href: v.Base + "/jobs"}
	}
	return ui.Link{Label: v.T("Report a problem"), Href: v.Base + "/report"}
}

// attempts leads to the other attempts of a delivery that failed.
func (l jobPage) attempts(v *ui.View) g.Node {
	var links g.Group
	for _, a := range l.Attempts {
		if a.ID != l.Job.ID {
			links = append(links, g.Text(" "), ui.TextLink(v.Base+jobPath(a), v.T("Attempt %s: %s", v.N(a.Attempt), progress.TrackName(v, a.Track(l.Today), a.Kind))))
		}
	}
	if len(links) == 0 {
		return nil
	}
	return ui.Notice("info", v.T("This is attempt %s.", v.N(l.Job.Attempt)), h.P(links))
}

func (l jobPage) description(v *ui.View) g.Node {
	if l.Job.Description == "" {
		return nil
	}
	return ui.Card(v.T("Description"), progress.Lines(l.Job.Description))
}

func (l jobPage) facts(v *ui.View) g.Node {
	j := l.Job
	pairs := []ui.Pair{ui.Row(v.T("Number"), store.JobNumber(j.Number))}
	add := func(label, value string) {
		if value != "" {
			pairs = append(pairs, ui.Row(label, value))
		}
	}
	add(v.T("D.O. number"), j.ExternalID)
	add(v.T("Status"), progress.TrackName(v, j.Track(l.Today), j.Kind))
	add(v.T("Appointment"), progress.Appointment(v, j))
	if j.SiteName != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Site"), Value: ui.TextLink(v.Base+"/sites/"+fleet.ID(j.Site), j.SiteName)})
	}
	add(v.T("Address"), progress.Where(j))
	if len(l.Assets) > 0 {
		pairs = append(pairs, ui.Pair{Label: v.T("Assets"), Value: g.Map(l.Assets, func(a store.JobAsset) g.Node {
			return h.Div(ui.TextLink(v.Base+"/assets/"+fleet.ID(a.ID), a.Name))
		})})
	}
	if j.Kind == store.JobWork { // a delivery has its day and window
		add(v.T("Priority"), j.PriorityName)
		if !j.StartBy.IsZero() {
			add(v.T("Start by"), v.DateTime(j.StartBy))
		}
		if !j.DueBy.IsZero() {
			add(v.T("Due by"), v.DateTime(j.DueBy))
		}
	}
	if j.VehicleName != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Vehicle"), Value: ui.TextLink(v.Base+"/vehicles/"+fleet.ID(j.Vehicle), j.VehicleName)})
	}
	add(v.T("Group"), j.GroupName)
	add(v.T("Reported by"), j.ReporterName)
	pairs = append(pairs, progress.Times(v, j)...)
	for _, f := range l.Values {
		add(f.Label, f.Value)
	}
	return ui.Card(v.T("Details"), ui.DL(pairs...))
}

func (l jobPage) contact(v *ui.View) g.Node {
	j := l.Job
	if j.ContactName+j.ContactPhone+j.ContactEmail == "" {
		return nil
	}
	pairs := []ui.Pair{ui.Row(v.T("Name"), j.ContactName)}
	if j.ContactPhone != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Phone"), Value: ui.TextLink("tel:"+j.ContactPhone, j.ContactPhone)})
	}
	if j.ContactEmail != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("E-mail"), Value: ui.TextLink("mailto:"+j.ContactEmail, j.ContactEmail)})
	}
	return ui.Card(v.T("Contact on site"), ui.DL(pairs...))
}

func (l jobPage) comments(v *ui.View) g.Node {
	feature := store.FeatureDeliveryComments
	if l.Job.Kind == store.JobWork {
		feature = store.FeatureJobComments
	}
	may := l.Client.Shares(feature) && l.Client.May(store.JobComment)
	if len(l.Comments) == 0 && !may {
		return nil
	}
	var form g.Node
	if may {
		form = ui.Form(l.at(v)+"/comments", ui.HiddenFields("once", l.Once),
			ui.Textarea(ui.Field{Name: "body", Label: v.T("Write to %s", l.Client.Window().ProviderName), Value: l.Typed, Max: 8000, Error: fault.Fields(l.Problem)["body"]}, 3),
			ui.FormActions(ui.Button(v.T("Send comment"))))
	}
	return ui.Card(v.T("Comments"), g.If(len(l.Comments) > 0, progress.Comments(v, l.Comments, l.Client.Window().ProviderName)), form)
}
