package desk

import (
	"context"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// resetLife is how long a reset link works; the letter says the same.
const resetLife = 30 * time.Minute

// ForgotPassword puts a reset letter into the outbox if there is such an
// account behind the door. The caller says the same either way.
func (d *Desk) ForgotPassword(ctx context.Context, at Where, login string, from store.Origin) error {
	y := d.db.System("password reset", from)
	err := y.Attempt(ctx, store.Throttle{Key: clipKey("forgot:" + itoa(int64(at.Provider)) + ":" + store.FoldEmail(login)), Most: 3, Window: time.Hour, Pause: time.Hour},
		store.Throttle{Key: "forgot-ip:" + from.IP, Most: 30, Window: time.Hour, Pause: time.Hour})
	if err != nil {
		return err
	}
	a, err := y.Account(ctx, at.Provider, login)
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if ok, err := mayEnter(ctx, y, at, a); err != nil || !ok {
		return err
	}
	return d.sendReset(ctx, y, at, a)
}

func (d *Desk) sendReset(ctx context.Context, y store.System, at Where, a store.Account) error {
	token, hash := secret.NewToken(d.db.Rand(), secret.Reset)
	base, err := d.BaseURL(ctx)
	if err != nil {
		return err
	}
	link := base + at.Path + "/reset/" + token
	return y.Update(ctx, func(y store.System) error {
		id, err := y.AddToken(ctx, a, at.Portal, secret.Reset, hash, resetLife)
		if err != nil {
			return err
		}
		_, err = y.MailFor(ctx, a.Provider, store.Draft{Kind: "reset", To: a.Email, ToName: a.Name, FromName: at.Sender, Subject: "Set a new password", Text: link, HTML: link,
			Link: link, Domain: domain(base), User: a.ID, Portal: at.Portal, Token: id})
		return err
	})
}
