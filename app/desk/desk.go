// Package desk holds what people do here where two things happen at once: a
// row and a letter, a file and rows, a secret and a session. What is a single
// call of a scope is no desk function; doors call the scope themselves. The
// desk knows neither HTTP nor SQL.
package desk

import (
	"context"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"gatehouse/store"
)

// Desk is where the use cases live. One serves the whole appliance.
type Desk struct {
	db   *store.DB
	log  *slog.Logger
	ctx  context.Context // ends when the appliance stops
	jobs sync.WaitGroup  // work that goes on after the request that started it

	imports importing

	// AskFeeds asks the feeds that are due; the appliance sets it.
	AskFeeds func(context.Context) error
}

// New returns a desk over db. Work it starts in the background ends with ctx.
func New(ctx context.Context, db *store.DB, log *slog.Logger) *Desk {
	return &Desk{db: db, log: log, ctx: ctx}
}

// Wait returns when no background work is left.
func (d *Desk) Wait() { d.jobs.Wait() }

// background runs fn after the request that asked for it has been answered.
// A panic in it is logged and ends that job alone (S43).
func (d *Desk) background(what string, fn func(ctx context.Context) error) {
	d.jobs.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				d.log.Error("background work panicked", "what", what, "panic", p)
			}
		}()
		if err := fn(d.ctx); err != nil {
			d.log.Error("background work failed", "what", what, "err", err)
		}
	})
}

// BaseURL is the configured address of the appliance, without a slash at the
// end. Links in letters are built from it alone, never from a request.
func (d *Desk) BaseURL(ctx context.Context) (string, error) {
	base, err := d.db.System("links", store.Origin{}).Setting(ctx, store.SetBaseURL)
	return strings.TrimSuffix(base, "/"), err
}

// link is an address on the appliance for a letter.
func (d *Desk) link(ctx context.Context, path string) (string, error) {
	base, err := d.BaseURL(ctx)
	return base + path, err
}

// domain is the base URL's host, for Message-IDs.
func domain(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
