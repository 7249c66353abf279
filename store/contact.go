package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// Contact is somebody at a customer whom the provider talks to. A contact is
// no account: people of a portal are its members.
type Contact struct {
	ID       ContactID
	Customer CustomerID
	ContactEdit
}

// ContactEdit is a contact as a form or an import brings it.
type ContactEdit struct{ Name, Title, Email, Phone string }

const contactColumns = `k.id, k.customer_id, k.name, k.title, k.email, k.phone`

func (k *Contact) row(r *row) {
	k.ID, k.Customer, k.Name, k.Title, k.Email, k.Phone = ContactID(r.int()), CustomerID(r.int()), r.str(), r.str(), r.str(), r.str()
}

func (e *ContactEdit) clean() error {
	var bad fault.Problems
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"contact_name", &e.Name, 200}, {"contact_title", &e.Title, 100}, {"contact_email", &e.Email, 254}, {"contact_phone", &e.Phone, 50}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(&bad, f.name, *f.v, f.most)
	}
	if e.Name == "" {
		bad.Add("contact_name", "Give the contact's name.")
	}
	if e.Email != "" {
		if err := CheckEmail(e.Email); err != nil {
			bad.Add("contact_email", "%s", fault.Says(err))
		}
	}
	return bad.Err()
}

// Validate reports all that is wrong with a contact at once.
func (e ContactEdit) Validate() error { return e.clean() }

func (e ContactEdit) sets() []set {
	return []set{{"name", e.Name}, {"title", e.Title}, {"email", e.Email}, {"phone", e.Phone}}
}

// Contacts lists a customer's contacts by name.
func (s Staff) Contacts(ctx context.Context, of CustomerID) ([]Contact, error) {
	return list(ctx, s.scope, (*Contact).row, `SELECT `+contactColumns+` FROM {contacts} k WHERE k.customer_id = :of ORDER BY k.name, k.id LIMIT 500`, p(":of", of))
}

// Contact reads one contact.
func (s Staff) Contact(ctx context.Context, id ContactID) (Contact, error) {
	return one(ctx, s.scope, "contact", (*Contact).row, `SELECT `+contactColumns+` FROM {contacts} k WHERE k.id = :id`, p(":id", id))
}

// AddContact adds a contact to a customer.
func (s Staff) AddContact(ctx context.Context, of CustomerID, e ContactEdit) (id ContactID, err error) {
	if err := s.Can(ContactAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if _, err := s.Customer(ctx, of); err != nil {
			return err
		}
		n, err := s.insert(ctx, ContactAdd, "contacts", append(e.sets(), set{"customer_id", of}, set{"created_at", s.Now()})...)
		id = ContactID(n)
		return err
	})
	return id, err
}

// ChangeContact saves an edited contact.
func (s Staff) ChangeContact(ctx context.Context, id ContactID, e ContactEdit) error {
	if err := s.Can(ContactChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.change(ctx, ContactChange, "contacts", int64(id), e.sets()...)
}

// RemoveContact removes a contact.
func (s Staff) RemoveContact(ctx context.Context, id ContactID) error {
	return s.remove(ctx, ContactRemove, "contacts", int64(id))
}
