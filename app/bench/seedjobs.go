package bench

import (
	"fmt"
	"strconv"
	"time"

	"gatehouse/store"
)

// jobDays is over how many days the jobs of a data set are spread, the last of
// them in two weeks from reported on.
const jobDays = 730

var (
	jobSubjects = []string{"Yearly inspection", "Hydraulic leak", "Replace battery", "Door does not close", "Oil change", "No power"}
	jobStreets  = []string{"Harbour street", "Mill lane", "Station road", "Market square", "Quarry way", "North ring"}
	jobPeople   = []string{"Ana Lopes", "Ben Ode", "Cy Two", "Di Three", "Ed Four", "Flo Nine"}
)

// job is the job i of a data set: seven of ten are deliveries, two work orders,
// one a collection; what lies in the past is nearly all done.
func (s *seeding) job(i int) store.BulkJob {
	d := dice(s.Seed + uint64(i)*0x9e3779b97f4a7c15 + 77)
	at := 0
	if i%50 != 0 {
		at = d.n(len(s.owners))
	}
	o := &s.owners[at]
	back := d.n(jobDays)
	starts := time.Unix(reported+14*day-int64(back)*day, 0).UTC().Add(time.Duration(7+d.n(10)) * time.Hour)
	j := store.BulkJob{Provider: o.provider, Customer: o.customer, Group: o.groups[d.n(GroupsEach)], Number: int64(i + 1), ExternalID: fmt.Sprintf("DO-%07d", i),
		Address: jobStreets[d.n(len(jobStreets))] + " " + strconv.Itoa(1+d.n(200)) + "\n20457 Example", ContactName: jobPeople[d.n(len(jobPeople))],
		Day: starts.Format(time.DateOnly), From: starts.Format("15:04"), To: starts.Add(2 * time.Hour).Format("15:04"), Starts: starts.Unix(), Ends: starts.Unix() + 7200, Due: starts.Unix() + 7200,
		Received: starts.Unix() - 2*day, Lat: 47 + float64(d.n(700000))/100000, Lon: 6 + float64(d.n(900000))/100000}
	over := back > 14
	switch kind := d.n(10); {
	case kind < 7:
		j.Kind, j.Status, j.Items = store.JobDelivery, deliveryStatus(over, d.n(100)), int64(1+d.n(2))
	case kind < 8:
		j.Kind, j.Status, j.Items = store.JobCollection, deliveryStatus(over, d.n(100)), 1
	default:
		j.Kind, j.Status, j.Subject = store.JobWork, workStatus(over, d.n(100)), jobSubjects[d.n(len(jobSubjects))]
	}
	if store.JobDone(j.Status) {
		j.Done = j.Ends
	}
	return j
}

func deliveryStatus(over bool, percent int) string {
	switch {
	case over && percent < 92:
		return store.JobCompleted
	case over && percent < 95:
		return store.JobPartial
	case over && percent < 99:
		return store.JobFailed
	case percent < 20:
		return store.JobInTransit
	}
	return store.JobInfoReceived
}

func workStatus(over bool, percent int) string {
	switch {
	case over && percent < 80:
		return store.JobClosed
	case over && percent < 98:
		return store.JobCompleted
	case percent < 20:
		return store.JobInProgress
	}
	return store.JobOpen
}
