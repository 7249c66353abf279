package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// FactorLife is how long somebody may take between password and second factor.
const FactorLife = 15 * time.Minute

// FactorState is what a person sees of its own second factor.
type FactorState struct {
	Since time.Time // zero: without
	Left  int64     // recovery codes that were not used
}

// On reports whether a second factor is asked for.
func (f FactorState) On() bool { return !f.Since.IsZero() }

const factorColumns = `coalesce((SELECT f.confirmed_at FROM {second_factors} f), 0), (SELECT count(*) FROM {recovery_codes} c WHERE c.used_at IS NULL)`

func (f *FactorState) row(r *row) {
	if at := r.unix(); at.Unix() > 0 {
		f.Since = at
	}
	f.Left = r.int()
}

// Factor reads the state of the person's own second factor.
func (s scope) Factor(ctx context.Context) (FactorState, error) {
	return one(ctx, s, "second factor", (*FactorState).row, `SELECT `+factorColumns)
}

// NewFactor is a second factor about to be turned on: the person has shown the
// code of a time step.
type NewFactor struct {
	Secret string
	Step   int64
	Codes  [][]byte // hashes of recovery codes
}

// AddFactor turns the person's own second factor on. All its other sessions
// end.
func (s scope) AddFactor(ctx context.Context, n NewFactor, keep SessionID, tell Tell) error {
	if err := s.Can(ProfileFactor); err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		a, err := s.Account(ctx, s.user)
		if err != nil {
			return err
		}
		y := s.system()
		if err := y.AddFactor(ctx, a, n); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :of AND id <> :keep`, p(":provider", s.provider), p(":of", s.user), p(":keep", keep)); err != nil {
			return err
		}
		return tell.about(y, a)
	})
}

// Tell writes a letter about an account, in the transaction that changed it.
type Tell func(y System, a Account) error

func (t Tell) about(y System, a Account) error {
	if t == nil {
		return nil
	}
	return t(y, a)
}

// RemoveFactor turns the person's own second factor off.
func (s scope) RemoveFactor(ctx context.Context, tell Tell) error {
	if err := s.Can(ProfileFactor); err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		a, err := s.Account(ctx, s.user)
		if err != nil {
			return err
		}
		return s.dropFactor(ctx, ProfileFactor, a, tell)
	})
}

func (s scope) dropFactor(ctx context.Context, v Verb, a Account, tell Tell) error {
	if !a.Factor {
		return fault.New(fault.Conflict, "There is no second factor to take away.")
	}
	y := s.system()
	of := []arg{p(":provider", a.Provider), p(":of", a.ID)}
	for _, text := range []string{`UPDATE users SET factor_at = NULL WHERE provider_id = :provider AND id = :of`, `DELETE FROM second_factors WHERE provider_id = :provider AND user_id = :of`,
		`DELETE FROM recovery_codes WHERE provider_id = :provider AND user_id = :of`} {
		if _, _, err := y.run(ctx, text, of...); err != nil {
			return err
		}
	}
	if err := s.log(ctx, Line{Verb: v, ID: int64(a.ID), Label: a.Name, Changes: map[string][2]any{"second_factor": {"on", "off"}}}); err != nil {
		return err
	}
	return tell.about(y, a)
}

// ResetFactor takes the second factor from somebody who lost it, so that a
// password alone lets that person in, to set up a new one. All sessions of the
// person end. Not for oneself: that asks for the password (RemoveFactor).
func (s Staff) ResetFactor(ctx context.Context, user UserID, tell Tell) error {
	if err := s.Can(UserFactor); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		a, err := s.Account(ctx, user)
		if err != nil {
			return err
		}
		if a.ID == s.user {
			return fault.New(fault.Conflict, "Turn your own second factor off in your profile.")
		}
		if _, err := s.above(ctx, user); err != nil {
			return err
		}
		return s.resetFactor(ctx, UserFactor, a, tell)
	})
}

func (s scope) resetFactor(ctx context.Context, v Verb, a Account, tell Tell) error {
	if err := s.dropFactor(ctx, v, a, tell); err != nil {
		return err
	}
	_, _, err := s.system().run(ctx, `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :of`, p(":provider", a.Provider), p(":of", a.ID))
	return err
}

// NewRecoveryCodes replaces the person's recovery codes; the ones before are
// void.
func (s scope) NewRecoveryCodes(ctx context.Context, codes [][]byte) error {
	if err := s.Can(ProfileFactor); err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		a, err := s.Account(ctx, s.user)
		if err != nil {
			return err
		}
		if !a.Factor {
			return fault.New(fault.Conflict, "Set up the second factor first.")
		}
		if err := s.system().putCodes(ctx, a, codes); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: ProfileFactor, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"recovery_codes": "new"}})
	})
}

// FactorSecret is what a code is checked against.
type FactorSecret struct {
	Secret string
	Last   int64 // the newest time step that was used
}

// FactorSecret reads what somebody's codes are checked against; NotFound when
// none was set up.
func (y System) FactorSecret(ctx context.Context, of ProviderID, user UserID) (FactorSecret, error) {
	return sysOne(ctx, y, "second factor", func(f *FactorSecret, r *row) { f.Secret, f.Last = r.str(), r.int() },
		`SELECT f.secret, f.last_step FROM second_factors f WHERE f.provider_id = :provider AND f.user_id = :of`, p(":provider", of), p(":of", user))
}

// AddFactor turns a second factor on. Where one is in use it is a Conflict, also
// for the second of two at once.
func (y System) AddFactor(ctx context.Context, a Account, f NewFactor) error {
	return y.Update(ctx, func(y System) error {
		_, n, err := y.run(ctx, `INSERT INTO second_factors (provider_id, user_id, secret, last_step, created_at, confirmed_at) VALUES (:provider, :of, :secret, :step, :now, :now)
			ON CONFLICT (provider_id, user_id) DO NOTHING`, p(":provider", a.Provider), p(":of", a.ID), p(":secret", f.Secret), p(":step", f.Step), p(":now", y.Now()))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "A second factor is in use already. Turn it off first to set up another."))
		}
		if _, _, err := y.run(ctx, `UPDATE users SET factor_at = :now WHERE provider_id = :provider AND id = :of`, p(":now", y.Now()), p(":provider", a.Provider), p(":of", a.ID)); err != nil {
			return err
		}
		if err := y.putCodes(ctx, a, f.Codes); err != nil {
			return err
		}
		return y.logFor(ctx, a, Line{Verb: ProfileFactor, ID: int64(a.ID), Label: a.Name, Changes: map[string][2]any{"second_factor": {"off", "on"}}})
	})
}

// EnrolFactor is AddFactor for somebody half signed in whom the provider asks
// for one, and opens its session.
func (y System) EnrolFactor(ctx context.Context, t Token, a Account, f NewFactor, session []byte) error {
	return y.Update(ctx, func(y System) error {
		if err := y.SpendLink(ctx, t.ID); err != nil {
			return err
		}
		if err := y.AddFactor(ctx, a, f); err != nil {
			return err
		}
		return y.startSession(ctx, a, t.Portal, session)
	})
}

func (y System) putCodes(ctx context.Context, a Account, codes [][]byte) error {
	if _, _, err := y.run(ctx, `DELETE FROM recovery_codes WHERE provider_id = :provider AND user_id = :of`, p(":provider", a.Provider), p(":of", a.ID)); err != nil {
		return err
	}
	for _, hash := range codes {
		if _, _, err := y.run(ctx, `INSERT INTO recovery_codes (provider_id, user_id, hash) VALUES (:provider, :of, :hash)`, p(":provider", a.Provider), p(":of", a.ID), p(":hash", hash)); err != nil {
			return err
		}
	}
	return nil
}

// PassFactor opens the session of somebody half signed in, who has shown the
// code of step. The half session is spent, and so is the step: of two at once,
// one wins and the other is a Conflict.
func (y System) PassFactor(ctx context.Context, t Token, a Account, step int64, session []byte) error {
	return y.Update(ctx, func(y System) error {
		if err := y.SpendLink(ctx, t.ID); err != nil {
			return err
		}
		_, n, err := y.run(ctx, `UPDATE second_factors SET last_step = :step WHERE provider_id = :provider AND user_id = :of AND last_step < :step`,
			p(":step", step), p(":provider", a.Provider), p(":of", a.ID))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "This code was already used. Wait for the next one."))
		}
		return y.startSession(ctx, a, t.Portal, session)
	})
}

// PassRecovery is PassFactor with a recovery code, which is spent. left is how
// many there are now.
func (y System) PassRecovery(ctx context.Context, t Token, a Account, code, session []byte) (left int64, err error) {
	err = y.Update(ctx, func(y System) error {
		_, n, err := y.run(ctx, `UPDATE recovery_codes SET used_at = :now WHERE provider_id = :provider AND user_id = :of AND hash = :hash AND used_at IS NULL`,
			p(":now", y.Now()), p(":provider", a.Provider), p(":of", a.ID), p(":hash", code))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Invalid, "This recovery code does not match, or was used before."))
		}
		if err := y.SpendLink(ctx, t.ID); err != nil {
			return err
		}
		if left, err = sysOne(ctx, y, "codes", intoInt, `SELECT count(*) FROM recovery_codes WHERE provider_id = :provider AND user_id = :of AND used_at IS NULL`,
			p(":provider", a.Provider), p(":of", a.ID)); err != nil {
			return err
		}
		if err := y.logFor(ctx, a, Line{Verb: ProfileSignIn, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"recovery_codes_left": left}}); err != nil {
			return err
		}
		return y.startSession(ctx, a, t.Portal, session)
	})
	return left, err
}

// ResetFactor takes the second factor from an admin of a provider who lost it,
// in the operator's name.
func (o Operator) ResetFactor(ctx context.Context, of ProviderID, user UserID, tell Tell) error {
	return o.Emails(of).do(ctx, user, string(UserFactor), func(s Staff, a Account) error { return s.resetFactor(ctx, UserFactor, a, tell) })
}
