package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) vehicleRoutes(r *mux.Router) {
	r.Handle("/vehicles", a.staff(a.listVehicles)).Methods("GET", "HEAD").Name("admin.vehicles")
	r.Handle("/vehicles/map", a.staff(a.mapVehicles)).Methods("GET", "HEAD").Name("admin.vehicles.map")
	r.Handle("/vehicles/map.json", a.staff(a.vehicleMarks)).Methods("GET", "HEAD").Name("admin.vehicles.marks")
	r.Handle("/vehicles/export", a.staff(a.exportVehicles)).Methods("GET", "HEAD").Name("admin.vehicles.export")
	a.vehicleFormRoutes(r)
	r.Handle("/vehicles/{vehicle}", a.staff(a.showVehicle)).Methods("GET", "HEAD").Name("admin.vehicle")
	r.Handle("/vehicles/{vehicle}/map.json", a.staff(a.vehicleMark)).Methods("GET", "HEAD").Name("admin.vehicle.mark")
	r.Handle("/vehicles/{vehicle}/group", a.staff(a.groupVehicle)).Methods("POST").Name("admin.vehicle.group")
	r.Handle("/vehicles/{vehicle}/ungroup", a.staff(a.ungroupVehicle)).Methods("POST").Name("admin.vehicle.ungroup")
}

func vehicleFilter(r *http.Request) store.VehicleFilter {
	q := r.URL.Query()
	return store.VehicleFilter{Search: q.Get("q"), Group: web.QueryInt[store.GroupID](r, "group"), Sort: q.Get("sort"), After: q.Get("after")}
}

func (a *Admin) listVehicles(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	l := vehiclesList{Staff: s, Query: r.URL.Query(), Path: base(r) + "/vehicles", Filter: vehicleFilter(r)}
	if err := l.fill(r); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.page(a.view(w, r, s)))
}

func (l *vehiclesList) fill(r *http.Request) (err error) {
	if l.Page, err = l.Staff.Vehicles(r.Context(), l.Filter); err != nil {
		return err
	}
	ids := make([]store.VehicleID, 0, len(l.Page.Rows))
	for _, one := range l.Page.Rows {
		ids = append(ids, one.ID)
	}
	if !l.Staff.May(store.GroupRead) {
		return nil
	}
	if l.Named, err = l.Staff.NamesOfVehicleGroups(r.Context(), ids); err != nil {
		return err
	}
	l.Groups, err = l.Staff.GroupNames(r.Context())
	return err
}

func (a *Admin) mapVehicles(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	l := vehiclesList{Staff: s, Query: r.URL.Query(), Path: base(r) + "/vehicles/map", Filter: vehicleFilter(r)}
	if err := l.fill(r); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, l.mapPage(a.view(w, r, s)))
}

func (a *Admin) vehicleMarks(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	box, zoom, err := fleet.Window(r)
	if err != nil {
		return err
	}
	pts, err := s.VehiclePositions(r.Context(), vehicleFilter(r), box, zoom)
	if err != nil {
		return err
	}
	return a.sendVehicleMarks(w, r, s, pts)
}

func (a *Admin) sendVehicleMarks(w http.ResponseWriter, r *http.Request, s store.Staff, pts store.Points) error {
	body, err := fleet.Marks(a.view(nil, r, s), pts, base(r)+"/vehicles/", s.Now())
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", body)
}

func (a *Admin) exportVehicles(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return fleet.ExportVehicles(w, r, a.desk, s, desk.VehicleExport{Filter: vehicleFilter(r), CSV: r.URL.Query().Get("format") == "csv", Formats: s.Me().Formats})
}

func (a *Admin) vehicle(r *http.Request, s store.Staff) (store.Vehicle, error) {
	id, err := web.ID[store.VehicleID](r, "vehicle")
	if err != nil {
		return store.Vehicle{}, err
	}
	return s.Vehicle(r.Context(), id)
}

func (a *Admin) vehicleMark(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	return a.sendVehicleMarks(w, r, s, fleet.OneVehicle(one))
}

func (a *Admin) showVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.vehiclePage(w, r, s, http.StatusOK, nil)
}

func (a *Admin) vehiclePage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, problem error) (err error) {
	p := vehiclePage{Staff: s, Now: s.Now(), Problem: problem}
	if p.Vehicle, err = a.vehicle(r, s); err != nil {
		return err
	}
	ctx, of := r.Context(), p.Vehicle.ID
	if p.Track, err = s.VehicleReadings(ctx, of, store.KindPosition, lastPlaces); err != nil {
		return err
	}
	if s.May(store.GroupRead) {
		if p.Groups, err = s.VehicleGroups(ctx, of); err != nil {
			return err
		}
		if p.Choices, err = s.GroupNames(ctx); err != nil {
			return err
		}
		if p.SeenBy, err = s.SeenBy(ctx, of); err != nil {
			return err
		}
	}
	return web.Page(w, r, status, p.page(a.view(w, r, s)))
}

func (a *Admin) groupVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.setVehicleGroup(w, r, s, true, "Vehicle put into the group.")
}

func (a *Admin) ungroupVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.setVehicleGroup(w, r, s, false, "Vehicle taken out of the group.")
}

func (a *Admin) setVehicleGroup(w http.ResponseWriter, r *http.Request, s store.Staff, in bool, says string) error {
	if err := web.Form(r); err != nil {
		return err
	}
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	err = s.GroupVehicle(r.Context(), one.ID, web.Int[store.GroupID](r, "group"), in)
	if isForm(err) {
		return a.vehiclePage(w, r, s, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	to := base(r) + "/vehicles"
	if _, err := s.Vehicle(r.Context(), one.ID); err == nil { // who is limited to groups may just have given it away
		to += "/" + id(one.ID)
	}
	return a.site.Done(w, r, to, says)
}
