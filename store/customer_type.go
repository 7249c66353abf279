package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// CustomerType is a kind of customer (row 6).
type CustomerType struct {
	ID   TypeID
	Name string
}

// DefaultType is the type of a customer for which nobody chose one.
const DefaultType = "Other"

func (t *CustomerType) row(r *row) { t.ID, t.Name = TypeID(r.int()), r.str() }

// CustomerTypes lists the provider's types in their order.
func (s Staff) CustomerTypes(ctx context.Context) ([]CustomerType, error) {
	return list(ctx, s.scope, (*CustomerType).row, `SELECT t.id, t.name FROM {customer_types} t ORDER BY t.position, t.name`)
}

// TypeUse is a type and how many customers are of it, up to a thousand.
type TypeUse struct {
	CustomerType
	Customers int64
}

// CustomerTypeUse lists the types with how many customers are of each.
func (s Staff) CustomerTypeUse(ctx context.Context) ([]TypeUse, error) {
	return list(ctx, s.scope, func(t *TypeUse, r *row) { t.CustomerType.row(r); t.Customers = r.int() },
		`SELECT t.id, t.name, (SELECT count(*) FROM (SELECT 1 FROM {customers} c WHERE c.type_id = t.id`+upTo(countUpTo+1)+`)) FROM {customer_types} t ORDER BY t.position, t.name`)
}

func cleanType(name string) (string, error) {
	var bad fault.Problems
	name = strings.TrimSpace(name)
	if checkText(&bad, "name", name, 100); name == "" {
		bad.Add("name", "Give the type's name.")
	}
	return name, bad.Err()
}

// AddCustomerType adds a kind of customer, before the default one.
func (s Staff) AddCustomerType(ctx context.Context, name string) (id TypeID, err error) {
	if err := s.Can(CustomerTypeAdd); err != nil {
		return 0, err
	}
	if name, err = cleanType(name); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		last, err := s.number(ctx, `SELECT coalesce(max(t.position), 0) FROM {customer_types} t WHERE t.name <> :other`, p(":other", DefaultType))
		if err != nil {
			return err
		}
		n, err := s.insert(ctx, CustomerTypeAdd, "customer_types", set{"name", name}, set{"position", last + 1})
		if err != nil {
			return err
		}
		id = TypeID(n)
		_, err = s.write(ctx, CustomerTypeAdd, `UPDATE <customer_types> SET position = :last WHERE name = :other AND {mine:customer_types}`, p(":last", last+2), p(":other", DefaultType))
		return err
	})
	return id, err
}

// changeable reads a type that may be renamed or removed: the default stays,
// because imports and forms fall back on it.
func (s Staff) changeable(ctx context.Context, id TypeID) (CustomerType, error) {
	t, err := one(ctx, s.scope, "type", (*CustomerType).row, `SELECT t.id, t.name FROM {customer_types} t WHERE t.id = :id`, p(":id", id))
	if err == nil && t.Name == DefaultType {
		err = fault.Field("name", "“%s” stays as it is: it is the type of every customer for which nobody chose one.", t.Name)
	}
	return t, err
}

// RenameCustomerType gives a type another name; its customers keep the type.
func (s Staff) RenameCustomerType(ctx context.Context, id TypeID, name string) error {
	if err := s.Can(CustomerTypeRename); err != nil {
		return err
	}
	name, err := cleanType(name)
	if err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if _, err := s.changeable(ctx, id); err != nil {
			return err
		}
		return s.change(ctx, CustomerTypeRename, "customer_types", int64(id), set{"name", name})
	})
}

// RemoveCustomerType removes a type that no customer has. Deleted customers,
// which nobody sees any more, fall back on the default.
func (s Staff) RemoveCustomerType(ctx context.Context, id TypeID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(CustomerTypeRemove); err != nil {
			return err
		}
		t, err := s.changeable(ctx, id)
		if err != nil {
			return err
		}
		n, err := s.number(ctx, `SELECT count(*) FROM {customers} c WHERE c.type_id = :id`, p(":id", id))
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "“%s” is the type of %d customers. Give them another type first.", t.Name, n)
		}
		other, err := s.customerType(ctx, 0)
		if err != nil {
			return err
		}
		if err := s.db.query(ctx, s.conn, `UPDATE customers SET type_id = :other WHERE provider_id = :provider AND type_id = :id AND deleted_at IS NOT NULL`,
			s.binder([]int{0}, []arg{p(":other", other), p(":id", id)}), func(*row) error { return nil }); err != nil {
			return err
		}
		return s.remove(ctx, CustomerTypeRemove, "customer_types", int64(id))
	})
}

// customerType is id if the provider has such a type, "Other" (or the last
// one) for 0.
func (s Staff) customerType(ctx context.Context, id TypeID) (TypeID, error) {
	text, args := `SELECT t.id, t.name FROM {customer_types} t ORDER BY t.name = :other DESC, t.position DESC LIMIT 1`, []arg{p(":other", DefaultType)}
	if id != 0 {
		text, args = `SELECT t.id, t.name FROM {customer_types} t WHERE t.id = :id`, []arg{p(":id", id)}
	}
	all, err := list(ctx, s.scope, (*CustomerType).row, text, args...)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 {
		return 0, fault.Field("type", "Choose one of the types in the list.")
	}
	return all[0].ID, nil
}
