package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gatehouse/store"
)

// place is a site or an address of the sample data.
type place struct {
	name, street, zip, city, contact, phone string
	lat, lon                                float64
	customer                                string // key; "": nobody's site, an address only
	group                                   string
}

// work is what a firm does for its customers in the sample data.
type work struct {
	sites    []place
	kind     string
	tasks    []task
	perDay   int
	doers    []string // e-mail
	vans     []string
	consigns []place // addresses deliveries go to
}

type task struct {
	subject, description, customer, site string
	priority                             string
}

var nordliftWork = work{kind: store.JobWork, perDay: 2, doers: []string{"tarek@nordlift.test", "finn@nordlift.test"}, vans: []string{"Service van 1"},
	sites: []place{
		{"Elbtower", "Zweibrückenstraße 1", "20457", "Hamburg", "Anna Brandt", "+49 40 5550 231", 53.5340, 10.0264, "acme", "Hafen City"},
		{"Barmbek quarter", "Fuhlsbüttler Straße 20", "22305", "Hamburg", "Ben Okafor", "+49 40 5550 232", 53.5876, 10.0446, "acme", "Barmbek"},
		{"Track section 7", "Ratzeburger Allee 100", "23562", "Lübeck", "Malte Jensen", "+49 451 5550 12", 53.8410, 10.7020, "beta", ""},
		{"Überseestadt", "Konsul-Smidt-Straße 8", "28217", "Bremen", "Svea Timm", "+49 421 5550 77", 53.0960, 8.7720, "hansa", ""}},
	tasks: []task{
		{"Hydraulic leak on the boom", "Oil on the ground below the boom after a night's standstill. The machine is parked beside gate 2.", "acme", "Elbtower", "Urgent"},
		{"500-hour service", "Oil, filters, grease, and the check list of the maker.", "acme", "Barmbek quarter", "Normal"},
		{"Starter battery flat", "Does not start in the morning, jump start works.", "acme", "Elbtower", "High"},
		{"Yearly inspection", "Inspection of lifting gear with a report for the site's safety folder.", "beta", "Track section 7", "Normal"},
		{"Track adjustment", "Left track comes off under load.", "beta", "Track section 7", "High"},
		{"Fault code E-204", "Shown since yesterday; the machine works.", "hansa", "Überseestadt", "Normal"},
		{"Replace windscreen", "Stone chip in the driver's view.", "hansa", "Überseestadt", "Low"},
		{"Tyre damage", "Outer tyre on the rear axle is cut.", "acme", "Barmbek quarter", "High"}}}

var swiftWork = work{kind: store.JobDelivery, perDay: 7, doers: []string{"pete@swift.test", "ivy@swift.test"}, vans: []string{"Van 3", "Van 7", "Van 5"},
	sites: []place{{"Marlow warehouse", "Royal Victoria Dock 4", "E16 1XL", "London", "Maya Sutton", "+44 20 5550 0177", 51.5082, 0.0255, "marlow", "Marlow Foods"},
		{"Brightwater depot", "3 Friar Street", "RG1 1DB", "Reading", "Idris Cole", "+44 118 5550 12", 51.4551, -0.9787, "bright", ""}},
	consigns: []place{
		{"The Copper Kettle", "12 Long Acre", "WC2E 9LA", "London", "Rosa Dean", "+44 20 5550 0211", 51.5129, -0.1243, "", ""},
		{"Borough Table", "8 Southwark Street", "SE1 1TL", "London", "Tom Price", "+44 20 5550 0212", 51.5048, -0.0905, "", ""},
		{"Primrose Deli", "144 Regent's Park Road", "NW1 8XL", "London", "Ada Flynn", "+44 20 5550 0213", 51.5405, -0.1553, "", ""},
		{"Greenwich Larder", "22 Nelson Road", "SE10 9JB", "London", "Noor Shah", "+44 20 5550 0214", 51.4812, -0.0077, "", ""},
		{"Clapham Canteen", "41 Venn Street", "SW4 0BD", "London", "Lee Osei", "+44 20 5550 0215", 51.4616, -0.1390, "", ""},
		{"Chiswick Pantry", "210 High Road", "W4 1PD", "London", "Elin Rhys", "+44 20 5550 0216", 51.4925, -0.2620, "", ""},
		{"Camden Grain", "7 Inverness Street", "NW1 7HB", "London", "Max Adler", "+44 20 5550 0217", 51.5391, -0.1447, "", ""}}}

var goods = []struct {
	sku, name, unit string
	most            int
}{{"MF-1001", "Olive oil 5 l", "can", 6}, {"MF-1020", "Plum tomatoes, tinned", "case", 12}, {"MF-2003", "Flour type 00", "sack", 8}, {"MF-3110", "Goat's cheese", "box", 5}, {"MF-4042", "Blood oranges", "crate", 9}, {"MF-5007", "Sea salt flakes", "tub", 20}}

// addJobs fills three weeks with jobs in every state, a few days ahead as well.
func (b *builder) addJobs(ctx context.Context, f firm) error {
	w := nordliftWork
	if f.starter == "courier" {
		w = swiftWork
	}
	return b.admin.Update(ctx, func(s store.Staff) error {
		j := jobMaker{b: b, s: s, w: w, rnd: rand.New(rand.NewPCG(7, uint64(len(f.slug)))), sites: map[string]store.SiteID{}}
		return j.build(ctx)
	})
}

// jobMaker makes the jobs of one firm.
type jobMaker struct {
	b          *builder
	s          store.Staff
	w          work
	rnd        *rand.Rand
	sites      map[string]store.SiteID
	priorities map[string]store.PriorityID
	subs       map[string]store.JobStatusID
	vans       map[string]store.VehicleID
	n          int
}

func (m *jobMaker) build(ctx context.Context) error {
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
	today, err := time.Parse(time.DateOnly, m.s.DayNow())
	if err != nil {
		return err
	}
	for day := -16; day <= 4; day++ {
		at := today.AddDate(0, 0, day)
		if at.Weekday() == time.Sunday {
			continue
		}
		for range m.w.perDay {
			if err := m.one(ctx, at.Format(time.DateOnly), day); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *jobMaker) one(ctx context.Context, day string, ahead int) error {
	n := m.job(day)
	at, _ := time.Parse(time.DateOnly, day) // made by Format
	n.ReceivedAt = at.Add(-time.Duration(10+m.rnd.IntN(30)) * time.Hour)
	if n.ReceivedAt.After(m.s.Now()) {
		n.ReceivedAt = m.s.Now().Add(-time.Duration(m.n%20) * time.Hour)
	}
	if ahead <= 0 || m.n%3 > 0 {
		n.Assignee = m.b.people[m.w.doers[m.n%len(m.w.doers)]]
		if m.n%2 == 0 {
			n.Vehicle = m.vans[m.w.vans[m.n%len(m.w.vans)]]
		}
	}
	id, err := m.s.AddJob(ctx, n)
	if err != nil {
		return fmt.Errorf("job on %s: %w", day, err)
	}
	m.n++
	if ahead > 0 {
		return nil
	}
	return m.progress(ctx, id, ahead, len(n.Items) > 0)
}

func (m *jobMaker) job(day string) store.NewJob {
	if m.w.kind == store.JobWork {
		t := m.w.tasks[m.n%len(m.w.tasks)]
		return store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Customer: m.b.customers[t.customer], Group: m.group(t.site), Site: m.sites[t.site], Subject: t.subject, Description: t.description,
			Day: day, From: []string{"08:00", "10:30", "13:00"}[m.n%3], To: []string{"10:00", "12:30", "15:30"}[m.n%3], Priority: m.priorities[t.priority], Instructions: "Report at the gate; safety boots and helmet."}}}
	}
	p := m.w.consigns[m.n%len(m.w.consigns)]
	n := store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Group: m.b.groups["Marlow Foods"], ExternalID: fmt.Sprintf("DO-%05d", 20410+m.n), Address: p.street + ", " + p.zip + " " + p.city,
		Lat: store.Some(p.lat), Lon: store.Some(p.lon), ContactName: p.name, ContactPhone: p.phone, Day: day, From: []string{"07:00", "09:00", "11:00", "14:00"}[m.n%4], To: []string{"09:00", "11:00", "13:00", "17:00"}[m.n%4]}}}
	switch m.n % 9 {
	case 4:
		n.Kind, n.Subject = store.JobCollection, "Empty crates"
	case 7:
		n.Group, n.Customer, n.Subject = 0, m.b.customers["bright"], "Prescriptions"
	}
	for i := range 1 + m.rnd.IntN(3) {
		g := goods[(m.n+i*2)%len(goods)]
		n.Items = append(n.Items, store.JobItem{SKU: g.sku, Description: g.name, Quantity: float64(1 + m.rnd.IntN(g.most)), Unit: g.unit})
	}
	return n
}

func (m *jobMaker) group(site string) store.GroupID {
	for _, p := range m.w.sites {
		if p.name == site {
			return m.b.groups[p.group]
		}
	}
	return 0
}

// progress takes a job as far as its day says: the past is done, today is under
// way.
func (m *jobMaker) progress(ctx context.Context, id store.JobID, ahead int, items bool) error {
	do := func(steps ...store.JobStep) error {
		for _, st := range steps {
			if err := m.s.SetJobStatus(ctx, id, 0, st); err != nil {
				return err
			}
		}
		return nil
	}
	if m.w.kind == store.JobWork {
		return m.workOrder(ctx, id, ahead, do)
	}
	switch {
	case m.n%13 == 0:
		return do(store.JobStep{To: store.JobFailed, Reason: "Nobody there to receive it"})
	case m.n%17 == 0:
		return do(store.JobStep{To: store.JobOnHold, Reason: "Recipient asked for another day"})
	case ahead == 0 && m.n%7 > 2:
		return m.s.Mark(ctx, id, "started")
	case items && m.n%8 == 0:
		all, err := m.s.JobItems(ctx, id)
		if err != nil {
			return err
		}
		if err := m.s.Reject(ctx, id, []store.Rejection{{Item: all[0].ID, Number: 1, Reason: "Packaging damaged"}}); err != nil {
			return err
		}
	}
	return do(store.JobStep{To: store.JobCompleted})
}

func (m *jobMaker) workOrder(ctx context.Context, id store.JobID, ahead int, do func(...store.JobStep) error) error {
	working := store.JobStep{To: store.JobInProgress}
	switch {
	case ahead == 0 && m.n%2 == 0:
		working.Sub = m.subs["En route"]
		return do(working)
	case ahead == 0:
		return nil
	case m.n%11 == 0:
		return do(store.JobStep{To: store.JobCancelled, Reason: "Machine was taken back"})
	case m.n%7 == 0:
		return do(working, store.JobStep{To: store.JobOnHold, Reason: "Waiting for a hydraulic hose"})
	}
	if err := do(working, store.JobStep{To: store.JobCompleted}); err != nil {
		return err
	}
	if err := m.s.CommentJob(ctx, id, store.NewComment{Body: "Done and tested under load. Please check the oil level again after a day."}); err != nil {
		return err
	}
	if m.n%4 == 0 {
		if err := m.s.CommentJob(ctx, id, store.NewComment{Body: "Second time this month, look at the pump next time.", Private: true}); err != nil {
			return err
		}
	}
	if ahead < -8 {
		return do(store.JobStep{To: store.JobClosed})
	}
	return nil
}
