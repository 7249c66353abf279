package desk

import (
	"context"
	"encoding/hex"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Activating reads the account behind an activation link of the door at,
// without using the link. With a Conflict the link is dead, and the account
// says whose it was.
func (d *Desk) Activating(ctx context.Context, at Where, token string, from store.Origin) (store.Account, error) {
	hash, err := secret.HashToken(token, secret.Activation)
	if err != nil {
		return store.Account{}, err
	}
	return linkAt(ctx, d.db.System("activation", from), at, secret.Activation, hash)
}

// linkAt holds a link to its door: one of another provider or portal does not
// exist here (S14).
func linkAt(ctx context.Context, y store.System, at Where, kind string, hash []byte) (store.Account, error) {
	t, a, err := y.Token(ctx, at.Provider, kind, hash)
	if t.Portal != at.Portal || fault.Of(err) == fault.NotFound {
		return store.Account{}, fault.New(fault.NotFound, "This link is not for this address. Please open it exactly as you received it.")
	}
	return a, err
}

// Activate spends an activation link: the person has a name and a password of
// its own, in a portal has accepted the terms, and is signed in.
func (d *Desk) Activate(ctx context.Context, at Where, token string, in Joining, from store.Origin) (session string, err error) {
	hash, err := secret.HashToken(token, secret.Activation)
	if err != nil {
		return "", err
	}
	y := d.db.System("activation", from)
	if err := y.Attempt(ctx, joinLimits(hash, from)...); err != nil {
		return "", err
	}
	a, err := linkAt(ctx, y, at, secret.Activation, hash)
	if err != nil {
		return "", err
	}
	bad := fault.Problems{}
	if at.Portal != 0 {
		checkTerms(&bad, in)
	}
	if err := d.checkJoining(ctx, y, &bad, at, a.ID, in, a.Email); err != nil {
		return "", err
	}
	if len(bad) > 0 {
		return "", bad.Err()
	}
	phc, err := secret.Hash(ctx, in.Password)
	if err != nil {
		return "", err
	}
	err = y.Update(ctx, func(y store.System) error {
		if _, a, err = y.Activate(ctx, at.Provider, hash, store.Activation{Name: in.Name, Username: in.Username, Password: phc, Terms: in.Terms}); err != nil {
			return err
		}
		session, err = d.admit(ctx, y, at, a)
		return err
	})
	return session, err
}

// RenewActivation mails a new activation link to the account that an expired
// one belonged to: to that account's own address, whoever asks.
func (d *Desk) RenewActivation(ctx context.Context, at Where, token string, from store.Origin) error {
	hash, err := secret.HashToken(token, secret.Activation)
	if err != nil {
		return err
	}
	y := d.db.System("activation", from)
	if err := y.Attempt(ctx, store.Throttle{Key: "renew:" + hex.EncodeToString(hash[:12]), Most: 2, Window: 24 * time.Hour, Pause: 24 * time.Hour},
		store.Throttle{Key: "ask-ip:" + network(from.IP), Most: 20, Window: time.Hour, Pause: time.Hour}); err != nil {
		return err
	}
	a, err := linkAt(ctx, y, at, secret.Activation, hash)
	if err != nil && !conflict(err) {
		return err
	}
	if a.State != "pending" {
		return fault.New(fault.Conflict, "This account is active already. You can simply sign in.")
	}
	return y.Update(ctx, func(y store.System) error { return d.sendActivation(ctx, y, at, a) })
}

func (d *Desk) sendActivation(ctx context.Context, y store.System, at Where, a store.Account) error {
	n, token, code, err := d.codedLink(secret.Activation, at.Portal, store.ActivationLife)
	if err != nil {
		return err
	}
	id, err := y.AddLink(ctx, a, n)
	if err != nil {
		return err
	}
	base, err := d.link(ctx, at.Path)
	if err != nil {
		return err
	}
	link := base + "/activate/" + token
	m := mailtext.Activation{Username: a.Email, Link: link, Code: code, CodePage: base + "/code", Life: mailtext.Life{For: store.ActivationLife, Until: y.Now().Add(store.ActivationLife)}, Again: true}
	if at.Portal != 0 {
		m.Portal = at.Sender
	}
	_, err = d.postFor(ctx, y, a.Provider, m, a, store.Draft{Link: link, Code: code, Portal: at.Portal, Token: id})
	return err
}
