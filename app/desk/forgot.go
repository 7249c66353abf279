package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// forgotTakes is how long an answer to ForgotPassword takes at least: longer
// than a letter, so that nobody can tell by the time whether one was written.
const forgotTakes = 120 * time.Millisecond

// ForgotPassword puts a reset letter into the outbox if there is such an
// account behind the door. The caller says the same either way.
func (d *Desk) ForgotPassword(ctx context.Context, at Where, login string, from store.Origin) error {
	defer evenly(ctx)()
	return d.forgot(ctx, at, login, from)
}

// evenly begins to count the time that an answer takes at least; what it
// returns waits for the rest.
func evenly(ctx context.Context) (rest func()) {
	even := time.NewTimer(forgotTakes)
	return func() {
		select {
		case <-even.C:
		case <-ctx.Done():
		}
	}
}

func (d *Desk) forgot(ctx context.Context, at Where, login string, from store.Origin) error {
	y := d.db.System("password reset", from)
	err := y.Attempt(ctx, store.Throttle{Key: clipKey("forgot:" + itoa(int64(at.Provider)) + ":" + store.FoldEmail(login)), Most: 3, Window: time.Hour, Pause: time.Hour},
		store.Throttle{Key: "forgot-ip:" + network(from.IP), Most: 30, Window: time.Hour, Pause: time.Hour})
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
	return d.sendReset(ctx, y, at, a, from)
}

func (d *Desk) sendReset(ctx context.Context, y store.System, at Where, a store.Account, from store.Origin) error {
	n, token, code, err := d.codedLink(secret.Reset, at.Portal, store.ResetLife)
	if err != nil {
		return err
	}
	base, err := d.link(ctx, at.Path)
	if err != nil {
		return err
	}
	link := base + "/reset/" + token
	return y.Update(ctx, func(y store.System) error {
		id, err := y.AddLink(ctx, a, n)
		if err != nil {
			return err
		}
		m := mailtext.PasswordReset{At: y.Now(), Where: from.IP, Link: link, Code: code, CodePage: base + "/code", Life: mailtext.Life{For: store.ResetLife, Until: y.Now().Add(store.ResetLife)}}
		_, err = d.postFor(ctx, y, a.Provider, m, a, store.Draft{FromName: at.Sender, Link: link, Code: code, Portal: at.Portal, Token: id})
		return err
	})
}
