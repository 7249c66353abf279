package desk

import (
	"context"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ClientWay is how a person gets its sign-in.
type ClientWay struct {
	First    bool   // a first password is set, and changed at the first sign-in
	Password string // as typed
}

// AddClient gives a person of a customer access, directly: with an activation
// letter, or with a first password that is never mailed. Somebody known gets
// the added access and a notice. Everything wrong with it is said at once.
func (d *Desk) AddClient(ctx context.Context, s store.Staff, once string, n store.NewClient, way ClientWay) (out store.ClientAdded, err error) {
	if err := d.checkClient(ctx, s, &n, way); err != nil {
		return out, err
	}
	if err := d.allowMail(ctx, s, n.Email); err != nil {
		return out, err
	}
	token, code := "", ""
	if way.First {
		if n.Password, err = secret.Hash(ctx, way.Password); err != nil {
			return out, err
		}
	} else {
		l, t, c, err := d.codedLink(secret.Activation, 0, store.ActivationLife)
		if err != nil {
			return out, err
		}
		n.Hash, n.Code, token, code = l.Hash, l.Code, t, c
	}
	user, err := s.Once(ctx, once, func(s store.Staff) (int64, error) {
		if out, err = s.AddClient(ctx, n); err != nil {
			return 0, err
		}
		return int64(out.User), d.welcome(ctx, s, out, s.Me().Name, token, code)
	})
	out.User = store.UserID(user)
	return out, err
}

// checkClient reports what is wrong with a new client and its first password.
func (d *Desk) checkClient(ctx context.Context, s store.Staff, n *store.NewClient, way ClientWay) error {
	bad := fault.Problems{}
	if err := n.Validate(); err != nil {
		for field, says := range fault.Fields(err) {
			bad.Add(field, "%s", says)
		}
	}
	if way.First {
		if err := mayFirstPassword(ctx, s); err != nil {
			return err
		}
		if err := d.checkPassword(ctx, d.db.System("first password", store.Origin{}), Where{Provider: s.Home().ID, Names: []string{s.Home().Name, s.Home().Slug}}, way.Password, n.Name, n.Email); err != nil {
			bad.Add("password", "%s", fault.Says(err))
		}
	}
	return bad.Err()
}

// mayFirstPassword is nil while the provider lets its admins set passwords.
func mayFirstPassword(ctx context.Context, s store.Staff) error {
	own, err := s.OwnSettings(ctx)
	if err == nil && own[store.OwnFirstPassword] == "no" {
		err = fault.Field("way", "Your settings do not let admins set a first password. Send an activation e-mail instead.")
	}
	return err
}

// welcome writes to whoever was given access: with a link to set a password,
// or, to somebody who has one, a notice. A first password is never mailed.
func (d *Desk) welcome(ctx context.Context, s poster, got store.ClientAdded, by, token, code string) error {
	o := got.Portal
	switch {
	case got.Token != 0:
		door, err := d.link(ctx, "/portal/"+o.Slug)
		if err != nil {
			return err
		}
		link := door + "/activate/" + token
		m := mailtext.Activation{InvitedBy: by, Portal: o.Name, Username: got.Account.Email, Link: link, Code: code, CodePage: door + "/code", Life: mailtext.Life{For: store.ActivationLife, Until: s.Now().Add(store.ActivationLife)}}
		_, err = d.post(ctx, s, m, got.Account, store.Draft{Link: link, Code: code, Portal: o.ID, Token: got.Token})
		return err
	case got.Existed && got.State == "active":
		link, err := d.link(ctx, "/portal/"+o.Slug)
		if err != nil {
			return err
		}
		_, err = d.post(ctx, s, mailtext.AccessAdded{By: by, Portal: portalTitle(o), Username: got.Account.Email, Link: link}, got.Account, store.Draft{Link: link, Portal: o.ID})
		return err
	}
	return nil
}

// portalTitle tells the portals of one provider apart.
func portalTitle(o store.Portal) string {
	if o.CustomerName == "" || o.CustomerName == o.Name {
		return o.Name
	}
	return o.Name + " (" + o.CustomerName + ")"
}

// InviteClient makes an invitation link into a customer's portal, which is
// opened underneath if need be. The link is handed over by whoever made it, and
// carries the roles, the groups and the view that its taker begins with.
func (d *Desk) InviteClient(ctx context.Context, s store.Staff, n store.NewClient) (link Link, err error) {
	err = s.Update(ctx, func(s store.Staff) error {
		o, err := s.OpenPortalFor(ctx, n.Customer)
		if err != nil {
			return err
		}
		link, err = d.invite(ctx, s, o.ID, store.InviteEdit{Name: n.Name, Email: n.Email, Gives: &n.MembershipEdit}, "invitation")
		return err
	})
	return link, err
}

// SetClientPassword gives a client a password that somebody else chose, where
// the provider allows that. It has to be changed at the next sign-in, and the
// person is told that it was set, never what it is.
func (d *Desk) SetClientPassword(ctx context.Context, s store.Staff, id store.UserID, password string, from store.Origin) error {
	if err := s.Can(store.UserPassword); err != nil {
		return err
	}
	c, err := s.ClientUser(ctx, id)
	if err != nil {
		return err
	}
	if err := mayFirstPassword(ctx, s); err != nil {
		return fault.Field("password", "%s", fault.Says(err))
	}
	if err := d.checkPassword(ctx, d.db.System("password", from), Where{Provider: s.Home().ID, Names: []string{s.Home().Name, s.Home().Slug}}, password, c.Name, c.Email); err != nil {
		return err
	}
	phc, err := secret.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.Update(ctx, func(s store.Staff) error {
		if err := s.SetClientPassword(ctx, id, phc); err != nil {
			return err
		}
		a, err := s.UserAccount(ctx, id)
		if err != nil {
			return err
		}
		_, err = d.post(ctx, s, mailtext.PasswordChanged{At: s.Now(), By: s.Me().Name}, a, store.Draft{})
		return err
	})
}

// SetMembershipState switches a person's access to one portal off or on; who
// loses it is told.
func (d *Desk) SetMembershipState(ctx context.Context, s store.Staff, m store.Membership, on bool) error {
	return s.Update(ctx, func(s store.Staff) error {
		if err := s.SetMembershipState(ctx, m.ID, on); err != nil || on || m.State == "disabled" {
			return err
		}
		a, err := s.UserAccount(ctx, m.User)
		if err != nil || a.State != "active" {
			return err
		}
		return d.tellOff(ctx, s, a, m.Portal, m.PortalName, m.CustomerName)
	})
}

func (d *Desk) tellOff(ctx context.Context, s poster, a store.Account, portal store.PortalID, name, customer string) error {
	title := portalTitle(store.Portal{PortalEdit: store.PortalEdit{Name: name}, CustomerName: customer})
	_, err := d.post(ctx, s, mailtext.AccountDisabled{Portal: title, At: s.Now()}, a, store.Draft{Portal: portal})
	return err
}
