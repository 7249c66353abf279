package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// EmailChangeBy reads the change behind a link of either address, without using
// it.
func (y System) EmailChangeBy(ctx context.Context, provider ProviderID, kind string, hash []byte) (e EmailChange, t Token, a Account, err error) {
	if t, a, err = y.Token(ctx, provider, kind, hash); err != nil {
		return e, t, a, err
	}
	e, err = y.pendingEmail(ctx, a)
	return e, t, a, err
}

// AccountByNewEmail finds the person who waits for an address to be confirmed,
// by that address.
func (y System) AccountByNewEmail(ctx context.Context, provider ProviderID, email string) ([]Account, error) {
	return sysList(ctx, y, (*Account).row, `SELECT `+accountColumns+` FROM email_changes x JOIN users u ON u.provider_id = x.provider_id AND u.id = x.user_id
		JOIN providers p ON p.id = u.provider_id WHERE x.provider_id = :provider AND x.new_key = :key AND x.ended_at IS NULL AND x.expires_at > :now
		AND u.state = 'active' ORDER BY x.id LIMIT 5`, p(":provider", provider), p(":key", FoldEmail(email)), p(":now", y.Now()))
}

// ConfirmEmail makes the new address count: its owner has entered the code of
// link. Links that went to the old address end. Of two at once, one wins and
// the other is a Conflict; so is an address that somebody else has meanwhile.
func (y System) ConfirmEmail(ctx context.Context, a Account, link TokenID) (e EmailChange, err error) {
	err = y.Update(ctx, func(y System) error {
		if e, err = y.pendingEmail(ctx, a); err != nil {
			return err
		}
		_, n, err := y.run(ctx, `UPDATE user_tokens SET used_at = :now, code = NULL WHERE id = :id AND kind = 'eml' AND user_id = :of AND used_at IS NULL AND superseded_at IS NULL AND expires_at > :now`,
			p(":now", y.Now()), p(":id", link), p(":of", a.ID))
		if err != nil || n == 0 {
			return or(err, noEmailChange)
		}
		taken, err := y.emailTaken(ctx, a, e.New)
		if err != nil {
			return err
		}
		if taken {
			return fault.New(fault.Conflict, "This address was given to somebody else here meanwhile. Your e-mail address stays %s.", e.Old)
		}
		return y.confirmEmail(ctx, a, e)
	})
	return e, err
}

func (y System) confirmEmail(ctx context.Context, a Account, e EmailChange) error {
	if _, _, err := y.run(ctx, `UPDATE users SET email = :new, email_key = :key, updated_at = :now WHERE id = :of`,
		p(":new", e.New), p(":key", FoldEmail(e.New)), p(":now", y.Now()), p(":of", a.ID)); err != nil {
		return err
	}
	if _, _, err := y.run(ctx, voidLinks, p(":now", y.Now()), p(":provider", a.Provider), p(":user", a.ID)); err != nil {
		return err
	}
	if err := y.dropEmailChange(ctx, a, "confirmed"); err != nil {
		return err
	}
	return y.logFor(ctx, a, Line{Verb: ProfileEmail, ID: int64(a.ID), Label: a.Name, Changes: map[string][2]any{"email": {e.Old, e.New}}, Note: map[string]any{"asked_by": e.By}})
}

// StopEmailChange ends a change from the old address: whoever reads its mail
// does not want it.
func (y System) StopEmailChange(ctx context.Context, provider ProviderID, hash []byte) (e EmailChange, err error) {
	err = y.Update(ctx, func(y System) error {
		var a Account
		var t Token
		if e, t, a, err = y.EmailChangeBy(ctx, provider, "obj", hash); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE user_tokens SET used_at = :now WHERE id = :id`, p(":now", y.Now()), p(":id", t.ID)); err != nil {
			return err
		}
		if err := y.dropEmailChange(ctx, a, "stopped"); err != nil {
			return err
		}
		return y.logFor(ctx, a, Line{Verb: ProfileEmail, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"stopped": e.New, "by": "a link to the old address"}})
	})
	return e, err
}

// CorrectEmail changes the address of somebody who is not activated yet: nobody
// has proved the old one, so there is nobody to ask. Links that went there end.
func (s scope) CorrectEmail(ctx context.Context, user UserID, email string, tell func(y System, a Account) error) error {
	email = strings.TrimSpace(email)
	return s.update(ctx, func(s scope) error {
		a, v, err := s.emailOf(ctx, user, false)
		if err != nil {
			return err
		}
		if a.State != "pending" {
			return fault.New(fault.Conflict, "This account is active: a new address has to be confirmed first.")
		}
		y := s.system()
		if err := y.checkNewEmail(ctx, a, email); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, voidLinks, p(":now", y.Now()), p(":provider", a.Provider), p(":user", a.ID)); err != nil {
			return err
		}
		if err := s.change(ctx, v, "users", int64(a.ID), set{"email", email}, set{"email_key", FoldEmail(email)}, set{"updated_at", s.Now()}); err != nil {
			return err
		}
		if err := y.dropSpent(ctx, a.Provider, a.ID); err != nil || tell == nil {
			return err
		}
		a.Email = email
		return tell(y, a)
	})
}
