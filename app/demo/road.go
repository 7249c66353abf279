package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"gatehouse/app/desk"
	"gatehouse/store"
)

// doAll lets everybody do their jobs, as far as their time has come.
func (m *jobMaker) doAll(ctx context.Context) error { return m.doThese(ctx, m.all) }

// doAgain lets them do the further attempts.
func (m *jobMaker) doAgain(ctx context.Context) error { return m.doThese(ctx, m.again) }

func (m *jobMaker) doThese(ctx context.Context, all []*made) error {
	doers := slices.Clone(m.w.doers)
	slices.Sort(doers)
	for _, who := range slices.Compact(doers) {
		doer, err := m.as(ctx, who)
		if err != nil {
			return err
		}
		if err := doer.Update(ctx, func(s store.Staff) error {
			for _, d := range all {
				if d.doer != who || d.ahead > 0 {
					continue
				}
				if err := m.do(ctx, s, d); err != nil {
					return fmt.Errorf("job %d of %s: %w", d.n, d.from.Format(time.DateOnly), err)
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// do takes one job as far as the clock has got: on the way, there, done.
func (m *jobMaker) do(ctx context.Context, s store.Staff, d *made) error {
	if d.ends == endsCalled || d.ends == endsWaiting && m.w.kind != store.JobWork {
		return nil // the office sees to it
	}
	there := d.from.Add(time.Duration(4+d.n*11%30) * time.Minute)
	done := there.Add(time.Duration(3+d.n%5) * time.Minute)
	if m.w.kind == store.JobWork {
		there, done = d.from.Add(time.Duration(2+d.n%9)*time.Minute), d.to.Add(-time.Duration(8+d.n*5%20)*time.Minute)
	}
	if start := there.Add(-time.Duration(12+d.n%9) * time.Minute); m.past(start) {
		if err := m.b.desk.StartJob(ctx, store.Backdate(s, start), d.id); err != nil {
			return err
		}
	}
	if !m.past(there) {
		return nil
	}
	if err := store.Backdate(s, there).Mark(ctx, d.id, "arrived"); err != nil || !m.past(done) {
		return err
	}
	s = store.Backdate(s, done)
	if m.w.kind == store.JobWork {
		return m.workOrder(ctx, s, d)
	}
	return m.prove(ctx, s, d)
}

func (m *jobMaker) workOrder(ctx context.Context, s store.Staff, d *made) error {
	if d.ends == endsWaiting {
		return s.SetJobStatus(ctx, d.id, 0, store.JobStep{To: store.JobOnHold, Reason: "Waiting for a hydraulic hose"})
	}
	if err := s.CommentJob(ctx, d.id, store.NewComment{Body: "Done and tested under load. Please check the oil level again after a day."}); err != nil {
		return err
	}
	return m.prove(ctx, s, d)
}

// recent reports whether somebody is likely to open a job.
func (d *made) recent() bool { return d.ahead >= -3 }

// prove finishes a job the way the phone page does.
func (m *jobMaker) prove(ctx context.Context, s store.Staff, d *made) error {
	in := desk.ProofInput{NewProof: store.NewProof{Once: fmt.Sprintf("sample-%d", d.id), Lat: store.Some(d.where.lat + .0002), Lon: store.Some(d.where.lon - .0003), Accuracy: store.Some(9), At: s.Now()}}
	var scenes []scene
	switch {
	case d.ends == endsFailed:
		in.Failed, in.Reason, in.Note, scenes = true, "Nobody there to receive it", "Rang twice, then phoned: no answer. Shutters are down.", []scene{{kind: "door", tint: d.n}}
	default:
		in.Receiver, in.Sign = d.where.contact, bytes.NewReader(signatureOf(d.n))
		scenes = []scene{{kind: "door", boxes: 2 + d.n%3, tint: d.n}, {kind: "store", boxes: 4 + d.n%4, tint: d.n}}
	}
	if m.w.kind == store.JobWork {
		scenes = []scene{{kind: "machine", tint: d.n}}
	}
	if d.ends == endsRejected {
		items, err := s.JobItems(ctx, d.id)
		if err != nil {
			return err
		}
		in.Rejected = []store.Rejection{{Item: items[0].ID, Number: 1, Reason: "Packaging damaged"}}
		in.Note, scenes[1] = "One carton was crushed at a corner; taken back to the depot.", scene{kind: "damage", tint: d.n}
	}
	if d.recent() {
		for _, c := range scenes {
			in.Pictures = append(in.Pictures, io.Reader(bytes.NewReader(c.jpeg())))
		}
	}
	_, err := m.b.desk.Prove(ctx, s, d.id, in)
	return err
}
