package admin

import (
	"slices"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/fleet"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// assetForm asks for what people know of an asset.
type assetForm struct {
	Asset   *store.Asset // nil: a new one
	Edit    store.AssetEdit
	Year    string // as it was typed
	Version int64
	Fields  []store.Field
	Groups  []store.GroupRef
	Types   []string
	Problem error
}

func (f assetForm) page(v *ui.View) g.Node {
	title, action, back := v.T("Add asset"), v.Base+"/assets/new", v.Base+"/assets"
	if f.Asset != nil {
		back = v.Base + "/assets/" + id(f.Asset.ID)
		title, action = v.T("Edit %s", f.Asset.Name), back+"/edit"
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	year := f.Year
	if year == "" && e.Year != 0 {
		year = strconv.FormatInt(e.Year, 10)
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("version", strconv.FormatInt(f.Version, 10)),
			ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off"}),
				ui.Select(ui.Field{Name: "status", Label: v.T("Status"), Value: e.Status, Error: bad["status"]}, fleet.StatusOptions(v))),
			ui.Two(ui.Input(ui.Field{Name: "external_id", Label: v.T("ID"), Value: e.ExternalID, Max: 100, Error: bad["external_id"], Hint: v.T("From your other systems. Imports and feeds find the asset by it.")}),
				ui.Input(ui.Field{Name: "type", Label: v.T("Type"), Value: e.Type, Max: 100, Error: bad["type"], Hint: v.T("Such as excavator or lift."), Attrs: []g.Node{h.List("asset-types")}})),
			h.DataList(h.ID("asset-types"), g.Map(f.Types, func(t string) g.Node { return h.Option(h.Value(t)) })),
			ui.Two(ui.Input(ui.Field{Name: "make", Label: v.T("Make"), Value: e.Make, Max: 100, Error: bad["make"]}),
				ui.Input(ui.Field{Name: "model", Label: v.T("Model"), Value: e.Model, Max: 100, Error: bad["model"]})),
			ui.Two(ui.Input(ui.Field{Name: "serial", Label: v.T("Serial number"), Value: e.Serial, Max: 100, Error: bad["serial"]}),
				ui.Input(ui.Field{Name: "pin", Label: v.T("PIN or VIN"), Value: e.PIN, Max: 100, Error: bad["pin"]})),
			ui.Two(ui.Input(ui.Field{Name: "year", Label: v.T("Year"), Value: year, Max: 4, Inputmode: "numeric", Error: bad["year"]}), nil),
			f.fields(v, bad), f.groups(v, bad),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

// fields asks for what the provider added of its own.
func (f assetForm) fields(v *ui.View, bad map[string]string) g.Node {
	if len(f.Fields) == 0 {
		return nil
	}
	var out []g.Node
	for _, d := range f.Fields {
		in := ui.Field{Name: "field_" + id(d.ID), Label: d.Label, Value: f.Edit.Values[d.ID], Error: bad["field_"+id(d.ID)], Max: 500}
		switch d.Kind {
		case "yesno":
			out = append(out, ui.Select(in, []ui.Option{{Label: v.T("Not said")}, {Value: "yes", Label: v.T("Yes")}, {Value: "no", Label: v.T("No")}}))
			continue
		case "date":
			in.Type, in.Max = "date", 0
		case "number":
			in.Inputmode = "decimal"
		}
		out = append(out, ui.Input(in))
	}
	var pairs []g.Node
	for i := 0; i < len(out); i += 2 {
		pairs = append(pairs, ui.Two(out[i:min(i+2, len(out))]...))
	}
	return ui.Fieldset(v.T("Your own fields"), "", pairs...)
}

func (f assetForm) groups(v *ui.View, bad map[string]string) g.Node {
	if len(f.Groups) == 0 {
		return nil
	}
	boxes := make([]g.Node, 0, len(f.Groups))
	for _, gr := range f.Groups {
		boxes = append(boxes, ui.Checkbox("groups", id(gr.ID), gr.Name, "", slices.Contains(f.Edit.Groups, gr.ID), false))
	}
	return ui.Checks(ui.Field{Name: "groups", Label: v.T("Groups"), Error: bad["groups"]}, boxes...)
}

func deleteAssetPage(v *ui.View, a store.Asset) g.Node {
	at := v.Base + "/assets/" + id(a.ID)
	title := v.T("Delete %s?", a.Name)
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}, {Label: a.Name, Href: at}}),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("Its readings, fault codes, activity and the history of who had it are deleted with it. An asset that is merely out of use can be given the status “Retired” instead."), at+"/delete", v.T("Delete"), at))
}

// readingForm asks for a reading somebody took off the machine.
type readingForm struct {
	Asset                     store.Asset
	Kind, At, Value, Lat, Lon string
	Problem                   error
}

func (f readingForm) page(v *ui.View) g.Node {
	at, bad := v.Base+"/assets/"+id(f.Asset.ID), fault.Fields(f.Problem)
	return ui.Page(v, v.T("Add a reading"), ui.PageHead(v, v.T("Add a reading"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}, {Label: f.Asset.Name, Href: at}}),
		problemNotice(v, f.Problem), ui.Card("", ui.Form(at+"/reading",
			ui.Two(ui.Select(ui.Field{Name: "kind", Label: v.T("Reading"), Value: f.Kind, Error: bad["kind"]}, fleet.KindOptions(v)),
				ui.Input(ui.Field{Name: "at", Type: "datetime-local", Label: v.T("Taken"), Value: f.At, Error: bad["at"]})),
			ui.Input(ui.Field{Name: "value", Label: v.T("Value"), Value: f.Value, Inputmode: "decimal", Error: bad["value"], Hint: v.T("Hours, percent or kilometres; for the engine 1 is running and 0 is off. Leave it empty for a position.")}),
			ui.Two(ui.Input(ui.Field{Name: "lat", Label: v.T("Latitude"), Value: f.Lat, Inputmode: "decimal", Error: bad["lat"], Hint: v.T("For a position only.")}),
				ui.Input(ui.Field{Name: "lon", Label: v.T("Longitude"), Value: f.Lon, Inputmode: "decimal", Error: bad["lon"]})),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(at, v.T("Cancel"), "")))))
}

func zone(v *ui.View) *time.Location {
	if v.Format.Zone == nil {
		return time.UTC
	}
	return v.Format.Zone
}
