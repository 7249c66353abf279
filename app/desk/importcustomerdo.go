package desk

import (
	"context"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

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
	b, err := beforeOf[customerBefore](r)
	if err != nil {
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
