package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// How long one-time links to a person work.
const (
	ActivationLife = 7 * 24 * time.Hour
	ResetLife      = 30 * time.Minute
)

// Activation is what somebody brings who was given an account and makes it
// its own.
type Activation struct {
	Name     string // "" keeps the one it was given
	Username string // where the provider asks for it; "" keeps the one it was given
	Password string // PHC form
	Terms    int64  // the version that was accepted; for a portal only
	Session  []byte // hash of the new session's token; nil opens none
}

// Activate spends an activation link: the account gets its password, and in a
// portal the terms are accepted and the portal is active. Of two at once one
// wins and the other is a Conflict.
func (y System) Activate(ctx context.Context, provider ProviderID, hash []byte, in Activation) (t Token, a Account, err error) {
	in.Name = strings.TrimSpace(in.Name)
	var bad fault.Problems
	if checkText(&bad, "name", in.Name, 200); len(bad) > 0 {
		return t, a, bad.Err()
	}
	err = y.Update(ctx, func(y System) error {
		if t, a, err = y.UseToken(ctx, provider, "act", hash, in.Password); err != nil {
			return err
		}
		if in.Name != "" && in.Name != a.Name {
			a.Name = in.Name
			if _, _, err := y.run(ctx, `UPDATE users SET name = :name WHERE id = :id`, p(":name", a.Name), p(":id", a.ID)); err != nil {
				return err
			}
		}
		if err := y.nameSelf(ctx, a, in.Username); err != nil {
			return err
		}
		if t.Portal != 0 {
			s, err := y.member(ctx, a, t.Portal)
			if err != nil {
				return err
			}
			if err := s.enter(ctx, t.Portal, in.Terms); err != nil {
				return err
			}
			o, err := s.Portal(ctx, t.Portal)
			if err == nil {
				err = s.crown(ctx, o, a.ID, a.Name)
			}
			if err != nil {
				return err
			}
		}
		if in.Session == nil {
			return nil
		}
		return y.StartSession(ctx, a, t.Portal, in.Session)
	})
	return t, a, err
}

// member speaks for a person that belongs to a portal; for nobody else.
func (y System) member(ctx context.Context, a Account, portal PortalID) (Staff, error) {
	s, err := y.speaker(ctx, a)
	if err != nil {
		return s, err
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {memberships} m WHERE m.portal_id = :of AND m.user_id = :user AND m.state = 'active'`, p(":of", portal))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "This account no longer belongs to this portal. Please ask your provider.")
	}
	return s, err
}

// nameSelf gives somebody who activates its account the user name it chose.
func (y System) nameSelf(ctx context.Context, a Account, typed string) error {
	name, err := y.ChosenUsername(ctx, a.Provider, a.ID, typed)
	if err != nil || name == "" {
		return err
	}
	if _, _, err := y.run(ctx, `UPDATE users SET username = :name WHERE id = :id`, p(":name", name), p(":id", a.ID)); err != nil {
		return err
	}
	return y.logFor(ctx, a, Line{Verb: ProfileChange, ID: int64(a.ID), Label: a.Name, Changes: map[string][2]any{"username": {"", name}}})
}
