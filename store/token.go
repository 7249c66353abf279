package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// Token is a one-time link that a person holds: activation, password reset,
// e-mail change, sign-in.
type Token struct {
	ID        TokenID
	User      UserID
	Portal    PortalID // where the person lands; 0: the provider's own interface
	Kind      string   // act, rst, eml, obj, sgn, fac
	ExpiresAt time.Time
	Used      bool
	Replaced  bool // a newer one was sent, or a password set without it
}

// NewLink is a one-time link about to exist. Only hashes are kept.
type NewLink struct {
	Portal PortalID // where the person lands; 0: the provider's own interface
	Kind   string
	Hash   []byte
	Code   []byte // hash of the six digits sent with it, bound to Hash; nil: none
	Life   time.Duration
	Beside bool // earlier links of the kind go on working
}

// AddToken notes a one-time link for a person and makes all its earlier links
// of that kind void.
func (y System) AddToken(ctx context.Context, a Account, portal PortalID, kind string, hash []byte, life time.Duration) (TokenID, error) {
	return y.AddLink(ctx, a, NewLink{Portal: portal, Kind: kind, Hash: hash, Life: life})
}

// AddLink notes a one-time link for a person. Unless it is to stand beside
// them, all its earlier links of that kind are void.
func (y System) AddLink(ctx context.Context, a Account, n NewLink) (id TokenID, err error) {
	err = y.Update(ctx, func(y System) error {
		if !n.Beside {
			if err := y.voidKind(ctx, a, n.Kind); err != nil {
				return err
			}
		}
		i, _, err := y.run(ctx, `INSERT INTO user_tokens (provider_id, user_id, portal_id, kind, hash, code, created_at, expires_at)
			VALUES (:provider, :user, :portal, :kind, :hash, :code, :now, :until) RETURNING id`, p(":provider", a.Provider), p(":user", a.ID),
			p(":portal", orNull(n.Portal)), p(":kind", n.Kind), p(":hash", n.Hash), p(":code", orNil(n.Code)), p(":now", y.Now()), p(":until", y.Now().Add(n.Life)))
		if id = TokenID(i); err != nil || n.Beside {
			return err
		}
		return y.dropSpent(ctx, a.Provider, a.ID)
	})
	return id, err
}

// voidKind ends the links of one kind that a person holds.
func (y System) voidKind(ctx context.Context, a Account, kind string) error {
	_, _, err := y.run(ctx, `UPDATE user_tokens SET superseded_at = :now WHERE provider_id = :provider AND user_id = :user AND kind = :kind AND used_at IS NULL AND superseded_at IS NULL`,
		p(":now", y.Now()), p(":provider", a.Provider), p(":user", a.ID), p(":kind", kind))
	return err
}

func orNil(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// Token reads a one-time link of one provider by its hash, without using it.
// The reasons it may be dead are told apart by the error's words; the kind and
// the provider must be the right ones (S14).
func (y System) Token(ctx context.Context, provider ProviderID, kind string, hash []byte) (Token, Account, error) {
	var t Token
	a, err := sysOne(ctx, y, "link", func(a *Account, r *row) { t.row(r); a.row(r) },
		`SELECT t.id, t.user_id, coalesce(t.portal_id, 0), t.kind, t.expires_at, t.used_at IS NOT NULL, t.superseded_at IS NOT NULL, `+accountColumns+`
		FROM user_tokens t JOIN users u ON u.provider_id = t.provider_id AND u.id = t.user_id JOIN providers p ON p.id = t.provider_id
		WHERE t.hash = :hash AND t.provider_id = :provider AND t.kind = :kind AND u.state IN ('pending', 'active')`,
		p(":hash", hash), p(":provider", provider), p(":kind", kind))
	if err != nil {
		return t, a, err
	}
	return t, a, t.dead(y.Now())
}

func (t *Token) row(r *row) {
	t.ID, t.User, t.Portal, t.Kind = TokenID(r.int()), UserID(r.int()), PortalID(r.int()), r.str()
	t.ExpiresAt, t.Used, t.Replaced = r.unix(), r.bool(), r.bool()
}

func (t Token) dead(now time.Time) error {
	switch {
	case t.Used:
		return fault.New(fault.Conflict, "This link was already used. You can sign in now.")
	case t.Replaced:
		return fault.New(fault.Conflict, "This link no longer works: a newer one was sent, or a password was set meanwhile.")
	case !now.Before(t.ExpiresAt):
		return fault.New(fault.Conflict, "This link has expired.")
	}
	return nil
}

// voidLinks ends the links that could still set a person's password or sign in
// as it. Whoever sets one means that nobody else does, over an older mail.
const voidLinks = `UPDATE user_tokens SET superseded_at = :now WHERE provider_id = :provider AND user_id = :user AND kind IN ('act', 'rst', 'sgn', 'fac') AND used_at IS NULL AND superseded_at IS NULL`

// UseToken sets a new password over a one-time link: the link is spent and all
// others with it, the account active, every session of the person ended. Of two at once, one wins
// and the other is a Conflict.
func (y System) UseToken(ctx context.Context, provider ProviderID, kind string, hash []byte, phc string) (t Token, a Account, err error) {
	err = y.Update(ctx, func(y System) error {
		if t, a, err = y.Token(ctx, provider, kind, hash); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE user_tokens SET used_at = :now WHERE id = :id`, p(":now", y.Now()), p(":id", t.ID)); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, voidLinks, p(":now", y.Now()), p(":provider", a.Provider), p(":user", a.ID)); err != nil {
			return err
		}
		if err := y.dropSpent(ctx, a.Provider, a.ID); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE users SET password = :phc, must_change = 0, state = 'active', updated_at = :now WHERE id = :id`,
			p(":phc", phc), p(":now", y.Now()), p(":id", a.ID)); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `DELETE FROM sessions WHERE user_id = :id`, p(":id", a.ID)); err != nil {
			return err
		}
		return y.logFor(ctx, a, Line{Verb: ProfilePassword, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"by": kind}})
	})
	return t, a, err
}

// logFor writes an audit line of a provider in the name of one of its people.
func (y System) logFor(ctx context.Context, a Account, l Line) error {
	s, err := y.Provider(ctx, a.Provider)
	if err != nil {
		return err
	}
	s.user, s.actor, s.from.Source = a.ID, a.Name, "web"
	return s.log(ctx, l)
}
