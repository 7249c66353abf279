package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// SetUpLife is how long the first set-up's link works.
const SetUpLife = 30 * time.Minute

// Ready reports whether the first set-up is done. It stays done when the last
// operator is removed: from then on only the command line lets anybody in.
func (y System) Ready(ctx context.Context) (bool, error) {
	v, err := y.Setting(ctx, SetReady)
	return v == "yes", err
}

var (
	setUpDone = fault.New(fault.NotFound, "This appliance is already set up. Please sign in.")
	setUpDead = fault.New(fault.NotFound, "This set-up link has expired, was replaced by a newer one, or is not complete. Run “gatehouse setup-link” where the appliance runs for a new one.")
)

// AddSetUpLink notes the link of the first set-up; earlier ones are void.
func (y System) AddSetUpLink(ctx context.Context, hash []byte) error {
	return y.Update(ctx, func(y System) error {
		ready, err := y.Ready(ctx)
		if err != nil {
			return err
		}
		if ready {
			return fault.New(fault.Conflict, "This appliance is already set up. Use “gatehouse admin create” or “gatehouse login-link” to get in.")
		}
		if _, _, err := y.run(ctx, `DELETE FROM operator_tokens WHERE kind = 'set'`); err != nil {
			return err
		}
		_, _, err = y.run(ctx, `INSERT INTO operator_tokens (kind, hash, created_at, expires_at) VALUES ('set', :hash, :now, :until)`,
			p(":hash", hash), p(":now", y.Now()), p(":until", y.Now().Add(SetUpLife)))
		return err
	})
}

// SetUpLink reports whether the link of the first set-up still works, without
// using it. A dead one is NotFound, with the reason.
func (y System) SetUpLink(ctx context.Context, hash []byte) error {
	ready, err := y.Ready(ctx)
	if err != nil {
		return err
	}
	if ready {
		return setUpDone
	}
	_, err = sysFirst(ctx, y, setUpDead, intoInt, `SELECT id FROM operator_tokens
		WHERE hash = :hash AND kind = 'set' AND used_at IS NULL AND expires_at > :now`, p(":hash", hash), p(":now", y.Now()))
	return err
}

// SetUp runs fn as the first set-up, once for the life of the data file: the
// link is spent and the appliance ready when fn succeeds. Of two at once, one
// wins and the other is NotFound.
func (y System) SetUp(ctx context.Context, hash []byte, fn func(System) error) error {
	return y.Update(ctx, func(y System) error {
		if err := y.SetUpLink(ctx, hash); err != nil {
			return err
		}
		return y.finish(ctx, fn)
	})
}

// SetUpUnattended is SetUp for whoever started the program: no link is needed.
// It reports false, and runs nothing, where the set-up is done already.
func (y System) SetUpUnattended(ctx context.Context, fn func(System) error) (did bool, err error) {
	err = y.Update(ctx, func(y System) error {
		ready, err := y.Ready(ctx)
		if err != nil || ready {
			return err
		}
		did = true
		return y.finish(ctx, fn)
	})
	return did && err == nil, err
}

func (y System) finish(ctx context.Context, fn func(System) error) error {
	if err := fn(y); err != nil {
		return err
	}
	if _, _, err := y.run(ctx, `DELETE FROM operator_tokens WHERE kind = 'set'`); err != nil {
		return err
	}
	if err := y.deed(ctx, "appliance.set_up", "appliance", 0, "", nil); err != nil {
		return err
	}
	return y.SetSettings(ctx, map[string]string{SetReady: "yes"})
}
