package admin

import (
	"net/url"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/fleet"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// vehiclesList is the list or the map of vehicles.
type vehiclesList struct {
	Staff  store.Staff
	Query  url.Values
	Path   string
	Filter store.VehicleFilter
	Page   store.Page[store.Vehicle]
	Named  map[store.VehicleID][]string
	Groups []store.GroupRef
}

func (l vehiclesList) page(v *ui.View) g.Node {
	at := v.Base + "/vehicles"
	actions := []g.Node{ui.LinkButton(at+"/map", v.T("Map"), "map-2")}
	if l.Staff.May(store.VehicleExport) {
		actions = append(actions, exportMenu(v, at, l.Query))
	}
	if l.Staff.May(store.ImportUpload) && l.Staff.May(store.VehicleAdd) {
		actions = append(actions, ui.LinkButton(v.Base+"/imports/new?kind="+store.ImportVehicles, v.T("Import"), "file-import"))
	}
	if l.Staff.May(store.VehicleAdd) {
		actions = append(actions, ui.PrimaryLink(at+"/new", v.T("Add vehicle"), "plus"))
	}
	first, next := ui.Around(at, l.Query, l.Page.Next)
	table := fleet.VehicleTable{Path: at, At: at + "/", Query: l.Query, Sort: l.Filter.Sort, Now: l.Staff.Now(), Own: true, Named: l.Named, Empty: l.none(v), Menu: vehicleMenu(v, l.Staff)}
	return ui.Page(v, v.T("Vehicles"), ui.PageHead(v, v.T("Vehicles"), nil, actions...),
		ui.List("vehicles", l.filters(v), table.Table(v, l.Page.Rows), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)))
}

func (l vehiclesList) filters(v *ui.View) g.Node {
	var filters []ui.Filter
	if len(l.Groups) > 0 {
		groups := []ui.Option{{Label: v.T("Any group")}}
		for _, gr := range l.Groups {
			groups = append(groups, ui.Option{Value: id(gr.ID), Label: gr.Name})
		}
		filters = []ui.Filter{{Name: "group", Label: v.T("Group"), Value: l.Query.Get("group"), Options: groups}}
	}
	return ui.Filters(v, ui.FilterSpec{Action: l.Path, Query: l.Query, Placeholder: v.T("Name, plate or driver"), Keep: []string{"sort"}, Filters: filters})
}

func (l vehiclesList) none(v *ui.View) g.Node {
	switch {
	case l.Query.Get("q") != "" || l.Query.Get("group") != "":
		return ui.Empty("search", v.T("Nothing matches"), v.T("No vehicle fits this search and these filters."), ui.LinkButton(l.Path, v.T("Show all vehicles"), ""))
	case l.Staff.May(store.VehicleAdd):
		return ui.Empty("truck", v.T("No vehicles yet"), v.T("Add your vans and lorries to give them deliveries and to see where they are. Your customers see none of them until you decide so."),
			ui.PrimaryLink(v.Base+"/vehicles/new", v.T("Add vehicle"), "plus"))
	}
	return ui.Empty("truck", v.T("No vehicles yet"), v.T("Nobody has added a vehicle that you may see."))
}

func vehicleMenu(v *ui.View, s store.Staff) func(store.Vehicle) g.Node {
	if !s.May(store.VehicleChange) {
		return nil
	}
	return func(one store.Vehicle) g.Node {
		at := v.Base + "/vehicles/" + id(one.ID)
		return ui.RowMenu(v.T("Actions for %s", one.Name), ui.MenuLink(at+"/edit", v.T("Edit"), "pencil"), ui.MenuLink(at+"/reading", v.T("Add a reading"), "gauge"),
			ui.MenuLink(at+"/remove", v.T("Remove"), "trash"))
	}
}

func (l vehiclesList) mapPage(v *ui.View) g.Node {
	at := v.Base + "/vehicles"
	return ui.Page(v, v.T("Map"), ui.PageHead(v, v.T("Map"), []ui.Link{{Label: v.T("Vehicles"), Href: at}}),
		ui.List("vehicles", l.filters(v), ui.Grid(
			ui.Col(8, ui.Map(v, "vehicle-map", ui.HrefWith(at+"/map.json", l.Query), ui.MapOpts{Label: v.T("Map of the vehicles"), Tall: true, Poll: 30, ListTo: ui.HrefWith(at, l.Query)})),
			ui.Col(4, l.places(v)))))
}

// places names what the map shows, for whoever reads rather than looks.
func (l vehiclesList) places(v *ui.View) g.Node {
	return ui.Table(v, ui.TableSpec[store.Vehicle]{ID: "places", Caption: v.T("Vehicles"), Columns: []ui.Column[store.Vehicle]{
		{Label: v.T("Vehicle"), Bytes: func(b []byte, one store.Vehicle) []byte {
			return ui.AppendTwoNum(b, v.Base+"/vehicles/", int64(one.ID), one.Name, fleet.Speed(v, one.Speed))
		}},
		{Label: v.T("Last seen"), Quiet: true, Bytes: func(b []byte, one store.Vehicle) []byte { return v.AppendAgo(b, one.SeenAt, l.Staff.Now()) }},
	}, Empty: l.none(v)}, l.Page.Rows)
}

// lastPlaces is how many positions a vehicle's page lists.
const lastPlaces = 10

// vehiclePage is everything about one vehicle.
type vehiclePage struct {
	Staff   store.Staff
	Now     time.Time
	Vehicle store.Vehicle
	Groups  []store.GroupRef
	Choices []store.GroupRef
	SeenBy  []string
	Track   []store.Reading
	Problem error
}

func (p vehiclePage) at(v *ui.View) string { return v.Base + "/vehicles/" + id(p.Vehicle.ID) }

func (p vehiclePage) page(v *ui.View) g.Node {
	one := p.Vehicle
	state := []g.Node{fleet.Motion(v, one, p.Now)}
	if one.Speed.OK {
		state = append(state, ui.Text(fleet.Speed(v, one.Speed)))
	}
	if !one.SeenAt.IsZero() {
		state = append(state, ui.Muted(v.T("Last seen %s", v.Ago(one.SeenAt, p.Now))))
	}
	return ui.Page(v, one.Name, ui.PageHead(v, one.Name, []ui.Link{{Label: v.T("Vehicles"), Href: v.Base + "/vehicles"}}, p.actions(v)...), ui.Actions(state...),
		ui.Grid(ui.Col(8, p.place(v), p.track(v)), ui.Col(4, p.details(v), p.seen(v))))
}

func (p vehiclePage) actions(v *ui.View) (out []g.Node) {
	if p.Staff.May(store.VehicleReading) {
		out = append(out, ui.LinkButton(p.at(v)+"/reading", v.T("Add a reading"), "gauge"))
	}
	if p.Staff.May(store.VehicleChange) {
		out = append(out, ui.LinkButton(p.at(v)+"/edit", v.T("Edit"), "pencil"))
	}
	if p.Staff.May(store.VehicleRemove) {
		out = append(out, ui.Menu(v.T("More"), "dots", ui.MenuLink(p.at(v)+"/remove", v.T("Remove"), "trash")))
	}
	return out
}

func (p vehiclePage) place(v *ui.View) g.Node {
	one := p.Vehicle
	if !one.Lat.OK {
		return ui.Card(v.T("Position"), ui.Empty("map-pin", v.T("No position yet"), v.T("It appears with the first reading that has one.")))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Position"), Note: fleet.VehiclePlace(v, one, p.Now), Flush: true},
		ui.Map(v, "place", p.at(v)+"/map.json", ui.MapOpts{Label: v.T("Where %s is", one.Name), Lat: one.Lat.V, Lon: one.Lon.V, Zoom: 8, Poll: 30}))
}

func (p vehiclePage) track(v *ui.View) g.Node {
	if len(p.Track) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Last positions"), Flush: true}, ui.Table(v, ui.TableSpec[store.Reading]{ID: "track", Caption: v.T("Last positions"), Columns: []ui.Column[store.Reading]{
		{Label: v.T("Taken"), Bytes: func(b []byte, r store.Reading) []byte { return v.AppendDateTime(b, r.At) }},
		{Label: v.T("Latitude"), Align: "end", Bytes: func(b []byte, r store.Reading) []byte { return v.AppendF(b, r.Value.V, 5) }},
		{Label: v.T("Longitude"), Align: "end", Bytes: func(b []byte, r store.Reading) []byte { return v.AppendF(b, r.Value2.V, 5) }},
		{Label: v.T("Source"), Quiet: true, Bytes: func(b []byte, r store.Reading) []byte { return ui.AppendText(b, r.Source) }},
	}}, p.Track))
}

func (p vehiclePage) details(v *ui.View) g.Node {
	one := p.Vehicle
	pairs := []ui.Pair{ui.Row(v.T("Plate"), one.Plate), ui.Row(v.T("Driver"), one.DriverName), ui.Row(v.T("Speed"), fleet.Speed(v, one.Speed)),
		ui.Row(v.T("Last seen"), v.DateTime(one.SeenAt))}
	if one.Odometer.OK {
		pairs = append(pairs, ui.Row(v.T("Odometer"), v.F(one.Odometer.V, 0)+" km"))
	}
	return ui.Card(v.T("Details"), ui.DL(pairs...))
}

// seen says who sees the vehicle, and changes it.
func (p vehiclePage) seen(v *ui.View) g.Node {
	says := v.T("No customer sees this vehicle. Put it into a customer's group, and it appears in that portal, if the portal shares vehicles.")
	if len(p.SeenBy) > 0 {
		says = v.T("Seen by %s, where the portal shares vehicles: name, plate, position, speed and when it last reported, never the driver.", strings.Join(p.SeenBy, ", "))
	}
	change := p.Staff.May(store.VehicleChange)
	return ui.Card(v.T("Groups"), h.P(h.Class("muted"), g.Text(says)), p.groupList(v, change), g.Iff(change && p.more(), func() g.Node { return p.addGroup(v) }))
}

func (p vehiclePage) groupList(v *ui.View, change bool) g.Node {
	if len(p.Groups) == 0 {
		return nil
	}
	return h.Ul(h.Class("plain-list"), g.Map(p.Groups, func(gr store.GroupRef) g.Node {
		var out g.Node
		if change {
			out = ui.PostButton(p.at(v)+"/ungroup", v.T("Take out of %s", gr.Name), "x", "group", id(gr.ID))
		}
		return h.Li(ui.Actions(ui.Text(gr.Name), out))
	}))
}

// more reports whether there is a group it is not in yet.
func (p vehiclePage) more() bool { return len(p.Choices) > len(p.Groups) }

func (p vehiclePage) addGroup(v *ui.View) g.Node {
	in := map[store.GroupID]bool{}
	for _, gr := range p.Groups {
		in[gr.ID] = true
	}
	options := []ui.Option{{Label: v.T("Choose a group")}}
	for _, gr := range p.Choices {
		if !in[gr.ID] {
			options = append(options, ui.Option{Value: id(gr.ID), Label: gr.Name})
		}
	}
	return ui.Form(p.at(v)+"/group", ui.Select(ui.Field{Name: "group", Label: v.T("Put into a group"), Error: fault.Fields(p.Problem)["group"]}, options), ui.FormActions(ui.Button(v.T("Add"))))
}
