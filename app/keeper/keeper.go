// Package keeper does what must be done without anybody asking: it lets
// assignments begin at their second, asks telematics feeds when they are due,
// sweeps away what is dead, keeps the write-ahead log short and looks the data
// file over. It sends no mail and answers no request.
package keeper

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"gatehouse/store"
)

// Keeper runs the chores of one appliance.
type Keeper struct {
	DB    *store.DB
	Log   *slog.Logger
	Feeds func(context.Context) error // asks the feeds that are due
}

// chore is something to do every so often.
type chore struct {
	name  string
	every time.Duration
	do    func(context.Context) error
}

// Run does the chores until ctx ends. A chore that fails or panics is logged
// and comes round again.
func (k *Keeper) Run(ctx context.Context) {
	var rest sync.WaitGroup
	defer rest.Wait() // nobody may be at the file when it is closed
	for _, c := range []chore{
		{"look the data file over", 24 * time.Hour, k.DB.Check},
		{"sweep", time.Hour, k.system().Sweep},
		{"checkpoint", 10 * time.Minute, k.DB.Checkpoint},
		{"feeds", time.Minute, k.Feeds},
	} {
		if c.do != nil {
			rest.Go(func() { k.repeat(ctx, c) })
		}
	}
	k.advance(ctx)
}

// advance lets planned assignments begin at their second. What has ended is
// hidden by the wall itself and waits for nobody.
func (k *Keeper) advance(ctx context.Context) {
	for ctx.Err() == nil {
		wait := time.Minute
		k.once(ctx, chore{name: "assignments", do: func(ctx context.Context) error {
			next, err := k.system().AdvanceAssignments(ctx)
			if !next.IsZero() {
				wait = max(0, min(wait, next.Sub(k.DB.Now())))
			}
			return err
		}})
		select {
		case <-ctx.Done():
		case <-time.After(wait + 10*time.Millisecond):
		}
	}
}

func (k *Keeper) system() store.System { return k.DB.System("keeper", store.Origin{Source: "system"}) }

func (k *Keeper) repeat(ctx context.Context, c chore) {
	for {
		k.once(ctx, c)
		select {
		case <-ctx.Done():
			return
		case <-time.After(c.every):
		}
	}
}

func (k *Keeper) once(ctx context.Context, c chore) {
	defer func() {
		if p := recover(); p != nil {
			k.Log.Error("chore panicked", "chore", c.name, "panic", p)
		}
	}()
	if err := c.do(ctx); err != nil && ctx.Err() == nil {
		k.Log.Error("chore failed", "chore", c.name, "err", err)
	}
}
