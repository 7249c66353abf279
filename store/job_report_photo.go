package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"gatehouse/store/fault"
)

// mostReportPhotos is how many photos a job takes from one who reported it.
const mostReportPhotos = 5

// NewPhoto is a photo that was made fit to be kept.
type NewPhoto struct{ Full, Thumb []byte }

// AddReportPhotos adds photos to a job that the client has just reported
// itself: to nobody else's, and not for ever.
func (c Client) AddReportPhotos(ctx context.Context, id JobID, photos []NewPhoto) error {
	if err := c.needs(FeatureReport); err != nil {
		return err
	}
	return c.Update(ctx, func(c Client) error {
		j, err := c.Job(ctx, id)
		if err != nil {
			return err
		}
		if j.Reporter != c.me.ID || j.Source != "portal" {
			return fault.New(fault.NotFound, "There is no such report of yours.")
		}
		have, err := c.number(ctx, `SELECT count(*) FROM {job_files} l WHERE l.job_id = :id`, p(":id", id))
		if err != nil {
			return err
		}
		if int(have)+len(photos) > mostReportPhotos {
			return fault.Field("photos", "Up to %d photos fit into one report.", mostReportPhotos)
		}
		for i, ph := range photos {
			if err := c.addReportPhoto(ctx, id, fmt.Sprintf("photo-%d.jpg", int(have)+i+1), ph); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c Client) addReportPhoto(ctx context.Context, id JobID, name string, ph NewPhoto) error {
	if err := c.room(ctx, int64(len(ph.Full)+len(ph.Thumb))); err != nil {
		return err
	}
	full, err := c.keepFile(ctx, photoFile(name, ph.Full))
	if err != nil {
		return err
	}
	thumb, err := c.keepFile(ctx, photoFile(name, ph.Thumb))
	if err != nil {
		return err
	}
	_, err = c.write(ctx, JobReport, `INSERT INTO <job_files> (provider_id, job_id, file_id, thumb_id, kind, name, media, size, shared, by_client, user_id, author, at)
		VALUES (:provider, :job, :file, :thumb, 'photo', :name, 'image/jpeg', :size, 1, 1, :user, :author, :now)`,
		p(":job", id), p(":file", full), p(":thumb", thumb), p(":name", name), p(":size", len(ph.Full)), p(":author", c.actor))
	return err
}

func photoFile(name string, b []byte) NewFile {
	sum := sha256.Sum256(b)
	return NewFile{Name: name, Media: "image/jpeg", Size: int64(len(b)), Sum: sum[:], Body: bytes.NewReader(b)}
}

// room is Limited where the provider's plan has none left, in words for a
// customer, whose fault it is not.
func (c Client) room(ctx context.Context, size int64) error {
	full := false
	err := c.db.query(ctx, c.conn, `SELECT p.max_storage_mb > 0 AND coalesce((SELECT f.bytes FROM file_totals f WHERE f.provider_id = p.id), 0) + :size > p.max_storage_mb * 1048576 FROM providers p WHERE p.id = :provider`,
		c.binder([]int{0}, []arg{p(":size", size)}), func(r *row) error { full = r.bool(); return nil })
	if err == nil && full {
		err = fault.Field("photos", "There is no room for photos at the moment. Please send your report without them.")
	}
	return err
}
