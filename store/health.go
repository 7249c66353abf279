package store

import (
	"context"
	"os"
	"time"
)

// Health is how the appliance is doing, in figures: nothing in it is a
// tenant's business.
type Health struct {
	Queue
	FileBytes, WALBytes int64
	Schema              int64
	Providers, People   int64
	Paused              int64 // sign-ins that are refused for a while, after too many attempts
	Feeds, FeedsFailing int64
	LastPull            time.Time
}

// Queue is the state of the outbox over all providers.
type Queue struct {
	Waiting, Deferred, Held, Failed int64
	Oldest                          time.Time // of what should have left by now; zero: nothing waits
	LastSent                        time.Time
	Trouble                         string // stage of the newest failure that is about the server, not about a letter
	Reply                           string // the server's own words in it
	TroubleAt                       time.Time
}

// Health reads how the appliance is doing.
func (o Operator) Health(ctx context.Context) (Health, error) {
	if err := o.can(); err != nil {
		return Health{}, err
	}
	return o.sys.Health(ctx)
}

// Health reads how the appliance is doing.
func (y System) Health(ctx context.Context) (Health, error) {
	h, err := sysOne(ctx, y, "health", func(h *Health, r *row) {
		h.FileBytes, h.Schema, h.Providers, h.People, h.Paused = r.int(), r.int(), r.int(), r.int(), r.int()
		h.Feeds, h.FeedsFailing, h.LastPull = r.int(), r.int(), r.unix()
	}, `SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
		(SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1), (SELECT count(*) FROM providers),
		(SELECT count(*) FROM users WHERE state <> 'deleted'), (SELECT count(*) FROM throttles WHERE until > :now),
		(SELECT count(*) FROM feeds WHERE enabled = 1),
		(SELECT count(*) FROM feeds f WHERE f.enabled = 1 AND (SELECT l.ok FROM feed_pulls l WHERE l.provider_id = f.provider_id AND l.feed_id = f.id AND l.finished_at IS NOT NULL ORDER BY l.id DESC LIMIT 1) = 0),
		(SELECT finished_at FROM feed_pulls WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1)`, p(":now", y.Now()))
	if err != nil {
		return h, err
	}
	if st, err := os.Stat(y.db.path + "-wal"); err == nil { // a look at the name opens nothing
		h.WALBytes = st.Size()
	}
	h.Queue, err = y.Queue(ctx)
	return h, err
}

// unsent must stand in a condition, word for word, for the index over letters
// that have not left to be used.
const unsent = `state IN ('queued', 'sending', 'deferred', 'held', 'failed')`

// Queue reads the state of the outbox.
func (y System) Queue(ctx context.Context) (Queue, error) {
	q, err := sysOne(ctx, y, "queue", func(q *Queue, r *row) {
		q.Waiting, q.Deferred, q.Held, q.Failed, q.Oldest, q.LastSent = r.int(), r.int(), r.int(), r.int(), r.unix(), r.unix()
	}, `SELECT (SELECT count(*) FROM outbox WHERE `+unsent+` AND state IN ('queued', 'sending')), (SELECT count(*) FROM outbox WHERE `+unsent+` AND state = 'deferred'),
		(SELECT count(*) FROM outbox WHERE `+unsent+` AND state = 'held'), (SELECT count(*) FROM outbox WHERE `+unsent+` AND state = 'failed'),
		(SELECT min(created_at) FROM outbox WHERE `+unsent+` AND state IN ('queued', 'sending', 'deferred')),
		(SELECT max(sent_at) FROM outbox WHERE sent_at IS NOT NULL)`)
	if err != nil {
		return q, err
	}
	// Words about a recipient would name a tenant's customer; those about the
	// server itself are what an operator can act on.
	err = y.db.query(ctx, y.conn, `SELECT stage, reply, created_at FROM outbox WHERE `+unsent+` AND state IN ('deferred', 'failed')
		AND stage IN ('resolve', 'connect', 'greeting', 'tls', 'auth', 'from') ORDER BY id DESC LIMIT 1`, nil,
		func(r *row) error { q.Trouble, q.Reply, q.TroubleAt = r.str(), r.str(), r.unix(); return nil })
	return q, err
}
