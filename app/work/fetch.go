package work

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Filter reads a list's filter from an address.
func Filter(q url.Values, today string) store.JobFilter {
	f := store.JobFilter{Search: q.Get("q"), Kind: q.Get("kind"), Status: q.Get("status"), Track: q.Get("track"), From: q.Get("from"), To: q.Get("to"), Undated: q.Get("undated") != "",
		Customer: number[store.CustomerID](q, "customer"), Group: number[store.GroupID](q, "group"), Site: number[store.SiteID](q, "site"), Asset: number[store.AssetID](q, "asset"),
		Assignee: number[store.UserID](q, "assignee"), Vehicle: number[store.VehicleID](q, "vehicle"), Priority: number[store.PriorityID](q, "priority"),
		Late: q.Get("late") != "", Mine: q.Get("mine") != "", Today: today, Sort: q.Get("sort"), After: q.Get("after")}
	if d := q.Get("day"); d != "" {
		f.From, f.To = d, d
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		f.From, f.To = f.To, f.From
	}
	return f
}

// number reads an id; "none" is the filter's word for there being none.
func number[T ~int64](q url.Values, name string) T {
	if q.Get(name) == "none" {
		return -1
	}
	var n T
	for _, c := range q.Get(name) {
		if c < '0' || c > '9' || n > 1<<50 {
			return 0
		}
		n = n*10 + T(c-'0')
	}
	return n
}

// ValidDay reports whether a text is a day.
func ValidDay(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }

// Export sends a list of jobs as a file.
func Export(w http.ResponseWriter, r *http.Request, d *desk.Desk, from desk.JobLister, e desk.JobExport) error {
	name, media := "jobs.xlsx", web.MediaXLSX
	if e.CSV {
		name, media = "jobs.csv", web.MediaCSV
	}
	if err := from.Can(store.JobExport); err != nil {
		return err
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return d.ExportJobs(r.Context(), out, from, e) })
}

// SendMarks sends what a map of jobs shows.
func SendMarks(w http.ResponseWriter, r *http.Request, v *ui.View, pts store.JobPlaces, at string) error {
	out := map[string]any{"points": Marks(v, pts, at)}
	if pts.Total > 0 {
		out["bounds"] = [4]float64{pts.Bounds.South, pts.Bounds.West, pts.Bounds.North, pts.Bounds.East}
	}
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", body)
}
