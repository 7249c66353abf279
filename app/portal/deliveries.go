package portal

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) deliveryRoutes(r *mux.Router) {
	r.Handle("/deliveries", p.feature(store.FeatureDeliveryList, p.listDeliveries)).Methods("GET", "HEAD").Name("portal.deliveries")
	r.Handle("/deliveries/export", p.feature(store.FeatureDeliveryExport, p.exportDeliveries)).Methods("GET", "HEAD").Name("portal.deliveries.export")
	r.Handle("/deliveries/{job}", p.feature(store.FeatureDeliveryList, p.showDelivery)).Methods("GET", "HEAD").Name("portal.delivery")
	r.Handle("/deliveries/{job}/comments", p.feature(store.FeatureDeliveryComments, p.commentJob)).Methods("POST").Name("portal.delivery.comment")
}

// deliveryFilter reads what the page of a day is narrowed by. A search looks
// through all days: whoever has a number seldom has the date.
func deliveryFilter(q url.Values, today string) store.JobFilter {
	f := store.JobFilter{Kind: "deliveries", Search: q.Get("q"), Track: q.Get("track"), Today: today, Sort: "day", After: q.Get("after")}
	if k := q.Get("kind"); k == store.JobDelivery || k == store.JobCollection {
		f.Kind = k
	}
	if f.Search == "" {
		f.From = dayOf(q, today)
		f.To = f.From
	} else {
		f.Sort = "-day"
	}
	return f
}

// dayOf is the day that the address asks for, today where it names none.
func dayOf(q url.Values, today string) string {
	if _, err := time.Parse(time.DateOnly, q.Get("day")); err != nil {
		return today
	}
	return q.Get("day")
}

// deliveriesPage is one day of deliveries and collections, or what a search
// found on all days.
type deliveriesPage struct {
	Client store.Client
	Query  url.Values
	Today  string
	Filter store.JobFilter
	Page   store.Page[store.Job]
	Tally  store.JobTally
	Kind   string // of everything on that day; "" for both
	Ever   bool   // there has been a delivery at all
}

func (p *Portal) listDeliveries(w http.ResponseWriter, r *http.Request, c store.Client) (err error) {
	ctx, today := r.Context(), c.DayNow()
	l := deliveriesPage{Client: c, Query: r.URL.Query(), Today: today}
	l.Filter = deliveryFilter(l.Query, today)
	if l.Page, err = c.Jobs(ctx, l.Filter); err != nil {
		return err
	}
	day := dayOf(l.Query, today)
	counts, err := c.JobCounts(ctx, store.JobCountFilter{From: day, To: day, Kind: l.Filter.Kind})
	if err != nil {
		return err
	}
	l.Kind = oneKind(counts)
	l.Tally, l.Ever = store.TallyJobs(counts, today), len(l.Page.Rows) > 0 || len(counts) > 0
	if !l.Ever {
		any, err := c.Jobs(ctx, store.JobFilter{Kind: "deliveries", Limit: 1})
		if err != nil {
			return err
		}
		l.Ever = len(any.Rows) > 0
	}
	return web.Page(w, r, http.StatusOK, l.page(p.view(w, r, c)))
}

// oneKind is the shape of all that is counted, "" where there are two.
func oneKind(counts []store.JobCount) (kind string) {
	for _, c := range counts {
		if kind != "" && kind != c.Kind {
			return ""
		}
		kind = c.Kind
	}
	return kind
}

func (l deliveriesPage) page(v *ui.View) g.Node {
	at := v.Base + "/deliveries"
	var actions []g.Node
	if l.Client.Shares(store.FeatureDeliveryExport) && len(l.Page.Rows) > 0 {
		actions = append(actions, exportMenu(v, at, l.Query))
	}
	if l.Client.Shares(store.FeatureDeliveryReports) {
		actions = append(actions, ui.LinkButton(at+"/report", v.T("Report"), "chart-bar"))
	}
	actions = append(actions, reportButton(v, l.Client, ""))
	if !l.Ever {
		win := l.Client.Window()
		return ui.Page(v, v.T("Deliveries"), ui.PageHead(v, v.T("Deliveries"), nil, actions...), ui.Empty("truck-delivery", v.T("No deliveries yet"), l.why(v, win)))
	}
	head := progress.Dashboard{Path: at, Query: l.Query, Day: dayOf(l.Query, l.Today), Today: l.Today, Track: l.Filter.Track, Tally: l.Tally, Kind: l.Kind}
	first, next := ui.Around(at, l.Query, l.Page.Next)
	return ui.Page(v, v.T("Deliveries"), ui.PageHead(v, v.T("Deliveries"), nil, actions...),
		head.Node(v), ui.List("deliveries", l.filters(v, at), g.If(l.Filter.Search != "", ui.ListNote(v.T("Found on all days, the newest first."))), l.table(v, at), ui.Pager(v, len(l.Page.Rows), fleet.Count(v, l.Page.Total, l.Page.More), first, next)))
}

// why says when something will stand here (row 120).
func (l deliveriesPage) why(v *ui.View, win store.Window) string {
	if !win.AllGroups {
		return v.T("You see the deliveries of your groups at %s. As soon as %s gives one to one of these groups, it appears here.", win.CustomerName, win.ProviderName)
	}
	return v.T("As soon as %s makes a delivery for %s, it appears here, with every step of it until somebody has signed.", win.ProviderName, win.CustomerName)
}

func (l deliveriesPage) filters(v *ui.View, at string) g.Node {
	tracks := []ui.Option{{Label: v.T("Any status")}}
	for _, t := range store.Tracks(store.JobDelivery) {
		tracks = append(tracks, ui.Option{Value: t, Label: progress.TrackName(v, t, "")})
	}
	kinds := []ui.Option{{Label: v.T("Deliveries and collections")}, {Value: store.JobDelivery, Label: v.T("Deliveries")}, {Value: store.JobCollection, Label: v.T("Collections")}}
	return ui.Filters(v, ui.FilterSpec{Action: at, Query: l.Query, Placeholder: v.T("Number, receiver, address or item"), Keep: []string{"day"},
		Filters: []ui.Filter{{Name: "track", Label: v.T("Status"), Value: l.Filter.Track, Options: tracks}, {Name: "kind", Label: v.T("Kind"), Value: l.Query.Get("kind"), Options: kinds}}})
}

func (l deliveriesPage) table(v *ui.View, at string) g.Node {
	cols := []ui.Column[store.Job]{
		{Label: v.T("Delivery"), Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwoNum(b, at+"/", int64(j.ID), progress.Number(j), jobSub(v, j))
		}},
		{Label: v.T("To or from"), Wide: true, Bytes: func(b []byte, j store.Job) []byte { return ui.AppendTwo(b, "", whom(j), progress.Where(j)) }},
		{Label: v.T("Status"), Bytes: func(b []byte, j store.Job) []byte { return progress.AppendBadge(v, b, j, l.Today) }},
		{Label: v.T("Time window"), Bytes: func(b []byte, j store.Job) []byte { return ui.AppendText(b, l.window(v, j)) }},
		{Label: v.T("Done"), Quiet: true, Bytes: func(b []byte, j store.Job) []byte { return v.AppendDateTime(b, j.DoneAt) }},
	}
	return ui.Table(v, ui.TableSpec[store.Job]{ID: "delivery-table", Caption: v.T("Deliveries"), Columns: cols, Empty: l.none(v, at)}, l.Page.Rows)
}

func (l deliveriesPage) window(v *ui.View, j store.Job) string {
	if l.Filter.Search != "" {
		return progress.Appointment(v, j)
	}
	return progress.Window(v, j)
}

func (l deliveriesPage) none(v *ui.View, at string) g.Node {
	if l.Filter.Search != "" || l.Filter.Track != "" || l.Query.Get("kind") != "" {
		return ui.Empty("search", v.T("Nothing matches"), v.T("None of your deliveries fits this search and these filters."), ui.LinkButton(at, v.T("Show today's deliveries"), ""))
	}
	return ui.Empty("truck-delivery", v.T("Nothing on this day"), v.T("There is no delivery and no collection for you on this day. Choose another one above, or search for a number."))
}

// whom is who receives or hands over: the contact, or the site.
func whom(j store.Job) string {
	if j.ContactName != "" {
		return j.ContactName
	}
	return j.SiteName
}

// jobSub is what stands below a delivery's number: what it is, and which
// attempt.
func jobSub(v *ui.View, j store.Job) string {
	out := progress.KindName(v, j.Kind)
	if j.ExternalID != "" {
		out += " · " + store.JobNumber(j.Number)
	}
	if j.Attempt > 1 {
		out += " · " + v.T("attempt %s", v.N(j.Attempt))
	}
	return out
}

func (p *Portal) exportDeliveries(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	return p.exportJobs(w, r, c, desk.JobTake{Name: "deliveries", Filter: deliveryFilter(q, c.DayNow()), CSV: q.Get("format") == "csv"})
}
