package store

import (
	"context"
	"time"
)

// DraftLine is a line of a daily summary, kept beside its letter until that
// has left.
type DraftLine struct {
	Job   JobID
	Event string
	Says  string
	At    time.Time
}

func (s scope) keepLines(ctx context.Context, id MailID, lines []DraftLine) error {
	for _, l := range lines {
		if err := s.db.query(ctx, s.conn, `INSERT INTO digest_lines (provider_id, mail_id, job_id, event, says, at) VALUES (:provider, :mail, :job, :event, :says, :at) ON CONFLICT DO NOTHING`,
			s.binder([]int{0}, []arg{p(":mail", id), p(":job", l.Job), p(":event", l.Event), p(":says", l.Says), p(":at", l.At)}), func(*row) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

// summary is a daily summary that is about to leave.
type summary struct {
	of     ProviderID
	reader NoticeReader
	lines  []DraftLine
}

func (y System) summary(ctx context.Context, id MailID) (c summary, err error) {
	c.lines, err = sysList(ctx, y, func(l *DraftLine, r *row) {
		c.of, c.reader.Portal, c.reader.ID = ProviderID(r.int()), PortalID(r.int()), UserID(r.int())
		l.Job, l.Event, l.Says, l.At = JobID(r.int()), r.str(), r.str(), r.unix()
	}, `SELECT o.provider_id, coalesce(o.portal_id, 0), coalesce(o.user_id, 0), d.job_id, d.event, d.says, d.at
		FROM outbox o JOIN digest_lines d ON d.provider_id = o.provider_id AND d.mail_id = o.id WHERE o.id = :id ORDER BY d.at, d.job_id`, p(":id", id))
	return c, err
}

// wanted drops events that the reader has switched off meanwhile.
func (y System) wanted(ctx context.Context, of ProviderID, n NoticeReader) (func(event string) bool, error) {
	all := []NoticeReader{n}
	if err := y.noticeModes(ctx, of, all); err != nil {
		return nil, err
	}
	all[0].office = true // as when it was kept: what is told to nobody unasked was asked for
	return func(event string) bool { return all[0].Mode(event) != NoticeOff }, nil
}

// rest is what of a summary may still be told.
func (y System) rest(ctx context.Context, c summary) (out []DraftLine, err error) {
	wanted, err := y.wanted(ctx, c.of, c.reader)
	if err != nil {
		return nil, err
	}
	for _, l := range c.lines {
		may, err := y.MaySee(ctx, c.of, c.reader.Portal, c.reader.ID, l.Job)
		if err != nil {
			return nil, err
		}
		if may && wanted(l.Event) {
			out = append(out, l)
		}
	}
	return out, nil
}

// summaryStop asks whether a daily summary may leave as it is; whole is true
// for any other letter. If not, what may still be told waits for another
// summary, which is due at once.
func (y System) summaryStop(ctx context.Context, id MailID) (whole bool, reason string, err error) {
	err = y.Update(ctx, func(y System) error {
		c, err := y.summary(ctx, id)
		if err != nil || len(c.lines) == 0 {
			whole = true
			return err
		}
		rest, err := y.rest(ctx, c)
		if err != nil || len(rest) == len(c.lines) {
			whole = true
			return err
		}
		if reason = "unshared"; len(rest) > 0 {
			reason = "rest"
		}
		return y.waitAgain(ctx, id, c, rest)
	})
	return whole, reason, err
}

func (y System) waitAgain(ctx context.Context, id MailID, c summary, rest []DraftLine) error {
	for _, l := range rest {
		if err := y.AddDigest(ctx, c.of, c.reader, l.Job, News{Event: l.Event, Cause: Cause{At: l.At}, Track: l.Says}); err != nil {
			return err
		}
	}
	if _, _, err := y.run(ctx, `DELETE FROM digest_lines WHERE provider_id = :of AND mail_id = :mail`, p(":of", c.of), p(":mail", id)); err != nil {
		return err
	}
	_, _, err := y.run(ctx, `DELETE FROM notice_days WHERE provider_id = :of AND user_id = :user AND portal_id = :portal`, p(":of", c.of), p(":user", c.reader.ID), p(":portal", c.reader.Portal))
	return err
}
