package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// Throttle bounds attempts per key (an account, an address) within a window.
type Throttle struct {
	Key    string
	Most   int           // attempts allowed in the window
	Window time.Duration // from the first failure on
	Pause  time.Duration // once there were too many
}

// Attempt counts one attempt against each throttle, in a transaction of its
// own that nothing rolls back, so that neither concurrency nor a failed sign-in
// beats the counter. Above a limit it is Limited and says how long to wait.
func (y System) Attempt(ctx context.Context, of ...Throttle) error {
	wait, err := y.paused(ctx, of)
	if err != nil {
		return err
	}
	if wait == 0 {
		wait, err = y.attempts(ctx, of)
	}
	if err != nil || wait == 0 {
		return err
	}
	minutes := int(wait.Minutes()) + 1
	f := fault.New(fault.Limited, "Too many attempts. Please wait %d minutes and try again.", minutes)
	if minutes == 1 {
		f = fault.New(fault.Limited, "Too many attempts. Please wait a minute and try again.")
	}
	f.Retry = wait
	return f
}

// paused is how long somebody has to wait already. Whoever goes on trying
// meanwhile is told so without a word being written.
func (y System) paused(ctx context.Context, of []Throttle) (wait time.Duration, err error) {
	for _, t := range of {
		until, err := sysList(ctx, y, intoInt, `SELECT until FROM throttles WHERE key = :key AND until > :now`, p(":key", t.Key), p(":now", y.Now()))
		if err != nil {
			return 0, err
		}
		if len(until) > 0 {
			wait = max(wait, time.Unix(until[0], 0).Sub(y.Now()))
		}
	}
	return wait, nil
}

func (y System) attempts(ctx context.Context, of []Throttle) (wait time.Duration, err error) {
	err = y.Update(ctx, func(y System) error {
		for _, t := range of {
			w, err := y.attempt(ctx, t)
			if err != nil {
				return err
			}
			wait = max(wait, w)
		}
		return nil
	})
	return wait, err
}

func (y System) attempt(ctx context.Context, t Throttle) (time.Duration, error) {
	now := y.Now()
	var until int64
	err := y.db.query(ctx, y.conn, `INSERT INTO throttles (key, failures, since, until) VALUES (:key, 1, :now, 0)
		ON CONFLICT (key) DO UPDATE SET
			failures = CASE WHEN until > :now THEN failures WHEN since + :window <= :now OR until > 0 THEN 1 ELSE failures + 1 END,
			since = CASE WHEN until <= :now AND (since + :window <= :now OR until > 0) THEN :now ELSE since END,
			until = CASE WHEN until > :now THEN until WHEN until = 0 AND since + :window > :now AND failures + 1 > :most THEN :now + :pause ELSE 0 END
		RETURNING until`,
		bindSets(nil, p(":key", t.Key), p(":now", now), p(":window", int64(t.Window/time.Second)), p(":most", t.Most), p(":pause", int64(t.Pause/time.Second))),
		func(r *row) error { until = r.int(); return nil })
	if err != nil || until <= now.Unix() {
		return 0, err
	}
	return time.Unix(until, 0).Sub(now), nil
}

// Forgive forgets the failures of a key, after a success.
func (y System) Forgive(ctx context.Context, keys ...string) error {
	for _, k := range keys {
		if _, _, err := y.run(ctx, `DELETE FROM throttles WHERE key = :key`, p(":key", k)); err != nil {
			return err
		}
	}
	return nil
}
