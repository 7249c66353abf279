package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// JobAssignment says who does jobs, and when. Nil leaves as it is; 0 is nobody.
type JobAssignment struct {
	Assignee *UserID
	Vehicle  *VehicleID
	Day      *string // another day
}

// AssignJobs gives jobs to a person or a vehicle, or takes them back, all or
// none. A delivery that somebody has is dispatched; one that nobody has waits
// again. It returns how many changed.
func (s Staff) AssignJobs(ctx context.Context, ids []JobID, to JobAssignment) (n int, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobAssign); err != nil {
			return err
		}
		all, err := s.jobsOf(ctx, ids)
		if err != nil {
			return err
		}
		var bad fault.Problems
		if to.Assignee != nil {
			s.jobAssignee(ctx, &bad, *to.Assignee)
		}
		if to.Vehicle != nil {
			s.jobVehicle(ctx, &bad, *to.Vehicle)
		}
		if err := bad.Err(); err != nil {
			return err
		}
		for _, j := range all {
			changed, err := s.assignJob(ctx, j, to)
			if err != nil {
				return err
			}
			if changed {
				n++
			}
		}
		return nil
	})
	return n, err
}

func (s Staff) assignJob(ctx context.Context, j Job, to JobAssignment) (bool, error) {
	e := j.JobInput
	if to.Assignee != nil {
		e.Assignee = *to.Assignee
	}
	if to.Vehicle != nil {
		e.Vehicle = *to.Vehicle
	}
	if to.Day != nil {
		e.Day = *to.Day
	}
	if e == j.JobInput {
		return false, nil
	}
	if JobDone(j.Status) {
		return false, fault.Field("assignee", "%s is %s: nobody does it any more.", JobNumber(j.Number), StatusWords(j.Status))
	}
	var bad fault.Problems
	starts, ends := e.window(&bad)
	if err := bad.Err(); err != nil {
		return false, err
	}
	status := follows(j, e.Assignee, e.Vehicle)
	if err := s.tellChanges(ctx, j, JobEdit{JobInput: e}, status); err != nil {
		return false, err
	}
	return true, s.change(ctx, JobAssign, "jobs", int64(j.ID), set{"assignee_id", orNull(e.Assignee)}, set{"vehicle_id", orNull(e.Vehicle)}, set{"day", e.Day},
		set{"starts_at", starts}, set{"ends_at", ends}, set{"status", status}, set{"version", j.Version + 1}, set{"updated_at", s.Now()})
}

// GroupJobs tags jobs with a group, or with none (0), all or none. Who sees
// them changes at once: a job whose customer came from its group goes with it.
func (s Staff) GroupJobs(ctx context.Context, ids []JobID, group GroupID) (n int, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobGroup); err != nil {
			return err
		}
		all, err := s.jobsOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, j := range all {
			if j.Group == group {
				continue
			}
			if err := s.groupJob(ctx, j, group); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (s Staff) groupJob(ctx context.Context, j Job, group GroupID) error {
	e := JobEdit{JobInput: j.edit()}
	e.Group = group
	var bad fault.Problems
	of, err := s.jobRefs(ctx, &bad, &e, j)
	if err == nil {
		err = bad.Err()
	}
	if err != nil {
		return err
	}
	if err := s.tellJob(ctx, JobGroup, j.ID, JobEvent{Kind: "changed", Detail: map[string]any{"group": group}}); err != nil {
		return err
	}
	return s.change(ctx, JobGroup, "jobs", int64(j.ID), set{"group_id", orNull(group)}, set{"customer_id", orNull(of)}, set{"version", j.Version + 1}, set{"updated_at", s.Now()})
}

// edit is the job's input as a form shows it: without the customer that only
// its group says.
func (j Job) edit() JobInput {
	e := j.JobInput
	if j.ByGroup {
		e.Customer = 0
	}
	return e
}

// Edit is the job as a form shows it.
func (j Job) Edit() JobInput { return j.edit() }

// Reattempt copies a job that failed, was returned or came back in part: the
// same number of the customer's, one attempt more. Sent twice, it makes one.
func (s Staff) Reattempt(ctx context.Context, id JobID, day string) (made JobID, err error) {
	err = s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		if j.Status != JobFailed && j.Status != JobReturn && j.Status != JobPartial && j.Status != JobCancelled {
			return fault.New(fault.Conflict, "%s is %s: there is nothing to try again.", JobNumber(j.Number), StatusWords(j.Status))
		}
		tries, err := s.Attempts(ctx, id)
		if err != nil {
			return err
		}
		last := tries[len(tries)-1]
		for _, t := range tries {
			if t.Attempt > last.Attempt {
				last = t
			}
		}
		if last.Attempt > j.Attempt {
			made = last.ID
			return nil
		}
		made, err = s.copyJob(ctx, j, day)
		return err
	})
	return made, err
}

func (s Staff) copyJob(ctx context.Context, j Job, day string) (JobID, error) {
	items, err := s.JobItems(ctx, j.ID)
	if err != nil {
		return 0, err
	}
	n := NewJob{JobEdit: JobEdit{JobInput: j.edit(), Items: make([]JobItem, 0, len(items))}, Attempt: j.Attempt + 1, AttemptOf: j.ID}
	if j.AttemptOf != 0 {
		n.AttemptOf = j.AttemptOf
	}
	for _, i := range items {
		if j.Status == JobPartial && i.Rejected == 0 {
			continue
		}
		if j.Status == JobPartial {
			i.Quantity = i.Rejected
		}
		i.ID, i.Rejected, i.Reason = 0, 0, ""
		n.Items = append(n.Items, i)
	}
	n.Day, n.Assignee, n.Vehicle, n.StartBy, n.DueBy = pick(day, s.DayNow()), 0, 0, time.Time{}, time.Time{} // as the priority says, from now on
	assets, err := s.JobAssets(ctx, j.ID)
	if err != nil {
		return 0, err
	}
	for _, a := range assets {
		n.Assets = append(n.Assets, a.ID)
	}
	id, err := s.AddJob(ctx, n)
	if err != nil {
		return 0, err
	}
	return id, s.tellJob(ctx, JobAdd, j.ID, JobEvent{Kind: "attempt", Public: true})
}
