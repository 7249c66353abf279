package desk

import (
	"context"

	"gatehouse/app/mailtext"
	"gatehouse/store"
)

// tellDigests writes the daily summaries that are due.
func (d *Desk) tellDigests(ctx context.Context, y store.System) error {
	due, err := y.DueDigests(ctx)
	if err != nil {
		return err
	}
	for _, one := range due {
		if err := y.Update(ctx, func(y store.System) error { return d.tellDigest(ctx, y, one) }); err != nil {
			return err
		}
	}
	return nil
}

// mostLines is how many jobs a summary names.
const mostLines = 50

func (d *Desk) tellDigest(ctx context.Context, y store.System, one store.Digest) error {
	lines, err := y.TakeDigest(ctx, one)
	if err != nil || len(lines) == 0 {
		return err
	}
	s, err := y.Provider(ctx, one.Provider)
	if err != nil {
		return err
	}
	path := "/admin/" + s.Home().Slug + "/jobs"
	if one.Portal != 0 {
		path = "/portal/" + one.Slug
	}
	c, about := mailtext.JobDigest{}, store.Draft{Portal: one.Portal}
	for _, l := range lines {
		about.Lines = append(about.Lines, store.DraftLine{Job: l.Job.ID, Event: l.Event, Says: l.Track, At: l.At})
		if about.Jobs = append(about.Jobs, l.Job.ID); len(c.Lines) == mostLines {
			c.More++
			continue
		}
		c.Lines = append(c.Lines, mailtext.JobLine{Number: store.JobNumber(l.Job.Number), About: l.Job.Title(), Shape: l.Job.Kind, Event: l.Event, Track: l.Track, At: l.At})
	}
	about.Jobs = uniqueJobs(about.Jobs)
	if c.Link, err = d.link(ctx, path); err != nil {
		return err
	}
	if about.Quit, err = d.quit(ctx, y, one.Provider, one.NoticeReader, store.NoticeDigest); err != nil {
		return err
	}
	c.Quit = mailtext.Quit{Link: about.Quit, Event: store.NoticeDigest}
	_, err = d.post(ctx, s, c, one.Account, about)
	return err
}

func uniqueJobs(all []store.JobID) (out []store.JobID) {
	seen := map[store.JobID]bool{}
	for _, id := range all {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
