package store

import (
	"context"
	"time"
)

// InvitationMail is what became of the newest letter of an invitation.
type InvitationMail struct {
	Invitation   InvitationID
	ID           MailID
	State        string // queued, sending, sent, deferred, failed, held, cancelled
	To           string
	Stage, Reply string // where the last attempt failed, in the server's own words
	Link         string // while it is not sent, for those who may have it
	CreatedAt    time.Time
	SentAt       time.Time
}

func (m *InvitationMail) row(r *row) {
	m.Invitation, m.ID, m.State, m.To, m.Stage, m.Reply, m.Link = InvitationID(r.int()), MailID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str()
	m.CreatedAt, m.SentAt = r.unix(), r.unix()
}

// InvitationMails reads the newest letter of each invitation of a portal.
func (s Staff) InvitationMails(ctx context.Context, of PortalID) (map[InvitationID]InvitationMail, error) {
	all, err := list(ctx, s.scope, (*InvitationMail).row, `SELECT m.invitation_id, m.id, m.state, m.recipient, m.stage, m.reply, m.link, m.created_at, m.sent_at
		FROM {outbox} m WHERE m.portal_id = :of AND m.invitation_id IS NOT NULL ORDER BY m.id DESC LIMIT 500`, p(":of", of))
	out := make(map[InvitationID]InvitationMail, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		if !s.May(OutboxLink) {
			all[i].Link = ""
		}
		out[all[i].Invitation] = all[i]
	}
	return out, err
}
