package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// JobEdit is a job as a form or an import brings it. Nil assets, items or
// values leave those alone.
type JobEdit struct {
	JobInput
	Assets []AssetID
	Items  []JobItem
	Values map[JobFieldID]string
}

// NewJob is a job about to be added. The zero values of what follows the edit
// are those of a job that somebody types today.
type NewJob struct {
	JobEdit
	Status     string // "": open, or received; an import may bring any
	Reason     string
	Source     string // staff, import, api
	Attempt    int64
	AttemptOf  JobID
	ReceivedAt time.Time
	DoneAt     time.Time
}

// AddJob adds a job. Whose it is follows from its customer, else from its
// group. Staff limited to groups must put it into one of theirs.
func (s Staff) AddJob(ctx context.Context, n NewJob) (id JobID, err error) {
	if err := s.Can(JobAdd); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		sets, err := s.jobSets(ctx, &n.JobEdit, Job{}, n.received(s.Now()))
		if err != nil {
			return err
		}
		status, err := n.begin()
		if err != nil {
			return err
		}
		number, err := s.nextNumber(ctx, "job")
		if err != nil {
			return err
		}
		sets = append(sets, set{"number", number}, set{"kind", n.Kind}, set{"status", status}, set{"reason", clip(n.Reason, 500)}, set{"source", pick(n.Source, "staff")},
			set{"attempt", max(n.Attempt, 1)}, set{"attempt_of", orNull(n.AttemptOf)}, set{"received_at", n.received(s.Now())}, set{"done_at", n.done(status, s.Now())},
			set{"created_at", s.Now()}, set{"updated_at", s.Now()})
		made, err := s.insert(ctx, JobAdd, "jobs", sets...)
		if err != nil {
			return err
		}
		id = JobID(made)
		if err := s.tellJob(ctx, JobAdd, id, JobEvent{Kind: "created", Public: true, Status: status}); err != nil {
			return err
		}
		return s.jobHangs(ctx, JobAdd, id, n.JobEdit, JobNumber(number))
	})
	return id, err
}

func (n NewJob) received(now time.Time) time.Time {
	if n.ReceivedAt.IsZero() {
		return now
	}
	return n.ReceivedAt
}

func (n NewJob) done(status string, now time.Time) time.Time {
	switch {
	case !JobDone(status):
		return time.Time{}
	case n.DoneAt.IsZero():
		return now
	}
	return n.DoneAt
}

// begin is the status a new job has. A delivery that somebody is assigned to
// is dispatched.
func (n NewJob) begin() (string, error) {
	all := JobStatuses(n.Shape())
	switch {
	case n.Status != "" && !contains(all, n.Status):
		return "", fault.Field("status", "Choose one of the statuses of this kind of job.")
	case n.Status != "":
		return n.Status, nil
	case n.Shape() == JobWork:
		return JobOpen, nil
	case n.Assignee != 0 || n.Vehicle != 0:
		return JobDispatched, nil
	}
	return JobInfoReceived, nil
}

// jobSets checks an edit against what the scope may refer to and returns the
// job's columns.
func (s Staff) jobSets(ctx context.Context, e *JobEdit, was Job, received time.Time) ([]set, error) {
	var bad fault.Problems
	if e.Zone == "" {
		e.Zone = pick(was.Zone, s.home.Zone)
	}
	starts, ends := e.clean(&bad)
	of, err := s.jobRefs(ctx, &bad, e, was)
	if err != nil {
		return nil, err
	}
	p, err := s.jobPriority(ctx, &bad, e)
	if err != nil {
		return nil, err
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	p.apply(&e.JobInput, received)
	return []set{{"external_id", orNull(e.ExternalID)}, {"customer_id", orNull(of)}, {"by_group", e.Customer == 0}, {"group_id", orNull(e.Group)}, {"site_id", orNull(e.Site)},
		{"subject", e.Subject}, {"description", e.Description}, {"instructions", e.Instructions}, {"address", e.Address}, {"lat", e.Lat}, {"lon", e.Lon},
		{"contact_name", e.ContactName}, {"contact_phone", e.ContactPhone}, {"contact_email", e.ContactEmail},
		{"day", e.Day}, {"window_from", e.From}, {"window_to", e.To}, {"zone", e.Zone}, {"starts_at", starts}, {"ends_at", ends},
		{"priority_id", orNull(e.Priority)}, {"start_by", e.StartBy}, {"due_by", e.DueBy}, {"assignee_id", orNull(e.Assignee)}, {"vehicle_id", orNull(e.Vehicle)}}, nil
}

// jobRefs refuses what is not the scope's own to refer to, fills in what a
// site says, and returns whose the job is.
func (s Staff) jobRefs(ctx context.Context, bad *fault.Problems, e *JobEdit, was Job) (of CustomerID, err error) {
	of = e.Customer
	if e.Customer != 0 {
		if s.known(ctx, e.Customer) != nil {
			bad.Add("customer", "Choose one of your customers.")
		}
	}
	if s.groups && e.Group == 0 {
		bad.Add("group", "Choose one of your groups, otherwise you would not see this job again.")
	}
	if e.Group != 0 {
		if of, err = s.jobGroup(ctx, bad, e); err != nil {
			return 0, err
		}
	}
	if e.Site != 0 && e.Site != was.Site {
		if err := s.jobSite(ctx, bad, e, of); err != nil {
			return 0, err
		}
	}
	if e.Assignee != was.Assignee {
		s.jobAssignee(ctx, bad, e.Assignee)
	}
	if e.Vehicle != was.Vehicle {
		s.jobVehicle(ctx, bad, e.Vehicle)
	}
	if len(e.Assets) > 200 {
		bad.Add("assets", "Choose up to 200 assets for one job.")
	} else if len(e.Assets) > 0 && s.allThere(ctx, e.Assets) != nil {
		bad.Add("assets", "Choose assets of your own.")
	}
	cleanItems(bad, e.Items)
	return of, nil
}

// jobGroup is whose a job of this group is. A group of one customer takes no
// job of another.
func (s Staff) jobGroup(ctx context.Context, bad *fault.Problems, e *JobEdit) (CustomerID, error) {
	g, err := list(ctx, s.scope, func(g *Group, r *row) { g.Name, g.Customer, g.CustomerName = r.str(), CustomerID(r.int()), r.str() },
		`SELECT g.name, coalesce(g.customer_id, 0), coalesce((SELECT c.name FROM {customers} c WHERE c.id = g.customer_id), '') FROM {groups} g WHERE g.id = :id`, p(":id", e.Group))
	switch {
	case err != nil:
		return 0, err
	case len(g) == 0:
		bad.Add("group", "Choose one of your groups.")
		return e.Customer, nil
	case e.Customer != 0 && g[0].Customer != 0 && g[0].Customer != e.Customer:
		bad.Add("group", "The group %s belongs to %s. Choose a group of this job's customer, or one of your own.", g[0].Name, pick(g[0].CustomerName, "another customer"))
	}
	if e.Customer != 0 {
		return e.Customer, nil
	}
	return g[0].Customer, nil
}

func (s Staff) jobSite(ctx context.Context, bad *fault.Problems, e *JobEdit, of CustomerID) error {
	o, err := s.Site(ctx, e.Site)
	switch {
	case fault.Of(err) == fault.NotFound:
		bad.Add("site", "Choose one of your sites.")
		return nil
	case err != nil:
		return err
	case o.Customer != 0 && of != 0 && o.Customer != of:
		bad.Add("site", "The site %s belongs to %s. Choose a site of this job's customer.", o.Name, o.CustomerName)
		return nil
	}
	e.Address = pick(e.Address, o.Address())
	if !e.Lat.OK {
		e.Lat, e.Lon = o.Lat, o.Lon
	}
	if e.ContactName == "" && e.ContactPhone == "" && e.ContactEmail == "" {
		e.ContactName, e.ContactPhone, e.ContactEmail = o.ContactName, o.ContactPhone, o.ContactEmail
	}
	return nil
}

func (s Staff) jobAssignee(ctx context.Context, bad *fault.Problems, who UserID) {
	if who == 0 {
		return
	}
	if n, err := s.number(ctx, `SELECT count(*) FROM {users} u WHERE u.id = :id AND u.kind = 'staff' AND u.state <> 'disabled'`, p(":id", who)); err != nil || n == 0 {
		bad.Add("assignee", "Choose one of your people.")
	}
}

func (s Staff) jobVehicle(ctx context.Context, bad *fault.Problems, id VehicleID) {
	if id == 0 {
		return
	}
	if n, err := s.number(ctx, `SELECT count(*) FROM {vehicles} v WHERE v.id = :id`, p(":id", id)); err != nil || n == 0 {
		bad.Add("vehicle", "Choose one of your vehicles.")
	}
}

// jobHangs writes what hangs on a job's own row.
func (s Staff) jobHangs(ctx context.Context, v Verb, id JobID, e JobEdit, label string) error {
	if e.Assets != nil {
		if err := s.setJobAssets(ctx, v, id, e.Assets); err != nil {
			return err
		}
	}
	if e.Items != nil && v == JobAdd {
		for n, i := range e.Items { // it has none yet to be held against
			if i.ID != 0 {
				return fault.New(fault.NotFound, "There is no such item in this job.")
			}
			if err := s.putJobItem(ctx, v, id, n, i); err != nil {
				return err
			}
		}
	} else if e.Items != nil {
		if err := s.setJobItems(ctx, v, id, e.Items); err != nil {
			return err
		}
	}
	if err := s.setJobValues(ctx, v, id, e.Shape(), e.Values); err != nil {
		return err
	}
	return s.indexJob(ctx, id, label, e)
}

func (s Staff) setJobAssets(ctx context.Context, v Verb, id JobID, assets []AssetID) error {
	if _, err := s.write(ctx, v, `INSERT INTO <job_assets> (provider_id, job_id, asset_id) SELECT :provider, :job, a.id FROM {assets} a WHERE a.id IN (SELECT value FROM json_each(:chosen)) ON CONFLICT DO NOTHING`,
		p(":job", id), p(":chosen", idList(assets))); err != nil {
		return err
	}
	_, err := s.write(ctx, v, `DELETE FROM <job_assets> WHERE {mine:job_assets} AND job_id = :job AND asset_id NOT IN (SELECT value FROM json_each(:chosen))`, p(":job", id), p(":chosen", idList(assets)))
	return err
}

var staleJob = fault.New(fault.Conflict, "Somebody else changed this job meanwhile. Your entries are kept below; check them against the current ones and save again.")

// ChangeJob saves an edit made of version; a newer one is a Conflict. Version
// 0 skips that check (imports). Its kind and status stay as they are, except
// that a delivery follows its assignment.
func (s Staff) ChangeJob(ctx context.Context, id JobID, version int64, e JobEdit) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobChange); err != nil {
			return err
		}
		was, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return staleJob
		}
		e.Kind = was.Kind
		sets, err := s.jobSets(ctx, &e, was, was.ReceivedAt)
		if err != nil {
			return err
		}
		status := follows(was, e.Assignee, e.Vehicle)
		sets = append(sets, set{"status", status}, set{"version", was.Version + 1}, set{"updated_at", s.Now()})
		// What hangs on the job comes first: with another group the job may be
		// out of sight of whoever changes it.
		if err := s.jobHangs(ctx, JobChange, id, e, JobNumber(was.Number)); err != nil {
			return err
		}
		if err := s.tellChanges(ctx, was, e, status); err != nil {
			return err
		}
		return s.change(ctx, JobChange, "jobs", int64(id), sets...)
	})
}

// follows is the status of a delivery after its assignment changed: somebody
// has it, so it is dispatched; nobody has, so it waits again.
func follows(was Job, assignee UserID, vehicle VehicleID) string {
	someone := assignee != 0 || vehicle != 0
	switch {
	case was.Shape() == JobWork:
	case someone && (was.Status == JobInfoReceived || was.Status == JobInTransit):
		return JobDispatched
	case !someone && was.Status == JobDispatched:
		return JobInfoReceived
	}
	return was.Status
}

// DeleteJob deletes a job with everything that hangs on it.
func (s Staff) DeleteJob(ctx context.Context, id JobID) error { return s.dropJob(ctx, JobDelete, id) }

// UnaddJob takes back a job that an import added, if nothing happened to it
// since. Otherwise it is a Conflict that says so.
func (s Staff) UnaddJob(ctx context.Context, id JobID, version int64) error {
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		if was.Version != version {
			return fault.New(fault.Conflict, "%s was changed after the import.", JobNumber(was.Number))
		}
		return s.dropJob(ctx, JobUnadd, id)
	})
}

func (s Staff) dropJob(ctx context.Context, v Verb, id JobID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.remove(ctx, v, "jobs", int64(id)); err != nil {
			return err
		}
		if later, err := s.waitJob(ctx, id, nil); later {
			return err
		}
		return s.saveJobWords(ctx, id, nil)
	})
}
