package admin

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"

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
