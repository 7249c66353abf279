package store

import (
	"context"
	"time"
)

// Overview is what a provider's start page counts, within the actor's scope.
type Overview struct {
	Customers, Active, Pending, Assets, Assigned int64
}

// Overview counts. Large fleets are counted on an index alone.
func (s Staff) Overview(ctx context.Context) (Overview, error) {
	return one(ctx, s.scope, "overview", func(o *Overview, r *row) {
		o.Customers, o.Active, o.Pending, o.Assets, o.Assigned = r.int(), r.int(), r.int(), r.int(), r.int()
	}, `SELECT (SELECT count(*) FROM {customers}), (SELECT count(*) FROM {customers} c WHERE c.portal_state = 'active'), (SELECT count(*) FROM {customers} c WHERE c.portal_state = 'pending'),
		(SELECT count(*) FROM {assets}), (SELECT count(*) FROM {assets} a WHERE a.customer_id IS NOT NULL)`)
}

// Ending is an asset whose time with a customer runs out.
type Ending struct {
	Asset        AssetID
	AssetName    string
	Customer     CustomerID
	CustomerName string
	Until        time.Time // the first moment at which the customer no longer has it
}

func (e *Ending) row(r *row) {
	e.Asset, e.AssetName, e.Customer, e.CustomerName, e.Until = AssetID(r.int()), r.str(), CustomerID(r.int()), r.str(), r.unix()
}

// Endings lists the next assets to come back, up to a moment, soonest first.
func (s Staff) Endings(ctx context.Context, by time.Time, most int) ([]Ending, error) {
	return list(ctx, s.scope, (*Ending).row, `SELECT a.id, a.name, c.id, c.name, a.until FROM {assets} a CROSS JOIN {customers} c ON c.id = a.customer_id
		WHERE a.until IS NOT NULL AND a.until > :now AND a.until <= :by ORDER BY a.until, a.id`+upTo(most), p(":by", by))
}

// Waiting lists customers whose portal nobody has taken up yet, longest first.
func (s Staff) Waiting(ctx context.Context, most int) ([]Waiting, error) {
	return list(ctx, s.scope, (*Waiting).row, `SELECT c.id, c.name, c.updated_at FROM {customers} c
		WHERE c.portal_state = 'pending' AND c.deleted_at IS NULL ORDER BY c.updated_at, c.id`+upTo(most))
}

// Waiting is a customer whose portal is pending.
type Waiting struct {
	Customer CustomerID
	Name     string
	Since    time.Time // its last change: the invitation, if nothing came after
}

func (w *Waiting) row(r *row) { w.Customer, w.Name, w.Since = CustomerID(r.int()), r.str(), r.unix() }
