package store

import (
	"context"
	"encoding/json"
	"net/mail"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Customer is a company (or a person) that a provider works for and may open
// a portal to. Everything a portal shows belongs to exactly one.
type Customer struct {
	ID         CustomerID
	Number     int64
	ExternalID string // the provider's own customer number, from its other systems
	Type       TypeID
	TypeName   string
	CustomerInput
	PortalState string   // none, draft, pending, active, suspended
	Assets      int64    // how many it has now
	Groups      []string // names of its groups; filled where one customer is read
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// CustomerInput is what people type about a customer.
type CustomerInput struct {
	Name, Email, Phone, Street, PostalCode, City, Country string
}

const customerColumns = `c.id, c.number, coalesce(c.external_id, ''), c.type_id, t.name, c.name, c.email, c.phone, c.street, c.postal_code, c.city, c.country,
	c.portal_state, c.asset_count, c.version, c.created_at, c.updated_at`

func (c *Customer) row(r *row) {
	c.ID, c.Number, c.ExternalID, c.Type, c.TypeName = CustomerID(r.int()), r.int(), r.str(), TypeID(r.int()), r.str()
	c.Name, c.Email, c.Phone, c.Street, c.PostalCode, c.City, c.Country = r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	c.PortalState, c.Assets, c.Version, c.CreatedAt, c.UpdatedAt = r.str(), r.int(), r.int(), r.unix(), r.unix()
}

// find is what a customer is searched and sorted by, short enough for a cursor.
func (e CustomerEdit) find() string {
	return clip(fold(e.Name+"\n"+e.ExternalID+"\n"+e.Email+"\n"+e.City), 1200)
}

// CustomerEdit is a customer as a form or an import brings it.
type CustomerEdit struct {
	CustomerInput
	ExternalID string
	Type       TypeID // 0: "Other"
}

// Validate reports all that is wrong with an edit at once.
func (e CustomerEdit) Validate() error { return e.clean() }

// clean trims what was typed and reports all that is wrong with it.
func (e *CustomerEdit) clean() error {
	var bad fault.Problems
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"name", &e.Name, 200}, {"external_id", &e.ExternalID, 100}, {"email", &e.Email, 254}, {"phone", &e.Phone, 50}, {"street", &e.Street, 200},
		{"postal_code", &e.PostalCode, 20}, {"city", &e.City, 100}, {"country", &e.Country, 100}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(&bad, f.name, *f.v, f.most)
	}
	if e.Name == "" {
		bad.Add("name", "Give the customer's name.")
	}
	if e.Email != "" {
		if err := CheckEmail(e.Email); err != nil {
			bad.Add("email", "%s", fault.Says(err))
		}
	}
	return bad.Err()
}

// checkText refuses text that no field can hold: too long, or with control
// characters that would break a line, a letter or a file.
func checkText(bad *fault.Problems, field, v string, most int) {
	if n := len([]rune(v)); n > most {
		bad.Add(field, "This is %d characters long; up to %d fit.", n, most)
	}
	if strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 || r == 0x85 }) || strings.ToValidUTF8(v, "") != v {
		bad.Add(field, "This contains line breaks or characters that cannot be shown. Please type it again.")
	}
}

// CheckEmail reports what is wrong with an e-mail address, if anything.
func CheckEmail(email string) error {
	a, err := mail.ParseAddress(email)
	bad := fault.Field("email", "Enter a full e-mail address, such as ana@example.com.")
	if err != nil || a.Address != email || len(email) > 254 || strings.Count(email, "@") != 1 || strings.ContainsAny(email, "\r\n\t ,;<>\"") {
		return bad
	}
	if _, domain, _ := strings.Cut(email, "@"); domain == "" || strings.HasPrefix(domain, ".") || strings.HasPrefix(domain, "[") {
		return bad
	}
	return nil
}

// Customer reads one customer.
func (s Staff) Customer(ctx context.Context, id CustomerID) (Customer, error) {
	return one(ctx, s.scope, "customer", func(c *Customer, r *row) {
		c.row(r)
		_ = json.Unmarshal([]byte(r.str()), &c.Groups) // SQLite wrote it
	}, `SELECT `+customerColumns+`, (SELECT json_group_array(u.name) FROM (SELECT g.name FROM {groups} g WHERE g.customer_id = c.id ORDER BY g.name) u)
		FROM {customers} c JOIN {customer_types} t ON t.id = c.type_id WHERE c.id = :id`, p(":id", id))
}

// AddCustomer adds a customer and draws its number. It belongs to the
// provider alone: a Client has no such method.
func (s Staff) AddCustomer(ctx context.Context, e CustomerEdit) (id CustomerID, err error) {
	if err := s.Can(CustomerAdd); err != nil {
		return 0, err
	}
	if err := s.Can(CustomerAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if e.Type, err = s.customerType(ctx, e.Type); err != nil {
			return err
		}
		number, err := s.nextNumber(ctx, "customer")
		if err != nil {
			return err
		}
		n, err := s.insert(ctx, CustomerAdd, "customers", append(e.sets(), set{"number", number}, set{"created_at", s.Now()}, set{"updated_at", s.Now()})...)
		id = CustomerID(n)
		return err
	})
	return id, err
}

// OpenCustomer adds a customer with its first contact, if one is named, and
// returns the same customer to whoever sends the same form (once) again.
func (s Staff) OpenCustomer(ctx context.Context, once string, e CustomerEdit, first ContactEdit) (CustomerID, error) {
	if err := s.Can(CustomerAdd); err != nil {
		return 0, err
	}
	var bad fault.Problems
	problems := []error{e.clean()}
	if first != (ContactEdit{}) {
		problems = append(problems, first.clean())
	}
	for _, err := range problems {
		for field, says := range fault.Fields(err) {
			bad.Add(field, "%s", says)
		}
	}
	if err := bad.Err(); err != nil {
		return 0, err
	}
	id, err := s.Once(ctx, once, func(s Staff) (int64, error) {
		id, err := s.AddCustomer(ctx, e)
		if err != nil || first == (ContactEdit{}) {
			return int64(id), err
		}
		_, err = s.AddContact(ctx, id, first)
		return int64(id), err
	})
	return CustomerID(id), err
}

// ChangeCustomer saves an edit made of version; a newer one is a Conflict, so
// that nobody overwrites what somebody else saved meanwhile. Version 0 skips
// that check (imports).
func (s Staff) ChangeCustomer(ctx context.Context, id CustomerID, version int64, e CustomerEdit) error {
	if err := s.Can(CustomerChange); err != nil {
		return err
	}
	if err := s.Can(CustomerChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Customer(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this customer meanwhile. Your entries are kept below; check them against the current ones and save again.")
		}
		if e.Type, err = s.customerType(ctx, e.Type); err != nil {
			return err
		}
		return s.change(ctx, CustomerChange, "customers", int64(id), append(e.sets(), set{"version", was.Version + 1}, set{"updated_at", s.Now()})...)
	})
}

func (e CustomerEdit) sets() []set {
	return []set{{"name", e.Name}, {"external_id", orNull(e.ExternalID)}, {"type_id", e.Type}, {"email", e.Email}, {"phone", e.Phone},
		{"street", e.Street}, {"postal_code", e.PostalCode}, {"city", e.City}, {"country", e.Country}, {"find", e.find()}}
}
