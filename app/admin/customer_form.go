package admin

import (
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

type customerForm struct {
	Customer *store.Customer // as it is stored; nil: a new one
	Once     string
	Edit     store.CustomerEdit
	Contact  store.ContactEdit // the first one, of a new customer
	Version  int64
	Newer    *newerVersion // somebody else saved meanwhile
	Types    []store.CustomerType
	Problem  error
}

// newerVersion is what somebody else saved while the form was open.
type newerVersion struct {
	Edit store.CustomerEdit
	Who  string
	At   time.Time
}

func customerFormPage(v *ui.View, f customerForm) g.Node {
	title, action, back, crumbs := v.T("Add customer"), v.Base+"/customers/new", v.Base+"/customers", []ui.Link{{Label: v.T("Customers"), Href: v.Base + "/customers"}}
	if f.Customer != nil {
		back = v.Base + "/customers/" + id(f.Customer.ID)
		title, action, crumbs = v.T("Edit %s", f.Customer.Name), back+"/edit", customerCrumbs(v, *f.Customer)
	}
	return ui.Page(v, title, ui.PageHead(v, title, crumbs), problemNotice(v, f.Problem), bothVersions(v, f),
		ui.Card("", ui.Form(action, ui.HiddenFields("version", strconv.FormatInt(f.Version, 10), "once", f.Once),
			companyFields(v, f), firstContact(v, f),
			ui.FormActions(ui.Primary(saveLabel(v, f)), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func saveLabel(v *ui.View, f customerForm) string {
	switch {
	case f.Customer == nil:
		return v.T("Add customer")
	case f.Newer != nil:
		return v.T("Save mine")
	}
	return v.T("Save")
}

func companyFields(v *ui.View, f customerForm) g.Node {
	e, bad := f.Edit, fault.Fields(f.Problem)
	types := []ui.Option{}
	for _, t := range f.Types {
		types = append(types, ui.Option{Value: id(t.ID), Label: t.Name})
		if e.Type == 0 && t.Name == store.DefaultType {
			e.Type = t.ID
		}
	}
	text := func(name, label, value string, most int, more ui.Field) g.Node {
		more.Name, more.Label, more.Value, more.Max, more.Error, more.Autocomplete = name, v.T(label), value, most, bad[name], "off"
		return ui.Input(more)
	}
	return ui.Fieldset(v.T("Company"), "",
		text("name", "Name", e.Name, 200, ui.Field{Required: true, Autofocus: f.Customer == nil && f.Problem == nil}),
		ui.Two(ui.Select(ui.Field{Name: "type", Label: v.T("Type"), Value: id(e.Type), Error: bad["type"]}, types),
			text("external_id", "Your customer number", e.ExternalID, 100, ui.Field{Hint: v.T("From your other systems. Imports find the customer by it.")})),
		ui.Two(text("email", "E-mail", e.Email, 254, ui.Field{Type: "email", Hint: v.T("Portal activations go to this address.")}),
			text("phone", "Phone", e.Phone, 50, ui.Field{Type: "tel"})),
		ui.Two(text("street", "Street", e.Street, 200, ui.Field{}), text("postal_code", "Postal code", e.PostalCode, 20, ui.Field{})),
		ui.Two(text("city", "City", e.City, 100, ui.Field{}), text("country", "Country", e.Country, 100, ui.Field{})))
}

// firstContact lets a new customer begin with somebody to talk to.
func firstContact(v *ui.View, f customerForm) g.Node {
	if f.Customer != nil {
		return nil
	}
	fields := contactFields(v, f.Contact, fault.Fields(f.Problem), false)
	return ui.Fieldset(v.T("First contact"), v.T("Somebody to talk to there. Leave it empty if you do not know yet; you can add more later."), fields)
}

// bothVersions shows, where somebody else saved meanwhile, every field in
// which the two differ.
func bothVersions(v *ui.View, f customerForm) g.Node {
	if f.Newer == nil {
		return nil
	}
	rows := differences(v, f)
	title := v.T("Saved meanwhile")
	if f.Newer.Who != "" {
		title = v.T("Saved meanwhile by %s, %s", f.Newer.Who, v.DateTime(f.Newer.At))
	}
	if len(rows) == 0 {
		return ui.Notice("info", v.T("What is saved now is the same as what you typed."))
	}
	return ui.CardWith(ui.CardSpec{Title: title, Flush: true}, ui.Table(v, ui.TableSpec[[3]string]{ID: "both", Caption: title, Columns: []ui.Column[[3]string]{
		{Label: v.T("Field"), Bytes: func(b []byte, r [3]string) []byte { return ui.AppendTwo(b, "", r[0], "") }},
		{Label: v.T("Saved now"), Wide: true, Bytes: func(b []byte, r [3]string) []byte { return ui.AppendText(b, r[1]) }},
		{Label: v.T("You typed"), Wide: true, Bytes: func(b []byte, r [3]string) []byte { return ui.AppendText(b, r[2]) }},
	}}, rows), h.P(h.Class("card-foot"), g.Text(v.T("“Save mine” replaces what is saved now with what stands in the form below.")+" "),
		ui.TextLink(v.Base+"/customers/"+id(f.Customer.ID)+"/edit", v.T("Start again from what is saved"))))
}

func differences(v *ui.View, f customerForm) (out [][3]string) {
	types := map[store.TypeID]string{}
	for _, t := range f.Types {
		types[t.ID] = t.Name
	}
	a, b := f.Newer.Edit, f.Edit
	for _, r := range [][3]string{{"name", a.Name, b.Name}, {"type_id", types[a.Type], types[b.Type]}, {"email", a.Email, b.Email}, {"external_id", a.ExternalID, b.ExternalID},
		{"phone", a.Phone, b.Phone}, {"street", a.Street, b.Street}, {"postal_code", a.PostalCode, b.PostalCode}, {"city", a.City, b.City}, {"country", a.Country, b.Country}} {
		if r[1] != r[2] {
			out = append(out, [3]string{fieldLabel(v, r[0]), r[1], r[2]})
		}
	}
	return out
}

// problemNotice says above a form what is wrong with it as a whole.
func problemNotice(v *ui.View, err error) g.Node {
	if err == nil {
		return nil
	}
	if fields := fault.Fields(err); len(fields) > 0 {
		return ui.ErrorSummary(v, fields)
	}
	return ui.Notice("error", fault.Says(err))
}
