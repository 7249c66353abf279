package store

import (
	"context"
	"time"
)

// pullLease is how long a pull may take before another may begin.
const pullLease = 30 * time.Minute

// pullsKept is how many pulls of a feed the log keeps.
const pullsKept = 500

// DueFeed is a feed that somebody claimed to ask it now.
type DueFeed struct {
	ID               FeedID
	Provider         ProviderID
	Name, URL        string
	Auth             string
	Username, Secret string
	Pull             PullID
}

// DueFeeds claims up to limit feeds that are due, each for one pull at a time.
// Feeds of a suspended provider rest.
func (y System) DueFeeds(ctx context.Context, limit int) (out []DueFeed, err error) {
	err = y.Update(ctx, func(y System) error {
		out, err = sysList(ctx, y, func(f *DueFeed, r *row) {
			*f = DueFeed{FeedID(r.int()), ProviderID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str(), 0}
		}, `UPDATE feeds SET busy_until = :lease WHERE id IN (SELECT f.id FROM feeds f CROSS JOIN providers p ON p.id = f.provider_id AND p.state = 'active'
				WHERE f.enabled = 1 AND f.next_at <= :now AND f.busy_until <= :now ORDER BY f.next_at`+upTo(limit)+`)
			RETURNING id, provider_id, name, url, auth, username, secret`, p(":lease", y.Now().Add(pullLease)), p(":now", y.Now()))
		for i := range out {
			if err == nil {
				err = y.beginPull(ctx, &out[i])
			}
		}
		return err
	})
	return out, err
}

func (y System) beginPull(ctx context.Context, f *DueFeed) error {
	id, _, err := y.run(ctx, `INSERT INTO feed_pulls (provider_id, feed_id, started_at) VALUES (:provider, :feed, :now) RETURNING id`,
		p(":provider", f.Provider), p(":feed", f.ID), p(":now", y.Now()))
	f.Pull = PullID(id)
	return err
}

// FinishPull writes down what came of a pull and when to ask again: on the
// schedule, or later and later while it fails. A feed that was removed
// meanwhile is no error.
func (y System) FinishPull(ctx context.Context, f DueFeed, r PullResult) error {
	return y.Update(ctx, func(y System) error {
		if _, _, err := y.run(ctx, `UPDATE feed_pulls SET finished_at = :now, pages = :pages, machines = :machines, added = :added, brought = :readings, skipped = :skipped, ok = :ok, says = :says WHERE id = :id`,
			p(":id", f.Pull), p(":now", y.Now()), p(":pages", r.Pages), p(":machines", r.Machines), p(":added", r.Added), p(":readings", r.Readings),
			p(":skipped", r.Skipped), p(":ok", r.OK), p(":says", clip(r.Says, 1000))); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE feeds SET busy_until = 0, failures = CASE WHEN :ok THEN 0 ELSE failures + 1 END,
			next_at = max(:now + CASE WHEN :ok THEN every_min * 60 ELSE min(max(86400, every_min * 60), every_min * 60 << min(failures, 6)) END, :soon) WHERE id = :id`,
			p(":id", f.ID), p(":ok", r.OK), p(":now", y.Now()), p(":soon", y.Now().Add(time.Minute))); err != nil {
			return err
		}
		_, _, err := y.run(ctx, `DELETE FROM feed_pulls WHERE feed_id = :feed AND provider_id = :provider AND id <= (SELECT id FROM feed_pulls WHERE feed_id = :feed AND provider_id = :provider ORDER BY id DESC LIMIT 1 OFFSET :keep)`,
			p(":feed", f.ID), p(":provider", f.Provider), p(":keep", pullsKept))
		return err
	})
}

// SettleFeeds ends the pulls that a stop of the appliance interrupted. What
// they had brought is there; the next pull brings the rest.
func (y System) SettleFeeds(ctx context.Context) error {
	return y.Update(ctx, func(y System) error {
		if _, _, err := y.run(ctx, `UPDATE feed_pulls SET finished_at = :now, says = 'The appliance was stopped during this pull.' WHERE finished_at IS NULL`, p(":now", y.Now())); err != nil {
			return err
		}
		_, _, err := y.run(ctx, `UPDATE feeds SET busy_until = 0 WHERE busy_until > 0`)
		return err
	})
}
