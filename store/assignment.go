package store

import (
	"context"
	"sync"
	"time"
	_ "time/tzdata" // days are days in the provider's zone, also where the machine knows no zones

	"gatehouse/store/fault"
)

// Assignment is the time for which a customer has an asset. An asset has at
// most one at a time; past ones stay as history.
type Assignment struct {
	ID           AssignmentID
	Asset        AssetID
	AssetName    string
	Customer     CustomerID
	CustomerName string // "" once the customer is deleted
	From         time.Time
	To           time.Time // the moment it ends; zero: open
	Planned      bool      // begins in the future
	CreatedAt    time.Time
	CreatedBy    string
}

const assignmentColumns = `h.id, h.asset_id, coalesce((SELECT a.name FROM {assets} a WHERE a.id = h.asset_id), ''), h.customer_id,
	coalesce((SELECT c.name FROM {customers} c WHERE c.id = h.customer_id), ''), h.starts_at, h.ends_at, h.planned, h.created_at, h.created_by`

func (a *Assignment) row(r *row) {
	a.ID, a.Asset, a.AssetName, a.Customer, a.CustomerName = AssignmentID(r.int()), AssetID(r.int()), r.str(), CustomerID(r.int()), r.str()
	a.From, a.To, a.Planned, a.CreatedAt, a.CreatedBy = r.unix(), r.unix(), r.bool(), r.unix(), r.str()
}

// LastDay is a moment on the last day of an assignment, for people, who count
// the last day in; zero while it is open.
func (a Assignment) LastDay() time.Time {
	if a.To.IsZero() {
		return a.To
	}
	return a.To.Add(-time.Second)
}

// AssetHistory lists who had the asset, who has it and who will, newest first.
// It names other customers, so a Client has no such method.
func (s Staff) AssetHistory(ctx context.Context, id AssetID) ([]Assignment, error) {
	if err := s.there(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, (*Assignment).row, `SELECT `+assignmentColumns+` FROM {assignments} h WHERE h.asset_id = :id ORDER BY h.starts_at DESC LIMIT 500`, p(":id", id))
}

// overlapping lists the assignments of one asset that touch a time. Zero to is
// for ever.
func (s Staff) overlapping(ctx context.Context, id AssetID, from, to time.Time) ([]Assignment, error) {
	return list(ctx, s.scope, (*Assignment).row, `SELECT `+assignmentColumns+` FROM {assignments} h
		WHERE h.asset_id = :id AND h.starts_at < coalesce(:to, 1 << 62) AND coalesce(h.ends_at, 1 << 62) > :from ORDER BY h.starts_at`,
		p(":id", id), p(":from", from), p(":to", to))
}

// zone is where the provider's days begin.
func (s Staff) zone() *time.Location {
	name := pick(s.home.Zone, "UTC")
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		z = time.UTC
	}
	zones.Store(name, z)
	return z
}

// zones are the time zones of providers, by name: to find one takes reading
// files.
var zones sync.Map

// DayStart is the moment the calendar day of d begins in the provider's time
// zone. Only year, month and day of d count.
func (s Staff) DayStart(d time.Time) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, s.zone()).UTC()
}

// Today is the provider's calendar day, as midnight UTC.
func (s Staff) Today() time.Time {
	y, m, d := s.Now().In(s.zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Unassign ends what the assets' customers have now: at once when last is
// zero, else after the day of last, which may lie ahead. It returns how many
// assets it ended it for; those that nobody has are passed over.
func (s Staff) Unassign(ctx context.Context, ids []AssetID, last time.Time) (n int, err error) {
	if err := s.Can(AssetUnassign); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		end := s.Now()
		if !last.IsZero() {
			end = s.DayStart(last.AddDate(0, 0, 1))
		}
		left := map[CustomerID][]Assignment{}
		for _, id := range unique(ids) {
			if err := s.there(ctx, id); err != nil {
				return err
			}
			now, err := s.overlapping(ctx, id, s.Now(), s.Now().Add(time.Second))
			if err != nil {
				return err
			}
			if len(now) == 0 {
				continue
			}
			if err := s.endAt(ctx, now[0], end, last); err != nil {
				return err
			}
			left[now[0].Customer] = append(left[now[0].Customer], now[0])
			n++
		}
		return s.logReturned(ctx, left, end)
	})
	return n, err
}

// endAt gives one running assignment an end.
func (s Staff) endAt(ctx context.Context, a Assignment, end, last time.Time) error {
	if !end.After(a.From) {
		if last.IsZero() {
			return s.forget(ctx, AssetUnassign, a) // it began this very second
		}
		return fault.Field("last", "%s got it on %s. The last day cannot lie before that.", a.CustomerName, a.From.In(s.zone()).Format("2006-01-02"))
	}
	after, err := s.overlapping(ctx, a.Asset, a.From, end)
	if err != nil {
		return err
	}
	for _, b := range after {
		if b.ID != a.ID {
			return fault.Field("last", "%s is planned for %s from %s on. Choose an earlier last day, or cancel that first.", b.AssetName, b.CustomerName, b.From.In(s.zone()).Format("2006-01-02"))
		}
	}
	if err := s.reshape(ctx, AssetUnassign, a, a.From, end); err != nil {
		return err
	}
	return s.settle(ctx, AssetUnassign, a.Asset)
}

// reshape moves begin and end of an assignment and rewrites what the activity
// feed says about them.
func (s Staff) reshape(ctx context.Context, v Verb, a Assignment, from, to time.Time) error {
	if _, err := s.write(ctx, v, `UPDATE <assignments> SET starts_at = :from, ends_at = :to, planned = :planned WHERE {mine:assignments} AND id = :id`,
		p(":from", from), p(":to", to), p(":planned", from.After(s.Now())), p(":id", a.ID)); err != nil {
		return err
	}
	if err := s.untell(ctx, v, a); err != nil {
		return err
	}
	return s.tell(ctx, v, a.Asset, a.Customer, from, to)
}

// tell puts what has happened of an assignment into the activity feed. What is
// still to come the keeper adds at its time.
func (s Staff) tell(ctx context.Context, v Verb, id AssetID, of CustomerID, from, to time.Time) error {
	if from.After(s.Now()) {
		return nil
	}
	if err := s.noteOf(ctx, v, id, of, from, "assigned", EventDetail{}); err != nil || to.IsZero() || to.After(s.Now()) {
		return err
	}
	return s.noteOf(ctx, v, id, of, to, "returned", EventDetail{})
}

// untell takes it out again.
func (s Staff) untell(ctx context.Context, v Verb, a Assignment) error {
	_, err := s.write(ctx, v, `DELETE FROM <events> WHERE {mine:events} AND asset_id = :asset AND customer_id = :of
		AND (kind = 'assigned' AND at = :from OR kind = 'returned' AND at = :to)`, p(":asset", a.Asset), p(":of", a.Customer), p(":from", a.From), p(":to", a.To))
	return err
}

// forget takes back an assignment that never came to anything.
func (s Staff) forget(ctx context.Context, v Verb, a Assignment) error {
	if _, err := s.write(ctx, v, `DELETE FROM <assignments> WHERE {mine:assignments} AND id = :id`, p(":id", a.ID)); err != nil {
		return err
	}
	if err := s.untell(ctx, v, a); err != nil {
		return err
	}
	return s.settle(ctx, v, a.Asset)
}

// settle writes the assignment of this moment into the asset's own row.
func (s Staff) settle(ctx context.Context, v Verb, id AssetID) error {
	_, err := s.write(ctx, v, `UPDATE <assets> SET (customer_id, since, until) = (SELECT h.customer_id, h.starts_at, h.ends_at FROM {assignments} h
		WHERE h.asset_id = :id AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now)) WHERE {mine:assets} AND id = :id`, p(":id", id))
	return err
}

// CancelPlanned takes back an assignment that has not begun.
func (s Staff) CancelPlanned(ctx context.Context, id AssignmentID) error {
	if err := s.Can(AssetUnassign); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		a, err := one(ctx, s.scope, "assignment", (*Assignment).row, `SELECT `+assignmentColumns+` FROM {assignments} h WHERE h.id = :id`, p(":id", id))
		if err != nil {
			return err
		}
		if !a.Planned || !a.From.After(s.Now()) {
			return fault.New(fault.Conflict, "This has begun already. Return the asset instead.")
		}
		if err := s.forget(ctx, AssetUnassign, a); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: AssetUnassign, ID: int64(a.Asset), Customer: a.Customer, Label: a.AssetName, Note: map[string]any{"planned_from": a.From.Unix()}})
	})
}

// ReleaseCustomer ends at once whatever a customer has and takes back what is
// planned for it, before the customer is deleted.
func (s Staff) ReleaseCustomer(ctx context.Context, of CustomerID) error {
	if err := s.Can(AssetUnassign); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		all, err := list(ctx, s.scope, (*Assignment).row, `SELECT `+assignmentColumns+` FROM {assignments} h WHERE h.customer_id = :of AND (h.ends_at IS NULL OR h.ends_at > :now)`, p(":of", of))
		if err != nil {
			return err
		}
		left := map[CustomerID][]Assignment{}
		for _, a := range all {
			if a.From.Before(s.Now()) {
				err = s.endAt(ctx, a, s.Now(), time.Time{})
			} else {
				err = s.forget(ctx, AssetUnassign, a)
			}
			if err != nil {
				return err
			}
			left[of] = append(left[of], a)
		}
		return s.logReturned(ctx, left, s.Now())
	})
}

// logReturned writes one audit line for each customer that gave assets back.
func (s Staff) logReturned(ctx context.Context, left map[CustomerID][]Assignment, end time.Time) error {
	for of, all := range left {
		if err := s.log(ctx, lineOf(AssetUnassign, of, all, map[string]any{"to": end.Unix()})); err != nil {
			return err
		}
	}
	return nil
}

// lineOf is the audit line for a change of several assets of one customer.
func lineOf(v Verb, of CustomerID, all []Assignment, note map[string]any) Line {
	l := Line{Verb: v, Customer: of, Note: note}
	ids := make([]AssetID, 0, min(len(all), 100))
	for _, a := range all {
		if len(ids) < cap(ids) {
			ids = append(ids, a.Asset)
		}
	}
	if len(all) == 1 {
		l.ID, l.Label = int64(all[0].Asset), all[0].AssetName
	}
	note["assets"], note["count"] = ids, len(all)
	return l
}

func unique[T comparable](all []T) []T {
	seen, out := map[T]bool{}, make([]T, 0, len(all))
	for _, v := range all {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// AdvanceAssignments makes due assignments current and ends those whose time
// is up, on the whole appliance. It returns when the next is due, zero if none
// is. The keeper calls it at start and at that second; until then the wall
// hides what has ended.
func (y System) AdvanceAssignments(ctx context.Context) (next time.Time, err error) {
	if err := y.advance(ctx); err != nil {
		return next, err
	}
	all, err := sysList(ctx, y, func(t *time.Time, r *row) { *t = r.unix() }, `SELECT min(t) FROM (SELECT min(until) AS t FROM assets WHERE until IS NOT NULL
		UNION ALL SELECT min(starts_at) FROM assignments WHERE planned = 1)`)
	if err != nil || len(all) == 0 {
		return next, err
	}
	return all[0], nil
}

func (y System) advance(ctx context.Context) error {
	due, err := sysList(ctx, y, intoInt, `SELECT EXISTS (SELECT 1 FROM assets WHERE until <= :now) OR EXISTS (SELECT 1 FROM assignments WHERE planned = 1 AND starts_at <= :now)`, p(":now", y.Now()))
	if err != nil || due[0] == 0 {
		return err
	}
	return y.Update(ctx, func(y System) error {
		for _, text := range advanceSteps {
			if _, _, err := y.run(ctx, text, p(":now", y.Now())); err != nil {
				return err
			}
		}
		return nil
	})
}

var advanceSteps = []string{
	`INSERT INTO events (provider_id, asset_id, customer_id, at, kind) SELECT provider_id, id, customer_id, until, 'returned' FROM assets WHERE until <= :now`,
	`UPDATE assets SET customer_id = NULL, since = NULL, until = NULL WHERE until <= :now`,
	`INSERT INTO events (provider_id, asset_id, customer_id, at, kind) SELECT provider_id, asset_id, customer_id, starts_at, 'assigned' FROM assignments WHERE planned = 1 AND starts_at <= :now`,
	`INSERT INTO events (provider_id, asset_id, customer_id, at, kind) SELECT provider_id, asset_id, customer_id, ends_at, 'returned' FROM assignments WHERE planned = 1 AND starts_at <= :now AND ends_at <= :now`,
	`UPDATE assets SET customer_id = h.customer_id, since = h.starts_at, until = h.ends_at FROM assignments h
		WHERE h.planned = 1 AND h.starts_at <= :now AND (h.ends_at IS NULL OR h.ends_at > :now) AND assets.id = h.asset_id`,
	`UPDATE assignments SET planned = 0 WHERE planned = 1 AND starts_at <= :now`,
}
