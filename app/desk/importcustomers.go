package desk

import (
	"context"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

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
	says := w.diff.String()
	if w.was.ID == 0 {
		says = w.summary(c.text("type"))
	}
	return out.outcome(int64(w.was.ID), len(w.diff) > 0, says, func(ctx context.Context, s store.Staff) (int64, any, error) { return t.do(ctx, s, w) }), nil
}
