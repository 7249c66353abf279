package admin

import (
	"net/http"
	"slices"
	"time"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) vehicleFormRoutes(r *mux.Router) {
	r.Handle("/vehicles/new", a.staff(a.newVehicle)).Methods("GET", "HEAD").Name("admin.vehicles.new")
	r.Handle("/vehicles/new", a.staff(a.addVehicle)).Methods("POST").Name("admin.vehicles.add")
	r.Handle("/vehicles/{vehicle}/edit", a.staff(a.editVehicle)).Methods("GET", "HEAD").Name("admin.vehicle.edit")
	r.Handle("/vehicles/{vehicle}/edit", a.staff(a.saveVehicle)).Methods("POST").Name("admin.vehicle.save")
	r.Handle("/vehicles/{vehicle}/remove", a.staff(a.askRemoveVehicle)).Methods("GET", "HEAD").Name("admin.vehicle.remove.ask")
	r.Handle("/vehicles/{vehicle}/remove", a.staff(a.removeVehicle)).Methods("POST").Name("admin.vehicle.remove")
	r.Handle("/vehicles/{vehicle}/reading", a.staff(a.newVehicleReading)).Methods("GET", "HEAD").Name("admin.vehicle.reading")
	r.Handle("/vehicles/{vehicle}/reading", a.staff(a.addVehicleReading)).Methods("POST").Name("admin.vehicle.reading.add")
}

// vehicleForm asks for what people know of a vehicle.
type vehicleForm struct {
	Vehicle *store.Vehicle // nil: a new one
	Edit    store.VehicleEdit
	Version int64
	Drivers []store.PersonRef
	Groups  []store.GroupRef
	Problem error
}

func (a *Admin) newVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.VehicleAdd); err != nil {
		return err
	}
	return a.vehicleForm(w, r, s, http.StatusOK, vehicleForm{})
}

func decodeVehicle(r *http.Request) store.VehicleEdit {
	e := store.VehicleEdit{VehicleInput: store.VehicleInput{Name: web.Str(r, "name"), Plate: web.Str(r, "plate"), Driver: web.Int[store.UserID](r, "driver")}, Groups: web.Ints[store.GroupID](r, "groups")}
	if e.Groups == nil {
		e.Groups = []store.GroupID{}
	}
	return e
}

func (a *Admin) addVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := vehicleForm{Edit: decodeVehicle(r)}
	made, err := s.AddVehicle(r.Context(), f.Edit)
	return a.vehicleSaved(w, r, s, f, made, err, "Vehicle added.")
}

func (a *Admin) vehicleSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f vehicleForm, of store.VehicleID, err error, says string) error {
	if isForm(err) {
		f.Problem = err
		return a.vehicleForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/vehicles/"+id(of), says)
}

func (a *Admin) editVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.VehicleChange); err != nil {
		return err
	}
	groups, err := s.VehicleGroups(r.Context(), one.ID)
	if err != nil {
		return err
	}
	f := vehicleForm{Vehicle: &one, Edit: store.VehicleEdit{VehicleInput: one.VehicleInput}, Version: one.Version}
	for _, gr := range groups {
		f.Edit.Groups = append(f.Edit.Groups, gr.ID)
	}
	return a.vehicleForm(w, r, s, http.StatusOK, f)
}

func (a *Admin) saveVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	f := vehicleForm{Vehicle: &one, Edit: decodeVehicle(r), Version: one.Version}
	err = s.ChangeVehicle(r.Context(), one.ID, web.Int[int64](r, "version"), f.Edit)
	return a.vehicleSaved(w, r, s, f, one.ID, err, "Saved.")
}

func (a *Admin) vehicleForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f vehicleForm) (err error) {
	if f.Groups, err = s.GroupNames(r.Context()); err != nil {
		return err
	}
	if f.Drivers, err = s.Drivers(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

func (f vehicleForm) page(v *ui.View) g.Node {
	back := v.Base + "/vehicles"
	title, action := v.T("Add vehicle"), back+"/new"
	crumbs := []ui.Link{{Label: v.T("Vehicles"), Href: back}}
	if f.Vehicle != nil {
		back += "/" + id(f.Vehicle.ID)
		title, action = v.T("Edit %s", f.Vehicle.Name), back+"/edit"
		crumbs = append(crumbs, ui.Link{Label: f.Vehicle.Name, Href: back})
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	return ui.Page(v, title, ui.PageHead(v, title, crumbs), problemNotice(v, f.Problem), ui.Card("", ui.Form(action, ui.HiddenFields("version", id(f.Version)),
		ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 100, Error: bad["name"], Hint: v.T("As people and imports call it, such as Van 7. Each name stands for one vehicle."), Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "plate", Label: v.T("Plate"), Value: e.Plate, Max: 20, Error: bad["plate"], Autocomplete: "off"})),
		ui.Two(ui.Select(ui.Field{Name: "driver", Label: v.T("Driver"), Value: id(e.Driver), Error: bad["driver"], Hint: v.T("One of your people. Customers never see who drives.")}, f.drivers(v))),
		f.groups(v, bad), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func (f vehicleForm) drivers(v *ui.View) []ui.Option {
	out := []ui.Option{{Value: "0", Label: v.T("Nobody")}}
	known := f.Edit.Driver == 0
	for _, d := range f.Drivers {
		out = append(out, ui.Option{Value: id(d.ID), Label: d.Name})
		known = known || d.ID == f.Edit.Driver
	}
	if !known && f.Vehicle != nil && f.Vehicle.Driver == f.Edit.Driver { // has left since; stays until somebody else drives
		name := f.Vehicle.DriverName
		if name == "" {
			name = v.T("Somebody who has left")
		}
		out = append(out, ui.Option{Value: id(f.Edit.Driver), Label: name})
	}
	return out
}

func (f vehicleForm) groups(v *ui.View, bad map[string]string) g.Node {
	if len(f.Groups) == 0 {
		return nil
	}
	boxes := make([]g.Node, 0, len(f.Groups))
	for _, gr := range f.Groups {
		boxes = append(boxes, ui.Checkbox("groups", id(gr.ID), gr.Name, "", slices.Contains(f.Edit.Groups, gr.ID), false))
	}
	return ui.Checks(ui.Field{Name: "groups", Label: v.T("Groups"), Error: bad["groups"], Hint: v.T("The customer of a group sees the vehicle in its portal, where that shares vehicles. Without a group no customer sees it.")}, boxes...)
}

func (a *Admin) askRemoveVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.VehicleRemove); err != nil {
		return err
	}
	v := a.view(w, r, s)
	at, title := v.Base+"/vehicles/"+id(one.ID), v.T("Remove %s?", one.Name)
	return web.Page(w, r, http.StatusOK, ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Vehicles"), Href: v.Base + "/vehicles"}, {Label: one.Name, Href: at}}),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("Its positions and other readings are removed with it. Jobs that it has to do are nobody's again."), at+"/remove", v.T("Remove"), at)))
}

func (a *Admin) removeVehicle(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveVehicle(r.Context(), one.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/vehicles", one.Name+" is removed.")
}

// vehicleReadingForm asks for what somebody read off a vehicle or heard from
// its driver.
type vehicleReadingForm struct {
	Vehicle                       store.Vehicle
	At, Lat, Lon, Speed, Odometer string
	Problem                       error
}

func (a *Admin) newVehicleReading(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.VehicleReading); err != nil {
		return err
	}
	v := a.view(w, r, s)
	return web.Page(w, r, http.StatusOK, vehicleReadingForm{Vehicle: one, At: s.Now().In(zone(v)).Format(clockLayout)}.page(v))
}

func (a *Admin) addVehicleReading(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	one, err := a.vehicle(r, s)
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	f := vehicleReadingForm{Vehicle: one, At: web.Str(r, "at"), Lat: web.Str(r, "lat"), Lon: web.Str(r, "lon"), Speed: web.Str(r, "speed"), Odometer: web.Str(r, "odometer")}
	readings, err := f.decode(zone(v))
	if err == nil {
		err = s.TypeVehicleReadings(r.Context(), one.ID, readings)
	}
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, f.page(v))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/vehicles/"+id(one.ID), "The reading is saved.")
}

func (f vehicleReadingForm) decode(zone *time.Location) (out []store.Reading, err error) {
	var bad fault.Problems
	at, err := time.ParseInLocation(clockLayout, f.At, zone)
	if err != nil {
		bad.Add("at", "Give date and time, such as 2026-11-30 14:05.")
	}
	if f.Lat != "" || f.Lon != "" {
		out = append(out, store.Reading{Kind: store.KindPosition, At: at, Value: decimal(&bad, "lat", f.Lat), Value2: decimal(&bad, "lon", f.Lon)})
	}
	if f.Speed != "" {
		out = append(out, store.Reading{Kind: store.KindSpeed, At: at, Value: decimal(&bad, "speed", f.Speed)})
	}
	if f.Odometer != "" {
		out = append(out, store.Reading{Kind: store.KindOdometer, At: at, Value: decimal(&bad, "odometer", f.Odometer)})
	}
	if len(out) == 0 {
		bad.Add("lat", "Give a position, a speed or the odometer.")
	}
	return out, bad.Err()
}

func (f vehicleReadingForm) page(v *ui.View) g.Node {
	at, bad := v.Base+"/vehicles/"+id(f.Vehicle.ID), fault.Fields(f.Problem)
	return ui.Page(v, v.T("Add a reading"), ui.PageHead(v, v.T("Add a reading"), []ui.Link{{Label: v.T("Vehicles"), Href: v.Base + "/vehicles"}, {Label: f.Vehicle.Name, Href: at}}),
		problemNotice(v, f.Problem), ui.Card("", ui.Form(at+"/reading",
			ui.Two(ui.Input(ui.Field{Name: "at", Type: "datetime-local", Label: v.T("Taken"), Value: f.At, Error: bad["at"]})),
			ui.Two(ui.Input(ui.Field{Name: "lat", Label: v.T("Latitude"), Value: f.Lat, Inputmode: "decimal", Error: bad["lat"]}),
				ui.Input(ui.Field{Name: "lon", Label: v.T("Longitude"), Value: f.Lon, Inputmode: "decimal", Error: bad["lon"]})),
			ui.Two(ui.Input(ui.Field{Name: "speed", Label: v.T("Speed"), Value: f.Speed, Inputmode: "decimal", Suffix: "km/h", Error: bad["speed"]}),
				ui.Input(ui.Field{Name: "odometer", Label: v.T("Odometer"), Value: f.Odometer, Inputmode: "decimal", Suffix: "km", Error: bad["odometer"]})),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(at, v.T("Cancel"), "")))))
}
