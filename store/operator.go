package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// Operator is the appliance's side: who runs it, the providers it carries, its
// mail and its health. It has figures about tenants and no row of theirs.
type Operator struct {
	sys  System
	me   OperatorPerson
	sess SessionID
}

// OperatorPerson is somebody who runs the appliance.
type OperatorPerson struct {
	ID          OperatorID
	Email, Name string
	CreatedAt   time.Time
	LastLogin   time.Time
	FactorAt    time.Time // since when a second factor is asked for; zero: not
}

const operatorColumns = `o.id, o.email, o.name, o.created_at, o.last_login_at, o.factor_at`

func (o *OperatorPerson) row(r *row) {
	o.ID, o.Email, o.Name = OperatorID(r.int()), r.str(), r.str()
	o.CreatedAt, o.LastLogin, o.FactorAt = r.unix(), r.unix(), r.unix()
}

// Operator opens the appliance's side for a session token's hash. Any reason
// not to is Unauthenticated.
func (db *DB) Operator(ctx context.Context, hash []byte, from Origin) (Operator, error) {
	now := db.Now()
	var o Operator
	var seen time.Time
	err := db.query(ctx, nil, `SELECT `+operatorColumns+`, s.id, s.seen_at FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
		WHERE s.hash = :hash AND s.half = 0 AND s.expires_at > :now AND s.seen_at > :idle`,
		bindSets(nil, p(":hash", hash), p(":now", now), p(":idle", now.Add(-OperatorIdle))),
		func(r *row) error {
			o.me.row(r)
			o.sess, seen = SessionID(r.int()), r.unix()
			o.sys = System{db: db, why: o.me.Name, from: from}
			return nil
		})
	if err != nil || o.sys.db == nil {
		return Operator{}, or(err, signInFirst)
	}
	return o, db.touch(ctx, "operator_sessions", int64(o.sess), seen, now)
}

// Me is the person behind the scope.
func (o Operator) Me() OperatorPerson { return o.me }

// Session is the session the request came in on.
func (o Operator) Session() SessionID { return o.sess }

// Now is the time of the running transaction, or of the moment outside one.
func (o Operator) Now() time.Time { return o.sys.Now() }

// can refuses the zero scope.
func (o Operator) can() error {
	if o.sys.db == nil {
		return signInFirst
	}
	return nil
}

// Update runs fn in one transaction. Inside fn, use the scope fn was given.
func (o Operator) Update(ctx context.Context, fn func(Operator) error) error {
	if err := o.can(); err != nil {
		return err
	}
	return o.sys.Update(ctx, func(y System) error { o.sys = y; return fn(o) })
}

// Sessions lists where the operator is signed in, newest first.
func (o Operator) Sessions(ctx context.Context) ([]Session, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return sysList(ctx, o.sys, (*Session).row, `SELECT id, ip, agent, created_at, seen_at, expires_at FROM operator_sessions
		WHERE operator_id = :me AND half = 0 AND expires_at > :now AND seen_at > :idle ORDER BY id DESC`,
		p(":me", o.me.ID), p(":now", o.Now()), p(":idle", o.Now().Add(-OperatorIdle)))
}

// EndSession ends one of the operator's own sessions.
func (o Operator) EndSession(ctx context.Context, id SessionID) error {
	return o.Update(ctx, func(o Operator) error {
		_, n, err := o.sys.run(ctx, `DELETE FROM operator_sessions WHERE id = :id AND operator_id = :me`, p(":id", id), p(":me", o.me.ID))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.NotFound, "This session has already ended."))
		}
		return o.log(ctx, "session.end", "operator", int64(o.me.ID), o.me.Email, nil)
	})
}

// SetPassword stores the operator's own new hash and ends all its other
// sessions.
func (o Operator) SetPassword(ctx context.Context, phc string) error {
	return o.Update(ctx, func(o Operator) error {
		if err := o.sys.setOperatorPassword(ctx, o.me.ID, phc, o.sess); err != nil {
			return err
		}
		return o.log(ctx, "operator.password", "operator", int64(o.me.ID), o.me.Email, nil)
	})
}

// Account is what signing in needs to know of the operator itself.
func (o Operator) Account(ctx context.Context) (OperatorAccount, error) {
	if err := o.can(); err != nil {
		return OperatorAccount{}, err
	}
	return o.sys.OperatorAccount(ctx, o.me.Email)
}

// Settings reads all settings of the appliance.
func (o Operator) Settings(ctx context.Context) (map[string]string, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return o.sys.Settings(ctx)
}

// SetSettings stores settings of the appliance. The audit line names what
// changed; it never shows a password.
func (o Operator) SetSettings(ctx context.Context, values map[string]string) error {
	return o.Update(ctx, func(o Operator) error {
		old, err := o.sys.Settings(ctx)
		if err != nil {
			return err
		}
		changes := map[string]any{}
		for name, v := range values {
			switch {
			case old[name] == v:
			case name == SetMailPassword:
				changes[name] = [2]string{"changed", "changed"}
			default:
				changes[name] = [2]string{old[name], v}
			}
		}
		if len(changes) == 0 {
			return nil
		}
		if err := o.sys.SetSettings(ctx, values); err != nil {
			return err
		}
		return o.log(ctx, "settings.change", "settings", 0, "", map[string]any{"changes": changes})
	})
}

// MailFor puts a letter of a provider into the outbox.
func (o Operator) MailFor(ctx context.Context, provider ProviderID, d Draft) (MailID, error) {
	if err := o.can(); err != nil {
		return 0, err
	}
	return o.sys.MailFor(ctx, provider, d)
}

// AddToken notes a one-time link for a person of a provider.
func (o Operator) AddToken(ctx context.Context, a Account, portal PortalID, kind string, hash []byte, life time.Duration) (TokenID, error) {
	if err := o.can(); err != nil {
		return 0, err
	}
	return o.sys.AddToken(ctx, a, portal, kind, hash, life)
}

// AddLink notes a one-time link for a person of a provider.
func (o Operator) AddLink(ctx context.Context, a Account, n NewLink) (TokenID, error) {
	if err := o.can(); err != nil {
		return 0, err
	}
	return o.sys.AddLink(ctx, a, n)
}

// Letterhead is what the letters of a provider are written on.
func (o Operator) Letterhead(ctx context.Context, of ProviderID) (Letterhead, error) {
	if err := o.can(); err != nil {
		return Letterhead{}, err
	}
	return o.sys.Letterhead(ctx, of)
}

// Attempt counts attempts of the operator, as System.Attempt does.
func (o Operator) Attempt(ctx context.Context, of ...Throttle) error {
	if err := o.can(); err != nil {
		return err
	}
	return o.sys.Attempt(ctx, of...)
}

// Note writes a line into the operator's audit log about something that
// changed no row, such as a test mail.
func (o Operator) Note(ctx context.Context, verb, object, label string, detail map[string]any) error {
	return o.Update(ctx, func(o Operator) error { return o.log(ctx, verb, object, 0, label, detail) })
}

// log writes an audit line in the operator's name, inside Update.
func (o Operator) log(ctx context.Context, verb, object string, id int64, label string, detail map[string]any) error {
	return o.sys.deed(ctx, verb, object, id, label, detail)
}
