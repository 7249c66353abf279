package store

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Pending is a job about which something waits to be told.
type Pending struct {
	Provider ProviderID
	Job      JobID
}

// noticeAge is how old news may be. What waited longer, because the appliance
// was switched off, is history.
const noticeAge = 48 * time.Hour

// PendingNotices lists jobs about which something waits to be told, the oldest
// news first.
func (y System) PendingNotices(ctx context.Context, most int) ([]Pending, error) {
	return sysList(ctx, y, func(n *Pending, r *row) { n.Provider, n.Job = ProviderID(r.int()), JobID(r.int()) },
		`SELECT DISTINCT provider_id, job_id FROM (SELECT provider_id, job_id FROM notices ORDER BY id`+upTo(most)+`)`)
}

// Cause is what happened to a job, as its notice kept it.
type Cause struct {
	Kind     string // created, status, assigned, appointment, started, comment
	Status   string
	At       time.Time
	Actor    UserID
	ByClient bool
	Author   string
	Body     string
}

// News is one thing to tell about a job.
type News struct {
	Event string
	Cause
	Track  string // the tracking status then
	Partly bool
}

// TakeNotices takes what waits to be told about a job out of the queue and
// says what of it is news: several steps in a row are told as one, and nothing
// twice. It is part of the transaction that writes the letters.
func (y System) TakeNotices(ctx context.Context, n Pending) (j Job, out []News, err error) {
	causes, err := sysList(ctx, y, func(c *Cause, r *row) {
		c.Kind, c.Status, c.At, c.Actor, c.ByClient, c.Author, c.Body = r.str(), r.str(), r.unix(), UserID(r.int()), r.bool(), r.str(), r.str()
	}, `SELECT coalesce(e.kind, 'comment'), coalesce(e.status, ''), n.at, coalesce(e.actor_id, m.user_id, 0), coalesce(e.by_client, m.by_client, 0), coalesce(m.author, ''), coalesce(m.body, '')
		FROM notices n LEFT JOIN job_events e ON e.provider_id = n.provider_id AND e.id = n.event_id LEFT JOIN job_comments m ON m.provider_id = n.provider_id AND m.id = n.comment_id
		WHERE n.provider_id = :of AND n.job_id = :job ORDER BY n.id`, p(":of", n.Provider), p(":job", n.Job))
	if err != nil {
		return j, nil, err
	}
	if _, _, err := y.run(ctx, `DELETE FROM notices WHERE provider_id = :of AND job_id = :job`, p(":of", n.Provider), p(":job", n.Job)); err != nil {
		return j, nil, err
	}
	s, err := y.Provider(ctx, n.Provider)
	if err != nil {
		return j, nil, err
	}
	if j, err = s.Job(ctx, n.Job); err != nil {
		return j, nil, err
	}
	if s.home.State != "active" {
		return j, nil, nil
	}
	for _, c := range news(j, DayIn(j.Zone, y.Now()), causes) {
		fresh, err := y.tell(ctx, n, j, c)
		if err != nil {
			return j, nil, err
		}
		if fresh && y.Now().Sub(c.At) < noticeAge {
			out = append(out, c)
		}
	}
	return j, out, nil
}

// news is what causes amount to: every comment, and one thing about the job's
// course, which is where it has got to.
func news(j Job, today string, causes []Cause) (out []News) {
	var course *News
	for _, c := range causes {
		switch {
		case c.Kind == "comment":
			out = append(out, News{Event: NoticeComment, Cause: c})
		case c.Kind == "created" && j.Source == "portal":
			c.Actor = 0 // the reporter is told as well: that it has arrived
			out = append(out, News{Event: NoticeProblem, Cause: c})
		default:
			course = &News{Cause: c, Track: j.Track(today), Partly: j.Status == JobPartial}
			course.Event = courseOf(j, *course, slices.ContainsFunc(causes, func(c Cause) bool { return c.Kind == "started" }))
		}
	}
	if course != nil && course.Event != "" {
		out = append(out, *course)
	}
	return out
}

func courseOf(j Job, n News, started bool) string {
	switch n.Track {
	case TrackCompleted, TrackPartial:
		return NoticeDone
	case TrackFailed:
		return NoticeFailed
	case TrackOnHold, TrackReturn, TrackCancelled:
		return NoticeStatus
	}
	switch {
	case started && !j.StartedAt.IsZero():
		return NoticeOnTheWay
	case n.Track == TrackScheduled, n.Track == TrackOut:
		return NoticeScheduled
	case n.Kind == "status":
		return NoticeStatus
	}
	return ""
}

// tell notes that something was told of a job, and reports whether it is new.
func (y System) tell(ctx context.Context, n Pending, j Job, c News) (bool, error) {
	what := j.Status
	switch c.Event {
	case NoticeComment:
		return true, nil
	case NoticeScheduled:
		what = appointment(j.JobInput)
	case NoticeOnTheWay:
		what = DayIn(j.Zone, j.StartedAt)
	}
	if !JobDone(j.Status) { // begun again: its next end is news
		if _, _, err := y.run(ctx, `DELETE FROM job_told WHERE provider_id = :of AND job_id = :job AND event IN ('done', 'failed')`, p(":of", n.Provider), p(":job", n.Job)); err != nil {
			return false, err
		}
	}
	_, changed, err := y.run(ctx, `INSERT INTO job_told (provider_id, job_id, event, what) VALUES (:of, :job, :event, :what) ON CONFLICT DO UPDATE SET what = :what WHERE what <> :what`,
		p(":of", n.Provider), p(":job", n.Job), p(":event", c.Event), p(":what", what))
	return changed > 0, err
}

// NoticeReader is somebody who may be told about a job.
type NoticeReader struct {
	Account
	Portal PortalID // 0: one of the provider's own people
	Slug   string   // of the portal
	Mine   bool     // reported the job
	office bool
	modes  [3]Notices // own, portal's, provider's
}

// Mode is how the reader is told of an event.
func (n NoticeReader) Mode(event string) string {
	if n.Portal == 0 {
		mode := pick(n.modes[0][event], noticeStaff[event])
		if !n.office && n.modes[0][event] == "" {
			mode = NoticeOff
		}
		return mode
	}
	usual := noticeUsual[event]
	if n.Mine {
		usual = NoticeNow
	}
	return cmp.Or(n.modes[0][event], n.modes[1][event], n.modes[2][event], usual)
}

// NoticeReaders lists who may be told about a job as far as membership goes;
// whether each may see the job is asked of Reader.
func (y System) NoticeReaders(ctx context.Context, of ProviderID, j Job) ([]NoticeReader, error) {
	all, err := sysList(ctx, y, func(n *NoticeReader, r *row) {
		n.Portal, n.Slug, n.office = PortalID(r.int()), r.str(), r.bool()
		n.Account.ID, n.Account.Name, n.Account.Email = UserID(r.int()), r.str(), r.str()
		n.Account.Formats.row(r)
		n.Mine = n.ID == j.Reporter
	}, `SELECT o.id, o.slug, 0, u.id, u.name, u.email, `+formatColumns+` FROM users u `+readerJoins+` WHERE u.provider_id = :of AND o.customer_id = :customer AND `+readerMay+`
		UNION ALL SELECT 0, '', u.role IN ('admin', 'fleet_admin', 'agent'), u.id, u.name, u.email, `+formatColumns+` FROM users u JOIN providers p ON p.id = u.provider_id WHERE u.provider_id = :of AND `+staffMay+upTo(2000),
		p(":of", of), p(":customer", j.Customer))
	if err != nil {
		return nil, err
	}
	return all, y.noticeModes(ctx, of, all)
}

func (y System) noticeModes(ctx context.Context, of ProviderID, all []NoticeReader) error {
	type key struct {
		portal PortalID
		user   UserID
	}
	rows := map[key]Notices{}
	err := y.db.query(ctx, y.conn, `SELECT coalesce(portal_id, 0), coalesce(user_id, 0), event, mode FROM notice_settings WHERE provider_id = :of`, bindSets(nil, p(":of", of)), func(r *row) error {
		k := key{PortalID(r.int()), UserID(r.int())}
		if rows[k] == nil {
			rows[k] = Notices{}
		}
		rows[k][r.str()] = r.str()
		return nil
	})
	for i, n := range all {
		all[i].modes = [3]Notices{rows[key{n.Portal, n.ID}], rows[key{n.Portal, 0}], rows[key{}]}
	}
	return err
}

// Stopped reports whether an address without an account does not want to be
// told of an event.
func (y System) Stopped(ctx context.Context, of ProviderID, email, event string) (bool, error) {
	all, err := sysList(ctx, y, intoInt, `SELECT 1 FROM notice_stops WHERE provider_id = :of AND email = :email AND event = :event`, p(":of", of), p(":email", email), p(":event", event))
	return len(all) > 0, err
}

// MaySee reports whether a reader may see a job at this moment.
func (y System) MaySee(ctx context.Context, of ProviderID, portal PortalID, user UserID, id JobID) (bool, error) {
	var s scope
	var err error
	if portal != 0 {
		var c Client
		c, err = y.Reader(ctx, of, portal, user)
		s = c.scope
	} else {
		var t Staff
		t, err = y.StaffReader(ctx, of, user)
		s = t.scope
	}
	if err == noReader {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return s.sees(ctx, id)
}
