package admin

import (
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (f jobForm) where(v *ui.View, bad map[string]string) g.Node {
	e := f.Edit
	sites, listed := []ui.Option{{Value: "0", Label: v.T("No site")}}, e.Site == 0
	for _, o := range f.Sites {
		label := o.Name
		if o.CustomerName != "" && e.Customer == 0 {
			label += " (" + o.CustomerName + ")"
		}
		sites = append(sites, ui.Option{Value: id(o.ID), Label: label})
		listed = listed || o.ID == e.Site
	}
	if !listed {
		sites = append(sites, ui.Option{Value: id(e.Site), Label: v.T("Chosen site")})
	}
	number := func(name string, n store.Num) string {
		if t := f.Typed[name]; t != "" || !n.OK {
			return t
		}
		return strconv.FormatFloat(n.V, 'f', -1, 64)
	}
	return ui.Fieldset(v.T("Where"), "",
		ui.Two(ui.Select(ui.Field{Name: "site", Label: v.T("Site"), Value: id(e.Site), Error: bad["site"], Hint: v.T("Address, position and contact are taken from it where you leave them empty.")}, sites),
			ui.Textarea(ui.Field{Name: "address", Label: v.T("Address"), Value: e.Address, Error: bad["address"]}, 2)),
		ui.Two(ui.Input(ui.Field{Name: "contact_name", Label: v.T("Contact"), Value: e.ContactName, Max: 200, Error: bad["contact_name"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "contact_phone", Label: v.T("Phone"), Value: e.ContactPhone, Max: 60, Error: bad["contact_phone"], Type: "tel", Autocomplete: "off"})),
		ui.Two(ui.Input(ui.Field{Name: "contact_email", Label: v.T("E-mail"), Value: e.ContactEmail, Max: 254, Error: bad["contact_email"], Autocomplete: "off"})),
		ui.Two(ui.Input(ui.Field{Name: "lat", Label: v.T("Latitude"), Value: number("lat", e.Lat), Inputmode: "decimal", Error: either(bad, "lat", "position")}),
			ui.Input(ui.Field{Name: "lon", Label: v.T("Longitude"), Value: number("lon", e.Lon), Inputmode: "decimal", Error: bad["lon"]})))
}

func either(bad map[string]string, names ...string) string {
	for _, n := range names {
		if bad[n] != "" {
			return bad[n]
		}
	}
	return ""
}

func (f jobForm) when(v *ui.View, bad map[string]string) g.Node {
	e := f.Edit
	at := func(name string, t time.Time) string {
		if typed, ok := f.Typed[name]; ok || t.IsZero() {
			return typed
		}
		return t.In(zone(v)).Format(clockLayout)
	}
	priorities := make([]ui.Option, 0, len(f.Priorities))
	for _, y := range f.Priorities {
		priorities = append(priorities, ui.Option{Value: id(y.ID), Label: y.Name})
		if e.Priority == 0 && y.Default {
			e.Priority = y.ID
		}
	}
	clock := e.Zone
	if clock == "" {
		clock = f.Zone
	}
	return ui.Fieldset(v.T("When"), "",
		ui.Two(ui.Input(ui.Field{Name: "day", Type: "date", Label: v.T("Date"), Value: e.Day, Error: bad["day"]}), h.Div(h.Class("two"),
			ui.Input(ui.Field{Name: "from", Type: "time", Label: v.T("From"), Value: e.From, Error: bad["from"]}), ui.Input(ui.Field{Name: "to", Type: "time", Label: v.T("To"), Value: e.To, Error: bad["to"]}))),
		ui.Two(ui.Select(ui.Field{Name: "priority", Label: v.T("Priority"), Value: id(e.Priority), Error: bad["priority"]}, priorities),
			web.ZoneSelect(v, ui.Field{Name: "zone", Label: v.T("Time zone of the place"), Value: clock, Error: bad["zone"]})),
		ui.Two(ui.Input(ui.Field{Name: "start_by", Type: "datetime-local", Label: v.T("Start by"), Value: at("start_by", e.StartBy), Error: bad["start_by"], Hint: v.T("Empty: as the priority says.")}),
			ui.Input(ui.Field{Name: "due_by", Type: "datetime-local", Label: v.T("Due by"), Value: at("due_by", e.DueBy), Error: bad["due_by"], Hint: v.T("Empty: as the priority says.")})))
}

func (f jobForm) who(v *ui.View, bad map[string]string) g.Node {
	e := f.Edit
	people, listed := []ui.Option{{Value: "0", Label: v.T("Nobody yet")}}, e.Assignee == 0
	for _, p := range f.People {
		people = append(people, ui.Option{Value: id(p.ID), Label: p.Name})
		listed = listed || p.ID == e.Assignee
	}
	if !listed && f.Job != nil && f.Job.Assignee == e.Assignee {
		people = append(people, ui.Option{Value: id(e.Assignee), Label: pickText(f.Job.AssigneeName, v.T("Somebody who has left"))})
	}
	fields := []g.Node{ui.Select(ui.Field{Name: "assignee", Label: v.T("Assigned to"), Value: id(e.Assignee), Error: bad["assignee"], Hint: v.T("Customers never see who.")}, people)}
	if len(f.Vehicles) > 0 || e.Vehicle != 0 {
		fields = append(fields, ui.Select(ui.Field{Name: "vehicle", Label: v.T("Vehicle"), Value: id(e.Vehicle), Error: bad["vehicle"]}, vehicleOptions(f.Vehicles, ui.Option{Value: "0", Label: v.T("No vehicle")})))
	}
	return ui.Fieldset(v.T("Who"), "", ui.Two(fields...))
}

func pickText(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
