package store

import (
	"context"
	"fmt"
	"time"
)

// keepDead is how long dead one-time links are remembered, so that whoever
// opens one is told why it is dead.
const keepDead = 90 * 24 * time.Hour

// Sweep removes what nobody will ask for again: sessions that ended, one-time
// links long dead, counters of old attempts.
func (y System) Sweep(ctx context.Context) error {
	return y.Update(ctx, func(y System) error {
		now := y.Now()
		for _, s := range []struct {
			text string
			at   time.Time
		}{
			{`DELETE FROM sessions WHERE expires_at < :at`, now},
			{`DELETE FROM operator_sessions WHERE expires_at < :at`, now},
			{`DELETE FROM user_tokens WHERE expires_at < :at`, now.Add(-keepDead)},
			{`DELETE FROM operator_tokens WHERE expires_at < :at`, now.Add(-keepDead)},
			{`DELETE FROM notice_quits WHERE created_at < :at`, now.Add(-keepQuit)},
			{`DELETE FROM throttles WHERE since < :at AND until < :at`, now.Add(-24 * time.Hour)},
		} {
			if _, _, err := y.run(ctx, s.text, p(":at", s.at)); err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
		}
		return nil
	})
}

// Checkpoint writes the write-ahead log back into the data file and empties
// it. It takes the writer's turn, so it never runs inside a transaction.
func (db *DB) Checkpoint(ctx context.Context) error {
	select {
	case db.turn <- struct{}{}:
		defer func() { <-db.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return setPragmas(db.write, "wal_checkpoint(TRUNCATE)")
}
