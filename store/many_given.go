package store

import "context"

// givenLine tells apart the lines of the audit log that say who was given
// assets: one for each customer and time.
type givenLine struct {
	customer CustomerID
	from, to int64
}

// aLine is how many assets one line names.
const aLine = 100

// logGiven notes that somebody was given an asset. Inside UpdateMany a line is
// written when it is full, and at the end.
func (s Staff) logGiven(ctx context.Context, a Assignment) error {
	if s.late == nil {
		return s.log(ctx, lineOf(AssetAssign, a.Customer, []Assignment{a}, noteOfPeriod(a.From, a.To)))
	}
	key := givenLine{a.Customer, a.From.Unix(), a.To.Unix()}
	s.late.given[key] = append(s.late.given[key], a)
	s.late.givenSum++
	switch {
	case len(s.late.given[key]) >= aLine:
		return s.logLine(ctx, key)
	case s.late.givenSum >= mostLate:
		return s.logAllGiven(ctx)
	}
	return nil
}

func (s Staff) logLine(ctx context.Context, key givenLine) error {
	all := s.late.given[key]
	delete(s.late.given, key)
	s.late.givenSum -= len(all)
	return s.log(ctx, lineOf(AssetAssign, key.customer, all, noteOfPeriod(all[0].From, all[0].To)))
}

func (s Staff) logAllGiven(ctx context.Context) error {
	for key := range s.late.given {
		if err := s.logLine(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// known reports whether the customer is one of the scope's. Inside UpdateMany
// it is asked once for each.
func (s Staff) known(ctx context.Context, id CustomerID) error {
	if s.late == nil || !s.late.there[id] {
		if _, err := one(ctx, s.scope, "customer", intoInt, `SELECT c.id FROM {customers} c WHERE c.id = :id`, p(":id", id)); err != nil {
			return err
		}
	}
	if s.late != nil {
		s.late.there[id] = true
	}
	return nil
}
