package store

import "context"

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
