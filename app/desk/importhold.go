package desk

import (
	"context"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// holding reads who shall have an asset, for one import.
type holding struct {
	byCode map[string]store.Customer // found already
	spans  map[store.AssetID][]span  // what earlier rows of the file give away
}

// hold is one assignment that a row wants. Days are calendar days, as midnight
// UTC; zero is today, or open.
type hold struct {
	customer store.Customer
	from, to time.Time
	span     span
	extends  bool
}

// read is nil when the row names no customer, or nothing would change.
func (t *holding) read(ctx context.Context, s store.Staff, c *cells, asset store.AssetID, diff *differences) (*hold, error) {
	code := c.text("customer")
	if code == "" {
		if c.text("from")+c.text("to") != "" {
			c.bad.Add("customer", "There are dates, but no customer number.")
		}
		return nil, nil
	}
	h := &hold{}
	var err error
	if h.customer, err = t.customer(ctx, s, code); err != nil {
		if fault.Of(err) != fault.NotFound {
			return nil, err
		}
		c.bad.Add("customer", "There is no customer with the number “%s”. The row was left out, so that the asset is not taken in without its customer.", short(code))
		return nil, nil
	}
	h.from, _ = c.day("from")
	h.to, _ = c.day("to")
	if !h.to.IsZero() && !h.from.IsZero() && h.to.Before(h.from) {
		c.bad.Add("to", "The last day lies before the first day.")
		return nil, nil
	}
	return h, h.against(ctx, s, asset, c, diff)
}

func (t *holding) customer(ctx context.Context, s store.Staff, code string) (store.Customer, error) {
	if c, ok := t.byCode[code]; ok {
		return c, nil
	}
	c, err := s.CustomerByCode(ctx, code)
	if err == nil && len(t.byCode) < 10_000 {
		t.byCode[code] = c
	}
	return c, err
}

// against holds the wish against what is there. Somebody else's time is a
// conflict that people must decide, not a file.
func (h *hold) against(ctx context.Context, s store.Staff, asset store.AssetID, c *cells, diff *differences) error {
	var all []store.Assignment
	if asset != 0 {
		var err error
		if all, err = s.AssetHistory(ctx, asset); err != nil {
			return err
		}
	}
	from := h.from
	if from.IsZero() {
		from = s.Today()
		for _, a := range all {
			if a.Customer == h.customer.ID && !a.From.After(s.Now()) && (a.To.IsZero() || a.To.After(s.Now())) {
				from = calendarDay(a.From.In(c.how.zone))
			}
		}
	}
	h.from = from
	h.span = span{start: s.DayStart(from), to: h.customer.ID, name: h.customer.Name}
	if !h.to.IsZero() {
		h.span.end = s.DayStart(h.to.AddDate(0, 0, 1))
	}
	if !h.span.end.IsZero() && !h.span.end.After(h.span.start) {
		c.bad.Add("to", "The last day lies before the first day.")
		return nil
	}
	nextDay := s.DayStart(from.AddDate(0, 0, 1))
	for _, a := range all {
		there := span{start: a.From, end: a.To}
		handedOver := !a.To.IsZero() && a.To.Before(nextDay) && !a.To.After(s.Now())
		switch {
		case !there.overlaps(h.span) || a.Customer != h.customer.ID && handedOver:
		case a.Customer != h.customer.ID:
			c.bad.Add("customer", "%s has it %s. Return it there first, or choose another time.", orElse(a.CustomerName, "Another customer"), days(a, c.how.zone))
			return nil
		case !a.From.After(h.span.start) && a.To.Equal(h.span.end):
			return nil // it has it just so
		default:
			h.extends = true
		}
	}
	diff.of("Customer", "", h.words())
	return nil
}
