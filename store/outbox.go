package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"strings"
	"time"
)

// Mail is a letter in the outbox: a row written in the transaction that caused
// it, sent by the mailer, kept with what the server said.
type Mail struct {
	ID         MailID
	Provider   ProviderID
	Kind       string // activation, invitation, reset, accepted …
	State      string // queued, sending, sent, deferred, failed, held, cancelled
	To, ToName string
	FromName   string
	ReplyTo    string
	Subject    string
	Text, HTML string
	Link       string // while it is not sent: the link in it, for copying
	MessageID  string // fixed here, so that a repeated attempt is the same letter
	Attempts   int64
	NextAt     time.Time
	Stage      string // where the last attempt failed
	Reply      string // the server's own words
	CreatedAt  time.Time
	SentAt     time.Time
}

// Draft is a letter about to be put into the outbox.
type Draft struct {
	Kind, To, ToName, FromName, ReplyTo string
	Subject, Text, HTML, Link           string
	Domain                              string // of the Message-ID: the base URL's host
	User                                UserID
	Portal                              PortalID
	Invitation                          InvitationID
	Token                               TokenID
}

const mailColumns = `o.id, o.provider_id, o.kind, o.state, o.recipient, o.recipient_name, o.from_name, o.reply_to, o.subject, o.body_text, o.body_html,
	o.link, o.message_id, o.attempts, o.next_at, o.stage, o.reply, o.created_at, o.sent_at`

func (m *Mail) row(r *row) {
	m.ID, m.Provider, m.Kind, m.State = MailID(r.int()), ProviderID(r.int()), r.str(), r.str()
	m.To, m.ToName, m.FromName, m.ReplyTo, m.Subject, m.Text, m.HTML = r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	m.Link, m.MessageID, m.Attempts, m.NextAt, m.Stage, m.Reply, m.CreatedAt, m.SentAt = r.str(), r.str(), r.int(), r.unix(), r.str(), r.str(), r.unix(), r.unix()
}

// Mail puts a letter into the outbox, in the running transaction.
func (s Staff) Mail(ctx context.Context, d Draft) (MailID, error) {
	if err := s.Can(OutboxSend); err != nil {
		return 0, err
	}
	return s.enqueue(ctx, d)
}

// Mail puts a letter into the outbox, in the running transaction.
func (c Client) Mail(ctx context.Context, d Draft) (MailID, error) {
	if err := c.Can(OutboxSend); err != nil {
		return 0, err
	}
	return c.enqueue(ctx, d)
}

// MailFor puts a letter of a provider into the outbox when nobody is signed
// in: a password reset, an accepted invitation.
func (y System) MailFor(ctx context.Context, provider ProviderID, d Draft) (id MailID, err error) {
	err = y.Update(ctx, func(y System) error {
		s, err := y.Provider(ctx, provider)
		if err == nil {
			id, err = s.enqueue(ctx, d)
		}
		return err
	})
	return id, err
}

func (s scope) enqueue(ctx context.Context, d Draft) (id MailID, err error) {
	messageID, err := newMessageID(s.db.rand, d.Domain)
	if err != nil {
		return 0, err
	}
	err = s.update(ctx, func(s scope) error {
		return s.db.query(ctx, s.conn, `INSERT INTO outbox (provider_id, kind, user_id, portal_id, invitation_id, token_id, recipient, recipient_name, from_name, reply_to,
				subject, body_text, body_html, link, message_id, next_at, created_at)
			VALUES (:provider, :kind, :to_user, :to_portal, :invitation, :token, :to, :to_name, :from_name, :reply_to, :subject, :text, :html, :link, :mid, :now, :now) RETURNING id`,
			s.binder([]int{0, 7}, []arg{p(":kind", d.Kind), p(":to_user", orNull(d.User)), p(":to_portal", orNull(d.Portal)), p(":invitation", orNull(d.Invitation)),
				p(":token", orNull(d.Token)), p(":to", d.To), p(":to_name", d.ToName), p(":from_name", d.FromName), p(":reply_to", d.ReplyTo),
				p(":subject", d.Subject), p(":text", d.Text), p(":html", d.HTML), p(":link", d.Link), p(":mid", messageID)}),
			func(r *row) error { id = MailID(r.int()); return nil })
	})
	return id, err
}

func newMessageID(chance io.Reader, domain string) (string, error) {
	if chance == nil {
		chance = rand.Reader
	}
	b := make([]byte, 16)
	if _, err := io.ReadFull(chance, b); err != nil {
		return "", err
	}
	if domain == "" {
		domain = "gatehouse.invalid"
	}
	return "<" + hex.EncodeToString(b) + "@" + strings.TrimSpace(domain) + ">", nil
}
