package store

import (
	"context"
	"encoding/json"
	"slices"

	"gatehouse/store/fault"
)

// MailFilter narrows the outbox.
type MailFilter struct {
	State  string // "" all, or one of MailStates
	Search string // in recipient and subject
	After  string
}

// MailStates are what the outbox can be narrowed to.
var MailStates = []string{"queued", "deferred", "held", "failed", "sent", "cancelled"}

// Outbox lists letters, newest first, without their texts.
func (s Staff) Outbox(ctx context.Context, f MailFilter) (Page[Mail], error) {
	q := pageQuery[Mail]{columns: mailFacts, from: `{outbox} o`, id: `o.id`, sorts: map[string]string{"id": `o.id`}, sort: "-id", after: f.After,
		into: (*Mail).row, key: func(m *Mail, _ string) (any, int64) { return int64(m.ID), int64(m.ID) }}
	if f.State != "" {
		if !slices.Contains(MailStates, f.State) {
			return Page[Mail]{}, fault.New(fault.Invalid, "There is no such state of a letter.")
		}
		q.where(`o.state = :state`, p(":state", f.State))
	}
	q.like(f.Search, `o.recipient`, `o.recipient_name`, `o.subject`)
	return page(ctx, s.scope, q)
}

// hiddenLink stands in a letter where somebody reads it in the outbox: a link
// that works is a key, and is shown by RevealLink alone.
const hiddenLink = `(the link is hidden here)`

// Letter reads one letter with its texts. Its link is not in them.
func (s Staff) Letter(ctx context.Context, id MailID) (Mail, error) {
	return one(ctx, s.scope, "letter", func(m *Mail, r *row) { m.row(r); m.Text, m.HTML = r.str(), r.str() },
		`SELECT `+mailFacts+`, replace(replace(o.body_text, o.link, '`+hiddenLink+`'), o.code, '`+hiddenCode+`'),
			replace(replace(replace(o.body_html, 'href="' || o.link || '"', 'href="#"'), o.link, '`+hiddenLink+`'), o.code, '`+hiddenCode+`')
		FROM {outbox} o WHERE o.id = :id`, p(":id", id))
}

// MailState is how a provider's mail is doing.
type MailState struct {
	Off                     bool // the appliance has no mail server: letters are held
	Held, Deferred, Failed  int64
	Stage, Reply, HintWords string // why the mail server takes nothing at the moment, if so
}

// MailState counts, up to a thousand of each.
func (s Staff) MailState(ctx context.Context) (m MailState, err error) {
	m, err = one(ctx, s.scope, "mail", func(m *MailState, r *row) { m.Off, m.Held, m.Deferred, m.Failed = !r.bool(), r.int(), r.int(), r.int() }, `SELECT `+mailIsOn+`,
		(SELECT count(*) FROM (SELECT 1 FROM {outbox} o WHERE o.state = 'held' LIMIT 1000)),
		(SELECT count(*) FROM (SELECT 1 FROM {outbox} o WHERE o.state = 'deferred' LIMIT 1000)),
		(SELECT count(*) FROM (SELECT 1 FROM {outbox} o WHERE o.state = 'failed' LIMIT 1000))`)
	if err != nil || m.Deferred == 0 {
		return m, err
	}
	err = s.each(ctx, `SELECT o.stage, o.reply, o.hint FROM {outbox} o WHERE o.state = 'deferred' AND o.stage IN ('resolve', 'connect', 'greeting', 'tls', 'auth', 'from') ORDER BY o.id DESC LIMIT 1`,
		func(r *row) error { m.Stage, m.Reply, m.HintWords = r.str(), r.str(), r.str(); return nil })
	return m, err
}

// MailsOfInvitations reads the letters of invitations, newest first: what to
// show beside each. Who may not read the outbox gets none.
func (s Staff) MailsOfInvitations(ctx context.Context, ids ...InvitationID) (map[InvitationID][]Mail, error) {
	return mailsOf(ctx, s, `o.invitation_id`, ids, func(m Mail) InvitationID { return m.Invitation })
}

// MailsOfUsers reads the letters to people, newest first.
func (s Staff) MailsOfUsers(ctx context.Context, ids ...UserID) (map[UserID][]Mail, error) {
	return mailsOf(ctx, s, `o.user_id`, ids, func(m Mail) UserID { return m.User })
}

func mailsOf[K ~int64](ctx context.Context, s Staff, column string, ids []K, key func(Mail) K) (map[K][]Mail, error) {
	out := map[K][]Mail{}
	if !s.May(OutboxRead) || len(ids) == 0 {
		return out, nil
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, s.scope, (*Mail).row, `SELECT `+mailFacts+` FROM json_each(:ids) CROSS JOIN {outbox} o ON `+column+` = json_each.value ORDER BY o.id DESC LIMIT 1000`, p(":ids", string(asked)))
	for _, m := range all {
		out[key(m)] = append(out[key(m)], m)
	}
	return out, err
}
