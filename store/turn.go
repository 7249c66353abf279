package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// patience is how long somebody who saves something waits while very many rows
// are written: less than what stands before the appliance waits for an answer.
const patience = 45 * time.Second

// takeTurn waits until nobody else writes. With tired it is asked from time to
// time whether that goes on for too long.
func (db *DB) takeTurn(ctx context.Context, tired func() error) error {
	select {
	case db.turn <- struct{}{}:
		return nil
	default:
	}
	for {
		var later <-chan time.Time
		if tired != nil {
			later = time.After(db.patience)
		}
		select {
		case db.turn <- struct{}{}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-later:
			if err := tired(); err != nil {
				return err
			}
		}
	}
}

// tired is a Conflict while very many rows are written: forms show it above
// what was typed, so that it can be sent once more.
func (s scope) tired() error {
	if !s.db.many.Load() || s.from.Source == "import" {
		return nil
	}
	return &fault.Fault{Kind: fault.Conflict, Retry: patience,
		Says: "A large import is being saved at this moment, and this has to wait for its end. Nothing was saved yet, and nothing you typed is lost: send it once more in a minute."}
}
