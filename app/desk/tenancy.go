package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
)

// landlord is whoever opens providers: an operator, or the first set-up.
type landlord interface {
	AddAdmin(ctx context.Context, to store.ProviderID, n store.NewUser) (store.Account, error)
	AddLink(ctx context.Context, a store.Account, n store.NewLink) (store.TokenID, error)
	MailFor(ctx context.Context, provider store.ProviderID, d store.Draft) (store.MailID, error)
	Letterhead(ctx context.Context, of store.ProviderID) (store.Letterhead, error)
	Now() time.Time
}

// OpenProvider makes a provider with its first admin and puts the activation
// letter into the outbox. link is what the letter holds, for copying.
func (d *Desk) OpenProvider(ctx context.Context, o store.Operator, n store.NewProvider, admin store.NewUser) (link string, err error) {
	err = o.Update(ctx, func(o store.Operator) error {
		id, err := o.AddProvider(ctx, n)
		if err != nil {
			return err
		}
		admin.Owner = true
		link, err = d.addAdmin(ctx, o, id, admin, o.Me().Name)
		return prefixed("admin_", err)
	})
	return link, err
}

// AddAdmin gives a provider one more admin, with an activation letter.
func (d *Desk) AddAdmin(ctx context.Context, o store.Operator, to store.ProviderID, admin store.NewUser) (link string, err error) {
	err = o.Update(ctx, func(o store.Operator) error {
		link, err = d.addAdmin(ctx, o, to, admin, o.Me().Name)
		return prefixed("admin_", err)
	})
	return link, err
}

// SendActivation sends an admin who has not come yet a new activation letter.
// The link of the one before is void.
func (d *Desk) SendActivation(ctx context.Context, o store.Operator, a store.Account) (link string, err error) {
	err = o.Update(ctx, func(o store.Operator) error {
		if link, err = d.activate(ctx, o, a, o.Me().Name, true); err != nil {
			return err
		}
		return o.Note(ctx, "provider.activation", "provider", a.Email, nil)
	})
	return link, err
}

func (d *Desk) addAdmin(ctx context.Context, l landlord, to store.ProviderID, n store.NewUser, by string) (link string, err error) {
	a, err := l.AddAdmin(ctx, to, n)
	if err != nil {
		return "", err
	}
	return d.activate(ctx, l, a, by, false)
}

func (d *Desk) activate(ctx context.Context, l landlord, a store.Account, by string, again bool) (link string, err error) {
	on, err := l.Letterhead(ctx, a.Provider)
	if err != nil {
		return "", err
	}
	n, token, code, err := d.codedLink(secret.Activation, 0, store.ActivationLife)
	if err != nil {
		return "", err
	}
	door := on.BaseURL + "/admin/" + on.Slug
	link = door + "/activate/" + token
	id, err := l.AddLink(ctx, a, n)
	if err != nil {
		return "", err
	}
	m := mailtext.Activation{InvitedBy: by, Username: a.Email, Link: link, Code: code, CodePage: door + "/code", Life: mailtext.Life{For: store.ActivationLife, Until: l.Now().Add(store.ActivationLife)}, Again: again}
	_, err = l.MailFor(ctx, a.Provider, letterTo(on, a, m, store.Draft{Link: link, Code: code, Token: id}))
	return link, err
}

// ChangePlan changes what a provider may share, and tells its admins which of
// their portals lose or get back what.
func (d *Desk) ChangePlan(ctx context.Context, o store.Operator, of store.Provider, features []store.Feature) (ch store.PlanChange, err error) {
	err = o.Update(ctx, func(o store.Operator) error {
		if ch, err = o.SetPlan(ctx, of, features); err != nil || len(ch.Portals) == 0 {
			return err
		}
		on, err := o.Letterhead(ctx, of.ID)
		if err != nil {
			return err
		}
		all, err := o.Settings(ctx)
		if err != nil {
			return err
		}
		for _, a := range ch.Admins {
			m := planLetter(ch, all)
			if _, err := o.MailFor(ctx, of.ID, letterTo(on, a, m, store.Draft{})); err != nil {
				return err
			}
		}
		return nil
	})
	return ch, err
}

func planLetter(ch store.PlanChange, settings map[string]string) mailtext.PlanChanged {
	m := mailtext.PlanChanged{Lost: labelsOf(ch.Lost), Back: labelsOf(ch.Back), Contact: settings[store.SetContactMail]}
	for _, p := range ch.Portals {
		m.Portals = append(m.Portals, mailtext.PlanPortal{Customer: p.Customer, Lost: labelsOf(p.Lost), Back: labelsOf(p.Back)})
	}
	return m
}

// labelsOf are the words of features as people tick them.
func labelsOf(features []store.Feature) (labels []string) {
	for _, f := range features {
		for _, i := range store.Features {
			if i.Feature == f {
				labels = append(labels, i.Label)
			}
		}
	}
	return labels
}
