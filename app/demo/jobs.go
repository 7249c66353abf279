package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// addJobs fills three weeks with jobs in every state, a few days ahead as well:
// the office takes them in, its people do them, the office sees to the rest.
// Everything happened when it says so.
func (b *builder) addJobs(ctx context.Context, f firm) error {
	w := nordliftWork
	if f.starter == "courier" {
		w = swiftWork
	}
	zone, err := time.LoadLocation(f.formats.Zone)
	if err != nil {
		return err
	}
	m := jobMaker{b: b, w: w, zone: zone, rnd: rand.New(rand.NewPCG(7, uint64(len(f.slug)))), sites: map[string]store.SiteID{}}
	for _, step := range []func(context.Context) error{m.takeIn, m.doAll, m.seeTo, m.doAgain} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// jobMaker makes the jobs of one firm.
type jobMaker struct {
	b          *builder
	s          store.Staff // the office, within its transaction
	w          work
	zone       *time.Location
	rnd        *rand.Rand
	sites      map[string]store.SiteID
	priorities map[string]store.PriorityID
	subs       map[string]store.JobStatusID
	vans       map[string]store.VehicleID
	n          int
	all        []*made
	again      []*made // further attempts
}

// made is a job with what becomes of it.
type made struct {
	id       store.JobID
	n        int // which, and which of its day
	ahead    int // days from today
	doer     string
	where    place
	from, to time.Time
	items    int
	ends     ending
}

// ending is what becomes of a job.
type ending string

const (
	endsWell     ending = "done"
	endsRejected ending = "rejected"  // in part
	endsFailed   ending = "failed"    // and is tried again
	endsWaiting  ending = "waiting"   // for a part, or another day
	endsCalled   ending = "cancelled" // by the customer
)

// office runs a step of the office in one transaction.
func (m *jobMaker) office(ctx context.Context, do func() error) error {
	return m.b.admin.Update(ctx, func(s store.Staff) error { m.s = s; return do() })
}

// past reports whether a time has come.
func (m *jobMaker) past(at time.Time) bool { return at.Before(m.b.now) }

// takeIn adds the sites and every job as it came in.
func (m *jobMaker) takeIn(ctx context.Context) error {
	return m.office(ctx, func() error {
		if err := m.look(ctx); err != nil {
			return err
		}
		today := m.b.now.In(m.zone)
		for ahead := -16; ahead <= 4; ahead++ {
			day := time.Date(today.Year(), today.Month(), today.Day()+ahead, 0, 0, 0, 0, m.zone)
			if day.Weekday() == time.Sunday && ahead != 0 {
				continue
			}
			n := m.w.perDay
			if ahead == 0 {
				n = m.w.today
			}
			for k := range n {
				if err := m.one(ctx, day, ahead, k); err != nil {
					return fmt.Errorf("job on %s: %w", day.Format(time.DateOnly), err)
				}
			}
		}
		return nil
	})
}

// look reads what jobs refer to, and adds the sites.
func (m *jobMaker) look(ctx context.Context) error {
	m.priorities, m.subs, m.vans = map[string]store.PriorityID{}, map[string]store.JobStatusID{}, map[string]store.VehicleID{}
	all, err := m.s.JobPriorities(ctx)
	if err != nil {
		return err
	}
	for _, y := range all {
		m.priorities[y.Name] = y.ID
	}
	subs, err := m.s.JobSubs(ctx)
	if err != nil {
		return err
	}
	for _, x := range subs {
		m.subs[x.Name] = x.ID
	}
	vans, err := m.s.Vehicles(ctx, store.VehicleFilter{Limit: 100})
	if err != nil {
		return err
	}
	for _, v := range vans.Rows {
		m.vans[v.Name] = v.ID
	}
	for _, p := range m.w.sites {
		e := store.SiteEdit{Name: p.name, Customer: m.b.customers[p.customer], Group: m.b.groups[p.group], Street: p.street, PostalCode: p.zip, City: p.city, Lat: store.Some(p.lat), Lon: store.Some(p.lon), ContactName: p.contact, ContactPhone: p.phone}
		if m.sites[p.name], err = m.s.AddSite(ctx, e); err != nil {
			return fmt.Errorf("site %s: %w", p.name, err)
		}
	}
	return nil
}

// as signs one of the firm's people in for what they do themselves.
func (m *jobMaker) as(ctx context.Context, email string) (store.Staff, error) {
	_, hash := secret.NewToken(m.b.db.Rand(), secret.Session)
	if err := m.b.y.StartSession(ctx, store.Account{ID: m.b.people[email], Provider: m.b.id}, 0, hash); err != nil {
		return store.Staff{}, err
	}
	return m.b.db.Staff(ctx, m.b.admin.Home().Slug, hash, store.Origin{Source: "system"})
}
