package store

import (
	"context"

	"gatehouse/store/fault"
)

// OperatorHalf is an operator who has given the password and not yet the code
// of the second factor.
type OperatorHalf struct {
	OperatorAccount
	FactorSecret
	session SessionID
}

// OperatorHalf reads who is half signed in to the console, by the hash of the
// cookie's token.
func (y System) OperatorHalf(ctx context.Context, hash []byte) (OperatorHalf, error) {
	return sysFirst(ctx, y, signInFirst, func(h *OperatorHalf, r *row) {
		h.OperatorPerson.row(r)
		h.Secret, h.Last, h.session = r.str(), r.int(), SessionID(r.int())
	}, `SELECT `+operatorColumns+`, o.factor_secret, o.factor_step, s.id FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
		WHERE s.hash = :hash AND s.half = 1 AND s.expires_at > :now AND o.factor_at IS NOT NULL`, p(":hash", hash), p(":now", y.Now()))
}

// PassOperatorFactor opens the session of an operator who has shown the code of
// step; of two at once one wins and the other is a Conflict.
func (y System) PassOperatorFactor(ctx context.Context, h OperatorHalf, step int64, session []byte) error {
	return y.Update(ctx, func(y System) error {
		_, n, err := y.run(ctx, `UPDATE operators SET factor_step = :step WHERE id = :id AND factor_at IS NOT NULL AND factor_step < :step`, p(":step", step), p(":id", h.ID))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "This code was already used. Wait for the next one."))
		}
		return y.wholeSession(ctx, h, session)
	})
}

// PassOperatorRecovery is PassOperatorFactor with a recovery code, which is
// spent.
func (y System) PassOperatorRecovery(ctx context.Context, h OperatorHalf, code, session []byte) error {
	return y.Update(ctx, func(y System) error {
		_, n, err := y.run(ctx, `UPDATE operator_recovery SET used_at = :now WHERE operator_id = :id AND hash = :hash AND used_at IS NULL`, p(":now", y.Now()), p(":id", h.ID), p(":hash", code))
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Invalid, "This recovery code does not match, or was used before."))
		}
		if err := y.deed(ctx, "operator.recovery_code", "operator", int64(h.ID), h.Email, nil); err != nil {
			return err
		}
		return y.wholeSession(ctx, h, session)
	})
}

// wholeSession puts a session in the place of half a one, which is spent.
func (y System) wholeSession(ctx context.Context, h OperatorHalf, session []byte) error {
	_, n, err := y.run(ctx, `DELETE FROM operator_sessions WHERE id = :id AND half = 1`, p(":id", h.session))
	if err != nil || n == 0 {
		return or(err, signInFirst)
	}
	return y.openOperatorSession(ctx, h.OperatorAccount, session)
}

// Factor reads the state of the operator's own second factor.
func (o Operator) Factor(ctx context.Context) (FactorState, error) {
	if err := o.can(); err != nil {
		return FactorState{}, err
	}
	return sysOne(ctx, o.sys, "operator", (*FactorState).row, `SELECT coalesce(o.factor_at, 0), (SELECT count(*) FROM operator_recovery c WHERE c.operator_id = o.id AND c.used_at IS NULL) FROM operators o WHERE o.id = :me`, p(":me", o.me.ID))
}

// AddFactor turns the operator's own second factor on and ends all its other
// sessions. Where one is in use it is a Conflict.
func (o Operator) AddFactor(ctx context.Context, n NewFactor) error {
	return o.Update(ctx, func(o Operator) error {
		_, done, err := o.sys.run(ctx, `UPDATE operators SET factor_secret = :secret, factor_step = :step, factor_at = :now WHERE id = :me AND factor_at IS NULL`,
			p(":secret", n.Secret), p(":step", n.Step), p(":now", o.Now()), p(":me", o.me.ID))
		if err != nil || done == 0 {
			return or(err, fault.New(fault.Conflict, "A second factor is in use already. Turn it off first to set up another."))
		}
		if _, _, err := o.sys.run(ctx, `DELETE FROM operator_sessions WHERE operator_id = :me AND id <> :keep`, p(":me", o.me.ID), p(":keep", o.sess)); err != nil {
			return err
		}
		if err := o.sys.putOperatorCodes(ctx, o.me.ID, n.Codes); err != nil {
			return err
		}
		return o.log(ctx, "operator.factor_on", "operator", int64(o.me.ID), o.me.Email, nil)
	})
}

// NewRecoveryCodes replaces the operator's own recovery codes.
func (o Operator) NewRecoveryCodes(ctx context.Context, codes [][]byte) error {
	return o.Update(ctx, func(o Operator) error {
		if f, err := o.Factor(ctx); err != nil || !f.On() {
			return or(err, fault.New(fault.Conflict, "Set up the second factor first."))
		}
		if err := o.sys.putOperatorCodes(ctx, o.me.ID, codes); err != nil {
			return err
		}
		return o.log(ctx, "operator.recovery_codes", "operator", int64(o.me.ID), o.me.Email, nil)
	})
}

// RemoveFactor turns the operator's own second factor off.
func (o Operator) RemoveFactor(ctx context.Context) error {
	return o.Update(ctx, func(o Operator) error {
		if err := o.sys.dropOperatorFactor(ctx, o.me.ID); err != nil {
			return err
		}
		return o.log(ctx, "operator.factor_off", "operator", int64(o.me.ID), o.me.Email, nil)
	})
}

// ResetOperatorFactor takes the second factor from an operator who lost the
// phone, and ends all sessions; for the command line.
func (y System) ResetOperatorFactor(ctx context.Context, a OperatorAccount) error {
	return y.Update(ctx, func(y System) error {
		if err := y.dropOperatorFactor(ctx, a.ID); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `DELETE FROM operator_sessions WHERE operator_id = :id`, p(":id", a.ID)); err != nil {
			return err
		}
		return y.deed(ctx, "operator.factor_reset", "operator", int64(a.ID), a.Email, nil)
	})
}

func (y System) dropOperatorFactor(ctx context.Context, id OperatorID) error {
	_, n, err := y.run(ctx, `UPDATE operators SET factor_secret = '', factor_at = NULL WHERE id = :id AND factor_at IS NOT NULL`, p(":id", id))
	if err != nil || n == 0 {
		return or(err, fault.New(fault.Conflict, "There is no second factor to take away."))
	}
	return y.putOperatorCodes(ctx, id, nil)
}

func (y System) putOperatorCodes(ctx context.Context, id OperatorID, codes [][]byte) error {
	if _, _, err := y.run(ctx, `DELETE FROM operator_recovery WHERE operator_id = :id`, p(":id", id)); err != nil {
		return err
	}
	for _, hash := range codes {
		if _, _, err := y.run(ctx, `INSERT INTO operator_recovery (operator_id, hash) VALUES (:id, :hash)`, p(":id", id), p(":hash", hash)); err != nil {
			return err
		}
	}
	return nil
}
