package store

import (
	"context"
	"time"

	"zombiezen.com/go/sqlite"

	"gatehouse/store/fault"
)

// How long a session lives: from its start, and without being used.
const (
	StaffSession    = 12 * time.Hour
	StaffIdle       = 2 * time.Hour
	ClientSession   = 30 * 24 * time.Hour
	ClientIdle      = 7 * 24 * time.Hour
	OperatorSession = 8 * time.Hour
	OperatorIdle    = time.Hour
	seenEvery       = 5 * time.Minute // how exactly "last used" is kept
)

// Staff is the provider's side: every customer, or those of the actor's groups.
type Staff struct {
	scope
	me   Person
	home Provider // distinct fields keep Staff and Client from converting into one another
	sess SessionID
}

// Client is one customer's side, through one portal.
type Client struct {
	scope
	me     Person
	window Window
	sess   SessionID
}

// Window is the portal a client looks through.
type Window struct {
	Slug, Name   string
	ProviderName string
	ProviderSlug string
	CustomerName string
	Theme        Theme
	Features     map[Feature]bool // what is shared, within the plan and the person's roles
	Shared       int              // how many features the portal shares, whatever the person's roles
	TermsDue     int64            // version of the terms to accept before anything is shown, 0: none
	AllGroups    bool
	Sees         string // records of whom: own, groups, customer
	Delegated    bool   // the portal admin may manage colleagues
	Others       bool   // the person belongs to further portals
	Words        Words
}

// Me is the person behind the scope.
func (s Staff) Me() Person { return s.me }

// Home is the provider the staff belongs to.
func (s Staff) Home() Provider { return s.home }

// Session is the session the request came in on.
func (s Staff) Session() SessionID { return s.sess }

// Me is the person behind the scope.
func (c Client) Me() Person { return c.me }

// Window is the portal the client looks through.
func (c Client) Window() Window { return c.window }

// Session is the session the request came in on.
func (c Client) Session() SessionID { return c.sess }

// Shares reports whether the portal shares f.
func (c Client) Shares(f Feature) bool { return c.window.Features[f] }

// Update runs fn in one transaction. Inside fn, use the scope fn was given.
func (s Staff) Update(ctx context.Context, fn func(Staff) error) error {
	return s.update(ctx, func(sc scope) error { s.scope = sc; return fn(s) })
}

// Update runs fn in one transaction. Inside fn, use the scope fn was given.
func (c Client) Update(ctx context.Context, fn func(Client) error) error {
	return c.update(ctx, func(sc scope) error { c.scope = sc; return fn(c) })
}

var signInFirst = fault.New(fault.Unauthenticated, "Please sign in first.")

// Staff opens the provider's side for a session token's hash. Any reason not
// to (no such session, expired, disabled, suspended) is Unauthenticated.
func (db *DB) Staff(ctx context.Context, slug string, hash []byte, from Origin) (Staff, error) {
	now := db.Now()
	var s Staff
	var seen time.Time
	err := db.query(ctx, nil, `SELECT `+staffColumns+`, s.id, s.seen_at
		FROM sessions s JOIN users u ON u.provider_id = s.provider_id AND u.id = s.user_id JOIN providers p ON p.id = s.provider_id
		WHERE s.hash = :hash AND s.portal_id IS NULL AND s.expires_at > :now AND s.seen_at > :idle AND p.slug = :slug AND `+staffMay,
		bindSets(nil, p(":hash", hash), p(":slug", slug), p(":now", now), p(":idle", now.Add(-StaffIdle))),
		func(r *row) error { seen = s.open(db, from, r); return nil })
	if err != nil || s.db == nil {
		return Staff{}, or(err, signInFirst)
	}
	return s, db.touch(ctx, "sessions", int64(s.sess), seen, now)
}

// Who of the provider's own people may come in, and what is read of them.
var staffColumns = providerColumns + `, ` + personColumns + `, ` + bare.Replace(powerColumns)

const staffMay = `u.kind = 'staff' AND u.state = 'active' AND p.state = 'active'`

func (s *Staff) open(db *DB, from Origin, r *row) (seen time.Time) {
	s.home.row(r)
	s.me.row(r)
	var may power
	may.row(r)
	s.me.Role, s.me.RoleName = may.role, may.roleName
	s.scope = scope{db: db, provider: s.home.ID, user: s.me.ID, groups: !may.all, actor: s.me.Name, from: from, tz: s.me.Zone, place: true, meters: true}
	s.grants, s.recent = may.grants(), may.has(RightHideHistory)
	s.sess = SessionID(r.int())
	return r.unix()
}

// Client opens a portal for a session token's hash. Any reason not to is
// Unauthenticated: also a suspended portal, whose page says so itself.
func (db *DB) Client(ctx context.Context, portal string, hash []byte, from Origin) (Client, error) {
	now := db.Now()
	var c Client
	var seen time.Time
	err := db.query(ctx, nil, clientDoor, bindSets(nil, p(":hash", hash), p(":slug", portal), p(":now", now), p(":idle", now.Add(-ClientIdle))),
		func(r *row) error { seen = c.open(db, from, r); return nil })
	if err != nil || c.db == nil {
		return Client{}, or(err, signInFirst)
	}
	return c, db.touch(ctx, "sessions", int64(c.sess), seen, now)
}

// Who may look through a portal, and what is read of them.
const (
	readerColumns = personColumns + `, m.id, m.role, m.all_groups, m.sees, o.delegated, EXISTS (SELECT 1 FROM memberships x WHERE x.provider_id = m.provider_id AND x.user_id = m.user_id AND x.id <> m.id AND x.state = 'active'), o.provider_id, o.id, o.customer_id, o.slug, o.name, p.name, p.slug, c.name, c.asset_count, ` + themeColumns + `,
		coalesce((SELECT group_concat(f.feature) FROM portal_features f JOIN plan_features l ON l.provider_id = f.provider_id AND l.feature = f.feature
			WHERE f.provider_id = o.provider_id AND f.portal_id = o.id), ''),
		` + memberFeatures + `,
		` + dueTerms + `,
		` + wordColumns
	readerJoins = `JOIN providers p ON p.id = u.provider_id
	JOIN portals o ON o.provider_id = u.provider_id
	JOIN customers c ON c.provider_id = o.provider_id AND c.id = o.customer_id
	JOIN themes t ON t.provider_id = o.provider_id AND t.id = o.theme_id
	JOIN memberships m ON m.provider_id = o.provider_id AND m.portal_id = o.id AND m.user_id = u.id`
	readerMay = `u.kind = 'client' AND u.state = 'active' AND m.state = 'active' AND o.state = 'active' AND p.state = 'active' AND c.deleted_at IS NULL`

	clientDoor = `SELECT ` + readerColumns + `, s.id, s.seen_at
	FROM sessions s JOIN users u ON u.provider_id = s.provider_id AND u.id = s.user_id ` + readerJoins + `
	WHERE s.hash = :hash AND s.expires_at > :now AND s.seen_at > :idle AND o.id = s.portal_id AND o.slug = :slug AND ` + readerMay
)

func (c *Client) open(db *DB, from Origin, r *row) time.Time {
	c.me.row(r)
	member, role, all, sees, delegated, others := MembershipID(r.int()), r.str(), r.bool(), r.str(), r.bool(), r.bool()
	c.me.Role = role
	c.scope = scope{db: db, user: c.me.ID, member: member, groups: !all, own: sees == SeesOwn, inGroups: sees == SeesGroups && all, actor: c.me.Name, from: from, tz: c.me.Zone,
		provider: ProviderID(r.int()), portal: PortalID(r.int()), customer: CustomerID(r.int())}
	c.window = Window{Slug: r.str(), Name: r.str(), ProviderName: r.str(), ProviderSlug: r.str(), CustomerName: r.str(), AllGroups: all, Sees: sees, Delegated: delegated, Others: others}
	c.few = r.int() <= fewRows
	c.window.Theme.row(r)
	shared := featureSet(r.str()).effective()
	f := shared.within(memberFeaturesOf(role, r.str())).effective()
	c.window.Features, c.window.Shared, c.shared, c.grants = f, len(shared), f, clientGrants(f, role == "admin")
	c.offered = shared
	c.place, c.meters = f[FeatureMap], f[FeatureMeters]
	c.window.TermsDue = readDue(r)
	c.window.Words.row(r)
	c.sess = SessionID(r.int())
	return r.unix()
}

// touch keeps "last used" to within a few minutes.
func (db *DB) touch(ctx context.Context, table string, id int64, seen, now time.Time) error {
	if now.Sub(seen) < seenEvery || len(db.turn) > 0 { // nobody waits behind a long import for this
		return nil
	}
	return db.update(ctx, func(c *sqlite.Conn, now time.Time) error {
		return db.exec(c, `UPDATE `+table+` SET seen_at = :now WHERE id = :id`, bindSets(nil, p(":now", now), p(":id", id)))
	})
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// System speaks for the appliance itself: mailer, keeper, sign-in, set-up.
// It is not walled, so a test lists the few packages that may name it.
type System struct {
	db   *DB
	conn *sqlite.Conn
	at   time.Time
	why  string
	from Origin
}

// System opens the appliance's own side; why is what the audit log says.
func (db *DB) System(why string, from Origin) System { return System{db: db, why: why, from: from} }

// Now is the time of the running transaction, or of the moment outside one.
func (y System) Now() time.Time {
	if y.conn != nil {
		return y.at
	}
	return y.db.Now()
}

// Update runs fn in one transaction. Inside fn, use the System fn was given.
func (y System) Update(ctx context.Context, fn func(System) error) error {
	if y.conn != nil {
		return fn(y)
	}
	return y.db.update(ctx, func(c *sqlite.Conn, now time.Time) error {
		y.conn, y.at = c, now
		return fn(y)
	})
}

func sysList[T any](ctx context.Context, y System, into func(*T, *row), text string, args ...arg) ([]T, error) {
	out := []T{}
	err := y.db.query(ctx, y.conn, text, bindSets(nil, args...), func(r *row) error {
		out = append(out, *new(T))
		into(&out[len(out)-1], r)
		return nil
	})
	return out, err
}

func sysOne[T any](ctx context.Context, y System, what string, into func(*T, *row), text string, args ...arg) (T, error) {
	all, err := sysList(ctx, y, into, text, args...)
	if err != nil {
		return *new(T), err
	}
	if len(all) == 0 {
		return *new(T), fault.New(fault.NotFound, "There is no such %s.", what)
	}
	return all[0], nil
}

// run executes a writing statement and returns the id it reports by RETURNING,
// if it does, and how many rows changed.
func (y System) run(ctx context.Context, text string, args ...arg) (id int64, n int, err error) {
	err = y.Update(ctx, func(y System) error {
		if err := y.db.query(ctx, y.conn, text, bindSets(nil, args...), func(r *row) error { id = r.int(); return nil }); err != nil {
			return err
		}
		n = y.conn.Changes()
		return nil
	})
	return id, n, err
}

// Provider opens one provider's side for work nobody signed in for, such as a
// scheduled pull. The audit log names the reason in place of a person.
func (y System) Provider(ctx context.Context, id ProviderID) (Staff, error) {
	home, err := sysOne(ctx, y, "provider", (*Provider).row, `SELECT `+providerColumns+` FROM providers p WHERE p.id = :id`, p(":id", id))
	if err != nil {
		return Staff{}, err
	}
	from := y.from
	if from.Source == "" {
		from.Source = "system"
	}
	me := Person{Name: y.why, Role: "admin", Formats: home.Formats}
	return Staff{me: me, home: home, scope: scope{db: y.db, conn: y.conn, at: y.at, provider: id, actor: y.why, from: from, grants: staffGrants["admin"], tz: home.Zone, place: true, meters: true}}, nil
}
