package store

import (
	"context"

	"gatehouse/store/fault"
)

// View is the same scope, bound to one reader and to the data as they are now:
// many small statements in a row cost half of what they do one by one. It
// cannot write. Give it back soon with done: as long as it is held, the log of
// the data file grows.
func (s Staff) View(ctx context.Context) (view Staff, done func(), err error) {
	switch {
	case s.db == nil:
		return s, nil, fault.New(fault.Unauthenticated, "Please sign in first.")
	case s.conn != nil:
		return s, func() {}, nil // inside Update
	}
	r, err := s.db.read.Take(ctx)
	if err != nil {
		return s, nil, err
	}
	if err := s.db.exec(r.Conn, `BEGIN`, nil); err != nil {
		s.db.read.Put(r)
		return s, nil, explain(ctx, err)
	}
	s.conn, s.at = r.Conn, s.db.Now()
	return s, func() {
		r.SetInterrupt(nil) // whoever asked may be gone, and the reader must be free all the same
		_ = s.db.exec(r.Conn, `ROLLBACK`, nil)
		r.SetInterrupt(r.stop)
		s.db.read.Put(r)
	}, nil
}
