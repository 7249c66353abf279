package portal

import (
	"net/http"
	"net/url"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) vehicleRoutes(r *mux.Router) {
	r.Handle("/vehicles", p.vehicles(p.listVehicles)).Methods("GET", "HEAD").Name("portal.vehicles")
	r.Handle("/vehicles/map.json", p.vehicles(p.vehicleMarks)).Methods("GET", "HEAD").Name("portal.vehicles.marks")
	r.Handle("/vehicles/{vehicle}", p.vehicles(p.showVehicle)).Methods("GET", "HEAD").Name("portal.vehicle")
	r.Handle("/vehicles/{vehicle}/map.json", p.vehicles(p.vehicleMark)).Methods("GET", "HEAD").Name("portal.vehicle.mark")
}

// vehicles lets only members through who see a vehicle: where there is none in
// their customer's groups, nothing tells that the provider has any (row 124).
func (p *Portal) vehicles(h clientHandler) http.Handler {
	return p.feature(store.FeatureVehicleList, func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		some, err := c.HasVehicles(r.Context())
		if err != nil {
			return err
		}
		if !some {
			return notHere
		}
		return h(w, r, c)
	})
}

func vehicleFilter(q url.Values) store.VehicleFilter {
	return store.VehicleFilter{Search: q.Get("q"), Sort: q.Get("sort"), After: q.Get("after")}
}

func (p *Portal) listVehicles(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	list, err := c.Vehicles(r.Context(), vehicleFilter(q))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, vehiclesPage(p.view(w, r, c), c, q, list))
}

func vehiclesPage(v *ui.View, c store.Client, q url.Values, l store.Page[store.Vehicle]) g.Node {
	at := v.Base + "/vehicles"
	first, next := ui.Around(at, q, l.Next)
	table := fleet.VehicleTable{Path: at, At: at + "/", Query: q, Sort: q.Get("sort"), Now: c.Now(),
		Empty: ui.Empty("search", v.T("Nothing matches"), v.T("No vehicle fits this search."), ui.LinkButton(at, v.T("Show all vehicles"), ""))}
	return ui.Page(v, v.T("Vehicles"), ui.PageHead(v, v.T("Vehicles"), nil),
		ui.Map(v, "vehicle-map", ui.HrefWith(at+"/map.json", q), ui.MapOpts{Label: v.T("Map of the vehicles"), Poll: 30}),
		ui.List("vehicles", ui.Filters(v, ui.FilterSpec{Action: at, Query: q, Placeholder: v.T("Name or plate"), Keep: []string{"sort"}}),
			table.Table(v, l.Rows), ui.Pager(v, len(l.Rows), fleet.Count(v, l.Total, l.More), first, next)))
}

func (p *Portal) vehicleMarks(w http.ResponseWriter, r *http.Request, c store.Client) error {
	box, zoom, err := fleet.Window(r)
	if err != nil {
		return err
	}
	pts, err := c.VehiclePositions(r.Context(), vehicleFilter(r.URL.Query()), box, zoom)
	if err != nil {
		return err
	}
	return p.sendVehicleMarks(w, r, c, pts)
}

func (p *Portal) sendVehicleMarks(w http.ResponseWriter, r *http.Request, c store.Client, pts store.Points) error {
	body, err := fleet.Marks(p.view(nil, r, c), pts, base(r)+"/vehicles/", c.Now())
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", body)
}

func (p *Portal) vehicle(r *http.Request, c store.Client) (store.Vehicle, error) {
	id, err := web.ID[store.VehicleID](r, "vehicle")
	if err != nil {
		return store.Vehicle{}, err
	}
	return c.Vehicle(r.Context(), id)
}

func (p *Portal) vehicleMark(w http.ResponseWriter, r *http.Request, c store.Client) error {
	one, err := p.vehicle(r, c)
	if err != nil {
		return err
	}
	return p.sendVehicleMarks(w, r, c, fleet.OneVehicle(one))
}

func (p *Portal) showVehicle(w http.ResponseWriter, r *http.Request, c store.Client) error {
	one, err := p.vehicle(r, c)
	if err != nil {
		return err
	}
	v, now := p.view(w, r, c), c.Now()
	at := v.Base + "/vehicles"
	place := g.Node(ui.Card(v.T("Position"), ui.Empty("map-pin", v.T("No position yet"), v.T("It appears with the first one the vehicle reports."))))
	if one.Lat.OK {
		place = ui.CardWith(ui.CardSpec{Title: v.T("Position"), Note: fleet.VehiclePlace(v, one, now), Flush: true},
			ui.Map(v, "place", at+"/"+fleet.ID(one.ID)+"/map.json", ui.MapOpts{Label: v.T("Where %s is", one.Name), Lat: one.Lat.V, Lon: one.Lon.V, Zoom: 8, Poll: 30}))
	}
	details := ui.DL(ui.Row(v.T("Plate"), one.Plate), ui.Row(v.T("Speed"), fleet.Speed(v, one.Speed)), ui.Row(v.T("Last seen"), v.DateTime(one.SeenAt)))
	return web.Page(w, r, http.StatusOK, ui.Page(v, one.Name, ui.PageHead(v, one.Name, []ui.Link{{Label: v.T("Vehicles"), Href: at}}), ui.Actions(fleet.Motion(v, one, now)),
		ui.Grid(ui.Col(8, place), ui.Col(4, ui.Card(v.T("Details"), details)))))
}
