package desk

import (
	"context"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// InviteColleague lets a portal admin bring somebody into its own portal: the
// letter is in the portal's brand and says who invited.
func (d *Desk) InviteColleague(ctx context.Context, c store.Client, n store.NewClient) (out store.ClientAdded, err error) {
	if store.CheckEmail(n.Email) == nil {
		if err := d.allowColleagueMail(ctx, c, n.Email); err != nil {
			return out, err
		}
	}
	l, token, code, err := d.codedLink(secret.Activation, 0, store.ActivationLife)
	if err != nil {
		return out, err
	}
	n.Hash, n.Code = l.Hash, l.Code
	err = c.Update(ctx, func(c store.Client) error {
		if out, err = c.InviteColleague(ctx, n); err != nil {
			return err
		}
		return d.welcome(ctx, c, out, c.Me().Name, token, code)
	})
	return out, err
}

// allowColleagueMail keeps invitations from becoming a way to write to
// strangers in the provider's name.
func (d *Desk) allowColleagueMail(ctx context.Context, c store.Client, email string) error {
	return d.db.System("invitation", store.Origin{}).Attempt(ctx,
		store.Throttle{Key: clipKey("colleague-mail:" + c.Window().Slug + ":" + store.FoldEmail(email)), Most: 5, Window: time.Hour, Pause: time.Hour},
		store.Throttle{Key: "colleague-mail:" + c.Window().Slug, Most: 60, Window: time.Hour, Pause: 10 * time.Minute})
}

// SetColleagueState switches a colleague's access off or on; who loses it is
// told.
func (d *Desk) SetColleagueState(ctx context.Context, c store.Client, m store.Colleague, on bool) error {
	return c.Update(ctx, func(c store.Client) error {
		if err := c.SetColleagueState(ctx, m.ID, on); err != nil || on || m.Status() != "active" {
			return err
		}
		return d.tellOff(ctx, c, store.Account{ID: m.User, Name: m.Name, Email: m.Email}, m.Portal, m.PortalName, m.CustomerName)
	})
}

// SendColleagueLink sends a colleague the one link that fits: the activation
// while that is pending, else the one for a new password.
func (d *Desk) SendColleagueLink(ctx context.Context, c store.Client, id store.MembershipID, from store.Origin) (activation bool, err error) {
	y := d.db.System("a colleague's link", from)
	if err := y.Attempt(ctx, store.Throttle{Key: "colleague-link:" + itoa(int64(id)), Most: 5, Window: time.Hour, Pause: time.Hour}); err != nil {
		return false, err
	}
	a, pending, err := c.ColleagueLink(ctx, id)
	if err != nil {
		return false, err
	}
	w := c.Window()
	at := Where{Provider: a.Provider, Portal: c.Here(), Path: "/portal/" + w.Slug, Sender: w.Name}
	if !pending {
		return false, d.sendReset(ctx, y, at, a, store.Origin{})
	}
	return true, y.Update(ctx, func(y store.System) error { return d.sendActivation(ctx, y, at, a) })
}
