package portal

import (
	"net/http"
	"net/url"

	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) listActivity(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	f := store.EventFilter{Asset: web.QueryInt[store.AssetID](r, "asset"), Kind: q.Get("kind"), After: q.Get("after")}
	all, err := c.Activity(r.Context(), f)
	if err != nil {
		return err
	}
	v := p.view(w, r, c)
	return web.Page(w, r, http.StatusOK, ui.Page(v, v.T("Activity"), ui.PageHead(v, v.T("Activity"), nil), viewTabs(v, c, "/activity"), activityList(v, c, q, all)))
}

// activityList is the feed with its filter and the way to what is older.
func activityList(v *ui.View, c store.Client, q url.Values, all store.Page[store.Activity]) g.Node {
	at := v.Base + "/activity"
	items := make([]ui.TimelineItem, 0, len(all.Rows))
	for _, a := range all.Rows {
		items = append(items, newsItem(v, c, a))
	}
	body := ui.Timeline(items)
	if len(items) == 0 {
		body = ui.Empty("activity", v.T("Nothing happened yet"), v.T("What happens to your assets and jobs appears here: assignments, status changes, comments, documents and faults."))
	}
	first, next := ui.Around(at, q, all.Next)
	return ui.List("activity", ui.Filters(v, ui.FilterSpec{Action: at, Query: q, Keep: []string{"asset"}, Filters: []ui.Filter{{Name: "kind", Label: v.T("Kind"), Value: q.Get("kind"), Options: activityKinds(v, c, q)}}}),
		body, ui.Pager(v, len(items), "", first, next))
}

// activityKinds are the kinds of lines there can be for this person.
func activityKinds(v *ui.View, c store.Client, q url.Values) []ui.Option {
	out := []ui.Option{{Label: v.T("Everything")}}
	if c.May(store.JobRead) && q.Get("asset") == "" {
		out = append(out, ui.Option{Value: store.ActivityJobs, Label: v.T("Jobs and deliveries")}, ui.Option{Value: store.ActivityComments, Label: v.T("Comments")}, ui.Option{Value: store.ActivityDocuments, Label: v.T("Documents")})
	}
	return append(out, ui.Option{Value: "assigned", Label: v.T("Assigned")}, ui.Option{Value: "returned", Label: v.T("Returned")},
		ui.Option{Value: "status", Label: v.T("Status of assets")}, ui.Option{Value: "fault", Label: v.T("Faults")}, ui.Option{Value: "reading", Label: v.T("Readings")})
}

// newsItem is a line of the feed, leading to what it is about.
func newsItem(v *ui.View, c store.Client, a store.Activity) ui.TimelineItem {
	if a.OfJob() {
		it := progress.News(v, a, c.Window().ProviderName)
		it.Href = v.Base + jobPath(a.Job.Job)
		return it
	}
	at := ""
	if c.Shares(store.FeatureList) {
		at = v.Base + "/assets/"
	}
	return fleet.FeedSpec{AssetPath: at, Named: true, Provider: c.Window().ProviderName, Now: c.Now()}.Item(v, a.Event)
}
