package admin

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) assetRoutes(r *mux.Router) {
	r.Handle("/assets", a.staff(a.listAssets)).Methods("GET", "HEAD").Name("admin.assets")
	r.Handle("/assets/map", a.staff(a.mapAssets)).Methods("GET", "HEAD").Name("admin.assets.map")
	r.Handle("/assets/map.json", a.staff(a.mapMarks)).Methods("GET", "HEAD").Name("admin.assets.marks")
	r.Handle("/assets/export", a.staff(a.exportAssets)).Methods("GET", "HEAD").Name("admin.assets.export")
	r.Handle("/assets/activity", a.staff(a.listActivity)).Methods("GET", "HEAD").Name("admin.assets.activity")
	r.Handle("/customers/{customer}/assets", a.staff(a.listCustomerAssets)).Methods("GET", "HEAD").Name("admin.customer.assets")
	a.assignRoutes(r)
	a.fieldRoutes(r)
	a.assetFormRoutes(r)
	r.Handle("/assets/{asset}", a.staff(a.showAsset)).Methods("GET", "HEAD").Name("admin.asset")
	r.Handle("/assets/{asset}/map.json", a.staff(a.assetMark)).Methods("GET", "HEAD").Name("admin.asset.mark")
}

// assetFilter reads the filter of an asset list from a query or a form.
func assetFilter(q url.Values) store.AssetFilter {
	f := store.AssetFilter{Search: q.Get("q"), Status: q.Get("status"), Type: q.Get("type"), Sort: q.Get("sort"), After: q.Get("after")}
	if q.Get("customer") == "none" {
		f.Customer = store.Unassigned
	} else if n := number(q.Get("customer")); n > 0 {
		f.Customer = store.CustomerID(n)
	}
	f.Group = store.GroupID(number(q.Get("group")))
	return f
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// filterKeys are the names of assetFilter that say which assets, not in which order.
var filterKeys = []string{"q", "customer", "group", "status", "type"}

func (a *Admin) listAssets(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	l := assetsList{Staff: s, Query: q, Path: base(r) + "/assets", Filter: assetFilter(q)}
	if id := number(q.Get("for")); id > 0 {
		c, err := s.Customer(r.Context(), store.CustomerID(id))
		if err != nil {
			return err
		}
		l.For = &c
	}
	if err := a.fillAssets(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, assetsPage(a.view(w, r, s), l))
}

// fillAssets reads what a list of assets shows beside its rows.
func (a *Admin) fillAssets(r *http.Request, s store.Staff, l *assetsList) (err error) {
	var facets store.Facets
	if l.Page, facets, err = s.AssetList(r.Context(), l.Filter); err != nil {
		return err
	}
	l.Counts, l.Types = facets.Counts, facets.Types
	if l.Groups, err = s.GroupNames(r.Context()); err != nil {
		return err
	}
	l.Customers, err = s.Customers(r.Context(), store.CustomerFilter{Limit: fewCustomers})
	return err
}

func (a *Admin) listCustomerAssets(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	l := assetsList{Staff: s, Query: q, Path: base(r) + "/customers/" + id(c.ID) + "/assets", Filter: assetFilter(q), Of: &c}
	l.Filter.Customer = c.ID
	if err := a.fillAssets(r, s, &l); err != nil {
		return err
	}
	l.Counts = nil // those of the whole fleet
	return web.Page(w, r, http.StatusOK, customerAssetsPage(a.view(w, r, s), l))
}

func (a *Admin) mapAssets(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	l := assetsList{Staff: s, Query: q, Path: base(r) + "/assets/map", Filter: assetFilter(q)}
	if err := a.fillAssets(r, s, &l); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, assetMapPage(a.view(w, r, s), l))
}

func (a *Admin) mapMarks(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	box, zoom, err := fleet.Window(r)
	if err != nil {
		return err
	}
	pts, err := s.Positions(r.Context(), assetFilter(r.URL.Query()), box, zoom)
	if err != nil {
		return err
	}
	return a.sendMarks(w, r, s, pts)
}

func (a *Admin) sendMarks(w http.ResponseWriter, r *http.Request, s store.Staff, pts store.Points) error {
	body, err := fleet.Marks(a.view(nil, r, s), pts, base(r)+"/assets/", s.Now())
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", body)
}

func (a *Admin) exportAssets(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.AssetExport); err != nil {
		return err
	}
	q := r.URL.Query()
	e := desk.AssetExport{Filter: assetFilter(q), CSV: q.Get("format") == "csv", Formats: s.Me().Formats, Customers: true, Meters: true, Places: true}
	return fleet.Export(w, r, a.desk, s, e)
}

func (a *Admin) listActivity(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	f := store.EventFilter{Asset: web.QueryInt[store.AssetID](r, "asset"), Kind: q.Get("kind"), After: q.Get("after")}
	events, err := s.Events(r.Context(), f)
	if err != nil {
		return err
	}
	p := activityPage{Query: q, Events: events, Now: s.Now()}
	if f.Asset != 0 {
		if p.Asset, err = s.Asset(r.Context(), f.Asset); err != nil {
			return err
		}
	}
	return web.Page(w, r, http.StatusOK, p.node(a.view(w, r, s)))
}

func (a *Admin) asset(r *http.Request, s store.Staff) (store.Asset, error) {
	id, err := web.ID[store.AssetID](r, "asset")
	if err != nil {
		return store.Asset{}, err
	}
	return s.Asset(r.Context(), id)
}

func (a *Admin) assetMark(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	return a.sendMarks(w, r, s, fleet.OneMark(asset))
}

func (a *Admin) showAsset(w http.ResponseWriter, r *http.Request, s store.Staff) (err error) {
	p := assetPage{Staff: s, Now: s.Now()}
	if p.Asset, err = a.asset(r, s); err != nil {
		return err
	}
	ctx, of := r.Context(), p.Asset.ID
	if p.History, err = s.AssetHistory(ctx, of); err != nil {
		return err
	}
	if p.Events, err = s.Events(ctx, store.EventFilter{Asset: of, Limit: 8}); err != nil {
		return err
	}
	if p.Faults, err = s.Faults(ctx, of, 20); err != nil {
		return err
	}
	if p.Fields, err = s.FieldValues(ctx, of); err != nil {
		return err
	}
	if p.Groups, err = s.AssetGroups(ctx, of); err != nil && fault.Of(err) != fault.Forbidden {
		return err
	}
	if p.Jobs, err = s.JobsOfAsset(ctx, of, 8); err != nil {
		return err
	}
	if p.Chart, err = fleet.Readings(r, s, of); err != nil {
		return err
	}
	if p.Assign, err = a.assignForm(r, s, chosen{IDs: []store.AssetID{of}}); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, p.node(a.view(w, r, s)))
}
