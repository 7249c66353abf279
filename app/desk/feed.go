package desk

import (
	"context"
	"fmt"
	"io"

	"gatehouse/app/aemp"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// FleetPage is one page of a feed as it came in.
type FleetPage struct {
	Body        io.Reader
	ContentType string
	URL         string // it came from
	Source      string // what its readings are said to come from
}

// FleetTaken tells what a page brought.
type FleetTaken struct {
	Machines, Added, Readings, Skipped int64
	Says                               string // the first reason for leaving something out
	Next                               string // address of the next page, "" on the last one
	Astray                             string // the next page as named, where it cannot be followed
}

// machinesAtOnce bounds a transaction: a big fleet must not keep others from
// writing.
const machinesAtOnce = 200

// TakeFleet brings the machines of one page of a fleet and their readings in.
// Bringing the same page again changes nothing.
func (d *Desk) TakeFleet(ctx context.Context, s store.Staff, p FleetPage) (out FleetTaken, err error) {
	snap, err := aemp.Parse(p.Body, p.ContentType, d.db.Now())
	if err != nil {
		return out, err
	}
	out.follow(p.URL, snap)
	out.Machines, out.Skipped = int64(len(snap.Equipment)), int64(snap.SkippedTotal)
	if len(snap.Skipped) > 0 {
		out.Says = snap.Skipped[0].What
	}
	t := &fleet{source: p.Source}
	for all := snap.Equipment; len(all) > 0 && err == nil; all = all[min(machinesAtOnce, len(all)):] {
		err = s.Update(ctx, func(s store.Staff) error { return out.take(ctx, s, t, all[:min(machinesAtOnce, len(all))]) })
	}
	return out, err
}

func (f *FleetTaken) follow(from string, snap aemp.Snapshot) {
	next, ok := aemp.NextURL(from, snap)
	if named := snap.Links["next"]; !ok && named != "" && named != snap.Links["self"] {
		f.Astray = named
	}
	f.Next = next
}

func (f *FleetTaken) take(ctx context.Context, s store.Staff, t *fleet, all []aemp.Equipment) error {
	for i := range all {
		pl, err := judge(ctx, s, t, entry{line: i + 1, machine: &all[i]})
		if err != nil {
			return fmt.Errorf("machine %s: %w", all[i].EquipmentID, err)
		}
		switch pl.verdict {
		case store.VerdictRefuse:
			f.Skipped++
			f.Says = orElse(f.Says, pl.label+": "+pl.says)
			continue
		case store.VerdictAdd:
			f.Added++
		}
		if pl.do == nil {
			continue
		}
		if _, _, err := pl.do(ctx, s); err != nil {
			return fmt.Errorf("machine %s: %w", pl.label, err)
		}
		f.Readings += int64(pl.news)
	}
	return nil
}

// PullFeed asks a feed now instead of waiting for its time. The answer shows
// in the feed's log.
func (d *Desk) PullFeed(ctx context.Context, s store.Staff, id store.FeedID) error {
	if d.AskFeeds == nil {
		return fault.New(fault.Conflict, "This appliance asks no feeds.")
	}
	if err := s.AskFeed(ctx, id); err != nil {
		return err
	}
	d.background("pull feed", d.AskFeeds)
	return nil
}
