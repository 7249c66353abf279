package store

import (
	"context"

	"gatehouse/store/fault"
)

// MatchCustomer finds the customer that a row of an import means: the one
// with that number, else the one of that name that has no number yet (or,
// for a row without a number, the only one of that name). None is the zero
// Customer; more than one is a Conflict.
func (s Staff) MatchCustomer(ctx context.Context, externalID, name string) (Customer, error) {
	if externalID != "" {
		c, err := s.customersWhere(ctx, `c.external_id = :v`, externalID)
		if err != nil || len(c) > 0 {
			return first(c), err
		}
	}
	cond := `c.name = :v`
	if externalID != "" {
		cond += ` AND c.external_id IS NULL`
	}
	c, err := s.customersWhere(ctx, cond, name)
	if err != nil || len(c) < 2 {
		return first(c), err
	}
	return Customer{}, fault.Field("external_id", "There is more than one customer called “%s”; the row needs a customer number to tell which one is meant.", name)
}

// CustomerByCode finds a customer by the number that the provider's other
// systems know it by.
func (s Staff) CustomerByCode(ctx context.Context, code string) (Customer, error) {
	c, err := s.customersWhere(ctx, `c.external_id = :v`, code)
	if err != nil || len(c) > 0 {
		return first(c), err
	}
	return Customer{}, fault.New(fault.NotFound, "There is no customer with the code “%s”.", clip(code, 60))
}

func (s Staff) customersWhere(ctx context.Context, cond, v string) ([]Customer, error) {
	return list(ctx, s.scope, (*Customer).row, `SELECT `+customerColumns+` FROM {customers} c CROSS JOIN {customer_types} t ON t.id = c.type_id WHERE `+cond+` LIMIT 2`, p(":v", v))
}

func first[T any](all []T) (v T) {
	if len(all) > 0 {
		v = all[0]
	}
	return v
}

// UnaddCustomer takes back a customer that an import added, if nothing hangs
// on it since: no portal, no asset now or earlier, no change. Otherwise it is
// a Conflict that says what.
func (s Staff) UnaddCustomer(ctx context.Context, id CustomerID, version int64) error {
	return s.Update(ctx, func(s Staff) error {
		c, err := s.Customer(ctx, id)
		if err != nil {
			return err
		}
		held, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {assignments} a WHERE a.customer_id = :of LIMIT 1)`, p(":of", id))
		if err == nil && held == 0 {
			held, err = s.number(ctx, `SELECT (SELECT count(*) FROM (SELECT 1 FROM {jobs} j WHERE j.customer_id = :of LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM {sites} o WHERE o.customer_id = :of LIMIT 1))`, p(":of", id))
		}
		switch {
		case err != nil:
			return err
		case c.Version != version:
			return fault.New(fault.Conflict, "%s was changed after the import.", c.Name)
		case c.PortalState != "none":
			return fault.New(fault.Conflict, "%s has a portal by now.", c.Name)
		case held > 0:
			return fault.New(fault.Conflict, "%s has or had assets, jobs or sites by now.", c.Name)
		}
		return s.remove(ctx, CustomerUnadd, "customers", int64(id))
	})
}
