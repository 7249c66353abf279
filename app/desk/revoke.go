package desk

import (
	"context"

	"gatehouse/app/mailtext"
	"gatehouse/store"
)

// RevokeInvitation voids an invitation and writes to whoever was sent it.
func (d *Desk) RevokeInvitation(ctx context.Context, s store.Staff, id store.InvitationID) error {
	return s.Update(ctx, func(s store.Staff) error {
		was, err := s.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if err := s.Revoke(ctx, id); err != nil {
			return err
		}
		mails, err := s.MailsOfInvitations(ctx, id)
		if err != nil {
			return err
		}
		sent := false
		for _, m := range mails[id] {
			sent = sent || m.State == "sent"
		}
		if !sent || !was.RevokedAt.IsZero() || was.Replaced {
			return nil // nobody got the link by mail
		}
		o, err := s.Portal(ctx, was.Portal)
		if err != nil {
			return err
		}
		_, err = d.post(ctx, s, mailtext.InvitationRevoked{RevokedBy: s.Me().Name, Customer: o.CustomerName, At: s.Now()}, store.Account{Name: was.Name, Email: was.Email},
			store.Draft{Portal: was.Portal, Invitation: id})
		return err
	})
}

// TellUsername writes to somebody whose user name an admin has changed from
// old.
func (d *Desk) TellUsername(ctx context.Context, s store.Staff, user store.UserID, old, now string) error {
	a, err := s.Account(ctx, user)
	if err != nil {
		return err
	}
	door, err := d.db.System("user name", store.Origin{}).DoorOf(ctx, a, 0)
	if err != nil {
		return err
	}
	link, err := d.link(ctx, door.Path()+"/sign-in")
	if err != nil {
		return err
	}
	_, err = d.post(ctx, s, mailtext.UsernameChanged{By: s.Me().Name, Old: old, New: now, Email: a.Email, At: s.Now(), Link: link}, a, store.Draft{Portal: door.Portal})
	return err
}
