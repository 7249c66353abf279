package portal

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) weekRoutes(r *mux.Router) {
	r.Handle("/deliveries/report", p.feature(store.FeatureDeliveryReports, p.showWeeks(false))).Methods("GET", "HEAD").Name("portal.deliveries.report")
	r.Handle("/jobs/report", p.feature(store.FeatureJobReports, p.showWeeks(true))).Methods("GET", "HEAD").Name("portal.jobs.report")
}

// spans are how many weeks a report can cover.
var spans = []int{4, 13, 26, 52}

// weeksPage is what became of jobs, or of deliveries, week by week.
type weeksPage struct {
	Work  bool
	Query url.Values
	Weeks []store.JobWeek
	Span  int
}

func (p *Portal) showWeeks(work bool) clientHandler {
	return func(w http.ResponseWriter, r *http.Request, c store.Client) (err error) {
		l := weeksPage{Work: work, Query: r.URL.Query(), Span: spans[1]}
		if n, err := strconv.Atoi(l.Query.Get("weeks")); err == nil && slices.Contains(spans, n) {
			l.Span = n
		}
		today, err := time.Parse(time.DateOnly, c.DayNow())
		if err != nil {
			return err
		}
		kind, name := "deliveries", "deliveries-report"
		if work {
			kind, name = store.JobWork, "jobs-report"
		}
		from := today.AddDate(0, 0, -(int(today.Weekday())+6)%7-7*(l.Span-1))
		if l.Weeks, err = c.JobWeeks(r.Context(), from.Format(time.DateOnly), today.Format(time.DateOnly), kind); err != nil {
			return err
		}
		switch l.Query.Get("format") {
		case "csv":
			return web.Download(w, r, name+".csv", web.MediaCSV, func(out io.Writer) error { return desk.TakeWeeks(out, name, l.Weeks, true, c.Me().Formats) })
		case "xlsx":
			return web.Download(w, r, name+".xlsx", web.MediaXLSX, func(out io.Writer) error { return desk.TakeWeeks(out, name, l.Weeks, false, c.Me().Formats) })
		}
		return web.Page(w, r, http.StatusOK, l.page(p.view(w, r, c)))
	}
}

func (l weeksPage) page(v *ui.View) g.Node {
	list, title, crumb := v.Base+"/deliveries", v.T("Report on deliveries"), v.T("Deliveries")
	if l.Work {
		list, title, crumb = v.Base+"/jobs", v.T("Report on jobs"), v.T("Jobs")
	}
	at := list + "/report"
	export := ui.Menu(v.T("Export"), "download", ui.MenuLink(ui.HrefWith(at, l.Query, "format", "xlsx"), v.T("Excel (XLSX)"), "file-spreadsheet"), ui.MenuLink(ui.HrefWith(at, l.Query, "format", "csv"), v.T("CSV"), "file-text"))
	var tabs []ui.Tab
	for _, n := range spans {
		tabs = append(tabs, ui.Tab{Label: v.Plural(int64(n), "%s week", "%s weeks"), Href: ui.HrefWith(at, nil, "weeks", strconv.Itoa(n)), Current: n == l.Span})
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: crumb, Href: list}}, export), ui.Tabs(v, tabs), l.sums(v), l.chart(v, title), l.table(v, title))
}

// sums are the whole span in a few numbers.
func (l weeksPage) sums(v *ui.View) g.Node {
	var all store.JobWeek
	for _, w := range l.Weeks {
		all.Total, all.Completed, all.Partial, all.Failed = all.Total+w.Total, all.Completed+w.Completed, all.Partial+w.Partial, all.Failed+w.Failed
		all.OnTime, all.Late = all.OnTime+w.OnTime, all.Late+w.Late
	}
	inTime, note := "–", v.T("of those with a time to be done by")
	if n := all.OnTime + all.Late; n > 0 {
		inTime = v.F(100*float64(all.OnTime)/float64(n), 0) + " %"
	}
	return ui.Stats(ui.Stat(v.T("All"), v.N(all.Total), ""), ui.Stat(v.T("Completed"), v.N(all.Completed), ""), ui.Stat(v.T("Partially completed"), v.N(all.Partial), ""),
		ui.Stat(v.T("Failed"), v.N(all.Failed), ""), ui.Stat(v.T("In time"), inTime, note))
}

func (l weeksPage) chart(v *ui.View, title string) g.Node {
	s := ui.BarSpec{ID: "weeks", Title: title, Desc: v.T("How many were completed, and how many failed, in each week."), Unit: v.T("Week from")}
	done, failed := ui.Series{Name: v.T("Completed")}, ui.Series{Name: v.T("Failed")}
	for _, w := range l.Weeks {
		s.Labels = append(s.Labels, progress.Day(v, w.Monday))
		done.Values, failed.Values = append(done.Values, float64(w.Completed+w.Partial)), append(failed.Values, float64(w.Failed))
	}
	s.Series = []ui.Series{done, failed}
	return ui.Card("", ui.BarChart(v, s))
}

func (l weeksPage) table(v *ui.View, title string) g.Node {
	cols := []ui.Column[store.JobWeek]{{Label: v.T("Week from"), Bytes: func(b []byte, w store.JobWeek) []byte { return ui.AppendText(b, progress.Day(v, w.Monday)) }}}
	for _, c := range []struct {
		label string
		of    func(store.JobWeek) int64
	}{{"All", func(w store.JobWeek) int64 { return w.Total }}, {"Completed", func(w store.JobWeek) int64 { return w.Completed }}, {"Partially completed", func(w store.JobWeek) int64 { return w.Partial }},
		{"Failed", func(w store.JobWeek) int64 { return w.Failed }}, {"Not done yet", func(w store.JobWeek) int64 { return w.Open }}, {"In time", func(w store.JobWeek) int64 { return w.OnTime }}, {"Late", func(w store.JobWeek) int64 { return w.Late }}} {
		cols = append(cols, ui.Column[store.JobWeek]{Label: v.T(c.label), Align: "end", Bytes: func(b []byte, w store.JobWeek) []byte { return v.AppendN(b, c.of(w)) }})
	}
	newest := slices.Clone(l.Weeks)
	slices.Reverse(newest)
	return ui.CardWith(ui.CardSpec{Title: v.T("Week by week"), Flush: true}, ui.Table(v, ui.TableSpec[store.JobWeek]{ID: "week-table", Caption: title, Columns: cols}, newest))
}
