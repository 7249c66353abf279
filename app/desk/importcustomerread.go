package desk

import (
	"context"
	"strings"

	"gatehouse/store"
)

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
