package store

import (
	"context"
	"time"
)

// DigestHour is when the daily summary leaves, on the reader's own clock.
const DigestHour = 7

// AddDigest keeps news for a reader's daily summary.
func (y System) AddDigest(ctx context.Context, of ProviderID, n NoticeReader, id JobID, c News) error {
	_, _, err := y.run(ctx, `INSERT INTO notice_digests (provider_id, user_id, portal_id, job_id, event, says, at) VALUES (:of, :user, nullif(:portal, 0), :job, :event, :says, :at)`,
		p(":of", of), p(":user", n.ID), p(":portal", n.Portal), p(":job", id), p(":event", c.Event), p(":says", c.Track), p(":at", c.At))
	return err
}

// Digest is a reader for whom a summary is due.
type Digest struct {
	Provider ProviderID
	NoticeReader
	day   string    // on the reader's calendar
	since time.Time // the oldest that waits
}

// DueDigests lists whose summary is due: something waits since before the hour
// on the reader's clock, it is past that, and today's was not sent.
func (y System) DueDigests(ctx context.Context) (due []Digest, err error) {
	all, err := sysList(ctx, y, func(d *Digest, r *row) {
		d.Provider, d.Portal, d.Slug = ProviderID(r.int()), PortalID(r.int()), r.str()
		d.Account.ID, d.Account.Name, d.Account.Email = UserID(r.int()), r.str(), r.str()
		d.Account.Formats.row(r)
		d.day, d.since = r.str(), r.unix()
	}, `SELECT p.id, w.portal, coalesce(o.slug, ''), u.id, u.name, u.email, `+formatColumns+`, coalesce(t.day, ''), w.since
		FROM (SELECT provider_id, user_id, coalesce(portal_id, 0) AS portal, min(at) AS since FROM notice_digests GROUP BY provider_id, user_id, coalesce(portal_id, 0)) w
		JOIN users u ON u.provider_id = w.provider_id AND u.id = w.user_id JOIN providers p ON p.id = w.provider_id
		LEFT JOIN portals o ON o.provider_id = w.provider_id AND o.id = w.portal
		LEFT JOIN notice_days t ON t.provider_id = w.provider_id AND t.user_id = w.user_id AND t.portal_id = w.portal WHERE p.state = 'active'`)
	for _, d := range all {
		here := y.Now().In(place(d.Zone))
		hour := time.Date(here.Year(), here.Month(), here.Day(), DigestHour, 0, 0, 0, here.Location())
		if today := here.Format(time.DateOnly); !here.Before(hour) && d.since.Before(hour) && d.day < today {
			d.day = today
			due = append(due, d)
		}
	}
	return due, err
}

// DigestLine is one line of a summary.
type DigestLine struct {
	Job   Job
	Event string
	Track string
	At    time.Time
}

// TakeDigest takes a reader's lines out of the queue, the newest of each job
// and event, without those the reader may not see or does not want any more, and notes that
// today's summary was sent.
func (y System) TakeDigest(ctx context.Context, d Digest) (out []DigestLine, err error) {
	type line struct {
		id JobID
		DigestLine
	}
	all, err := sysList(ctx, y, func(l *line, r *row) { l.id, l.Event, l.Track, l.At = JobID(r.int()), r.str(), r.str(), r.unix() },
		`SELECT job_id, event, says, max(at) FROM notice_digests WHERE provider_id = :of AND user_id = :user AND coalesce(portal_id, 0) = :portal GROUP BY job_id, event ORDER BY max(at), job_id LIMIT 1000`,
		p(":of", d.Provider), p(":user", d.ID), p(":portal", d.Portal))
	if err != nil {
		return nil, err
	}
	if _, _, err := y.run(ctx, `DELETE FROM notice_digests WHERE provider_id = :of AND user_id = :user AND coalesce(portal_id, 0) = :portal`, p(":of", d.Provider), p(":user", d.ID), p(":portal", d.Portal)); err != nil {
		return nil, err
	}
	if _, _, err := y.run(ctx, `INSERT INTO notice_days (provider_id, user_id, portal_id, day) VALUES (:of, :user, :portal, :day) ON CONFLICT DO UPDATE SET day = :day`,
		p(":of", d.Provider), p(":user", d.ID), p(":portal", d.Portal), p(":day", d.day)); err != nil {
		return nil, err
	}
	s, err := y.Provider(ctx, d.Provider)
	if err != nil {
		return nil, err
	}
	wanted, err := y.wanted(ctx, d.Provider, d.NoticeReader)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if !wanted(l.Event) {
			continue
		}
		may, err := y.MaySee(ctx, d.Provider, d.Portal, d.ID, l.id)
		if err != nil {
			return nil, err
		}
		if !may {
			continue
		}
		if l.Job, err = s.Job(ctx, l.id); err != nil {
			return nil, err
		}
		out = append(out, l.DigestLine)
	}
	return out, nil
}
