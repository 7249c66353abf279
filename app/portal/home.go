package portal

import (
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) homeRoutes(r *mux.Router) {
	r.Handle("", p.client(p.showHome)).Methods("GET", "HEAD").Name("portal.home")
	r.Handle("/", p.client(p.showHome)).Methods("GET", "HEAD").Name("portal.home.slash")
}

// newsOf is how far back the home page calls something new.
const newsOf = 14 * 24 * time.Hour

func (p *Portal) showHome(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if all := granted(r, c); len(all) == 1 && !c.Shares(store.FeatureAssets) { // the front of Assets is this page
		http.Redirect(w, r, base(r)+all[0].path, http.StatusSeeOther)
		return nil
	}
	home := home{Client: c}
	var err error
	if c.Shares(store.FeatureAssets) {
		facets, err := c.AssetFacets(r.Context())
		if err != nil {
			return err
		}
		home.Counts = facets.Counts
	}
	if c.Shares(store.FeatureList) {
		list, err := c.Assets(r.Context(), store.AssetFilter{Sort: "-seen", Limit: 6})
		if err != nil {
			return err
		}
		home.Latest = list.Rows
	}
	if c.Shares(store.FeatureFaults) {
		if home.Faults, err = c.NewFaults(r.Context(), c.Now().Add(-newsOf), 5); err != nil {
			return err
		}
	}
	if c.Shares(store.FeatureActivity) {
		news, err := c.Activity(r.Context(), store.EventFilter{Limit: 6})
		if err != nil {
			return err
		}
		home.News = news.Rows
	}
	if err := home.fillJobs(r); err != nil {
		return err
	}
	if home.Support, err = c.OwnSettings(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, homePage(p.view(w, r, c), home))
}

// fillJobs reads what waits: today's deliveries, and the jobs that are not done.
func (m *home) fillJobs(r *http.Request) (err error) {
	ctx, c := r.Context(), m.Client
	m.Today = c.DayNow()
	if c.Shares(store.FeatureDeliveryList) {
		counts, err := c.JobCounts(ctx, store.JobCountFilter{From: m.Today, To: m.Today, Kind: "deliveries"})
		if err != nil {
			return err
		}
		m.Tally = store.TallyJobs(counts, m.Today)
	}
	if c.Shares(store.FeatureJobList) {
		list, err := c.Jobs(ctx, store.JobFilter{Kind: store.JobWork, Status: "unfinished", Sort: "-number", Limit: 6})
		if err != nil {
			return err
		}
		m.Open = list.Rows
	} else if c.Shares(store.FeatureReport) {
		list, err := c.Jobs(ctx, store.JobFilter{Kind: store.JobWork, Mine: true, Status: "unfinished", Sort: "-number", Limit: 6})
		if err != nil {
			return err
		}
		m.Open = list.Rows
	}
	return nil
}

// isForm reports whether err belongs beside the fields of the form that
// caused it.
func isForm(err error) bool {
	k := fault.Of(err)
	return err != nil && (k == fault.Invalid || k == fault.Conflict)
}
