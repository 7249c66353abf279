package desk

import (
	"context"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// TrackLink is a tracking link that was just made: shown in full this once.
type TrackLink struct {
	store.TrackingLink
	URL string
}

// TrackJob makes a public link to the progress of a job.
func (d *Desk) TrackJob(ctx context.Context, s store.Staff, id store.JobID) (TrackLink, error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Tracking)
	l, err := s.AddTrackingLink(ctx, id, hash, hint(token))
	if err != nil {
		return TrackLink{}, err
	}
	url, err := d.link(ctx, "/track/"+token)
	return TrackLink{l, url}, err
}

// wrongLink counts a link that opens nothing by where it was tried from: one
// that works is never refused, so that a stranger in the same network locks
// nobody out.
func (d *Desk) wrongLink(ctx context.Context, y store.System, from store.Origin, says error) error {
	if fault.Of(says) != fault.NotFound && fault.Of(says) != fault.Invalid {
		return says
	}
	if err := y.Attempt(ctx, store.Throttle{Key: "link-ip:" + network(from.IP), Most: 30, Window: 10 * time.Minute, Pause: 10 * time.Minute}); err != nil {
		return err
	}
	return says
}

// Tracked opens a tracking link. All wrong ones are answered alike.
func (d *Desk) Tracked(ctx context.Context, token string, from store.Origin) (t store.Tracked, err error) {
	y := d.db.System("tracking link", from)
	hash, err := secret.HashToken(token, secret.Tracking)
	if err != nil {
		return t, d.wrongLink(ctx, y, from, store.NoLink)
	}
	if t, err = y.Tracked(ctx, hash); err != nil {
		return store.Tracked{}, d.wrongLink(ctx, y, from, noLink(err))
	}
	return t, y.TrackingUsed(ctx, t)
}

// noLink is what whoever has a link to something that is gone reads.
func noLink(err error) error {
	if fault.Of(err) == fault.NotFound {
		return store.NoLink
	}
	return err
}

// TrackedFile opens a file that a tracking link shows.
func (d *Desk) TrackedFile(ctx context.Context, token string, id store.JobFileID, thumb bool, from store.Origin) (*store.FileReader, error) {
	y := d.db.System("tracking link", from)
	hash, err := secret.HashToken(token, secret.Tracking)
	if err != nil {
		return nil, d.wrongLink(ctx, y, from, store.NoLink)
	}
	f, err := y.TrackedFile(ctx, hash, id, thumb)
	if err != nil {
		return nil, d.wrongLink(ctx, y, from, noLink(err))
	}
	return f, nil
}
