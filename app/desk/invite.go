package desk

import (
	"context"
	"strings"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Link is a link that was just made. It is shown in full this once; the file
// keeps its hash alone.
type Link struct {
	URL        string
	Invitation store.InvitationID
	Portal     store.Portal
	Email      string // where it was mailed; "" when it was only made
	Until      time.Time
}

// Invite makes a link into a portal and, if mail is set, a letter with it.
func (d *Desk) Invite(ctx context.Context, s store.Staff, to store.PortalID, e store.InviteEdit, mail bool) (link Link, err error) {
	if mail {
		if strings.TrimSpace(e.Email) == "" {
			return link, fault.Field("email", "Give the e-mail address to send the invitation to, or copy the link instead.")
		}
		if err := d.allowMail(ctx, s, e.Email); err != nil {
			return link, err
		}
	}
	err = s.Update(ctx, func(s store.Staff) error {
		link, err = d.invite(ctx, s, to, e, "invitation")
		if err != nil || !mail {
			return err
		}
		return d.mailInvitation(ctx, s, &link, false)
	})
	return link, err
}

// allowMail keeps invitations from becoming a way to write to strangers (S24).
func (d *Desk) allowMail(ctx context.Context, s store.Staff, email string) error {
	provider := itoa(int64(s.Home().ID))
	return d.db.System("invitation", store.Origin{}).Within(s).Attempt(ctx,
		store.Throttle{Key: clipKey("invite-mail:" + provider + ":" + store.FoldEmail(email)), Most: 5, Window: time.Hour, Pause: time.Hour},
		store.Throttle{Key: "invite-mail:" + provider, Most: 500, Window: time.Hour, Pause: 10 * time.Minute})
}

func (d *Desk) invite(ctx context.Context, s store.Staff, to store.PortalID, e store.InviteEdit, kind string) (Link, error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Invitation)
	id, err := s.Invite(ctx, to, store.NewInvitation{InviteEdit: e, Kind: kind, Hash: hash, Hint: hint(token)})
	if err != nil {
		return Link{}, err
	}
	return d.linkTo(ctx, s, id, token)
}

// hint is enough of a token to tell one from another.
func hint(token string) string { return token[len(token)-4:] }

func (d *Desk) linkTo(ctx context.Context, s store.Staff, id store.InvitationID, token string) (Link, error) {
	i, err := s.Invitation(ctx, id)
	if err != nil {
		return Link{}, err
	}
	o, err := s.Portal(ctx, i.Portal)
	if err != nil {
		return Link{}, err
	}
	url, err := d.link(ctx, "/portal/"+o.Slug+"/invitation/"+token)
	return Link{URL: url, Invitation: id, Portal: o, Until: i.ExpiresAt}, err
}

// inviteActivation makes the link of the quick way and the letter with it.
func (d *Desk) inviteActivation(ctx context.Context, s store.Staff, o store.Portal, c store.Customer) (Link, error) {
	link, err := d.invite(ctx, s, o.ID, store.InviteEdit{Email: c.Email, Role: "admin"}, "activation")
	if err == nil {
		err = d.mailInvitation(ctx, s, &link, false)
	}
	return link, err
}

// ResendInvitation replaces an invitation by a new link for the same person,
// and mails it if mail is set.
func (d *Desk) ResendInvitation(ctx context.Context, s store.Staff, id store.InvitationID, mail bool) (link Link, err error) {
	was, err := s.Invitation(ctx, id)
	if err != nil {
		return link, err
	}
	if mail = mail && was.Email != ""; mail {
		if err := d.allowMail(ctx, s, was.Email); err != nil {
			return link, err
		}
	}
	err = s.Update(ctx, func(s store.Staff) error {
		link, err = d.resend(ctx, s, was, mail)
		return err
	})
	return link, err
}

func (d *Desk) resend(ctx context.Context, s store.Staff, was store.Invitation, mail bool) (Link, error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Invitation)
	id, err := s.Resend(ctx, was.ID, hash, hint(token))
	if err != nil {
		return Link{}, err
	}
	link, err := d.linkTo(ctx, s, id, token)
	if err == nil && mail {
		err = d.mailInvitation(ctx, s, &link, true)
	}
	return link, err
}

// mailInvitation puts the letter with a link into the outbox, in the
// transaction that made the link.
func (d *Desk) mailInvitation(ctx context.Context, s store.Staff, link *Link, again bool) error {
	i, err := s.Invitation(ctx, link.Invitation)
	if err != nil {
		return err
	}
	members, err := s.Members(ctx, i.Portal)
	if err != nil {
		return err
	}
	link.Email = i.Email
	_, err = d.post(ctx, s, invitationLetter(s, i, *link, again, len(members) > 0), store.Account{Name: i.Name, Email: i.Email},
		store.Draft{Link: link.URL, Portal: i.Portal, Invitation: i.ID})
	return err
}

func invitationLetter(s store.Staff, i store.Invitation, link Link, again, joins bool) mailtext.Content {
	life := mailtext.Life{For: store.InvitationLife, Until: link.Until}
	if i.Kind == "activation" {
		return mailtext.Activation{InvitedBy: s.Me().Name, Portal: link.Portal.Name, Username: i.Email, Link: link.URL, Life: life, Again: again}
	}
	p := mailtext.PortalInvitation{InvitedBy: s.Me().Name, Customer: link.Portal.CustomerName, Portal: link.Portal.Name, Areas: areaNames(link.Portal),
		Joins: joins, Link: link.URL, Life: life}
	if again {
		return mailtext.InvitationResent(p)
	}
	return p
}

func areaNames(o store.Portal) (names []string) {
	for _, i := range store.Features {
		if i.Kind == "app" && o.Shares[i.Feature] {
			names = append(names, i.Label)
		}
	}
	return names
}
