package desk

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// unitNames knows whose each group is, while customers are imported. A name
// is taken once at the whole provider.
type unitNames struct {
	of    map[string]store.CustomerID // by folded name; 0: the provider's own
	lines map[string]int              // names that rows of the file claim
}

func newUnitNames(ctx context.Context, s store.Staff) (*unitNames, error) {
	all, err := s.GroupChoices(ctx)
	u := &unitNames{of: map[string]store.CustomerID{}, lines: map[string]int{}}
	for _, g := range all {
		u.of[fold(g.Name)] = g.Customer
	}
	return u, err
}

// read lists the groups of a row that the customer does not have yet.
func (u *unitNames) read(s store.Staff, c *cells, customer store.CustomerID, line int) (out []string) {
	for _, name := range c.list("groups") {
		key := fold(name)
		of, known := u.of[key]
		claimed := u.lines[key]
		switch {
		case known && of == customer && customer != 0:
		case known && of == 0:
			c.bad.Add("groups", "“%s” is one of your own groups, not a customer's.", short(name))
		case known:
			c.bad.Add("groups", "The group “%s” belongs to another customer.", short(name))
		case claimed != 0 && claimed != line:
			c.bad.Add("groups", "The group “%s” stands in line %d too; each can belong to one customer only.", short(name), claimed)
		case !s.May(store.GroupAdd):
			c.bad.Add("groups", "There is no group “%s”, and only an admin can add groups.", short(name))
		default:
			u.lines[key] = line
			out = append(out, name)
		}
	}
	return out
}

func (u *unitNames) add(ctx context.Context, s store.Staff, of store.CustomerID, names []string) (out []store.GroupID, err error) {
	for _, name := range names {
		id, err := s.AddGroup(ctx, store.GroupEdit{Name: name, Customer: of})
		if err != nil {
			return nil, err
		}
		u.of[fold(name)] = of
		out = append(out, id)
	}
	return out, nil
}

// unitsUnused is a Conflict when something was put into one of the groups.
func unitsUnused(ctx context.Context, s store.Staff, all []store.GroupID) error {
	for _, id := range all {
		g, err := s.Group(ctx, id)
		if err != nil {
			return err
		}
		if g.Used() {
			return fault.New(fault.Conflict, "The group %s is in use by now.", g.Name)
		}
	}
	return nil
}
