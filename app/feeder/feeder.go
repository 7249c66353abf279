// Package feeder asks telematics servers for fleet snapshots (ISO 15143-3),
// page by page, on the schedule of each feed. It speaks HTTP as a client and
// decides where it may go; what a snapshot means is the desk's business.
package feeder

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// The limits of one pull.
const (
	mostPages = 500
	atOnce    = 4                // feeds asked at the same time
	patience  = 2 * time.Minute  // for one page
	wholePull = 20 * time.Minute // shorter than a claim on a feed holds
)

// Feeder asks feeds.
type Feeder struct {
	DB       *store.DB
	Desk     *desk.Desk
	Log      *slog.Logger
	Patience time.Duration // for one page; 0: two minutes
}

// Due asks every feed that is due, and returns when all have answered or
// failed. What fails is written into the feed's own log.
func (f *Feeder) Due(ctx context.Context) error {
	for ctx.Err() == nil {
		due, err := f.system().DueFeeds(ctx, atOnce)
		if err != nil || len(due) == 0 {
			return err
		}
		var all sync.WaitGroup
		for _, d := range due {
			all.Go(func() { f.pull(ctx, d) })
		}
		all.Wait()
	}
	return ctx.Err()
}

func (f *Feeder) system() store.System {
	return f.DB.System("feeds", store.Origin{Source: "feed"})
}

// pull asks one feed and writes down what came of it, whatever came of it.
func (f *Feeder) pull(ctx context.Context, d store.DueFeed) {
	var r store.PullResult
	err := f.pages(ctx, d, &r)
	if r.OK = err == nil && r.Says == ""; err != nil {
		r.Says = f.says(ctx, d, err)
	}
	if r.OK && r.Skipped > 0 {
		r.Says = fmt.Sprintf("%d values or machines were left out.", r.Skipped)
	}
	if err := f.system().FinishPull(context.WithoutCancel(ctx), d, r); err != nil {
		f.Log.Error("finish pull", "feed", d.ID, "err", err)
	}
}

// says is why a pull failed, for the feed's log.
func (f *Feeder) says(ctx context.Context, d store.DueFeed, err error) string {
	if ctx.Err() != nil {
		return "The appliance was stopped during this pull."
	}
	if says := fault.Says(err); says != "" {
		return hide(says, d)
	}
	f.Log.Error("pull failed", "feed", d.ID, "err", err)
	return "Something went wrong here. The log of the appliance says more."
}

// pages follows a feed from its first page to its last, taking in each.
func (f *Feeder) pages(ctx context.Context, d store.DueFeed, r *store.PullResult) (err error) {
	ctx, cancel := context.WithTimeout(ctx, wholePull)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	s, err := f.DB.System("Feed "+d.Name, store.Origin{Source: "feed"}).Provider(ctx, d.Provider)
	if err != nil {
		return err
	}
	private, err := f.system().Setting(ctx, store.SetFeedPrivate)
	if err != nil {
		return err
	}
	client := newClient(private == "yes")
	defer client.CloseIdleConnections()
	if err := f.follow(ctx, client, s, d, r); err != nil {
		return err
	}
	return s.LogPull(ctx, d.ID, *r)
}

func (f *Feeder) follow(ctx context.Context, client *http.Client, s store.Staff, d store.DueFeed, r *store.PullResult) error {
	seen := map[string]bool{}
	for at := d.URL; at != ""; {
		if seen[at] {
			r.Says = fmt.Sprintf("Page %d leads back to a page that was read already. What the pages held is in.", r.Pages)
			return nil
		}
		if r.Pages == mostPages {
			r.Says = fmt.Sprintf("There are more than %d pages. What the first %d held is in.", mostPages, mostPages)
			return nil
		}
		seen[at] = true
		taken, err := f.page(ctx, client, s, d, at)
		r.Machines, r.Added, r.Readings, r.Skipped = r.Machines+taken.Machines, r.Added+taken.Added, r.Readings+taken.Readings, r.Skipped+taken.Skipped
		if err != nil {
			return err
		}
		r.Pages++
		if taken.Astray != "" {
			r.Says = fmt.Sprintf("Page %d names a next page on another server, which was not asked: %s", r.Pages, clip(taken.Astray, 200))
		}
		at = taken.Next
	}
	return nil
}

// page fetches one page and takes it in.
func (f *Feeder) page(ctx context.Context, client *http.Client, s store.Staff, d store.DueFeed, at string) (desk.FleetTaken, error) {
	wait := f.Patience
	if wait == 0 {
		wait = patience
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	body, media, err := fetch(ctx, client, d, at)
	if err != nil {
		return desk.FleetTaken{}, err
	}
	// What has arrived is taken in whatever the server's time was worth.
	return f.Desk.TakeFleet(context.WithoutCancel(ctx), s, desk.FleetPage{Body: body, ContentType: media, URL: at, Source: "Feed " + d.Name})
}
