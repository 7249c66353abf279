package store

import (
	"context"

	"gatehouse/store/fault"
)

// RevealLink returns the link of a letter that was not sent, for somebody to
// hand over by other means. The audit log keeps who did. A link that opens
// nothing any more is a Conflict that says why.
func (s Staff) RevealLink(ctx context.Context, id MailID) (link string, err error) {
	if err := s.Can(OutboxLink); err != nil {
		return "", err
	}
	err = s.Update(ctx, func(s Staff) error {
		m, err := one(ctx, s.scope, "letter", func(m *Mail, r *row) { m.row(r); m.Link = r.str() }, `SELECT `+mailFacts+`, o.link FROM {outbox} o WHERE o.id = :id`, p(":id", id))
		if err != nil {
			return err
		}
		if m.Link == "" {
			return fault.New(fault.Conflict, "There is no link in this letter. Links are removed once a letter was sent or cancelled.")
		}
		why, err := System{db: s.db, conn: s.conn, at: s.at}.stop(ctx, id)
		if err != nil {
			return err
		}
		if why.reason != "" {
			return fault.New(fault.Conflict, "This link opens nothing any more. %s", stops[why.reason])
		}
		link = m.Link
		return s.log(ctx, Line{Verb: OutboxLink, ID: int64(id), Label: m.Subject, Note: map[string]any{"to": m.To}})
	})
	return link, err
}

// RetryMail sends a letter again that failed or waits. One that is being sent,
// was sent or was cancelled is a Conflict.
func (s Staff) RetryMail(ctx context.Context, id MailID) error {
	if err := s.Can(OutboxRetry); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if _, err := s.unsent(ctx, id); err != nil {
			return err
		}
		state, err := s.MailState(ctx)
		if err != nil {
			return err
		}
		if state.Off {
			return fault.New(fault.Conflict, "Mail is switched off, so nothing can be sent. Whoever runs this appliance can enter a mail server.")
		}
		return s.change(ctx, OutboxRetry, "outbox", int64(id), set{"state", "queued"}, set{"next_at", s.Now()}, set{"attempts", 0}, set{"stage", ""}, set{"reply", ""}, set{"hint", ""})
	})
}

// CancelMail takes a letter that was not sent out of the queue, for good. What
// its link opens is not touched.
func (s Staff) CancelMail(ctx context.Context, id MailID) error {
	if err := s.Can(OutboxCancel); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if _, err := s.unsent(ctx, id); err != nil {
			return err
		}
		if err := s.change(ctx, OutboxCancel, "outbox", int64(id), set{"state", "cancelled"}, set{"stage", "by"}, set{"reply", s.actor}, set{"hint", ""}); err != nil {
			return err
		}
		_, err := s.write(ctx, OutboxCancel, `UPDATE <outbox> SET `+struck+` WHERE id = :id AND {mine:outbox}`, p(":id", id))
		return err
	})
}

// unsent reads a letter that can still be decided on.
func (s Staff) unsent(ctx context.Context, id MailID) (Mail, error) {
	m, err := one(ctx, s.scope, "letter", (*Mail).row, `SELECT `+mailFacts+` FROM {outbox} o WHERE o.id = :id`, p(":id", id))
	if err != nil {
		return m, err
	}
	switch m.State {
	case "sending":
		return m, fault.New(fault.Conflict, "This letter is being sent at this moment. Look again in a minute.")
	case "sent":
		return m, fault.New(fault.Conflict, "This letter was sent already.")
	case "cancelled":
		return m, fault.New(fault.Conflict, "This letter was cancelled. Make a new link instead.")
	}
	return m, nil
}

// dropped takes letters out of the queue, for good; a condition follows. What
// tells of an end stays.
const dropped = `SET state = 'cancelled', stage = 'stopped', hint = '', ` + struck + `, reply = :why WHERE state IN ('queued', 'deferred', 'held', 'failed') AND kind NOT IN ` + endings + ` AND `

// dropMail drops letters whose link was made void; why is one of stops.
func (s Staff) dropMail(ctx context.Context, v Verb, why, cond string, args ...arg) error {
	_, err := s.write(ctx, v, `UPDATE <outbox> `+dropped+cond+` AND {mine:outbox}`, append(args, p(":why", stops[why]))...)
	return err
}

// dropMail drops letters whose link is dead now.
func (y System) dropMail(ctx context.Context, of ProviderID, why, cond string, args ...arg) error {
	_, _, err := y.run(ctx, `UPDATE outbox `+dropped+`provider_id = :provider AND `+cond, append(args, p(":provider", of), p(":why", stops[why]))...)
	return err
}

// dropSpent drops the letters with links to a person that were used or
// replaced.
func (y System) dropSpent(ctx context.Context, of ProviderID, user UserID) error {
	for why, when := range map[string]string{"used": `used_at IS NOT NULL`, "superseded": `superseded_at IS NOT NULL`} {
		if err := y.dropMail(ctx, of, why, `user_id = :user AND token_id IN (SELECT id FROM user_tokens WHERE provider_id = :provider AND user_id = :user AND `+when+`)`, p(":user", user)); err != nil {
			return err
		}
	}
	return nil
}
