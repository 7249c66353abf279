package admin

import (
	"slices"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (f jobForm) page(v *ui.View) g.Node {
	title, action, back, label := v.T("Add job"), v.Base+"/jobs/new", v.Base+"/jobs", v.T("Add job")
	crumbs := jobCrumbs(v)
	if f.Job != nil {
		at := v.Base + "/jobs/" + id(f.Job.ID)
		title, action, back, label = v.T("Edit %s", store.JobNumber(f.Job.Number)), at+"/edit", at, v.T("Save")
		crumbs = append(crumbs, ui.Link{Label: store.JobNumber(f.Job.Number), Href: at})
	}
	bad := fault.Fields(f.Problem)
	return ui.Page(v, title, ui.PageHead(v, title, crumbs), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("once", f.Once, "version", id(f.Version), "rows", strconv.Itoa(f.rows())),
			f.what(v, bad), f.whose(v, bad), f.where(v, bad), f.when(v, bad), f.who(v, bad), f.items(v, bad), f.fields(v, bad),
			ui.FormActions(ui.Primary(label), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func (f jobForm) rows() int { return max(f.Rows, len(f.Edit.Items)+spareItems) }

func (f jobForm) what(v *ui.View, bad map[string]string) g.Node {
	e := f.Edit
	kind := ui.HiddenFields("kind", e.Kind)
	first := []g.Node{}
	if f.Job == nil {
		kind = ui.Radios(ui.Field{Name: "kind", Label: v.T("Kind"), Value: e.Kind, Error: bad["kind"], Required: true}, work.Kinds(v))
		if e.Kind == store.JobWork {
			first = append(first, ui.Select(ui.Field{Name: "status", Label: v.T("Status"), Value: f.Status, Hint: v.T("Customers do not see a draft.")},
				[]ui.Option{{Value: store.JobOpen, Label: v.T("Open")}, {Value: store.JobDraft, Label: v.T("Draft")}}))
		}
	}
	first = append(first, ui.Input(ui.Field{Name: "external_id", Label: externalLabel(v, e.Kind), Value: e.ExternalID, Max: 100, Error: bad["external_id"], Autocomplete: "off"}))
	return ui.Fieldset(v.T("What"), "", kind,
		ui.Input(ui.Field{Name: "subject", Label: v.T("Subject"), Value: e.Subject, Max: 200, Error: bad["subject"], Autocomplete: "off", Hint: v.T("In a few words, such as “Hydraulic leak on the boom”. A delivery can do without.")}),
		ui.Two(first...),
		ui.Textarea(ui.Field{Name: "description", Label: v.T("Description"), Value: e.Description, Error: bad["description"], Hint: v.T("Customers read it.")}, 3),
		ui.Textarea(ui.Field{Name: "instructions", Label: v.T("Instructions"), Value: e.Instructions, Error: bad["instructions"], Hint: v.T("For whoever does the job. Customers do not read it.")}, 2))
}

func (f jobForm) whose(v *ui.View, bad map[string]string) g.Node {
	e := f.Edit
	customers, listed := []ui.Option{{Value: "0", Label: v.T("As the group says")}}, e.Customer == 0
	for _, c := range f.Customers {
		customers = append(customers, ui.Option{Value: id(c.ID), Label: c.Name})
		listed = listed || c.ID == e.Customer
	}
	if !listed {
		customers = append(customers, ui.Option{Value: id(e.Customer), Label: v.T("Chosen customer")})
	}
	if len(f.Groups) == 0 {
		customers[0].Label = v.T("No customer")
	}
	fields := []g.Node{ui.Select(ui.Field{Name: "customer", Label: v.T("Customer"), Value: id(e.Customer), Error: bad["customer"], Hint: v.T("It sees the job in its portal, where that shares jobs.")}, customers)}
	if len(f.Groups) > 0 {
		groups := []ui.Option{{Value: "0", Label: v.T("No group")}}
		for _, gr := range f.Groups {
			groups = append(groups, ui.Option{Value: id(gr.ID), Label: gr.Name})
		}
		fields = append(fields, ui.Select(ui.Field{Name: "group", Label: v.T("Group"), Value: id(e.Group), Error: bad["group"], Hint: v.T("Who is limited to groups sees the jobs of theirs only.")}, groups))
	}
	return ui.Fieldset(v.T("For whom"), "", ui.Two(fields...), f.assets(v, bad))
}

func (f jobForm) assets(v *ui.View, bad map[string]string) g.Node {
	var have g.Node
	if len(f.Assets) > 0 {
		boxes := make([]g.Node, 0, len(f.Assets))
		for _, a := range f.Assets {
			boxes = append(boxes, ui.Checkbox("asset", id(a.ID), a.Name, "", slices.Contains(f.Edit.Assets, a.ID), false))
		}
		have = ui.Checks(ui.Field{Name: "asset", Label: v.T("Assets"), Error: bad["assets"]}, boxes...)
	}
	return g.Group{have, ui.Input(ui.Field{Name: "add_assets", Label: v.T("Add assets"), Value: f.AddAssets, Error: bad["add_assets"], Autocomplete: "off", Hint: v.T("By ID, serial number or name; several with commas.")})}
}

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

// fields are the provider's own.
func (f jobForm) fields(v *ui.View, bad map[string]string) g.Node {
	if len(f.Values) == 0 {
		return nil
	}
	out := make([]g.Node, 0, len(f.Values))
	for _, x := range f.Values {
		one := ui.Field{Name: "field_" + id(x.ID), Label: x.Label, Value: x.Value, Error: bad["field_"+id(x.ID)]}
		switch x.Kind {
		case "yesno":
			out = append(out, ui.Select(one, []ui.Option{{Label: "–"}, {Value: "yes", Label: v.T("Yes")}, {Value: "no", Label: v.T("No")}}))
			continue
		case "date":
			one.Type = "date"
		case "number":
			one.Inputmode = "decimal"
		}
		out = append(out, ui.Input(one))
	}
	return ui.Fieldset(v.T("More"), "", ui.Two(out...))
}

func deleteJobPage(v *ui.View, j store.Job) g.Node {
	at, title := v.Base+"/jobs/"+id(j.ID), v.T("Delete %s?", store.JobNumber(j.Number))
	return ui.Page(v, title, ui.PageHead(v, title, append(jobCrumbs(v), ui.Link{Label: store.JobNumber(j.Number), Href: at})),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("Its timeline, comments, files and proofs are deleted with it, and its customer no longer sees it. To keep them, cancel the job instead."), at+"/delete", v.T("Delete"), at))
}
