package store

import (
	"context"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"gatehouse/store/fault"
)

// FoldEmail is the form under which an address is unique: trimmed, composed,
// lower case.
func FoldEmail(email string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(email)))
}

// Account is what signing in needs to know of a person.
type Account struct {
	ID         UserID
	Provider   ProviderID
	Kind       string // staff, client
	Name       string
	Email      string
	State      string // pending, active, disabled
	Password   string // PHC form; "" cannot sign in by password
	MustChange bool
	Owner      bool // the provider's first admin
	Factor     bool // a second factor is asked for
	Formats         // its own, filled up with the provider's defaults
}

const accountColumns = `u.id, u.provider_id, u.kind, u.name, u.email, u.state, u.password, u.must_change, u.owner, u.factor_at IS NOT NULL, ` + formatColumns

func (a *Account) row(r *row) {
	a.ID, a.Provider, a.Kind, a.Name, a.Email = UserID(r.int()), ProviderID(r.int()), r.str(), r.str(), r.str()
	a.State, a.Password, a.MustChange, a.Owner, a.Factor = r.str(), r.str(), r.bool(), r.bool(), r.bool()
	a.Formats.row(r)
}

// Account finds a person of one provider by e-mail address or user name.
func (y System) Account(ctx context.Context, provider ProviderID, login string) (Account, error) {
	return sysOne(ctx, y, "account", (*Account).row, `SELECT `+accountColumns+` FROM users u JOIN providers p ON p.id = u.provider_id
		WHERE u.provider_id = :provider AND u.state <> 'deleted' AND (u.email_key = :login OR u.username = :name AND u.username <> '')`,
		p(":provider", provider), p(":login", FoldEmail(login)), p(":name", strings.TrimSpace(login)))
}

// ProviderAdmin finds an admin to write to when nobody else is known: the
// owner if it is active.
func (y System) ProviderAdmin(ctx context.Context, provider ProviderID) (Account, error) {
	return sysOne(ctx, y, "admin", (*Account).row, `SELECT `+accountColumns+` FROM users u JOIN providers p ON p.id = u.provider_id
		WHERE u.provider_id = :provider AND u.kind = 'staff' AND u.role = 'admin' AND u.state = 'active' ORDER BY u.owner DESC, u.id LIMIT 1`, p(":provider", provider))
}

// ProviderBySlug finds a provider by its address.
func (y System) ProviderBySlug(ctx context.Context, slug string) (Provider, error) {
	return sysOne(ctx, y, "provider", (*Provider).row, `SELECT `+providerColumns+` FROM providers p WHERE p.slug = :slug`, p(":slug", slug))
}

// Providers lists every provider by name, for the operator and for engines.
func (y System) Providers(ctx context.Context) ([]Provider, error) {
	return sysList(ctx, y, (*Provider).row, `SELECT `+providerColumns+` FROM providers p ORDER BY p.name`)
}

// IsMember reports whether a client may enter a portal now.
func (y System) IsMember(ctx context.Context, portal PortalID, user UserID) (bool, error) {
	n, err := sysOne(ctx, y, "membership", intoInt, `SELECT count(*) FROM memberships m JOIN portals o ON o.provider_id = m.provider_id AND o.id = m.portal_id
		WHERE m.portal_id = :portal AND m.user_id = :user AND m.state = 'active' AND o.state IN ('pending', 'active')`, p(":portal", portal), p(":user", user))
	return n > 0, err
}

// StartSession opens a session for a person: into the provider's own
// interface (portal 0) or one portal. hash is the token's; the token itself
// never reaches the file. Of somebody with a second factor it opens none:
// only PassFactor and PassRecovery do.
func (y System) StartSession(ctx context.Context, a Account, portal PortalID, hash []byte) error {
	return y.Update(ctx, func(y System) error {
		n, err := sysOne(ctx, y, "person", intoInt, `SELECT count(*) FROM users u WHERE u.provider_id = :provider AND u.id = :of AND u.factor_at IS NOT NULL`, p(":provider", a.Provider), p(":of", a.ID))
		if err != nil || n > 0 {
			return or(err, fault.New(fault.Forbidden, "The second factor is asked first. Please sign in again."))
		}
		return y.startSession(ctx, a, portal, hash)
	})
}

func (y System) startSession(ctx context.Context, a Account, portal PortalID, hash []byte) error {
	life := StaffSession
	if portal != 0 {
		life = ClientSession
	}
	return y.Update(ctx, func(y System) error {
		if _, _, err := y.run(ctx, `INSERT INTO sessions (provider_id, user_id, portal_id, hash, created_at, seen_at, expires_at, ip, agent)
			VALUES (:provider, :user, :portal, :hash, :now, :now, :until, :ip, :agent)`, p(":provider", a.Provider), p(":user", a.ID), p(":portal", orNull(portal)),
			p(":hash", hash), p(":now", y.Now()), p(":until", y.Now().Add(life)), p(":ip", y.from.IP), p(":agent", clip(y.from.Agent, 300))); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE users SET last_login_at = :now WHERE id = :user`, p(":now", y.Now()), p(":user", a.ID)); err != nil || portal == 0 {
			return err
		}
		return y.arrive(ctx, a, portal)
	})
}

// arrive is what a person's coming does to a portal: it was used, it is active
// from then on, and it has an admin.
func (y System) arrive(ctx context.Context, a Account, portal PortalID) error {
	if _, _, err := y.run(ctx, `UPDATE memberships SET last_login_at = :now WHERE provider_id = :provider AND portal_id = :portal AND user_id = :user`,
		p(":now", y.Now()), p(":provider", a.Provider), p(":portal", portal), p(":user", a.ID)); err != nil {
		return err
	}
	s, err := y.speaker(ctx, a)
	if err != nil {
		return err
	}
	o, err := s.Portal(ctx, portal)
	if err != nil || o.State != PortalPending {
		return err
	}
	if err := s.move(ctx, PortalActivate, o); err != nil {
		return err
	}
	return s.crown(ctx, o, a.ID, a.Name)
}

// Rehash stores a password hash of newer parameters; nothing else changes.
func (y System) Rehash(ctx context.Context, user UserID, phc string) error {
	_, _, err := y.run(ctx, `UPDATE users SET password = :phc WHERE id = :user`, p(":phc", phc), p(":user", user))
	return err
}

// Session is one place where somebody is signed in.
type Session struct {
	ID                       SessionID
	IP, Agent                string
	CreatedAt, SeenAt, Until time.Time
	Portal                   string // "" for the provider's own interface
}

// Sessions lists where the person is signed in, newest first.
func (s scope) Sessions(ctx context.Context) ([]Session, error) {
	return list(ctx, s, (*Session).row, `SELECT e.id, e.ip, e.agent, e.created_at, e.seen_at, e.expires_at FROM {sessions} e
		WHERE e.expires_at > :now ORDER BY e.id DESC`)
}

func (e *Session) row(r *row) {
	e.ID, e.IP, e.Agent, e.CreatedAt, e.SeenAt, e.Until = SessionID(r.int()), r.str(), r.str(), r.unix(), r.unix(), r.unix()
}

// EndSession ends one of the person's own sessions.
func (s scope) EndSession(ctx context.Context, id SessionID) error {
	return s.remove(ctx, SessionEnd, "sessions", int64(id))
}

// EndOtherSessions ends all of the person's sessions but keep.
func (s scope) EndOtherSessions(ctx context.Context, keep SessionID) (n int, err error) {
	err = s.update(ctx, func(s scope) error {
		n, err = s.write(ctx, SessionEnd, `DELETE FROM <sessions> WHERE id <> :keep AND {mine:sessions}`, p(":keep", keep))
		if err != nil || n == 0 {
			return err
		}
		return s.log(ctx, Line{Verb: SessionEnd, Note: map[string]any{"others": n}})
	})
	return n, err
}

// SetFormats changes how the person reads dates, times and words. Zero values
// go back to the provider's defaults.
func (s scope) SetFormats(ctx context.Context, name string, f Formats, ownClock bool) error {
	var bad fault.Problems
	name = strings.TrimSpace(name)
	if checkText(&bad, "name", name, 200); name == "" {
		bad.Add("name", "Give your name, up to 200 characters.")
	}
	f.check(&bad)
	if err := bad.Err(); err != nil {
		return err
	}
	clock := int64(-1)
	if ownClock && f.Clock24 {
		clock = 1
	} else if ownClock {
		clock = 0
	}
	return s.change(ctx, ProfileChange, "users", int64(s.user), set{"name", name}, set{"date_format", f.Date}, set{"date_sep", f.Sep},
		set{"clock24", clock}, set{"time_zone", f.Zone}, set{"language", f.Language}, set{"updated_at", s.Now()})
}

// PasswordHash is the person's own stored hash, to check the current password.
func (s scope) PasswordHash(ctx context.Context) (string, error) {
	return one(ctx, s, "account", intoStr, `SELECT u.password FROM {users} u WHERE u.id = :user`)
}

// SetPassword stores the person's own new hash, and ends all its other sessions
// and the links by which another could be set. tell writes the letter about it.
func (s scope) SetPassword(ctx context.Context, phc string, keep SessionID, tell Tell) error {
	return s.update(ctx, func(s scope) error {
		if err := s.change(ctx, ProfilePassword, "users", int64(s.user), set{"password", phc}, set{"must_change", false}, set{"updated_at", s.Now()}); err != nil {
			return err
		}
		if err := s.db.query(ctx, s.conn, voidLinks, s.binder(stdOf(voidLinks), nil), func(*row) error { return nil }); err != nil {
			return err
		}
		if err := (System{db: s.db, conn: s.conn, at: s.at}).dropSpent(ctx, s.provider, s.user); err != nil {
			return err
		}
		if err := s.db.query(ctx, s.conn, `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :user AND id <> :keep`,
			s.binder([]int{0, 3}, []arg{p(":keep", keep)}), func(*row) error { return nil }); err != nil {
			return err
		}
		a, err := s.Account(ctx, s.user)
		if err != nil {
			return err
		}
		return tell.about(s.system(), a)
	})
}
