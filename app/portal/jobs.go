package portal

import (
	"net/http"
	"net/url"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
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
	first, next := ui.Around(at, l.Query, l.Page.Next)
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
