package portal

import (
	"io"
	"net/http"
	"net/url"

	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

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
