package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/store"
)

// SendFeedback keeps what somebody in a portal says about it, and writes to the
// provider's admins. Too much of it is Limited.
func (d *Desk) SendFeedback(ctx context.Context, c store.Client, page, text string, from store.Origin) error {
	return c.Update(ctx, func(c store.Client) error {
		y := d.db.System("feedback", from).Inside(c)
		f, err := c.SendFeedback(ctx, page, text)
		if err != nil {
			return err
		}
		if err := y.Attempt(ctx, store.Throttle{Key: "feedback:" + itoa(int64(c.Me().ID)), Most: 5, Window: time.Hour, Pause: time.Hour},
			store.Throttle{Key: "feedback-portal:" + itoa(int64(c.Here())), Most: 50, Window: time.Hour, Pause: time.Hour}); err != nil {
			return err
		}
		return d.tellFeedback(ctx, y, c.Window().ProviderSlug, f)
	})
}

func (d *Desk) tellFeedback(ctx context.Context, y store.System, slug string, f store.Feedback) error {
	link, err := d.link(ctx, "/admin/"+slug+"/feedback")
	if err != nil {
		return err
	}
	home, err := y.ProviderBySlug(ctx, slug)
	if err != nil {
		return err
	}
	admins, err := y.ProviderAdmins(ctx, home.ID)
	if err != nil {
		return err
	}
	for _, a := range admins {
		m := mailtext.Feedback{Who: f.Name, Email: f.Email, Customer: f.CustomerName, Page: f.Page, Text: f.Text, At: f.At, Link: link}
		if _, err := d.postFor(ctx, y, home.ID, m, a, store.Draft{Link: link}); err != nil {
			return err
		}
	}
	return nil
}
