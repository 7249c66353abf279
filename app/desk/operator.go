package desk

import (
	"context"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// operatorLinkLife is how long a one-time link from the command line works.
const operatorLinkLife = 15 * time.Minute

// OperatorSignIn checks the password of somebody who runs the appliance and
// opens a session; token goes into the cookie. Where a second factor is due the
// session is half a one, which opens nothing but the next step. An unknown address and a wrong
// password answer alike and take as long. Too many attempts are Limited.
func (d *Desk) OperatorSignIn(ctx context.Context, email, password string, from store.Origin) (token string, err error) {
	y := d.db.System("sign-in", from)
	limits := operatorLimits(email, from)
	if err := y.Attempt(ctx, limits...); err != nil {
		return "", err
	}
	a, err := y.OperatorAccount(ctx, email)
	if err != nil && fault.Of(err) != fault.NotFound {
		return "", err
	}
	ok, rehash, err := secret.Verify(ctx, a.Password, password)
	if err != nil {
		return "", err
	}
	if !ok {
		d.log.Warn("auth failed", "user", email, "ip", from.IP, "door", "/operator")
		return "", noSuch
	}
	if rehash {
		phc, err := secret.Hash(ctx, password)
		if err != nil {
			return "", err
		}
		if err := y.RehashOperator(ctx, a.ID, phc); err != nil {
			return "", err
		}
	}
	if a.FactorAt.IsZero() { // else guesses of its code go on counting
		if err := y.Forgive(ctx, limits[0].Key); err != nil {
			return "", err
		}
	}
	return d.openConsole(ctx, y, a)
}

func (d *Desk) openConsole(ctx context.Context, y store.System, a store.OperatorAccount) (string, error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Session)
	return token, y.StartOperatorSession(ctx, a, hash)
}

// OperatorLink sets a new password over a one-time link and signs in with it.
func (d *Desk) OperatorLink(ctx context.Context, link, password string, from store.Origin) (token string, err error) {
	hash, err := secret.HashToken(link, secret.Reset)
	if err != nil {
		return "", err
	}
	y := d.db.System("one-time link", from)
	a, err := y.OperatorToken(ctx, hash)
	if err != nil {
		return "", err
	}
	phc, err := d.operatorHash(ctx, password, a.Name, a.Email)
	if err != nil {
		return "", err
	}
	err = y.Update(ctx, func(y store.System) error {
		if a, err = y.UseOperatorToken(ctx, hash, phc); err != nil {
			return err
		}
		token, err = d.openConsole(ctx, y, a)
		return err
	})
	return token, err
}

// OperatorPassword sets the operator's own password after checking the
// current one, and ends all its other sessions.
func (d *Desk) OperatorPassword(ctx context.Context, o store.Operator, current, password string) error {
	if err := d.proveOperator(ctx, o, current); err != nil {
		return err
	}
	phc, err := d.operatorHash(ctx, password, o.Me().Name, o.Me().Email)
	if err != nil {
		return err
	}
	return o.SetPassword(ctx, phc)
}

// operatorHash holds a password against the policy and hashes it.
func (d *Desk) operatorHash(ctx context.Context, password string, own ...string) (string, error) {
	if err := checkPassword(0, password, nil, own...); err != nil {
		return "", err
	}
	return secret.Hash(ctx, password)
}

// AddOperator lets one more person run the appliance. Nobody chooses another
// one's password: the link that is returned does, once, within 15 minutes.
func (d *Desk) AddOperator(ctx context.Context, email, name string, from store.Origin, by string) (link string, err error) {
	err = d.db.System(by, from).Update(ctx, func(y store.System) error {
		if _, err := y.AddOperator(ctx, store.NewOperator{Email: email, Name: name}); err != nil {
			return err
		}
		link, err = d.operatorLink(ctx, y, email)
		return err
	})
	return link, err
}

// NewOperatorLink makes a one-time link into the console for an operator.
// Earlier ones are void.
func (d *Desk) NewOperatorLink(ctx context.Context, email string, from store.Origin, by string) (link string, err error) {
	err = d.db.System(by, from).Update(ctx, func(y store.System) error {
		link, err = d.operatorLink(ctx, y, email)
		return err
	})
	return link, err
}

func (d *Desk) operatorLink(ctx context.Context, y store.System, email string) (string, error) {
	a, err := y.OperatorAccount(ctx, email)
	if err != nil {
		return "", err
	}
	token, hash := secret.NewToken(d.db.Rand(), secret.Reset)
	return "/operator/link/" + token, y.AddOperatorToken(ctx, a, hash, operatorLinkLife)
}

// LoginLink makes a one-time link for a person of a provider or of a portal.
// Earlier links of that kind are void; nothing else changes until it is used.
func (d *Desk) LoginLink(ctx context.Context, e store.Entrance, from store.Origin, by string) (path string, err error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Reset)
	return e.Path() + "/reset/" + token, d.db.System(by, from).AddLoginLink(ctx, e, hash, operatorLinkLife)
}
