package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// recoveryCodes is how many codes for a lost phone somebody gets.
const recoveryCodes = 10

// Half is somebody who has given a password, or a code from a letter, and whom
// a second factor stands between it and its session.
type Half struct {
	Account store.Account
	token   store.Token
	against store.FactorSecret
}

// Enrols reports whether there is no second factor yet: the provider asks for
// one.
func (h Half) Enrols() bool { return !h.Account.Factor }

// Half reads who is half signed in at a door, by the token of the cookie.
func (d *Desk) Half(ctx context.Context, at Where, token string, from store.Origin) (Half, error) {
	hash, err := secret.HashToken(token, secret.Factor)
	if err != nil {
		return Half{}, again
	}
	y := d.db.System("second factor", from)
	t, a, err := y.Token(ctx, at.Provider, secret.Factor, hash)
	if k := fault.Of(err); k == fault.NotFound || k == fault.Conflict || err == nil && t.Portal != at.Portal {
		return Half{}, again
	}
	if err != nil {
		return Half{}, err
	}
	if ok, err := mayEnter(ctx, y, at, a); err != nil || !ok {
		return Half{}, or(err, again)
	}
	f, err := y.FactorSecret(ctx, a.Provider, a.ID)
	if err != nil && fault.Of(err) != fault.NotFound {
		return Half{}, err
	}
	return Half{Account: a, token: t, against: f}, nil
}

var again = fault.New(fault.Unauthenticated, "Please sign in again.")

// NewFactor makes a secret that somebody may put into a phone. It is kept by
// the form alone until its first code was shown.
func (d *Desk) NewFactor() string { return secret.NewTOTP(d.db.Rand()) }

var wrongFactor = fault.Field("code", "This code does not match. Take the one that your app shows now; if it never matches, set the phone's clock to automatic.")

// PassFactor checks the code of somebody half signed in and opens the session.
// Where the factor has to be set up first, with the secret that was shown, the
// recovery codes come with it: to be shown this once. Guesses count with those of passwords.
func (d *Desk) PassFactor(ctx context.Context, at Where, token, shown, code string, from store.Origin) (session string, codes []string, err error) {
	h, err := d.Half(ctx, at, token, from)
	if err != nil {
		return "", nil, err
	}
	y, limits := d.db.System("second factor", from), signInLimits(at, h.Account, h.Account.Email, from)
	if err := y.Attempt(ctx, limits...); err != nil {
		return "", nil, err
	}
	session, hash := secret.NewToken(d.db.Rand(), secret.Session)
	err = y.Update(ctx, func(y store.System) error {
		if h.Enrols() {
			codes, err = d.enrol(ctx, y, at, h, shown, code, hash, from)
		} else {
			err = d.passFactor(ctx, y, at, h, code, hash, from)
		}
		if err != nil {
			return err
		}
		return y.Forgive(ctx, limits[0].Key)
	})
	return session, codes, err
}

func (d *Desk) passFactor(ctx context.Context, y store.System, at Where, h Half, code string, session []byte, from store.Origin) error {
	if rec := secret.HashRecovery(code, itoa(int64(h.Account.ID))); rec != nil {
		left, err := y.PassRecovery(ctx, h.token, h.Account, rec, session)
		if fault.Of(err) == fault.Invalid {
			return fault.Field("code", "%s", fault.Says(err))
		}
		if err != nil {
			return err
		}
		_, err = d.postFor(ctx, y, h.Account.Provider, mailtext.RecoveryUsed{At: y.Now(), Where: from.IP, Left: int(left)}, h.Account, store.Draft{FromName: at.Sender, Portal: at.Portal})
		return err
	}
	step, ok := secret.MatchTOTP(h.against.Secret, code, y.Now(), h.against.Last)
	if !ok {
		return wrongFactor
	}
	return y.PassFactor(ctx, h.token, h.Account, step, session)
}

func (d *Desk) enrol(ctx context.Context, y store.System, at Where, h Half, shown, code string, session []byte, from store.Origin) ([]string, error) {
	n, codes, err := d.firstCode(itoa(int64(h.Account.ID)), y.Now(), shown, code)
	if err != nil {
		return nil, err
	}
	if err := y.EnrolFactor(ctx, h.token, h.Account, n, session); err != nil {
		return nil, err
	}
	return codes, d.tellFactor(ctx, y, at, h.Account, true, "", from)
}

// firstCode checks that a secret is in somebody's phone, by the code it shows;
// of tells the person from all others.
func (d *Desk) firstCode(of string, now time.Time, shown, code string) (n store.NewFactor, codes []string, err error) {
	step, ok := secret.MatchTOTP(shown, code, now, 0)
	if !ok || !secret.IsTOTP(shown) {
		return n, nil, wrongFactor
	}
	codes, hashes := d.newRecovery(of)
	return store.NewFactor{Secret: shown, Step: step, Codes: hashes}, codes, nil
}

func (d *Desk) newRecovery(of string) (shown []string, hashes [][]byte) {
	for range recoveryCodes {
		c := secret.NewRecoveryCode(d.db.Rand())
		shown, hashes = append(shown, c), append(hashes, secret.HashRecovery(c, of))
	}
	return shown, hashes
}

// tellFactor writes to somebody whose second factor was turned on or off; by
// names whoever did, unless it was the person.
func (d *Desk) tellFactor(ctx context.Context, y store.System, at Where, a store.Account, on bool, by string, from store.Origin) error {
	link, err := d.link(ctx, at.Path+"/profile/factor")
	if err != nil {
		return err
	}
	_, err = d.postFor(ctx, y, a.Provider, mailtext.FactorChanged{On: on, By: by, At: y.Now(), Where: from.IP, Link: link}, a, store.Draft{FromName: at.Sender, Portal: at.Portal})
	return err
}

// Factored is whoever has, or sets up, a second factor of its own.
type Factored interface {
	Own
	Factor(ctx context.Context) (store.FactorState, error)
	AddFactor(ctx context.Context, n store.NewFactor, keep store.SessionID, tell store.Tell) error
	RemoveFactor(ctx context.Context, tell store.Tell) error
	NewRecoveryCodes(ctx context.Context, codes [][]byte) error
}

// AddFactor turns the person's own second factor on, after checking the
// password, with a code that the phone shows for the secret. The recovery codes
// are to be shown this once.
func (d *Desk) AddFactor(ctx context.Context, at Where, who Factored, current, shown, code string, from store.Origin) ([]string, error) {
	if err := d.proveSelf(ctx, who, current, from); err != nil {
		return nil, err
	}
	n, codes, err := d.firstCode(itoa(int64(who.Me().ID)), d.db.Now(), shown, code)
	if err != nil {
		return nil, err
	}
	return codes, who.AddFactor(ctx, n, who.Session(), func(y store.System, a store.Account) error { return d.tellFactor(ctx, y, at, a, true, "", from) })
}

// RemoveFactor turns the person's own second factor off, after checking the
// password. Where the provider asks for one it is set up anew at the next
// sign-in.
func (d *Desk) RemoveFactor(ctx context.Context, at Where, who Factored, current string, from store.Origin) error {
	if err := d.proveSelf(ctx, who, current, from); err != nil {
		return err
	}
	return who.RemoveFactor(ctx, func(y store.System, a store.Account) error { return d.tellFactor(ctx, y, at, a, false, "", from) })
}

// NewRecoveryCodes makes new recovery codes, after checking the password; the
// ones before are void. They are to be shown this once.
func (d *Desk) NewRecoveryCodes(ctx context.Context, who Factored, current string, from store.Origin) ([]string, error) {
	if err := d.proveSelf(ctx, who, current, from); err != nil {
		return nil, err
	}
	shown, hashes := d.newRecovery(itoa(int64(who.Me().ID)))
	return shown, who.NewRecoveryCodes(ctx, hashes)
}

// ResetFactor takes the second factor from somebody who lost it, and writes to
// that person. It signs in with the password alone, and sets up a new one.
func (d *Desk) ResetFactor(ctx context.Context, s store.Staff, user store.UserID, from store.Origin) error {
	return s.ResetFactor(ctx, user, func(y store.System, a store.Account) error { return d.tellReset(ctx, y, a, s.Me().Name, from) })
}

// OperatorResetFactor is ResetFactor for an admin of a provider, by whoever
// runs the appliance.
func (d *Desk) OperatorResetFactor(ctx context.Context, o store.Operator, of store.ProviderID, user store.UserID, from store.Origin) error {
	return o.ResetFactor(ctx, of, user, func(y store.System, a store.Account) error { return d.tellReset(ctx, y, a, o.Me().Name, from) })
}

func (d *Desk) tellReset(ctx context.Context, y store.System, a store.Account, by string, from store.Origin) error {
	door, err := y.DoorOf(ctx, a, 0)
	if err != nil {
		return err
	}
	return d.tellFactor(ctx, y, Where{Portal: door.Portal, Path: door.Path()}, a, false, by, store.Origin{})
}
