package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// JobCount is how many jobs of a day have a kind, a status, and somebody
// assigned or nobody. The counters are kept at each change; the property test
// holds them against a count.
type JobCount struct {
	Day      string
	Kind     string
	Status   string
	Assigned bool
	N        int64
}

// JobCountFilter says which counters to read.
type JobCountFilter struct {
	From, To string // days, both included; "" is open
	Kind     string // as in JobFilter
	Customer CustomerID
	Group    GroupID
}

// JobCounts reads the kept counters of the scope's jobs: per day, kind, status
// and whether somebody is assigned. Filter by a customer, a group, or neither.
func (s scope) JobCounts(ctx context.Context, f JobCountFilter) ([]JobCount, error) {
	for _, d := range []string{f.From, f.To} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return nil, fault.New(fault.Invalid, "This is no date.")
		}
	}
	if s.customer != 0 && (s.own || !s.shared[FeatureJobList] && !s.shared[FeatureDeliveryList]) {
		return s.countOwn(ctx, f)
	}
	of := f.Customer
	if s.customer != 0 {
		of = s.customer
	}
	text := `SELECT k.day, k.kind, CASE k.status WHEN 'reported' THEN 'draft' ELSE k.status END, k.assigned, k.n FROM {job_counts} k WHERE k.customer_id = :of` + s.countGroups(f.Group) + dayConds("k", f) + ` ORDER BY k.customer_id, k.group_id, k.day`
	return s.countRows(ctx, text, f, p(":of", of))
}

// countGroups picks the level of the counters: all jobs in one row, or a row
// for each group the scope is limited to, which the wall picks.
func (s scope) countGroups(group GroupID) string {
	limited := s.byGroups()
	switch {
	case group == NoGroup && limited:
		return ` AND 0`
	case group != 0:
		return ` AND k.group_id = :group`
	case limited:
		return ` AND k.group_id > 0`
	}
	return ` AND k.group_id = 0`
}

// byGroups is true for a scope that sees no job without a group.
func (s scope) byGroups() bool { return s.groups || s.inGroups }

func dayConds(at string, f JobCountFilter) (cond string) {
	if f.From != "" {
		cond += ` AND ` + at + `.day >= :from`
	}
	if f.To != "" {
		cond += ` AND ` + at + `.day <= :to`
	}
	switch f.Kind {
	case "":
	case "deliveries":
		cond += ` AND ` + at + `.kind <> 'work'`
	default:
		cond += ` AND ` + at + `.kind = :kind`
	}
	return cond
}

func (s scope) countRows(ctx context.Context, text string, f JobCountFilter, args ...arg) ([]JobCount, error) {
	for _, a := range []struct {
		on bool
		arg
	}{{f.From != "", p(":from", f.From)}, {f.To != "", p(":to", f.To)}, {f.Kind != "" && f.Kind != "deliveries", p(":kind", f.Kind)},
		{f.Group != 0 && !(f.Group == NoGroup && s.byGroups()), p(":group", f.Group)}} {
		if a.on {
			args = append(args, a.arg)
		}
	}
	type key struct {
		day, kind, status string
		assigned          bool
	}
	at, out := map[key]int{}, []JobCount{}
	err := s.each(ctx, text, func(r *row) error {
		c := JobCount{r.str(), r.str(), r.str(), r.bool(), r.int()}
		k := key{c.Day, c.Kind, c.Status, c.Assigned}
		if i, ok := at[k]; ok {
			out[i].N += c.N
			return nil
		}
		at[k] = len(out)
		out = append(out, c)
		return nil
	}, args...)
	return out, err
}

// countOwn counts the few jobs that somebody reported itself.
func (s scope) countOwn(ctx context.Context, f JobCountFilter) ([]JobCount, error) {
	group := ``
	if f.Group != 0 && !(f.Group == NoGroup && s.byGroups()) {
		group = ` AND coalesce(j.group_id, -1) = :group`
	}
	return s.countRows(ctx, `SELECT j.day, j.kind, j.status, j.assigned, 1 FROM {jobs} j WHERE j.reporter_id = :user`+group+dayConds("j", f), f)
}

// JobTally sums counters up, by a day's primary or tracking statuses.
type JobTally struct {
	Status map[string]int64
	Track  map[string]int64
	Total  int64
	Open   int64 // something is left to do
}

// TallyJobs sums counters; today decides what is scheduled and what is out.
func TallyJobs(all []JobCount, today string) JobTally {
	t := JobTally{Status: map[string]int64{}, Track: map[string]int64{}}
	for _, c := range all {
		t.Total += c.N
		t.Status[c.Status] += c.N
		t.Track[Track(c.Kind, c.Status, c.Assigned, c.Day, today)] += c.N
		if !JobDone(c.Status) {
			t.Open += c.N
		}
	}
	return t
}
