package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/store"
)

func (p *Portal) assetRoutes(r *mux.Router) {
	r.Handle("/assets", p.feature(store.FeatureList, p.listAssets)).Methods("GET", "HEAD").Name("portal.assets")
	r.Handle("/assets/export", p.feature(store.FeatureExport, p.exportAssets)).Methods("GET", "HEAD").Name("portal.assets.export")
	r.Handle("/map", p.feature(store.FeatureMap, p.mapAssets)).Methods("GET", "HEAD").Name("portal.map")
	r.Handle("/map.json", p.feature(store.FeatureMap, p.mapMarks)).Methods("GET", "HEAD").Name("portal.map.marks")
	r.Handle("/activity", p.feature(store.FeatureActivity, p.listActivity)).Methods("GET", "HEAD").Name("portal.activity")
	r.Handle("/assets/{asset}", p.feature(store.FeatureList, p.showAsset)).Methods("GET", "HEAD").Name("portal.asset")
	r.Handle("/assets/{asset}/map.json", p.feature(store.FeatureMap, p.assetMark)).Methods("GET", "HEAD").Name("portal.asset.mark")
}

func filterOf(r *http.Request) store.AssetFilter {
	q := r.URL.Query()
	return store.AssetFilter{Search: q.Get("q"), Status: q.Get("status"), Type: q.Get("type"), Group: web.QueryInt[store.GroupID](r, "group"), Sort: q.Get("sort"), After: q.Get("after")}
}

func (p *Portal) listAssets(w http.ResponseWriter, r *http.Request, c store.Client) error {
	l := assetsList{Client: c, Query: r.URL.Query(), Filter: filterOf(r)}
	var err error
	if l.Page, l.Facets, err = c.AssetList(r.Context(), l.Filter); err != nil {
		return err
	}
	if l.Groups, err = c.GroupNames(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.page(p.view(w, r, c)))
}

// fill reads what filters offer; all of it comes from the client's own assets.
func (l *assetsList) fill(r *http.Request) (err error) {
	if l.Facets, err = l.Client.AssetFacets(r.Context()); err != nil {
		return err
	}
	l.Groups, err = l.Client.GroupNames(r.Context())
	return err
}

func (p *Portal) exportAssets(w http.ResponseWriter, r *http.Request, c store.Client) error {
	e := desk.AssetExport{Filter: filterOf(r), CSV: r.URL.Query().Get("format") == "csv", Formats: c.Me().Formats,
		Meters: c.Shares(store.FeatureMeters), Places: c.Shares(store.FeatureMap)}
	return fleet.Export(w, r, p.desk, c, e)
}

func (p *Portal) mapAssets(w http.ResponseWriter, r *http.Request, c store.Client) error {
	l := assetsList{Client: c, Query: r.URL.Query(), Filter: filterOf(r)}
	if err := l.fill(r); err != nil {
		return err
	}
	var err error
	if l.Points, err = c.Positions(r.Context(), l.Filter, nil, closest); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.mapPage(p.view(w, r, c)))
}

// closest is a zoom at which every asset is a mark of its own: the list beside
// the map names them.
const closest = 18

func (p *Portal) mapMarks(w http.ResponseWriter, r *http.Request, c store.Client) error {
	box, zoom, err := fleet.Window(r)
	if err != nil {
		return err
	}
	pts, err := c.Positions(r.Context(), filterOf(r), box, zoom)
	if err != nil {
		return err
	}
	return p.sendMarks(w, r, c, pts)
}

func (p *Portal) sendMarks(w http.ResponseWriter, r *http.Request, c store.Client, pts store.Points) error {
	at := ""
	if c.Shares(store.FeatureList) {
		at = base(r) + "/assets/"
	}
	body, err := fleet.Marks(p.view(nil, r, c), pts, at, c.Now())
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", body)
}

func (p *Portal) asset(r *http.Request, c store.Client) (store.Asset, error) {
	id, err := web.ID[store.AssetID](r, "asset")
	if err != nil {
		return store.Asset{}, err
	}
	return c.Asset(r.Context(), id)
}

func (p *Portal) assetMark(w http.ResponseWriter, r *http.Request, c store.Client) error {
	a, err := p.asset(r, c)
	if err != nil {
		return err
	}
	return p.sendMarks(w, r, c, fleet.OneMark(a))
}

func (p *Portal) showAsset(w http.ResponseWriter, r *http.Request, c store.Client) (err error) {
	a := assetPage{Client: c, Now: c.Now()}
	if a.Asset, err = p.asset(r, c); err != nil {
		return err
	}
	if err := a.fill(r); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, a.page(p.view(w, r, c)))
}

// fill reads of an asset what the portal shares.
func (a *assetPage) fill(r *http.Request) (err error) {
	ctx, c, id := r.Context(), a.Client, a.Asset.ID
	if a.Fields, err = c.FieldValues(ctx, id); err != nil {
		return err
	}
	if a.Groups, err = c.AssetGroups(ctx, id); err != nil {
		return err
	}
	if c.Shares(store.FeatureActivity) {
		if a.Events, err = c.Events(ctx, store.EventFilter{Asset: id, Limit: 8}); err != nil {
			return err
		}
	}
	if c.Shares(store.FeatureFaults) {
		if a.Faults, err = c.Faults(ctx, id, 20); err != nil {
			return err
		}
	}
	if c.May(store.JobRead) {
		a.Today = c.DayNow()
		if a.Jobs, err = c.JobsOfAsset(ctx, id, 10); err != nil {
			return err
		}
	}
	if c.Shares(store.FeatureHistory) && c.Shares(store.FeatureMeters) {
		a.Chart, err = fleet.Readings(r, c, id)
	}
	return err
}
