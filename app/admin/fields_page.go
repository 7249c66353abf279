package admin

import (
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// fieldForm asks for a field that a provider adds to its assets.
type fieldForm struct {
	Label, Kind string
	Shared      bool
	Position    int64
	Problem     error
}

var fieldKinds = map[string]string{"text": "Text", "number": "Number", "date": "Date", "yesno": "Yes or no"}

func (f fieldForm) fields(v *ui.View) g.Node {
	bad := fault.Fields(f.Problem)
	kinds := []ui.Option{}
	for _, k := range store.FieldKinds {
		kinds = append(kinds, ui.Option{Value: k, Label: v.T(fieldKinds[k])})
	}
	return g.Group{
		ui.Two(ui.Input(ui.Field{Name: "label", Label: v.T("Name of the field"), Value: f.Label, Required: true, Max: 100, Error: bad["label"], Autocomplete: "off"}),
			ui.Select(ui.Field{Name: "kind", Label: v.T("What it holds"), Value: f.Kind, Error: bad["kind"]}, kinds)),
		ui.Input(ui.Field{Name: "position", Label: v.T("Place in the order"), Value: strconv.FormatInt(f.Position, 10), Inputmode: "numeric", Max: 4, Hint: v.T("Smaller numbers come first.")}),
		ui.Switch("shared", "1", v.T("Customers see it"), v.T("In portals that share the asset page. Off, only your own people see it."), f.Shared, false)}
}

func fieldsPage(v *ui.View, all []store.Field, f fieldForm) g.Node {
	at := v.Base + "/assets/fields"
	table := ui.Table(v, ui.TableSpec[store.Field]{ID: "fields", Caption: v.T("Asset fields"), Columns: []ui.Column[store.Field]{
		{Label: v.T("Field"), Bytes: func(b []byte, d store.Field) []byte { return ui.AppendTwoNum(b, at+"/", int64(d.ID), d.Label, "") }},
		{Label: v.T("Holds"), Bytes: func(b []byte, d store.Field) []byte { return ui.AppendText(b, v.T(fieldKinds[d.Kind])) }},
		{Label: v.T("Customers"), Bytes: func(b []byte, d store.Field) []byte {
			if d.Shared {
				return ui.AppendBadge(b, "ok", v.T("See it"))
			}
			return ui.AppendBadge(b, "neutral", v.T("Do not see it"))
		}},
	}, RowActions: func(d store.Field) g.Node {
		return ui.RowMenu(v.T("Actions for %s", d.Label), ui.MenuLink(at+"/"+id(d.ID), v.T("Edit"), "pencil"), ui.MenuLink(at+"/"+id(d.ID)+"/delete", v.T("Delete"), "trash"))
	}, Empty: ui.Empty("adjustments", v.T("No fields of your own yet"), v.T("Every asset has a name, serial number, make and model. Add what else you want to know, such as a cost centre or the next inspection."))}, all)
	return ui.Page(v, v.T("Asset fields"), ui.PageHead(v, v.T("Asset fields"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}), problemNotice(v, f.Problem),
		ui.Grid(ui.Col(8, ui.CardWith(ui.CardSpec{Flush: len(all) > 0}, table)), ui.Col(4, ui.Card(v.T("Add a field"), ui.Form(at, f.fields(v), ui.FormActions(ui.Primary(v.T("Add field"))))))))
}

func (f fieldForm) page(v *ui.View, d store.Field) g.Node {
	at := v.Base + "/assets/fields"
	return ui.Page(v, v.T("Edit %s", d.Label), ui.PageHead(v, v.T("Edit %s", d.Label), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}, {Label: v.T("Asset fields"), Href: at}}),
		problemNotice(v, f.Problem), ui.Card("", ui.Form(at+"/"+id(d.ID), f.fields(v), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(at, v.T("Cancel"), "")))))
}

func deleteFieldPage(v *ui.View, d store.Field) g.Node {
	at := v.Base + "/assets/fields"
	title := v.T("Delete the field %s?", d.Label)
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}, {Label: v.T("Asset fields"), Href: at}}),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("What the field says of your assets is deleted with it."), at+"/"+id(d.ID)+"/delete", v.T("Delete"), at))
}
