package store

import (
	"context"
	"time"

	"zombiezen.com/go/sqlite"

	"gatehouse/store/fault"
)

// scope says whose rows a statement may touch and who is asking. A scope comes
// from a door (a session, a token); the zero scope refuses everything.
type scope struct {
	db       *DB
	conn     *sqlite.Conn // the writer, inside Update
	at       time.Time    // the transaction's time, inside Update
	provider ProviderID
	customer CustomerID // 0: every customer of the provider
	portal   PortalID
	user     UserID
	member   MembershipID
	groups   bool // the actor is limited to its own groups
	recent   bool // staff: what is older than a day is hidden
	place    bool // a client: positions are shared
	meters   bool // a client: meter values are shared
	shared   features
	late     *late    // inside UpdateMany: what is written thousands at a time
	offered  features // a client: what its portal shares, whatever its roles
	manages  bool     // a portal admin, for one call that is about its colleagues
	few      bool     // a client whose customer has so few assets that all of them can be looked at
	own      bool     // a client who sees what it reported itself, and no more
	inGroups bool     // a client with all groups who sees what is in one, and no more
	tz       string   // whose calendar says which day it is
	actor    string
	from     Origin
	grants   grants
}

// Origin says where a request came from, for sessions and the audit log.
type Origin struct{ IP, Agent, Source string }

// stdParams are the scope's own parameters, bound wherever a statement
// mentions them.
var stdParams = []struct {
	name string
	of   func(scope) any
}{
	{":provider", func(s scope) any { return int64(s.provider) }},
	{":customer", func(s scope) any { return int64(s.customer) }},
	{":portal", func(s scope) any { return int64(s.portal) }},
	{":user", func(s scope) any { return int64(s.user) }},
	{":member", func(s scope) any { return int64(s.member) }},
	{":sees_place", func(s scope) any { return s.place }},
	{":sees_meters", func(s scope) any { return s.meters }},
	{":now", func(s scope) any { return s.Now() }},
	{":recent", func(s scope) any { return s.Now().Add(-recentFor) }},
	{":own", func(s scope) any { return s.own }},
	{":in_groups", func(s scope) any { return s.inGroups }},
	{":sees_work", func(s scope) any { return s.shared[FeatureJobList] }},
	{":sees_work_files", func(s scope) any { return s.shared[FeatureJobFiles] }},
	{":sees_deliveries", func(s scope) any { return s.shared[FeatureDeliveryList] }},
	{":sees_proof", func(s scope) any { return s.shared[FeatureDeliveryProof] }},
	{":sees_vehicles", func(s scope) any { return s.shared[FeatureVehicleList] }},
	{":reports", func(s scope) any { return s.shared[FeatureReport] }},
	{":all_units", func(s scope) any { return !s.groups }},
}

// recentFor is how far back somebody sees from whom historical data is hidden.
const recentFor = 24 * time.Hour

// Now is the time of the running transaction, or of the moment outside one.
func (s scope) Now() time.Time {
	if s.conn != nil {
		return s.at
	}
	return s.db.Now()
}

// May reports whether the scope is granted v. Views use it to leave out what
// would be refused.
func (s scope) May(v Verb) bool { return s.grants.has(v) }

// Can is May as an error fit for the person.
func (s scope) Can(v Verb) error {
	if s.db == nil {
		return fault.New(fault.Unauthenticated, "Please sign in first.")
	}
	if !s.grants.has(v) {
		return fault.New(fault.Forbidden, "Your role does not allow this (%s).", v)
	}
	return nil
}

// needs is NotFound for a client whose portal does not share f: what is not
// shared does not exist. Staff need no feature.
func (s scope) needs(f Feature) error {
	if s.customer != 0 && !s.shared[f] {
		return fault.New(fault.NotFound, "There is no such page here, or it is not shared with you.")
	}
	return nil
}

// Changed returns a channel that is closed at the next commit of the appliance.
func (s scope) Changed() <-chan struct{} { return s.db.Changed() }

func (s scope) update(ctx context.Context, fn func(scope) error) error {
	if s.db == nil {
		return fault.New(fault.Unauthenticated, "Please sign in first.")
	}
	if s.conn != nil {
		return fn(s)
	}
	return s.db.updateIn(ctx, s.tired, func(c *sqlite.Conn, now time.Time) error {
		s.conn, s.at = c, now
		return fn(s)
	})
}

func (s scope) binder(std []int, args []arg) func(*sqlite.Stmt) {
	return func(st *sqlite.Stmt) {
		for _, i := range std {
			bindArg(st, stdParams[i].name, stdParams[i].of(s))
		}
		for _, a := range args {
			bindArg(st, a.name, a.v)
		}
	}
}

// each runs a reading statement behind the wall and hands over its rows.
func (s scope) each(ctx context.Context, text string, fn func(*row) error, args ...arg) error {
	w, err := s.behind(text)
	if err != nil {
		return err
	}
	for _, v := range w.reads {
		if !s.grants.has(v) {
			return fault.New(fault.Forbidden, "This is not shared with you (%s).", v)
		}
	}
	return s.db.query(ctx, s.conn, w.text, s.binder(w.std, args), fn)
}

// list runs text and reads each row with into.
func list[T any](ctx context.Context, s scope, into func(*T, *row), text string, args ...arg) ([]T, error) {
	out := make([]T, 0, 8)
	err := s.each(ctx, text, func(r *row) error {
		out = append(out, *new(T))
		into(&out[len(out)-1], r)
		return nil
	}, args...)
	return out, err
}

// one runs text and reads its first row; without one it is NotFound.
func one[T any](ctx context.Context, s scope, what string, into func(*T, *row), text string, args ...arg) (T, error) {
	all, err := list(ctx, s, into, text, args...)
	if err != nil {
		return *new(T), err
	}
	if len(all) == 0 {
		return *new(T), fault.New(fault.NotFound, "There is no such %s, or it is not shared with you.", what)
	}
	return all[0], nil
}

func intoInt(n *int64, r *row)  { *n = r.int() }
func intoStr(v *string, r *row) { *v = r.str() }

// number reads one integer, 0 without a row.
func (s scope) number(ctx context.Context, text string, args ...arg) (int64, error) {
	all, err := list(ctx, s, intoInt, text, args...)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}

// nextNumber draws the next number of a kind of thing, inside Update.
func (s scope) nextNumber(ctx context.Context, kind string) (n int64, err error) {
	err = s.db.query(ctx, s.conn, `INSERT INTO numbers (provider_id, kind, next) VALUES (:provider, :kind, 2)
		ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1`,
		s.binder([]int{0}, []arg{p(":kind", kind)}), func(r *row) error { n = r.int(); return nil })
	return n, err
}

// write runs a statement that insert, change and remove cannot express: many
// rows at once, or an upsert. It needs the grant of v; the table is written
// <table>, an INSERT binds :provider, an UPDATE or DELETE has {mine:table}.
// It returns how many rows changed. The caller writes one audit line (log).
func (s scope) write(ctx context.Context, v Verb, text string, args ...arg) (int, error) {
	if err := s.Can(v); err != nil {
		return 0, err
	}
	w, err := s.behind(text)
	if err != nil {
		return 0, err
	}
	if !w.whose {
		return 0, fault.New(fault.Internal, "wall: a write that does not say whose: %s", text)
	}
	n := 0
	err = s.update(ctx, func(s scope) error {
		if err := s.db.query(ctx, s.conn, w.text, s.binder(w.std, args), func(*row) error { return nil }); err != nil {
			return err
		}
		n = s.conn.Changes()
		return nil
	})
	return n, err
}
