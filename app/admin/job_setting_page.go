package admin

import (
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (f jobSettingForm) page(v *ui.View) g.Node {
	back := v.Base + "/jobs/settings"
	at, title := back+"/"+f.Kind.path, v.T(f.Kind.add)
	action := at + "/new"
	var remove g.Node
	if f.ID != 0 {
		title, action = v.T(f.Kind.edit), at+"/"+strconv.FormatInt(f.ID, 10)
		remove = ui.PostDanger(action+"/remove", v.T("Remove"), "trash")
	}
	return ui.Page(v, title, ui.PageHead(v, title, append(jobCrumbs(v), ui.Link{Label: v.T("Settings"), Href: back}), remove), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, f.body(v), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func (f jobSettingForm) body(v *ui.View) g.Node {
	bad := fault.Fields(f.Problem)
	switch f.Kind.path {
	case "priorities":
		y := f.Priority
		return g.Group{ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: y.Name, Max: 60, Required: true, Error: bad["name"]}),
			ui.Select(ui.Field{Name: "tone", Label: v.T("Colour"), Value: y.Tone, Error: bad["tone"]}, []ui.Option{{Value: "", Label: v.T("Grey")}, {Value: "info", Label: v.T("Blue")}, {Value: "warn", Label: v.T("Amber")}, {Value: "bad", Label: v.T("Red")}})),
			ui.Two(ui.Input(ui.Field{Name: "start_min", Label: v.T("Start by"), Value: f.Start, Inputmode: "numeric", Suffix: v.T("minutes"), Error: bad["start_min"], Hint: v.T("After it came in; 0 for none.")}),
				ui.Input(ui.Field{Name: "due_min", Label: v.T("Due by"), Value: f.Due, Inputmode: "numeric", Suffix: v.T("minutes"), Error: bad["due_min"], Hint: v.T("1,440 minutes are a day.")})),
			ui.Checkbox("default", "1", v.T("For new jobs, unless another is chosen"), "", y.Default, y.Default)}
	case "statuses":
		return f.subBody(v, bad)
	}
	x := f.Field
	out := g.Group{ui.Input(ui.Field{Name: "label", Label: v.T("Name"), Value: x.Label, Max: 100, Required: true, Error: bad["label"]}), ui.Checkbox("shared", "1", v.T("Customers see it"), "", x.Shared, false)}
	if f.ID == 0 {
		out = append(out, ui.Two(ui.Select(ui.Field{Name: "kind", Label: v.T("What it holds"), Value: x.Kind, Error: bad["kind"]}, []ui.Option{{Value: "text", Label: v.T("Text")}, {Value: "number", Label: v.T("Number")}, {Value: "date", Label: v.T("Date")}, {Value: "yesno", Label: v.T("Yes or no")}}),
			ui.Select(ui.Field{Name: "shape", Label: v.T("Which jobs have it"), Value: x.Shape, Error: bad["shape"]}, []ui.Option{{Value: "", Label: v.T("All")}, {Value: store.JobWork, Label: v.T("Work orders")}, {Value: store.JobDelivery, Label: v.T("Deliveries and collections")}})))
	}
	return out
}

func (f jobSettingForm) subBody(v *ui.View, bad map[string]string) g.Node {
	x := f.Sub
	under := []ui.Option{}
	for _, shape := range []string{store.JobWork, store.JobDelivery} {
		for _, s := range store.JobStatuses(shape) {
			under = append(under, ui.Option{Value: shape + ":" + s, Label: work.Status(v, s), Group: map[string]string{store.JobWork: v.T("Work orders"), store.JobDelivery: v.T("Deliveries and collections")}[shape]})
		}
	}
	out := g.Group{ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: x.Name, Max: 60, Required: true, Error: bad["name"]})}
	if f.ID == 0 {
		out = append(out, ui.Select(ui.Field{Name: "under", Label: v.T("Below"), Value: x.Shape + ":" + x.Under, Error: bad["under"]}, under))
	}
	return append(out, ui.Select(ui.Field{Name: "who", Label: v.T("Who may set it"), Value: x.Who, Error: bad["who"]}, []ui.Option{{Value: "all", Label: setter(v, "all")}, {Value: "office", Label: setter(v, "office")}}),
		ui.Checkbox("shared", "1", v.T("Customers see it"), "", x.Shared, false))
}
