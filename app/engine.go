package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gatehouse/app/keeper"
)

// engine is work that goes on as long as the appliance serves. It returns when
// its context ends; whatever else ends it, a panic included, it is started
// again.
type engine struct {
	name string
	run  func(context.Context) error
}

// engines are what runs beside the doors.
func (a *App) engines() []engine {
	k := &keeper.Keeper{DB: a.Site.DB, Log: a.Site.Log, Feeds: a.Desk.AskFeeds}
	return []engine{
		{"keeper", func(ctx context.Context) error { k.Run(ctx); return ctx.Err() }},
		{"mailer", a.Mailer.Run},
		{"notices", a.notices},
	}
}

// noticeEvery is how often somebody's daily summary may have become due.
const noticeEvery = time.Minute

// notices writes the letters about jobs: soon after something happened, and
// looks for summaries that are due.
func (a *App) notices(ctx context.Context) error {
	for {
		changed := a.Site.DB.Changed()
		if err := a.Desk.TellNotices(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-time.After(noticeEvery):
		}
		select { // several steps in a row are told as one
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// supervise starts the engines. Close waits for them.
func (a *App) supervise(ctx context.Context) {
	ctx, a.halt = context.WithCancel(ctx)
	for _, e := range a.engines() {
		a.work.Go(func() { a.keep(ctx, e) })
	}
}

// keep runs an engine until ctx ends, waiting longer each time it falls over
// within a minute.
func (a *App) keep(ctx context.Context, e engine) {
	wait := time.Second
	for ctx.Err() == nil {
		started := a.Site.DB.Now()
		err := e.once(ctx)
		if ctx.Err() != nil {
			return
		}
		if a.Site.DB.Now().Sub(started) > time.Minute {
			wait = time.Second
		}
		a.Site.Log.Error("engine fell over and is started again", "engine", e.name, "err", err, "in", wait)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, time.Minute)
	}
}

func (e engine) once(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if err = e.run(ctx); err == nil {
		err = errors.New("it returned")
	}
	return err
}
