package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// NoticeDigest stands for all that comes in the daily summary.
const NoticeDigest = "digest"

// keepQuit is how long the way out in a letter works.
const keepQuit = 400 * 24 * time.Hour

// Quit is the way out of letters of one kind, found by the token in a letter.
type Quit struct {
	Provider     ProviderID
	User         UserID   // 0: an address without an account
	Portal       PortalID // 0: one of the provider's own people
	Email, Event string
	ProviderName string
	Language     string
	Done         bool // switched off already
}

// NoQuit is what a link that ends nothing is answered with.
var NoQuit = fault.New(fault.NotFound, "This link does not work, or no longer. Sign in to choose what you are told by mail.")

// AddQuit makes a way out of letters about an event to a reader, of whose
// token the hash is kept.
func (y System) AddQuit(ctx context.Context, of ProviderID, n NoticeReader, event string, hash []byte) error {
	_, _, err := y.run(ctx, `INSERT INTO notice_quits (provider_id, hash, user_id, portal_id, email, event, created_at) VALUES (:of, :hash, :user, :portal, :email, :event, :now)`,
		p(":of", of), p(":hash", hash), p(":user", orNull(n.ID)), p(":portal", orNull(n.Portal)), p(":email", n.Email), p(":event", event), p(":now", y.Now()))
	return err
}

// Quit finds a way out by its token's hash. Reading it changes nothing.
func (y System) Quit(ctx context.Context, hash []byte) (Quit, error) {
	all, err := sysList(ctx, y, func(q *Quit, r *row) {
		q.Provider, q.User, q.Portal, q.Email, q.Event, q.ProviderName, q.Language, q.Done = ProviderID(r.int()), UserID(r.int()), PortalID(r.int()), r.str(), r.str(), r.str(), r.str(), r.bool()
	}, `SELECT q.provider_id, coalesce(q.user_id, 0), coalesce(q.portal_id, 0), q.email, q.event, p.name, coalesce(nullif(u.language, ''), p.language),
			CASE WHEN q.user_id IS NULL THEN EXISTS (SELECT 1 FROM notice_stops s WHERE s.provider_id = q.provider_id AND s.email = q.email AND s.event = q.event)
			WHEN q.event = 'digest' THEN NOT EXISTS (SELECT 1 FROM notice_settings n WHERE n.provider_id = q.provider_id AND n.user_id = q.user_id AND coalesce(n.portal_id, 0) = coalesce(q.portal_id, 0) AND n.mode = 'daily')
				AND EXISTS (SELECT 1 FROM notice_settings n WHERE n.provider_id = q.provider_id AND n.user_id = q.user_id AND coalesce(n.portal_id, 0) = coalesce(q.portal_id, 0))
			ELSE EXISTS (SELECT 1 FROM notice_settings n WHERE n.provider_id = q.provider_id AND n.user_id = q.user_id AND coalesce(n.portal_id, 0) = coalesce(q.portal_id, 0) AND n.event = q.event AND n.mode = 'off') END
		FROM notice_quits q JOIN providers p ON p.id = q.provider_id LEFT JOIN users u ON u.provider_id = q.provider_id AND u.id = q.user_id
		WHERE q.hash = :hash AND q.created_at > :since`, p(":hash", hash), p(":since", y.Now().Add(-keepQuit)))
	if err != nil {
		return Quit{}, err
	}
	if len(all) == 0 {
		return Quit{}, NoQuit
	}
	return all[0], nil
}

// QuitNotices ends letters of the kind, for good or until the person chooses
// otherwise. Letters of the kind that wait are dropped.
func (y System) QuitNotices(ctx context.Context, hash []byte) (q Quit, err error) {
	err = y.Update(ctx, func(y System) error {
		if q, err = y.Quit(ctx, hash); err != nil || q.Done {
			return err
		}
		if q.User == 0 {
			_, _, err := y.run(ctx, `INSERT INTO notice_stops (provider_id, email, event, at) VALUES (:of, :email, :event, :now) ON CONFLICT DO NOTHING`, p(":of", q.Provider), p(":email", q.Email), p(":event", q.Event), p(":now", y.Now()))
			return err
		}
		return y.quit(ctx, q)
	})
	return q, err
}

func (y System) quit(ctx context.Context, q Quit) error {
	s, err := y.Provider(ctx, q.Provider)
	if err != nil {
		return err
	}
	s.actor = q.Email
	off := Notices{}
	if q.Event != NoticeDigest {
		off[q.Event] = NoticeOff
		return s.setNotices(ctx, NoticeOwn, q.Portal, q.User, off)
	}
	readers, err := sysList(ctx, y, func(n *NoticeReader, r *row) { n.ID, n.Portal = UserID(r.int()), PortalID(r.int()) }, `SELECT :user, :portal`, p(":user", q.User), p(":portal", q.Portal))
	if err != nil {
		return err
	}
	if err := y.noticeModes(ctx, q.Provider, readers); err != nil {
		return err
	}
	readers[0].office = true
	for _, e := range NoticeEvents {
		if readers[0].Mode(e) == NoticeDaily {
			off[e] = NoticeOff
		}
	}
	if _, _, err := y.run(ctx, `DELETE FROM notice_digests WHERE provider_id = :of AND user_id = :user AND coalesce(portal_id, 0) = :portal`, p(":of", q.Provider), p(":user", q.User), p(":portal", q.Portal)); err != nil {
		return err
	}
	return s.setNotices(ctx, NoticeOwn, q.Portal, q.User, off)
}

// mailJobs are the jobs a letter tells about, and to whom.
type mailJob struct {
	provider ProviderID
	portal   PortalID
	user     UserID
	email    string
	job      JobID
}

// unshared reports whether a letter tells about a job that its reader may not
// see any more, or about one that is gone.
func (y System) unshared(ctx context.Context, id MailID) (bool, error) {
	all, err := sysList(ctx, y, func(m *mailJob, r *row) {
		m.provider, m.portal, m.user, m.email, m.job = ProviderID(r.int()), PortalID(r.int()), UserID(r.int()), r.str(), JobID(r.int())
	}, `SELECT o.provider_id, coalesce(o.portal_id, 0), coalesce(o.user_id, 0), o.recipient, x.job_id FROM outbox o JOIN outbox_jobs x ON x.provider_id = o.provider_id AND x.mail_id = o.id WHERE o.id = :id`, p(":id", id))
	if err != nil {
		return false, err
	}
	for _, m := range all {
		may := false
		if m.user == 0 { // the contact of the job, who has no account
			n, e := sysList(ctx, y, intoInt, `SELECT 1 FROM jobs WHERE provider_id = :of AND id = :job AND contact_email = :email COLLATE NOCASE`, p(":of", m.provider), p(":job", m.job), p(":email", m.email))
			may, err = len(n) > 0, e
		} else {
			may, err = y.MaySee(ctx, m.provider, m.portal, m.user, m.job)
		}
		if err != nil || !may {
			return true, err
		}
	}
	return false, nil
}
