package desk

import (
	"context"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// operatorSelf is what recovery codes of an operator are hashed with.
func operatorSelf(id store.OperatorID) string { return "operator:" + itoa(int64(id)) }

// OperatorHalf reads which operator has given the password and not the code.
func (d *Desk) OperatorHalf(ctx context.Context, token string, from store.Origin) (store.OperatorHalf, error) {
	hash, err := secret.HashToken(token, secret.Session)
	if err != nil {
		return store.OperatorHalf{}, again
	}
	return d.db.System("second factor", from).OperatorHalf(ctx, hash)
}

// OperatorPassFactor checks the code of an operator half signed in and opens
// the session. Guesses count with those of passwords.
func (d *Desk) OperatorPassFactor(ctx context.Context, token, code string, from store.Origin) (session string, err error) {
	h, err := d.OperatorHalf(ctx, token, from)
	if err != nil {
		return "", err
	}
	y, limits := d.db.System("second factor", from), operatorLimits(h.Email, from)
	if err := y.Attempt(ctx, limits...); err != nil {
		return "", err
	}
	session, hash := secret.NewToken(d.db.Rand(), secret.Session)
	if rec := secret.HashRecovery(code, operatorSelf(h.ID)); rec != nil {
		err = y.PassOperatorRecovery(ctx, h, rec, hash)
		if fault.Of(err) == fault.Invalid {
			return "", fault.Field("code", "%s", fault.Says(err))
		}
	} else {
		step, ok := secret.MatchTOTP(h.Secret, code, y.Now(), h.Last)
		if !ok {
			return "", wrongFactor
		}
		err = y.PassOperatorFactor(ctx, h, step, hash)
	}
	if err != nil {
		return "", err
	}
	return session, y.Forgive(ctx, limits[0].Key)
}

// operatorLimits bound guesses per operator and per network.
func operatorLimits(email string, from store.Origin) []store.Throttle {
	return []store.Throttle{{Key: clipKey("operator:" + store.FoldEmail(email)), Most: 10, Window: 10 * time.Minute, Pause: 5 * time.Minute},
		{Key: "signin-ip:" + network(from.IP), Most: 100, Window: 10 * time.Minute, Pause: 5 * time.Minute}}
}

// OperatorAddFactor turns the operator's own second factor on, after checking
// the password. The recovery codes are to be shown this once.
func (d *Desk) OperatorAddFactor(ctx context.Context, o store.Operator, current, shown, code string) ([]string, error) {
	if err := d.proveOperator(ctx, o, current); err != nil {
		return nil, err
	}
	n, codes, err := d.firstCode(operatorSelf(o.Me().ID), d.db.Now(), shown, code)
	if err != nil {
		return nil, err
	}
	return codes, o.AddFactor(ctx, n)
}

// OperatorRemoveFactor turns the operator's own second factor off, after
// checking the password.
func (d *Desk) OperatorRemoveFactor(ctx context.Context, o store.Operator, current string) error {
	if err := d.proveOperator(ctx, o, current); err != nil {
		return err
	}
	return o.RemoveFactor(ctx)
}

// OperatorRecoveryCodes makes new recovery codes, after checking the password.
func (d *Desk) OperatorRecoveryCodes(ctx context.Context, o store.Operator, current string) ([]string, error) {
	if err := d.proveOperator(ctx, o, current); err != nil {
		return nil, err
	}
	shown, hashes := d.newRecovery(operatorSelf(o.Me().ID))
	return shown, o.NewRecoveryCodes(ctx, hashes)
}

// proveOperator checks the operator's own password.
func (d *Desk) proveOperator(ctx context.Context, o store.Operator, current string) error {
	if err := o.Attempt(ctx, store.Throttle{Key: "own-operator:" + itoa(int64(o.Me().ID)), Most: 10, Window: 10 * time.Minute, Pause: 5 * time.Minute}); err != nil {
		return err
	}
	a, err := o.Account(ctx)
	if err != nil {
		return err
	}
	ok, _, err := secret.Verify(ctx, a.Password, current)
	if err == nil && !ok {
		err = fault.Field("current", "This is not your current password.")
	}
	return err
}
