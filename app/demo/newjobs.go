package demo

import (
	"context"
	"fmt"
	"time"

	"gatehouse/store"
)

// one adds the kth job of a day.
func (m *jobMaker) one(ctx context.Context, day time.Time, ahead, k int) error {
	slot := m.w.slots[k%len(m.w.slots)]
	d := &made{n: m.n, ahead: ahead, doer: m.w.doers[k%len(m.w.doers)], from: clock(day, slot[0]), to: clock(day, slot[1])}
	n := m.job(d)
	n.Day, n.From, n.To = day.Format(time.DateOnly), slot[0], slot[1]
	if ahead <= 0 || m.n%3 > 0 { // what is ahead is given out as the day comes
		n.Assignee = m.b.people[d.doer]
		n.Vehicle = m.vans[m.w.vans[k%len(m.w.vans)]]
		if ahead == 0 && k >= 8 {
			n.Assignee = 0 // to the van, whoever drives it
		}
	}
	received := m.received(&n, d)
	id, err := store.Backdate(m.s, received).AddJob(ctx, n)
	d.id, d.items, d.ends = id, len(n.Items), m.ending(d, k)
	m.n++
	m.all = append(m.all, d)
	return err
}

func clock(day time.Time, at string) time.Time {
	c, _ := time.Parse("15:04", at) // of the slots
	return day.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute)
}

// received is when a job came in: as long before its appointment as its
// priority allows, so that it starts and ends within Start by and Due by. What
// would come in only later today is none that hurries.
func (m *jobMaker) received(n *store.NewJob, d *made) time.Time {
	before := map[store.PriorityID]time.Duration{m.priorities["Urgent"]: 33 * time.Minute, m.priorities["High"]: 2*time.Hour + 20*time.Minute, m.priorities["Normal"]: 20 * time.Hour, m.priorities["Low"]: 43 * time.Hour}
	if n.Priority == 0 {
		n.Priority = m.priorities["Normal"]
	}
	at := d.from.Add(-before[n.Priority] - time.Duration(m.n*7%25)*time.Minute)
	if m.past(at) {
		return at
	}
	n.Priority = m.priorities["Low"]
	if at = d.from.Add(-before[n.Priority] - time.Duration(m.n*7%25)*time.Minute); m.past(at) {
		return at
	}
	return m.b.now.Add(-time.Duration(20+m.n*13%200) * time.Minute)
}

func (m *jobMaker) job(d *made) store.NewJob {
	if m.w.kind == store.JobWork {
		t := m.w.tasks[m.n%len(m.w.tasks)]
		d.where = m.site(t.site)
		return store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Customer: m.b.customers[t.customer], Group: m.b.groups[d.where.group], Site: m.sites[t.site], Subject: t.subject, Description: t.description,
			Priority: m.priorities[t.priority], Instructions: "Report at the gate; safety boots and helmet."}}}
	}
	pharmacy := m.n%9 == 7
	if d.where = m.w.consigns[m.n%len(m.w.consigns)]; pharmacy {
		d.where = patients[m.n/9%len(patients)]
	}
	p := d.where
	n := store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Group: m.b.groups["Marlow Foods"], ExternalID: fmt.Sprintf("DO-%05d", 20410+m.n), Address: p.street + ", " + p.zip + " " + p.city,
		Lat: store.Some(p.lat), Lon: store.Some(p.lon), ContactName: p.name, ContactPhone: p.phone, Instructions: "Ring at the side entrance."}}}
	switch {
	case pharmacy:
		n.Group, n.Customer, n.Subject, n.Instructions = 0, m.b.customers["bright"], "Prescriptions", "Hand over in person only."
		n.Items = []store.JobItem{{Description: medicines[m.n/9%len(medicines)], Quantity: 1, Unit: "bag"}}
		return n
	case m.n%9 == 4:
		n.Kind, n.Subject = store.JobCollection, "Empty crates"
		n.Items = []store.JobItem{{SKU: "MF-0001", Description: "Returnable crate, empty", Quantity: float64(4 + m.rnd.IntN(9)), Unit: "crate"}}
		return n
	}
	for i := range 1 + m.rnd.IntN(3) {
		g := goods[(m.n+i*2)%len(goods)]
		n.Items = append(n.Items, store.JobItem{SKU: g.sku, Description: g.name, Quantity: float64(2 + m.rnd.IntN(g.most)), Unit: g.unit})
	}
	return n
}

func (m *jobMaker) site(name string) place {
	for _, p := range m.w.sites {
		if p.name == name {
			return p
		}
	}
	return place{}
}

// ending is what becomes of a job. Yesterday has one of each, for whoever looks.
func (m *jobMaker) ending(d *made, k int) ending {
	if m.w.kind == store.JobWork {
		switch {
		case d.n%11 == 10:
			return endsCalled
		case d.n%9 == 5 && d.ahead > -5:
			return endsWaiting
		}
		return endsWell
	}
	switch {
	case d.ahead == 0:
		return endsWell
	case d.n%17 == 16 && d.ahead > -5:
		return endsWaiting
	case d.n%13 == 12 || d.ahead == m.lastDay() && k == 3:
		return endsFailed
	case d.n%9 != 7 && (d.n%8 == 7 || d.ahead == m.lastDay() && (k == 1 || k == 2 && d.n%9 == 8)):
		return endsRejected
	}
	return endsWell
}

// lastDay is the working day before today.
func (m *jobMaker) lastDay() int {
	if m.b.now.In(m.zone).Weekday() == time.Monday {
		return -2
	}
	return -1
}
