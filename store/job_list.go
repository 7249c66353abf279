package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// JobFilter says which jobs to list and in which order. Search finds jobs in
// which every word begins a word of number, external id, subject, address,
// contact, SKU or serial number.
type JobFilter struct {
	Search   string
	Kind     string // work, delivery, collection; "deliveries": both of the latter
	Status   string // primary; "unfinished": all that is not done
	Sub      JobStatusID
	Track    string // tracking status, as of Today
	From, To string // days, both included; "" is open
	Undated  bool
	Customer CustomerID // 0: any, Unassigned: nobody's
	Group    GroupID    // 0: any, NoGroup: none
	Site     SiteID
	Asset    AssetID
	Assignee UserID // 0: anybody, Nobody: not assigned to a person or vehicle
	Vehicle  VehicleID
	Priority PriorityID
	Late     bool // after its Due by
	Mine     bool // reported by whoever asks
	Today    string
	Sort     string // day, number, due; "-" before it for descending
	After    string // cursor
	Limit    int
	Full     bool // every column of each row
}

// NoGroup and Nobody are the filters' "none".
const (
	NoGroup GroupID = -1
	Nobody  UserID  = -1
)

// unfinished is every status in which something is left to do.
const unfinished = `j.status IN ('draft', 'open', 'in_progress', 'on_hold', 'info_recv', 'in_transit', 'dispatched')`

// Jobs lists jobs, a page at a time.
func (s scope) Jobs(ctx context.Context, f JobFilter) (Page[Job], error) {
	q, err := s.jobQuery(ctx, f)
	if err != nil {
		return Page[Job]{}, err
	}
	return page(ctx, s, q)
}

// JobIDs lists the ids of all jobs a filter lets through; more than most is
// refused with a sentence.
func (s scope) JobIDs(ctx context.Context, f JobFilter, most int) ([]JobID, error) {
	q, err := s.jobQuery(ctx, f)
	if err != nil {
		return nil, err
	}
	ids, err := list(ctx, s, func(id *JobID, r *row) { *id = JobID(r.int()) }, `SELECT j.id FROM `+q.from+q.clause()+upTo(most+1), q.args...)
	if err == nil && len(ids) > most {
		err = fault.New(fault.Invalid, "These are more than %d jobs. Narrow the filter and do it in parts.", most)
	}
	return ids, err
}

func (s scope) jobQuery(ctx context.Context, f JobFilter) (pageQuery[Job], error) {
	q := pageQuery[Job]{columns: s.jobList(), from: `{jobs} j`, id: `j.id`,
		sorts: map[string]string{"day": `j.day`, "number": `j.number`, "due": `coalesce(j.due_by, 9000000000)`},
		sort:  pick(f.Sort, "-day"), after: f.After, limit: f.Limit, into: (*Job).listRow, key: (*Job).sortKey}
	if f.Full {
		q.columns, q.into = s.jobFull(), (*Job).row
	}
	f.Today = pick(f.Today, s.DayNow())
	if err := f.days(&q); err != nil {
		return q, err
	}
	if err := f.states(&q, s.customer != 0 || f.Customer > 0, s.Now()); err != nil {
		return q, err
	}
	if err := s.jobSortIn(ctx, &q, f); err != nil {
		return q, err
	}
	driven := f.whose(&q)
	driven, err := s.jobSearchIn(ctx, &q, f, driven)
	if err != nil {
		return q, err
	}
	byDay := f.From != "" && f.From == f.To || strings.Contains(trackConds[f.Track], ":today")
	return q, s.jobGroupsIn(ctx, &q, driven || byDay)
}

func (f JobFilter) days(q *pageQuery[Job]) error {
	for _, d := range []string{f.From, f.To} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return fault.New(fault.Invalid, "This is no date.")
		}
	}
	if f.Undated {
		q.where(`j.day = ''`)
		return nil
	}
	if f.From != "" {
		q.where(`j.day >= :from`, p(":from", f.From))
	}
	if f.To != "" {
		q.where(`j.day <= :to`, p(":to", f.To))
	}
	if f.To != "" && f.From == "" {
		q.where(`j.day > ''`)
	}
	return nil
}

func (f JobFilter) states(q *pageQuery[Job], narrow bool, now time.Time) error {
	switch f.Kind {
	case "":
	case "deliveries":
		q.where(`j.kind <> 'work'`)
	default:
		q.where(`j.kind = :kind`, p(":kind", f.Kind))
	}
	switch f.Status {
	case "":
	case "unfinished":
		q.where(unfinished)
	default:
		cond := `j.status = :status`
		if narrow { // the jobs of one customer come in its own order
			cond = `+` + cond
		}
		q.where(cond, p(":status", f.Status))
	}
	if f.Track != "" {
		cond, known := trackConds[f.Track]
		if !known {
			return fault.New(fault.Invalid, "There is no such status.")
		}
		q.where(`(` + cond + `)`)
		if strings.Contains(cond, ":today") {
			q.args = append(q.args, p(":today", f.Today))
		}
	}
	if f.Late {
		q.where(`coalesce(j.due_by, 9000000000) < :late AND `+unfinished, p(":late", now))
	}
	return nil
}

// whose narrows by what a job refers to. It reports whether an index of that
// drives the list.
func (f JobFilter) whose(q *pageQuery[Job]) (driven bool) {
	for _, c := range []struct {
		on    bool
		cond  string
		arg   arg
		drive bool
	}{
		{f.Customer > 0, `j.customer_id = :of`, p(":of", f.Customer), true},
		{f.Customer == Unassigned, `j.customer_id IS NULL`, arg{}, false},
		{f.Group > 0, `j.group_id = :group`, p(":group", f.Group), true},
		{f.Group == NoGroup, `j.group_id IS NULL`, arg{}, true},
		{f.Site > 0, `j.site_id = :site`, p(":site", f.Site), true},
		{f.Assignee > 0, `j.assignee_id = :assignee`, p(":assignee", f.Assignee), true},
		{f.Assignee == Nobody, `j.assignee_id IS NULL AND j.vehicle_id IS NULL`, arg{}, false},
		{f.Vehicle > 0, `j.vehicle_id = :vehicle`, p(":vehicle", f.Vehicle), true},
		{f.Priority > 0, `+j.priority_id = :priority`, p(":priority", f.Priority), false},
		{f.Sub > 0, `+j.sub_id = :sub`, p(":sub", f.Sub), false},
		{f.Asset > 0, `EXISTS (SELECT 1 FROM {job_assets} m WHERE m.job_id = j.id AND m.asset_id = :asset)`, p(":asset", f.Asset), false},
		{f.Mine, `j.reporter_id = :user`, arg{}, true},
	} {
		if !c.on {
			continue
		}
		if c.arg.name == "" {
			q.where(c.cond)
		} else {
			q.where(c.cond, c.arg)
		}
		driven = driven || c.drive
	}
	return driven
}

// jobSearchIn adds the search. Few hits drive the list; many are a set that
// the rows are tested against.
func (s scope) jobSearchIn(ctx context.Context, q *pageQuery[Job], f JobFilter, driven bool) (bool, error) {
	match, asked := s.matchWords(f.Search)
	switch {
	case !asked:
		return driven, nil
	case match == "":
		q.where(`0`) // typed something, but no letter or digit
		return driven, nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM job_search WHERE job_search MATCH :match`+upTo(fewRows+1)+`)`, p(":match", match))
	if err != nil {
		return driven, err
	}
	if n <= fewRows {
		q.from = `(SELECT rowid AS hit FROM job_search WHERE job_search MATCH :match) f CROSS JOIN {jobs} j ON j.id = f.hit`
		q.args = append(q.args, p(":match", match))
		return true, nil
	}
	q.where(`+j.id IN (SELECT rowid FROM job_search WHERE job_search MATCH :match)`, p(":match", match))
	return driven, nil
}

// jobSortIn has the few jobs of one customer read and sorted. The index of due
// times is the provider's, and that of numbers a customer's one kind after the
// other: to find its fifty jobs by them, all of the provider's are passed.
func (s scope) jobSortIn(ctx context.Context, q *pageQuery[Job], f JobFilter) error {
	of, sort := max(s.customer, f.Customer), strings.TrimPrefix(q.sort, "-")
	oneKind := f.Kind != "" && f.Kind != "deliveries"
	if of <= 0 || sort != "due" && (sort != "number" || oneKind) {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {jobs} j WHERE j.customer_id = :of`+upTo(fewRows+1)+`)`, p(":of", of))
	if err == nil && n <= fewRows {
		q.sorts[sort] = `+` + q.sorts[sort]
	}
	return err
}

// jobGroupsIn helps the list of somebody limited to groups: the wall tests row
// by row, so few jobs are better found by their groups, and those of a single
// group come in its own order.
func (s scope) jobGroupsIn(ctx context.Context, q *pageQuery[Job], driven bool) error {
	if driven || s.side() != groupedSide && s.side() != unitsSide {
		return nil
	}
	ids, err := list(ctx, s, func(id *GroupID, r *row) { *id = GroupID(r.int()) }, `SELECT g.id FROM {groups} g LIMIT 1000`)
	if err != nil {
		return err
	}
	if len(ids) == 1 {
		q.where(`j.group_id = :only`, p(":only", ids[0]))
		return nil
	}
	// Every day is at least '': that is true of each row, and makes the planner
	// take the groups' index rather than pass all of the customer's jobs.
	const from = `json_each(:mine) CROSS JOIN {jobs} j ON j.group_id = json_each.value AND j.day >= ''`
	n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+from+upTo(fewRows+1)+`)`, p(":mine", idList(ids)))
	if err == nil && n <= fewRows {
		q.from, q.args = from, append(q.args, p(":mine", idList(ids)))
	}
	return err
}

func (j *Job) sortKey(sort string) (any, int64) {
	switch sort {
	case "number":
		return j.Number, int64(j.ID)
	case "due":
		if j.DueBy.IsZero() {
			return int64(9000000000), int64(j.ID)
		}
		return j.DueBy, int64(j.ID)
	}
	return j.Day, int64(j.ID)
}
