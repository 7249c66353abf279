package admin

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

type contactForm struct {
	Customer store.Customer
	Contact  *store.Contact // nil: a new one
	Once     string
	Edit     store.ContactEdit
	Problem  error
}

// contactsCard shows a customer's contacts and lets them be added on the spot.
func contactsCard(v *ui.View, p customerProfile) g.Node {
	at := v.Base + "/customers/" + id(p.Customer.ID) + "/contacts/"
	spec := ui.CardSpec{Title: v.T("Contacts"), Flush: true}
	empty := ui.Empty("user", v.T("No contacts yet"), v.T("People you talk to at %s, whether they use the portal or not.", p.Customer.Name))
	var dialog g.Node
	if p.Staff.May(store.ContactAdd) {
		spec.Actions = []g.Node{ui.DialogLink(at+"new", v.T("Add contact"), "plus", "add-contact")}
		dialog = ui.Dialog(v, "add-contact", v.T("Add contact"), at+"new", g.Group{ui.HiddenFields("once", p.Once), contactFields(v, store.ContactEdit{}, nil, true)}, ui.Primary(v.T("Add contact")), ui.CancelButton(v))
	}
	return g.Group{ui.CardWith(spec, ui.Table(v, ui.TableSpec[store.Contact]{ID: "contacts", Caption: v.T("Contacts of %s", p.Customer.Name), Empty: empty,
		Columns: []ui.Column[store.Contact]{
			{Label: v.T("Name"), Bytes: func(b []byte, k store.Contact) []byte { return ui.AppendTwo(b, "", k.Name, k.Title) }},
			{Label: v.T("E-mail"), Wide: true, Bytes: func(b []byte, k store.Contact) []byte { return appendAddress(b, "mailto:", k.Email) }},
			{Label: v.T("Phone"), Bytes: func(b []byte, k store.Contact) []byte { return appendAddress(b, "tel:", k.Phone) }},
		},
		RowActions: contactMenu(v, p.Staff, at)}, p.Contacts)), dialog}
}

// appendAddress appends what one can write to or call.
func appendAddress(b []byte, scheme, to string) []byte {
	if to == "" {
		return ui.AppendText(b, "")
	}
	return ui.AppendLink(b, scheme+to, to)
}

func contactMenu(v *ui.View, s store.Staff, at string) func(store.Contact) g.Node {
	if !s.May(store.ContactChange) {
		return nil
	}
	return func(k store.Contact) g.Node {
		return ui.RowMenu(v.T("Actions for %s", k.Name), ui.MenuLink(at+id(k.ID)+"/edit", v.T("Edit"), "pencil"), ui.MenuLink(at+id(k.ID)+"/remove", v.T("Remove"), "trash"))
	}
}

func contactFields(v *ui.View, e store.ContactEdit, bad map[string]string, needed bool) g.Node {
	return g.Group{
		ui.Two(ui.Input(ui.Field{Name: "contact_name", Label: v.T("Name"), Value: e.Name, Required: needed, Max: 200, Error: bad["contact_name"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "contact_title", Label: v.T("Title"), Value: e.Title, Max: 100, Error: bad["contact_title"], Autocomplete: "off", Placeholder: v.T("Site manager, call centre …")})),
		ui.Two(ui.Input(ui.Field{Name: "contact_email", Label: v.T("E-mail"), Type: "email", Value: e.Email, Max: 254, Error: bad["contact_email"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "contact_phone", Label: v.T("Phone"), Type: "tel", Value: e.Phone, Max: 50, Error: bad["contact_phone"], Autocomplete: "off"})),
	}
}

func contactPage(v *ui.View, f contactForm) g.Node {
	back := v.Base + "/customers/" + id(f.Customer.ID)
	title, action, label := v.T("Add contact"), back+"/contacts/new", v.T("Add contact")
	if f.Contact != nil {
		title, action, label = v.T("Edit %s", f.Contact.Name), back+"/contacts/"+id(f.Contact.ID)+"/edit", v.T("Save")
	}
	return ui.Page(v, title, ui.PageHead(v, title, customerCrumbs(v, f.Customer)), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("once", f.Once), contactFields(v, f.Edit, fault.Fields(f.Problem), true),
			ui.FormActions(ui.Primary(label), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func removeContactPage(v *ui.View, f contactForm) g.Node {
	back := v.Base + "/customers/" + id(f.Customer.ID)
	title := v.T("Remove %s", f.Contact.Name)
	return ui.Page(v, title, ui.PageHead(v, title, customerCrumbs(v, f.Customer)),
		ui.ConfirmPage(v, v.T("Remove this contact?"), v.T("%s will no longer be listed at %s. If this person uses the portal, that access stays.", f.Contact.Name, f.Customer.Name),
			back+"/contacts/"+id(f.Contact.ID)+"/remove", v.T("Remove contact"), back))
}
