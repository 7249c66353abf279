package desk

import (
	"context"
	"encoding/json"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var customerColumns = []Column{
	{Key: "name", Label: "Name", Required: true, Example: "Hafenbau GmbH", synonyms: []string{"customer", "customer name", "company", "company name", "Firma", "Kunde", "Kundenname", "account name", "nom", "nombre"}},
	{Key: "external_id", Label: "Customer number", Help: "Your own number or code for the customer. A customer with this number is changed, not added again.", Example: "K-1001", synonyms: []string{"customer no", "customer id", "customer code", "code", "number", "no", "id", "external id", "account number", "Kundennummer", "Kunden-Nr", "KdNr", "debitor"}},
	{Key: "type", Label: "Type", Example: "Contractor", synonyms: []string{"customer type", "kind", "category", "Kundentyp", "Typ", "Art"}},
	{Key: "email", Label: "E-mail", Example: "office@hafenbau.example", synonyms: []string{"email", "mail", "e-mail address"}},
	{Key: "phone", Label: "Phone", Example: "+49 40 5550101", synonyms: []string{"telephone", "tel", "phone number", "Telefon"}},
	{Key: "street", Label: "Street", Example: "Kaistraße 4", synonyms: []string{"address", "street address", "address line 1", "Straße", "Strasse", "Anschrift"}},
	{Key: "postal_code", Label: "Postal code", Example: "20457", synonyms: []string{"zip", "zip code", "postcode", "PLZ", "Postleitzahl"}},
	{Key: "city", Label: "City", Example: "Hamburg", synonyms: []string{"town", "Ort", "Stadt"}},
	{Key: "country", Label: "Country", Example: "Germany", synonyms: []string{"Land", "nation"}},
	{Key: "contact_name", Label: "Contact name", Example: "Jana Petersen", synonyms: []string{"contact", "contact person", "Ansprechpartner", "Kontakt"}},
	{Key: "contact_email", Label: "Contact e-mail", Example: "jana@hafenbau.example", synonyms: []string{"contact email", "contact mail"}},
	{Key: "contact_phone", Label: "Contact phone", Example: "+49 40 5550102", synonyms: []string{"contact telephone", "contact mobile", "mobile"}},
	{Key: "groups", Label: "Groups", Help: "Its business units, parted by semicolons. Those that are missing are added.", Example: "Hamburg; Bremen", synonyms: []string{"group", "group names", "business units", "departments", "branches", "Gruppen", "Niederlassungen"}},
}

// customers brings customers, by their number or, without one, by name.
type customers struct {
	*reading
	types    map[string]store.CustomerType // by name in lower case
	other    store.CustomerType            // "Other", or the last one
	addTypes bool                          // what is unknown becomes a type; else "Other"
	units    *unitNames
}

func openCustomers(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	all, err := s.CustomerTypes(ctx)
	if err != nil {
		return nil, err
	}
	t := &customers{reading: newReading(s, i, customerColumns, f), types: map[string]store.CustomerType{}, addTypes: i.Options.NewTypes == "add" && s.May(store.CustomerTypeAdd)}
	if t.units, err = newUnitNames(ctx, s); err != nil {
		return nil, err
	}
	for _, ty := range all {
		t.types[strings.ToLower(ty.Name)], t.other = ty, ty
	}
	if ty, ok := t.types["other"]; ok {
		t.other = ty
	}
	return t, nil
}

// customerPlan is what a row wants of a customer.
type customerPlan struct {
	was      store.Customer // zero: it is new
	edit     store.CustomerEdit
	newType  string
	typeName string
	contact  store.ContactEdit
	met      store.Contact // the contact of that name, zero: it is new
	units    []string      // groups to add
	diff     differences
}

func (t *customers) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	w := customerPlan{}
	out := plan{label: orElse(c.text("name"), c.text("external_id")), keys: keysOf("Customer number", c.text("external_id"), "Name", c.text("name"))}
	var err error
	if w.was, err = s.MatchCustomer(ctx, c.text("external_id"), c.text("name")); err != nil {
		return out, err
	}
	if err := t.read(c, &w); err != nil {
		return out, err
	}
	if err := t.meet(ctx, s, c, &w); err != nil {
		return out, err
	}
	if w.units = t.units.read(s, c, w.was.ID, e.line); len(w.units) > 0 {
		w.diff.of("Groups", "", strings.Join(w.units, ", "))
	}
	if err := c.err(nil); err != nil {
		return out, err
	}
	out.object, out.verdict, out.says = int64(w.was.ID), store.VerdictSame, strings.Join(w.diff, "; ")
	switch {
	case w.was.ID == 0:
		out.verdict, out.says = store.VerdictAdd, w.summary(c.text("type"))
	case len(w.diff) > 0:
		out.verdict = store.VerdictChange
	default:
		return out, nil
	}
	out.do = func(ctx context.Context, s store.Staff) (int64, any, error) { return t.do(ctx, s, w) }
	return out, nil
}

// keysOf are what two rows of one file must not share: their number, or their
// name if they have none.
func keysOf(label, id, orLabel, or string) []string {
	switch {
	case id != "":
		return []string{label + " “" + short(id) + "”"}
	case or != "":
		return []string{orLabel + " “" + short(or) + "”"}
	}
	return nil
}

// read lays the cells over what the customer is now.
func (t *customers) read(c *cells, w *customerPlan) error {
	was := w.was
	w.edit = *customerEdit(was)
	e := &w.edit
	for key, into := range map[string]*string{"name": &e.Name, "external_id": &e.ExternalID, "email": &e.Email, "phone": &e.Phone,
		"street": &e.Street, "postal_code": &e.PostalCode, "city": &e.City, "country": &e.Country} {
		c.set(key, into)
	}
	w.typeName = was.TypeName
	if was.ID == 0 {
		e.Type = t.other.ID
	}
	if name := c.text("type"); name != "" {
		w.typeName = t.typeOf(name, w)
	}
	if err := c.err(e.Validate()); err != nil {
		return err
	}
	if was.ID != 0 {
		for _, f := range [][3]string{{"Name", was.Name, e.Name}, {"Customer number", was.ExternalID, e.ExternalID}, {"Type", was.TypeName, w.typeName}, {"E-mail", was.Email, e.Email},
			{"Phone", was.Phone, e.Phone}, {"Street", was.Street, e.Street}, {"Postal code", was.PostalCode, e.PostalCode}, {"City", was.City, e.City}, {"Country", was.Country, e.Country}} {
			w.diff.of(f[0], f[1], f[2])
		}
	}
	return nil
}

// typeOf finds the type a row names; what is unknown becomes a new one or
// "Other", as was chosen.
func (t *customers) typeOf(name string, w *customerPlan) string {
	if ty, ok := t.types[strings.ToLower(name)]; ok {
		w.edit.Type = ty.ID
		return ty.Name
	}
	if t.addTypes {
		w.newType = name
		return name
	}
	w.edit.Type = t.other.ID
	return t.other.Name
}

// summary is what a new customer is known by beside its name.
func (w *customerPlan) summary(typeSaid string) string {
	var out []string
	for _, v := range []string{w.edit.ExternalID, w.edit.City, w.typeNote(typeSaid), w.diff.String()} {
		if v != "" {
			out = append(out, v)
		}
	}
	return strings.Join(out, "; ")
}

func (w *customerPlan) typeNote(said string) string {
	switch {
	case w.newType != "":
		return "New type: " + short(w.newType)
	case said != "" && !strings.EqualFold(said, w.typeName):
		return "The type “" + short(said) + "” is not known here; it becomes “" + w.typeName + "”."
	}
	return ""
}

// meet finds the contact that a row names among those the customer has.
func (t *customers) meet(ctx context.Context, s store.Staff, c *cells, w *customerPlan) error {
	k := store.ContactEdit{Name: c.text("contact_name"), Email: c.text("contact_email"), Phone: c.text("contact_phone")}
	if k == (store.ContactEdit{}) {
		return nil
	}
	if k.Name == "" {
		k.Name = k.Email + k.Phone
	}
	if w.was.ID != 0 {
		all, err := s.Contacts(ctx, w.was.ID)
		if err != nil {
			return err
		}
		for _, o := range all {
			if strings.EqualFold(o.Name, k.Name) {
				w.met = o
			}
		}
	}
	if w.met.ID != 0 {
		k.Name, k.Title = w.met.Name, w.met.Title
		keepOld(&k.Email, w.met.Email)
		keepOld(&k.Phone, w.met.Phone)
	}
	w.contact = k
	if err := c.err(k.Validate()); err != nil {
		return err
	}
	if w.met.ID == 0 {
		w.diff.of("Contact", "", k.Name)
		return nil
	}
	w.diff.of("Contact e-mail", w.met.Email, k.Email)
	w.diff.of("Contact phone", w.met.Phone, k.Phone)
	return nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func keepOld(v *string, old string) {
	if *v == "" {
		*v = old
	}
}

// customerBefore is what an undo needs to know.
type customerBefore struct {
	Left    string              `json:"left"`          // imprint of what the import left
	Old     *store.CustomerEdit `json:"old,omitempty"` // nil: the customer was added
	Contact store.ContactID     `json:"contact,omitempty"`
	New     *store.ContactEdit  `json:"new_contact,omitempty"`
	Was     *store.ContactEdit  `json:"old_contact,omitempty"` // nil: the contact was added
	Units   []store.GroupID     `json:"units,omitempty"`       // groups that were added
}

func (t *customers) do(ctx context.Context, s store.Staff, w customerPlan) (int64, any, error) {
	if err := t.makeType(ctx, s, &w); err != nil {
		return 0, nil, err
	}
	before := customerBefore{Left: imprint(w.edit)}
	id, err := w.was.ID, error(nil)
	if id == 0 {
		id, err = s.AddCustomer(ctx, w.edit)
	} else {
		before.Old = customerEdit(w.was)
		err = s.ChangeCustomer(ctx, id, w.was.Version, w.edit)
	}
	if err == nil {
		before.Units, err = t.units.add(ctx, s, id, w.units)
	}
	if err != nil {
		return 0, nil, err
	}
	return int64(id), &before, t.doContact(ctx, s, id, w, &before)
}

func customerEdit(c store.Customer) *store.CustomerEdit {
	return &store.CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID, Type: c.Type}
}

func (t *customers) makeType(ctx context.Context, s store.Staff, w *customerPlan) error {
	if w.newType == "" {
		return nil
	}
	key := strings.ToLower(w.newType)
	if ty, ok := t.types[key]; ok { // an earlier row made it
		w.edit.Type = ty.ID
		return nil
	}
	id, err := s.AddCustomerType(ctx, w.newType)
	if err != nil {
		return err
	}
	t.types[key] = store.CustomerType{ID: id, Name: w.newType}
	w.edit.Type = id
	return nil
}

func (t *customers) doContact(ctx context.Context, s store.Staff, of store.CustomerID, w customerPlan, before *customerBefore) (err error) {
	if w.contact == (store.ContactEdit{}) || w.met.ID != 0 && w.met.ContactEdit == w.contact {
		return nil
	}
	before.Contact, before.New = w.met.ID, &w.contact
	if w.met.ID == 0 {
		before.Contact, err = s.AddContact(ctx, of, w.contact)
		return err
	}
	before.Was = &w.met.ContactEdit
	return s.ChangeContact(ctx, w.met.ID, w.contact)
}

// undo looks first whether everything is as the import left it.
func (t *customers) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	var b customerBefore
	if err := json.Unmarshal([]byte(r.Before), &b); err != nil {
		return err
	}
	id := store.CustomerID(r.Object)
	now, err := s.Customer(ctx, id)
	if err != nil {
		return err
	}
	if imprint(*customerEdit(now)) != b.Left {
		return fault.New(fault.Conflict, "%s was changed after the import.", now.Name)
	}
	if b.Contact != 0 {
		k, err := s.Contact(ctx, b.Contact)
		if err != nil {
			return err
		}
		if k.ContactEdit != *b.New {
			return fault.New(fault.Conflict, "The contact %s was changed after the import.", k.Name)
		}
	}
	if err := unitsUnused(ctx, s, b.Units); err != nil {
		return err
	}
	if b.Old == nil {
		return s.UnaddCustomer(ctx, id, now.Version)
	}
	for _, g := range b.Units {
		if err := s.RemoveGroup(ctx, g, 0); err != nil {
			return err
		}
	}
	if err := s.ChangeCustomer(ctx, id, now.Version, *b.Old); err != nil || b.Contact == 0 {
		return err
	}
	if b.Was == nil {
		return s.RemoveContact(ctx, b.Contact)
	}
	return s.ChangeContact(ctx, b.Contact, *b.Was)
}
