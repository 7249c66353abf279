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
	Link       string // for the mailer only; people get it by RevealLink
	Quit       string // the way out of letters of its kind; for the mailer only
	HasLink    bool   // it holds a link that works, or worked, and was not sent
	MessageID  string // fixed here, so that a repeated attempt is the same letter
	Attempts   int64
	NextAt     time.Time // when it is due; while sending: when its claim ends
	Stage      string    // where the last attempt failed, or why it waits
	Reply      string    // the server's own words, or ours
	Hint       string    // what somebody can do about it
	CreatedAt  time.Time
	SentAt     time.Time
	User       UserID
	Portal     PortalID
	Invitation InvitationID
}

// Draft is a letter about to be put into the outbox.
type Draft struct {
	Kind, To, ToName, FromName, ReplyTo string
	Subject, Text, HTML, Link           string
	Code                                string      // the six digits in it, struck out of it with the link
	Quit                                string      // the way out of letters of its kind
	Jobs                                []JobID     // what it tells about: asked for again before it leaves
	Lines                               []DraftLine // of a daily summary
	Domain                              string      // of the Message-ID: the base URL's host
	User                                UserID
	Portal                              PortalID
	Invitation                          InvitationID
	Token                               TokenID
}

// LinkRemoved stands where the link was in a letter that has left, so that
// what is kept opens nothing.
const LinkRemoved = `(link removed after sending)`

// struck takes what opens something out of a letter for good: the link, the
// code and the way out of letters of its kind.
const struck = `link = '', code = '', quit = '', body_text = replace(replace(replace(body_text, quit, '` + LinkRemoved + `'), link, '` + LinkRemoved + `'), code, '` + hiddenCode + `'),
	body_html = replace(replace(replace(replace(replace(body_html, 'href="' || quit || '"', 'href="#"'), quit, '` + LinkRemoved + `'), 'href="' || link || '"', 'href="#"'), link, '` + LinkRemoved + `'), code, '` + hiddenCode + `')`

// hiddenCode stands where six digits were.
const hiddenCode = `······`

// mailFacts is a letter without what it says.
const mailFacts = `o.id, o.provider_id, o.kind, o.state, o.recipient, o.recipient_name, o.from_name, o.reply_to, o.subject,
	o.link <> '', o.message_id, o.attempts, o.next_at, o.stage, o.reply, o.hint, o.created_at, o.sent_at, coalesce(o.user_id, 0), coalesce(o.portal_id, 0), coalesce(o.invitation_id, 0)`

func (m *Mail) row(r *row) {
	m.ID, m.Provider, m.Kind, m.State = MailID(r.int()), ProviderID(r.int()), r.str(), r.str()
	m.To, m.ToName, m.FromName, m.ReplyTo, m.Subject = r.str(), r.str(), r.str(), r.str(), r.str()
	m.HasLink, m.MessageID, m.Attempts, m.NextAt, m.Stage, m.Reply, m.Hint = r.bool(), r.str(), r.int(), r.unix(), r.str(), r.str(), r.str()
	m.CreatedAt, m.SentAt, m.User, m.Portal, m.Invitation = r.unix(), r.unix(), UserID(r.int()), PortalID(r.int()), InvitationID(r.int())
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

// mailIsOn is true while the appliance has a mail server. Until then letters
// are held, and their links can be copied.
const mailIsOn = `EXISTS (SELECT 1 FROM settings WHERE name = '` + SetMailHost + `' AND value <> '')`

func (s scope) enqueue(ctx context.Context, d Draft) (id MailID, err error) {
	messageID, err := newMessageID(s.db.rand, d.Domain)
	if err != nil {
		return 0, err
	}
	err = s.update(ctx, func(s scope) error {
		err := s.db.query(ctx, s.conn, `INSERT INTO outbox (provider_id, kind, user_id, portal_id, invitation_id, token_id, recipient, recipient_name, from_name, reply_to,
				subject, body_text, body_html, link, code, quit, message_id, next_at, created_at, state)
			VALUES (:provider, :kind, :to_user, :to_portal, :invitation, :token, :to, :to_name, :from_name, :reply_to, :subject, :text, :html, :link, :code, :quit, :mid, :now, :now, CASE WHEN `+mailIsOn+` THEN 'queued' ELSE 'held' END) RETURNING id`,
			s.binder([]int{0, 7}, []arg{p(":kind", d.Kind), p(":to_user", orNull(d.User)), p(":to_portal", orNull(d.Portal)), p(":invitation", orNull(d.Invitation)),
				p(":token", orNull(d.Token)), p(":to", d.To), p(":to_name", d.ToName), p(":from_name", d.FromName), p(":reply_to", d.ReplyTo),
				p(":subject", d.Subject), p(":text", d.Text), p(":html", d.HTML), p(":link", d.Link), p(":code", d.Code), p(":quit", d.Quit), p(":mid", messageID)}),
			func(r *row) error { id = MailID(r.int()); return nil })
		if err != nil {
			return err
		}
		for _, job := range d.Jobs {
			if err := s.db.query(ctx, s.conn, `INSERT INTO outbox_jobs (provider_id, mail_id, job_id) VALUES (:provider, :mail, :job)`, s.binder([]int{0}, []arg{p(":mail", id), p(":job", job)}), func(*row) error { return nil }); err != nil {
				return err
			}
		}
		return s.keepLines(ctx, id, d.Lines)
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
