package desk

import (
	"context"
	"io"

	"gatehouse/app/photo"
	"gatehouse/store"
)

// MostPhotos is how many photos come with one report.
const MostPhotos = 5

// ReportProblem makes a job of what somebody at a customer reports, with its
// photos, or says at which field it cannot. A report that arrives again makes
// nothing new.
func (d *Desk) ReportProblem(ctx context.Context, c store.Client, in store.ProblemReport, photos []io.Reader) (made store.Job, err error) {
	ready := make([]store.NewPhoto, 0, len(photos))
	for _, f := range photos {
		ph, err := photo.Read(ctx, "photos", f)
		if err != nil {
			return store.Job{}, err
		}
		ready = append(ready, store.NewPhoto{Full: ph.Full, Thumb: ph.Thumb})
	}
	err = c.Update(ctx, func(c store.Client) error {
		var again bool
		if made, again, err = c.ReportProblem(ctx, in); err != nil || again {
			return err
		}
		return c.AddReportPhotos(ctx, made.ID, ready)
	})
	return made, err
}
