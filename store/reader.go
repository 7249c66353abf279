package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

var noReader = fault.New(fault.NotFound, "This person has no access.")

// Reader opens a portal as one of its members sees it at this moment, for a
// letter that is written or about to leave. Whoever could not sign in is
// NotFound.
func (y System) Reader(ctx context.Context, of ProviderID, portal PortalID, user UserID) (Client, error) {
	var c Client
	err := y.db.query(ctx, y.conn, `SELECT `+readerColumns+`, 0, 0 FROM users u `+readerJoins+` WHERE u.provider_id = :of AND u.id = :who AND o.id = :at AND `+readerMay,
		bindSets(nil, p(":of", of), p(":who", user), p(":at", portal)), func(r *row) error { c.open(y.db, y.from, r); return nil })
	if err != nil || c.db == nil {
		return Client{}, or(err, noReader)
	}
	c.conn, c.at = y.conn, y.at
	return c, nil
}

// StaffReader is Reader for the provider's own people.
func (y System) StaffReader(ctx context.Context, of ProviderID, user UserID) (Staff, error) {
	var s Staff
	err := y.db.query(ctx, y.conn, `SELECT `+staffColumns+`, 0, 0 FROM users u JOIN providers p ON p.id = u.provider_id WHERE u.provider_id = :of AND u.id = :who AND `+staffMay,
		bindSets(nil, p(":of", of), p(":who", user)), func(r *row) error { s.open(y.db, y.from, r); return nil })
	if err != nil || s.db == nil {
		return Staff{}, or(err, noReader)
	}
	s.conn, s.at = y.conn, y.at
	return s, nil
}

// sees reports whether a reader may see a job at this moment.
func (s scope) sees(ctx context.Context, id JobID) (bool, error) {
	switch err := s.jobThere(ctx, id); fault.Of(err) {
	case fault.NotFound, fault.Forbidden, fault.Unauthenticated:
		return false, nil
	default:
		return err == nil, err
	}
}

// DayIn is the calendar day of a moment in a zone.
func DayIn(zone string, at time.Time) string { return at.In(place(zone)).Format(time.DateOnly) }
