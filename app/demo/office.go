package demo

import (
	"context"
	"strings"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// seeTo is what is left to the office: what is cancelled or waits, what is
// closed, what is tried again, and the link somebody asked for.
func (m *jobMaker) seeTo(ctx context.Context) error {
	return m.office(ctx, func() error {
		for _, d := range m.all {
			if err := m.after(ctx, d); err != nil {
				return err
			}
		}
		if m.w.kind == store.JobWork {
			return nil
		}
		return m.track(ctx)
	})
}

func (m *jobMaker) after(ctx context.Context, d *made) error {
	at := func(t time.Time) (store.Staff, bool) { return store.Backdate(m.s, t), m.past(t) && d.ahead <= 0 }
	evening := time.Date(d.to.Year(), d.to.Month(), d.to.Day(), 17, 40, 0, 0, m.zone)
	switch d.ends {
	case endsCalled:
		if s, ok := at(d.from.Add(-35 * time.Minute)); ok {
			return s.SetJobStatus(ctx, d.id, 0, store.JobStep{To: store.JobCancelled, Reason: "The machine was swapped, says the site"})
		}
	case endsWaiting:
		if s, ok := at(d.from.Add(-70 * time.Minute)); ok && m.w.kind != store.JobWork {
			return s.SetJobStatus(ctx, d.id, 0, store.JobStep{To: store.JobOnHold, Reason: "Recipient asked for another day"})
		}
	case endsFailed:
		if s, ok := at(evening); ok {
			return m.tryAgain(ctx, s, d, evening)
		}
	case endsWell:
		if m.w.kind == store.JobWork {
			return m.close(ctx, d, at)
		}
	}
	return nil
}

// close ends what is long done, and says among colleagues what they should know.
func (m *jobMaker) close(ctx context.Context, d *made, at func(time.Time) (store.Staff, bool)) error {
	if s, ok := at(d.to.Add(time.Hour)); ok && d.n%4 == 0 {
		if err := s.CommentJob(ctx, d.id, store.NewComment{Body: "Second time this month, look at the pump next time.", Private: true}); err != nil {
			return err
		}
	}
	s, ok := at(d.from.AddDate(0, 0, 3))
	if !ok || d.ahead > -6 {
		return nil
	}
	return s.SetJobStatus(ctx, d.id, 0, store.JobStep{To: store.JobClosed})
}

// tryAgain makes the next attempt for the working day after, with the same
// driver.
func (m *jobMaker) tryAgain(ctx context.Context, s store.Staff, d *made, at time.Time) error {
	next := *d
	next.ends = endsWell
	for days := 1; days == 1 || next.from.Weekday() == time.Sunday && next.ahead != 0; days++ {
		next.from, next.to, next.ahead = d.from.AddDate(0, 0, days), d.to.AddDate(0, 0, days), d.ahead+days
	}
	var err error
	if next.id, err = s.Reattempt(ctx, d.id, next.from.Format(time.DateOnly)); err != nil {
		return err
	}
	who, van := m.b.people[d.doer], m.vanOf(d.doer)
	if _, err := store.Backdate(m.s, at.Add(4*time.Minute)).AssignJobs(ctx, []store.JobID{next.id}, store.JobAssignment{Assignee: &who, Vehicle: &van}); err != nil {
		return err
	}
	m.again = append(m.again, &next)
	return nil
}

func (m *jobMaker) vanOf(doer string) store.VehicleID {
	for i, e := range m.w.doers {
		if e == doer {
			return m.vans[m.w.vans[i]]
		}
	}
	return 0
}

// track gives out a tracking link to a delivery of this afternoon, and shows
// on it what a recipient likes to know.
func (m *jobMaker) track(ctx context.Context) error {
	if err := m.s.SetTrackPolicy(ctx, store.TrackPolicy{Fields: []string{store.TrackWindow, store.TrackAddress, store.TrackItems, store.TrackReceiver, store.TrackPhotos, store.TrackPlace, store.TrackDriver}, Days: store.TrackDays}); err != nil {
		return err
	}
	for _, d := range m.all {
		if d.ahead == 0 && d.from.Hour() >= 13 {
			_, err := m.s.AddTrackingLink(ctx, d.id, trackHash, trackLink[len(trackLink)-4:])
			return err
		}
	}
	return nil
}

// trackLink is the token of the sample data's tracking link: the same in every
// file, as the password is.
var trackLink, trackHash = secret.NewToken(strings.NewReader("the sample data's tracking link!"), secret.Tracking)
