package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// OwnJobGroups is the provider's setting "Group field of jobs": "off" hides
// it. OwnReportStatus is the status of a problem that a customer reports:
// draft, or open unless set.
const (
	OwnJobGroups    = "jobs.groups"
	OwnReportStatus = "jobs.report_status"
)

// JobGroups reports whether groups are offered for jobs.
func (s Staff) JobGroups(ctx context.Context) (bool, error) {
	own, err := s.OwnSettings(ctx)
	return own[OwnJobGroups] != "off", err
}

// JobGroupUse is what hangs on the Group field: what a person switching it
// off has to know.
type JobGroupUse struct {
	Tagged   int64    // jobs that are in a group now
	Staff    []string // people limited to groups, who see no job without one
	Portals  []string // customers whose portals get jobs through a group only
	Untagged int64
}

// JobGroupUse reads what hangs on the Group field.
func (s Staff) JobGroupUse(ctx context.Context) (u JobGroupUse, err error) {
	if err := s.Can(JobSettings); err != nil {
		return u, err
	}
	if err := s.each(ctx, `SELECT coalesce(sum(CASE WHEN k.group_id > 0 THEN k.n END), 0), coalesce(sum(CASE WHEN k.group_id = -1 THEN k.n END), 0) FROM {job_counts} k WHERE k.customer_id = 0`,
		func(r *row) error { u.Tagged, u.Untagged = r.int(), r.int(); return nil }); err != nil {
		return u, err
	}
	if u.Staff, err = list(ctx, s.scope, intoStr, `SELECT u.name FROM {users} u WHERE u.kind = 'staff' AND u.all_groups = 0 AND u.state <> 'disabled' ORDER BY u.name LIMIT 50`); err != nil {
		return u, err
	}
	u.Portals, err = list(ctx, s.scope, intoStr, `SELECT c.name FROM {customers} c WHERE c.portal_state = 'active'
		AND EXISTS (SELECT 1 FROM {jobs} j WHERE j.customer_id = c.id AND +j.by_group = 1) ORDER BY c.name LIMIT 50`)
	return u, err
}

// SetJobSettings stores how the provider works with jobs.
func (s Staff) SetJobSettings(ctx context.Context, groups bool, report string) error {
	if err := s.Can(JobSettings); err != nil {
		return err
	}
	if report != JobDraft && report != JobOpen {
		return fault.Field("report_status", "Choose Draft or Open.")
	}
	field := "on"
	if !groups {
		field = "off"
	}
	return s.SetOwnSettings(ctx, map[string]string{OwnJobGroups: field, OwnReportStatus: report})
}

// JobPriority is one line of the SLA: how long after a job came in it starts
// and is done. 0 minutes means no such limit.
type JobPriority struct {
	ID       PriorityID
	Name     string
	Position int64
	StartMin int64
	DueMin   int64
	Tone     string // "", info, warn, bad
	Default  bool
}

const jobPriorityColumns = `y.id, y.name, y.position, y.start_min, y.due_min, y.tone, y.is_default`

func (y *JobPriority) row(r *row) {
	y.ID, y.Name, y.Position, y.StartMin, y.DueMin, y.Tone, y.Default = PriorityID(r.int()), r.str(), r.int(), r.int(), r.int(), r.str(), r.bool()
}

// JobPriorities lists the priorities in their order.
func (s scope) JobPriorities(ctx context.Context) ([]JobPriority, error) {
	return list(ctx, s, (*JobPriority).row, `SELECT `+jobPriorityColumns+` FROM {job_priorities} y ORDER BY y.position, y.id`)
}

// jobPriority is the priority of an edit: the chosen one, or for a new job
// the default.
func (s Staff) jobPriority(ctx context.Context, bad *fault.Problems, e *JobEdit) (JobPriority, error) {
	all, err := s.priorities(ctx)
	for _, y := range all {
		if y.ID == e.Priority || e.Priority == 0 && y.Default {
			e.Priority = y.ID
			return y, err
		}
	}
	if e.Priority != 0 {
		bad.Add("priority", "Choose one of the priorities.")
	}
	return JobPriority{}, err
}

// priorities are read once inside UpdateMany.
func (s Staff) priorities(ctx context.Context) (all []JobPriority, err error) {
	if s.late != nil && s.late.priorities != nil {
		return s.late.priorities, nil
	}
	if all, err = s.JobPriorities(ctx); err == nil && s.late != nil {
		s.late.priorities = all
	}
	return all, err
}

// apply fills in Start by and Due by where nobody typed another.
func (y JobPriority) apply(e *JobInput, received time.Time) {
	if e.StartBy.IsZero() && y.StartMin > 0 {
		e.StartBy = received.Add(time.Duration(y.StartMin) * time.Minute)
	}
	if e.DueBy.IsZero() && y.DueMin > 0 {
		e.DueBy = received.Add(time.Duration(y.DueMin) * time.Minute)
	}
}

func (y *JobPriority) clean() error {
	var bad fault.Problems
	y.Name = strings.TrimSpace(y.Name)
	checkText(&bad, "name", y.Name, 60)
	if y.Name == "" {
		bad.Add("name", "Give the priority a name.")
	}
	if y.StartMin < 0 || y.StartMin > tenYears || y.DueMin < 0 || y.DueMin > tenYears {
		bad.Add("due_min", "Give a time between nothing and ten years.")
	}
	if y.StartMin > 0 && y.DueMin > 0 && y.DueMin < y.StartMin {
		bad.Add("due_min", "It would be due before it has to start.")
	}
	if !contains([]string{"", "info", "warn", "bad"}, y.Tone) {
		bad.Add("tone", "Choose one of the colours.")
	}
	return bad.Err()
}

const tenYears = 10 * 366 * 24 * 60 // minutes

// mostPriorities is how many priorities a provider can have.
const mostPriorities = 20

// SaveJobPriority adds a priority (id 0) or changes one. Jobs keep the times
// they have. The default one is what new jobs start with; there is one.
func (s Staff) SaveJobPriority(ctx context.Context, y JobPriority) (id PriorityID, err error) {
	if err := s.Can(JobSettings); err != nil {
		return 0, err
	}
	if err := y.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		all, err := s.JobPriorities(ctx)
		if err != nil {
			return err
		}
		if y.ID == 0 && len(all) >= mostPriorities {
			return fault.Field("name", "There are %d priorities already; more would help nobody.", mostPriorities)
		}
		if y.Default {
			if _, err := s.write(ctx, JobSettings, `UPDATE <job_priorities> SET is_default = 0 WHERE {mine:job_priorities}`); err != nil {
				return err
			}
		}
		sets := []set{{"name", y.Name}, {"position", y.Position}, {"start_min", y.StartMin}, {"due_min", y.DueMin}, {"tone", y.Tone}, {"is_default", y.Default}}
		if id = y.ID; id != 0 {
			return s.change(ctx, JobSettings, "job_priorities", int64(id), sets...)
		}
		n, err := s.insert(ctx, JobSettings, "job_priorities", sets...)
		id = PriorityID(n)
		return err
	})
	return id, err
}

// RemoveJobPriority removes a priority; jobs keep their Start by and Due by.
func (s Staff) RemoveJobPriority(ctx context.Context, id PriorityID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobSettings); err != nil {
			return err
		}
		if _, err := s.write(ctx, JobSettings, `UPDATE <jobs> SET priority_id = NULL WHERE priority_id = :id AND {mine:jobs}`, p(":id", id)); err != nil {
			return err
		}
		return s.remove(ctx, JobSettings, "job_priorities", int64(id))
	})
}

// JobSub is a secondary status below a primary one.
type JobSub struct {
	ID       JobStatusID
	Shape    string // work, delivery
	Under    string
	Name     string
	Shared   bool   // customers see it
	Who      string // office; all: also whoever does the job
	Position int64
}

const jobSubColumns = `x.id, x.shape, x.under, x.name, x.shared, x.who, x.position`

func (x *JobSub) row(r *row) {
	x.ID, x.Shape, x.Under, x.Name, x.Shared, x.Who, x.Position = JobStatusID(r.int()), r.str(), r.str(), r.str(), r.bool(), r.str(), r.int()
}

// JobSubs lists the secondary statuses in their order.
func (s scope) JobSubs(ctx context.Context) ([]JobSub, error) {
	return list(ctx, s, (*JobSub).row, `SELECT `+jobSubColumns+` FROM {job_statuses} x ORDER BY x.shape DESC, x.under, x.position, x.id`)
}

// mostSubs is how many secondary statuses a provider can have.
const mostSubs = 60

// SaveJobSub adds a secondary status (id 0) or changes one. What it stands
// below stays.
func (s Staff) SaveJobSub(ctx context.Context, x JobSub) (id JobStatusID, err error) {
	if err := s.Can(JobSettings); err != nil {
		return 0, err
	}
	var bad fault.Problems
	x.Name = strings.TrimSpace(x.Name)
	checkText(&bad, "name", x.Name, 60)
	if x.Name == "" {
		bad.Add("name", "Give the status a name.")
	}
	if x.ID == 0 && (x.Shape != JobWork && x.Shape != JobDelivery || !contains(JobStatuses(x.Shape), x.Under)) {
		bad.Add("under", "Choose the status that it stands below.")
	}
	if x.Who = pick(x.Who, "all"); x.Who != "all" && x.Who != byOffice {
		bad.Add("who", "Choose who may set it.")
	}
	if err := bad.Err(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		sets := []set{{"name", x.Name}, {"shared", x.Shared}, {"who", x.Who}, {"position", x.Position}}
		if id = x.ID; id != 0 {
			return s.change(ctx, JobSettings, "job_statuses", int64(id), sets...)
		}
		all, err := s.JobSubs(ctx)
		if err != nil {
			return err
		}
		if len(all) >= mostSubs {
			return fault.Field("name", "There are %d of them already; that is as many as fit.", mostSubs)
		}
		n, err := s.insert(ctx, JobSettings, "job_statuses", append(sets, set{"shape", x.Shape}, set{"under", x.Under})...)
		id = JobStatusID(n)
		return err
	})
	return id, err
}

// RemoveJobSub removes a secondary status; jobs that have it keep the primary.
func (s Staff) RemoveJobSub(ctx context.Context, id JobStatusID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobSettings); err != nil {
			return err
		}
		if _, err := s.write(ctx, JobSettings, `UPDATE <jobs> SET sub_id = NULL WHERE sub_id = :id AND {mine:jobs}`, p(":id", id)); err != nil {
			return err
		}
		return s.remove(ctx, JobSettings, "job_statuses", int64(id))
	})
}

// jobStarters gives a new provider its priorities and secondary statuses.
func (s Staff) jobStarters(ctx context.Context) error {
	for i, y := range []JobPriority{{Name: "Urgent", StartMin: 60, DueMin: 240, Tone: "bad"}, {Name: "High", StartMin: 240, DueMin: 1440, Tone: "warn"},
		{Name: "Normal", StartMin: 1440, DueMin: 4320, Default: true}, {Name: "Low", DueMin: 10080}} {
		y.Position = int64(i)
		if _, err := s.SaveJobPriority(ctx, y); err != nil {
			return err
		}
	}
	for i, name := range []string{"En route", "On site", "Checked out"} {
		if _, err := s.SaveJobSub(ctx, JobSub{Shape: JobWork, Under: JobInProgress, Name: name, Shared: true, Position: int64(i)}); err != nil {
			return err
		}
	}
	return nil
}
