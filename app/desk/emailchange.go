package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// EmailChanger is whoever may change somebody's e-mail address: staff, a client
// (its own), the operator (store.Operator.Emails).
type EmailChanger interface {
	Account(ctx context.Context, user store.UserID) (store.Account, error)
	EmailChange(ctx context.Context, user store.UserID) (store.EmailChange, error)
	StartEmailChange(ctx context.Context, user store.UserID, n store.NewEmailChange, tell store.TellEmail) (store.EmailChange, error)
	RenewEmailChange(ctx context.Context, user store.UserID, n store.NewEmailChange, tell store.TellEmail) (store.EmailChange, error)
	CancelEmailChange(ctx context.Context, user store.UserID) error
	CorrectEmail(ctx context.Context, user store.UserID, email string, tell func(store.System, store.Account) error) error
}

// StartEmailChange asks for a new address of a person: a notice goes to the old
// one, code and link to the new one, and until the code was entered nothing
// changes. Of an account that is not activated yet the address changes at once,
// and the activation goes there. What is wrong is said at the field "email".
// It returns the new address that waits, the zero one if none has to.
func (d *Desk) StartEmailChange(ctx context.Context, who EmailChanger, user store.UserID, email string, from store.Origin) (store.EmailChange, error) {
	a, err := who.Account(ctx, user)
	if err != nil {
		return store.EmailChange{}, err
	}
	if err := d.allowChange(ctx, a, from); err != nil {
		return store.EmailChange{}, err
	}
	if a.State == "pending" {
		return store.EmailChange{}, who.CorrectEmail(ctx, user, email, func(y store.System, a store.Account) error { return d.activateAgain(ctx, y, a) })
	}
	n, door, tell, err := d.newEmailChange(ctx, a, from)
	if err != nil {
		return store.EmailChange{}, err
	}
	n.Email = email
	return who.StartEmailChange(ctx, user, n, func(y store.System, e store.EmailChange, a store.Account, link, stop store.TokenID) error {
		if err := d.tellOldAddress(ctx, y, e, a, door, tell); err != nil {
			return err
		}
		return d.tellNewAddress(ctx, y, e, a, door, tell, link)
	})
}

// OwnEmailChanger is somebody who changes its own address.
type OwnEmailChanger interface {
	Own
	EmailChanger
}

// StartOwnEmailChange is StartEmailChange for oneself, after checking the
// password: a borrowed browser must not take the account away.
func (d *Desk) StartOwnEmailChange(ctx context.Context, who OwnEmailChanger, current, email string, from store.Origin) (store.EmailChange, error) {
	if err := d.proveSelf(ctx, who, current, from); err != nil {
		return store.EmailChange{}, err
	}
	return d.StartEmailChange(ctx, who, who.Me().ID, email, from)
}

// OperatorContact is whom to ask for what only the operator can do, "" where
// the operator left nothing.
func (d *Desk) OperatorContact(ctx context.Context) (string, error) {
	return d.db.System("contact", store.Origin{}).Setting(ctx, store.SetContactMail)
}

// ResendEmailChange sends link and code to the new address once more; the ones
// before are void.
func (d *Desk) ResendEmailChange(ctx context.Context, who EmailChanger, user store.UserID, from store.Origin) (store.EmailChange, error) {
	a, err := who.Account(ctx, user)
	if err != nil {
		return store.EmailChange{}, err
	}
	if err := d.allowChange(ctx, a, from); err != nil {
		return store.EmailChange{}, err
	}
	n, door, tell, err := d.newEmailChange(ctx, a, from)
	if err != nil {
		return store.EmailChange{}, err
	}
	return who.RenewEmailChange(ctx, user, n, func(y store.System, e store.EmailChange, a store.Account, link, _ store.TokenID) error {
		return d.tellNewAddress(ctx, y, e, a, door, tell, link)
	})
}

// allowChange keeps changes of an address from becoming a way to write to
// strangers (S24).
func (d *Desk) allowChange(ctx context.Context, a store.Account, from store.Origin) error {
	return d.db.System("e-mail change", from).Attempt(ctx, store.Throttle{Key: "email-change:" + itoa(int64(a.ID)), Most: 6, Window: time.Hour, Pause: time.Hour})
}

// emailSecrets are what only the letters of a change hold.
type emailSecrets struct{ link, code, stop string }

func (d *Desk) newEmailChange(ctx context.Context, a store.Account, from store.Origin) (n store.NewEmailChange, door store.Entrance, out emailSecrets, err error) {
	if door, err = d.db.System("e-mail change", from).DoorOf(ctx, a, 0); err != nil {
		return n, door, out, err
	}
	n.Portal = door.Portal
	out.link, n.Link = secret.NewToken(d.db.Rand(), secret.EmailChange)
	out.stop, n.Stop = secret.NewToken(d.db.Rand(), secret.Objection)
	out.code = secret.NewCode(d.db.Rand())
	n.Code, err = secret.HashCode(out.code, n.Link)
	return n, door, out, err
}

// byName is who asked, as the letters say it: nobody when it was the person.
func byName(e store.EmailChange) string {
	if e.ByID == e.User {
		return ""
	}
	return e.By
}

func (d *Desk) tellOldAddress(ctx context.Context, y store.System, e store.EmailChange, a store.Account, door store.Entrance, s emailSecrets) error {
	link, err := d.link(ctx, door.Path()+"/email/stop/"+s.stop)
	if err != nil {
		return err
	}
	m := mailtext.EmailChangeOld{By: byName(e), OldEmail: e.Old, NewEmail: e.New, At: e.StartedAt, Link: link}
	if m.ContactAddress, err = d.contact(ctx, y, a); err != nil {
		return err
	}
	_, err = d.postFor(ctx, y, a.Provider, m, a, store.Draft{Link: link, Portal: door.Portal})
	return err
}

func (d *Desk) tellNewAddress(ctx context.Context, y store.System, e store.EmailChange, a store.Account, door store.Entrance, s emailSecrets, token store.TokenID) error {
	link, err := d.link(ctx, door.Path()+"/email/"+s.link)
	if err != nil {
		return err
	}
	m := mailtext.EmailChangeNew{By: byName(e), NewEmail: e.New, Code: s.code, Link: link, Life: mailtext.Life{For: store.EmailChangeLife, Until: e.ExpiresAt}}
	a.Email = e.New
	_, err = d.postFor(ctx, y, a.Provider, m, a, store.Draft{Link: link, Code: s.code, Portal: door.Portal, Token: token})
	return err
}

// contact is whom a person asks: clients and staff the provider's support, an
// owner whoever runs the appliance.
func (d *Desk) contact(ctx context.Context, y store.System, a store.Account) (string, error) {
	if a.Owner {
		return y.Setting(ctx, store.SetContactMail)
	}
	on, err := y.Letterhead(ctx, a.Provider)
	return on.Settings[store.OwnSupportEmail], err
}

// activateAgain sends the activation of an account to its new address.
func (d *Desk) activateAgain(ctx context.Context, y store.System, a store.Account) error {
	door, err := y.DoorOf(ctx, a, 0)
	if err != nil {
		return err
	}
	return d.sendActivation(ctx, y, Where{Provider: a.Provider, Portal: door.Portal, Path: door.Path(), Sender: door.ProviderName}, a)
}

// EmailChanging reads the change behind a link of either address, without using
// it. kind is secret.EmailChange or secret.Objection.
func (d *Desk) EmailChanging(ctx context.Context, at Where, kind, token string, from store.Origin) (store.EmailChange, error) {
	hash, err := secret.HashToken(token, kind)
	if err != nil {
		return store.EmailChange{}, err
	}
	e, t, _, err := d.db.System("e-mail change", from).EmailChangeBy(ctx, at.Provider, kind, hash)
	if fault.Of(err) == fault.NotFound || t.Portal != at.Portal {
		return store.EmailChange{}, notHere
	}
	return e, err
}

var notHere = fault.New(fault.NotFound, "This link is not for this address. Please open it exactly as you received it.")

// ConfirmEmail makes a new address count, for whoever holds its link and its
// code. A wrong code is said at the field "code"; five of them are a pause.
func (d *Desk) ConfirmEmail(ctx context.Context, at Where, token, code string, from store.Origin) (store.EmailChange, error) {
	hash, err := secret.HashToken(token, secret.EmailChange)
	if err != nil {
		return store.EmailChange{}, err
	}
	y := d.db.System("e-mail change", from)
	_, t, a, err := y.EmailChangeBy(ctx, at.Provider, secret.EmailChange, hash)
	if fault.Of(err) == fault.NotFound || t.Portal != at.Portal {
		return store.EmailChange{}, notHere
	}
	if err != nil {
		return store.EmailChange{}, err
	}
	link, err := d.checkCode(ctx, y, at, []store.Account{a}, a.Email, code, from, secret.EmailChange)
	if err != nil {
		return store.EmailChange{}, err
	}
	return y.ConfirmEmail(ctx, link.account, link.ID)
}

// StopEmailChange ends a change, for whoever reads the mail of the old address.
func (d *Desk) StopEmailChange(ctx context.Context, at Where, token string, from store.Origin) (store.EmailChange, error) {
	if _, err := d.EmailChanging(ctx, at, secret.Objection, token, from); err != nil {
		return store.EmailChange{}, err
	}
	hash, err := secret.HashToken(token, secret.Objection)
	if err != nil {
		return store.EmailChange{}, err
	}
	return d.db.System("e-mail change", from).StopEmailChange(ctx, at.Provider, hash)
}
