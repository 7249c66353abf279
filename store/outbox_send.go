package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// PerRecipient is how many letters of a provider one person gets within an
// hour at most; more of them wait.
const PerRecipient = 20

// MailQueue is what a mailer must know before it does anything.
type MailQueue struct {
	Due   time.Time // when the next letter is due, or the next claim ends; zero: none waits
	Waits bool      // some wait to be sent
	Held  bool      // some are held
}

// MailQueue looks at the outbox without writing.
func (y System) MailQueue(ctx context.Context) (MailQueue, error) {
	return sysOne(ctx, y, "queue", func(q *MailQueue, r *row) { q.Due, q.Waits, q.Held = r.unix(), r.bool(), r.bool() },
		`SELECT (SELECT min(next_at) FROM outbox WHERE state IN ('queued', 'deferred', 'sending')), EXISTS (SELECT 1 FROM outbox WHERE `+unsent+` AND state IN ('queued', 'deferred')), EXISTS (SELECT 1 FROM outbox WHERE `+unsent+` AND state = 'held')`)
}

// HoldMail keeps letters back while mail is off.
func (y System) HoldMail(ctx context.Context) error {
	_, _, err := y.run(ctx, `UPDATE outbox SET state = 'held', stage = '', reply = '', hint = '' WHERE `+unsent+` AND state IN ('queued', 'deferred')`)
	return err
}

// ReleaseMail lets held letters go. Whether each still makes sense is asked
// when its turn comes (MailStop).
func (y System) ReleaseMail(ctx context.Context) error {
	_, _, err := y.run(ctx, `UPDATE outbox SET state = 'queued', next_at = :now WHERE `+unsent+` AND state = 'held'`, p(":now", y.Now()))
	return err
}

// ResumeMail takes back what a mailer that is no more had claimed. Only one
// process has the file, so at its start every claim is of that kind.
func (y System) ResumeMail(ctx context.Context) error {
	_, _, err := y.run(ctx, `UPDATE outbox SET state = 'queued', next_at = :now WHERE `+unsent+` AND state = 'sending'`, p(":now", y.Now()))
	return err
}

// ClaimMail takes up to n letters that are due, oldest first, for the time of
// the lease; then they are anybody's again. What goes beyond the provider's
// day or the recipient's hour is deferred instead. No letters and no error
// means that none is due.
func (y System) ClaimMail(ctx context.Context, n int, lease time.Duration) (claimed []Mail, err error) {
	err = y.Update(ctx, func(y System) error {
		for {
			all, err := sysList(ctx, y, func(m *Mail, r *row) { m.row(r); m.Text, m.HTML, m.Link, m.Quit = r.str(), r.str(), r.str(), r.str() }, claim(n),
				p(":until", y.Now().Add(lease)), p(":now", y.Now()))
			if err != nil || len(all) == 0 {
				return err
			}
			slices.SortFunc(all, func(a, b Mail) int { return cmp.Compare(a.ID, b.ID) })
			if claimed, err = y.withinLimits(ctx, all); err != nil || len(claimed) > 0 {
				return err
			}
		}
	})
	return claimed, err
}

// claim is the statement that takes up to n letters that are due. RETURNING
// does not know an alias.
func claim(n int) string {
	return `UPDATE outbox SET state = 'sending', next_at = :until WHERE id IN (
	SELECT id FROM outbox WHERE state IN ('queued', 'deferred', 'sending') AND next_at <= :now ORDER BY next_at, id` + upTo(n) + `)
	RETURNING ` + strings.ReplaceAll(mailFacts, `o.`, ``) + `, body_text, body_html, link, quit`
}

const (
	dayIsFull  = "This provider's letters for today are used up. The letter leaves tomorrow."
	hourIsFull = "This person has had many letters within the hour. The letter leaves later."
)

// used is how many letters a limit has let through, those under way included.
type used struct{ most, n int64 }

func (u *used) more() bool { u.n++; return u.most == 0 || u.n <= u.most }

// withinLimits defers what goes beyond a limit and returns the rest.
func (y System) withinLimits(ctx context.Context, all []Mail) (rest []Mail, err error) {
	days, err := y.days(ctx, all)
	if err != nil {
		return nil, err
	}
	hours, err := y.hours(ctx, all)
	if err != nil {
		return nil, err
	}
	var later []MailResult
	for _, m := range all {
		day, hour := days[m.Provider], hours[who(m)]
		switch {
		case day != nil && !day.more():
			later = append(later, MailResult{ID: m.ID, State: "deferred", Stage: "limit", Reply: dayIsFull, Next: startOfDay(y.Now()).Add(24 * time.Hour)})
		case !hour.more():
			later = append(later, MailResult{ID: m.ID, State: "deferred", Stage: "limit", Reply: hourIsFull, Next: y.Now().Add(20 * time.Minute)})
		default:
			rest = append(rest, m)
		}
	}
	return rest, y.SettleMail(ctx, later...)
}

// days are the providers that have a limit, and what they used of it before
// these letters.
func (y System) days(ctx context.Context, all []Mail) (map[ProviderID]*used, error) {
	mine, ids := map[ProviderID]int64{}, []int64{}
	for _, m := range all {
		if mine[m.Provider]++; mine[m.Provider] == 1 {
			ids = append(ids, int64(m.Provider))
		}
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	out := map[ProviderID]*used{}
	err = y.db.query(ctx, y.conn, `SELECT p.id, p.max_mails_day, (SELECT count(*) FROM outbox s WHERE s.provider_id = p.id AND s.sent_at >= :today),
			(SELECT count(*) FROM outbox u WHERE u.provider_id = p.id AND u.state = 'sending')
		FROM providers p WHERE p.max_mails_day > 0 AND p.id IN (SELECT value FROM json_each(:ids))`,
		bindSets(nil, p(":today", startOfDay(y.Now())), p(":ids", string(list))), func(r *row) error {
			of := ProviderID(r.int())
			out[of] = &used{most: r.int(), n: r.int() + r.int() - mine[of]}
			return nil
		})
	return out, err
}

// recipient is one person of one provider.
type recipient struct {
	Of ProviderID `json:"p"`
	To string     `json:"r"`
}

// who folds as the column does: NOCASE knows A to Z.
func who(m Mail) recipient {
	return recipient{m.Provider, strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, m.To)}
}

// hours are the recipients, and what they had within the hour before these
// letters.
func (y System) hours(ctx context.Context, all []Mail) (map[recipient]*used, error) {
	mine, list := map[recipient]int64{}, []recipient{}
	for _, m := range all {
		if mine[who(m)]++; mine[who(m)] == 1 {
			list = append(list, who(m))
		}
	}
	asked, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	out := map[recipient]*used{}
	err = y.db.query(ctx, y.conn, `SELECT json_each.value ->> 'p', json_each.value ->> 'r',
			(SELECT count(*) FROM (SELECT 1 FROM outbox s WHERE s.provider_id = json_each.value ->> 'p' AND s.recipient = json_each.value ->> 'r' AND s.state = 'sent' AND s.sent_at > :hour`+upTo(PerRecipient)+`)),
			(SELECT count(*) FROM outbox u WHERE u.provider_id = json_each.value ->> 'p' AND u.recipient = json_each.value ->> 'r' AND u.state = 'sending')
		FROM json_each(:asked)`, bindSets(nil, p(":hour", y.Now().Add(-time.Hour)), p(":asked", string(asked))), func(r *row) error {
		of := recipient{ProviderID(r.int()), r.str()}
		out[of] = &used{most: PerRecipient, n: r.int() + r.int() - mine[of]}
		return nil
	})
	return out, err
}

// MailResult is what became of a claimed letter. State is sent, deferred,
// failed or cancelled; queued gives it back as it was.
type MailResult struct {
	ID                 MailID
	State              string
	Stage, Reply, Hint string
	Next               time.Time // deferred: when to try again
	Tried              bool      // counts as an attempt
}

// SettleMail writes down what became of claimed letters, in one transaction.
// A letter that has left, or never will, loses its link.
func (y System) SettleMail(ctx context.Context, all ...MailResult) error {
	if len(all) == 0 {
		return nil
	}
	return y.Update(ctx, func(y System) error {
		for _, m := range all {
			set, args := settled(m, y.Now())
			if _, _, err := y.run(ctx, `UPDATE outbox SET `+set+` WHERE id = :id AND state = 'sending'`, append(args, p(":id", m.ID))...); err != nil {
				return err
			}
		}
		return nil
	})
}

func settled(m MailResult, now time.Time) (set string, args []arg) {
	words := []arg{p(":stage", m.Stage), p(":reply", clip(m.Reply, 1000)), p(":hint", m.Hint), p(":state", m.State), p(":tried", m.Tried)}
	const common = `state = :state, stage = :stage, reply = :reply, hint = :hint, attempts = attempts + :tried`
	switch m.State {
	case "sent":
		return common + `, sent_at = :now, ` + struck, append(words, p(":now", now))
	case "cancelled":
		return common + `, ` + struck, words
	case "queued":
		return `state = 'queued', next_at = :now`, []arg{p(":now", now)}
	case "deferred":
		return common + `, next_at = :next`, append(words, p(":next", m.Next))
	}
	return common, words
}
