package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// JobStep is a step to another status, or to another secondary status.
type JobStep struct {
	To     string      // primary; "": the one it has
	Sub    JobStatusID // secondary below it, 0: none
	Reason string      // required where a job fails, waits or is cancelled
}

// needsReason are the statuses that somebody will ask about.
var needsReason = []string{JobFailed, JobCancelled, JobReturn, JobOnHold}

// doing is the verb under which the scope may do what whoever does this job
// may do; Forbidden for anybody else's job without the office's right.
func (s Staff) doing(ctx context.Context, id JobID) (Verb, error) {
	j, err := s.Job(ctx, id)
	if err != nil {
		return "", err
	}
	return s.doingJob(j)
}

func (s Staff) doingJob(j Job) (Verb, error) {
	switch {
	case s.May(JobStatus):
		return JobStatus, nil
	case s.May(JobRoad) && j.DoneBy(s.me.ID):
		return JobRoad, nil
	}
	return "", fault.New(fault.Forbidden, "Only whoever does this job, or the office, may do this.")
}

// SetJobStatus takes a step. What does not follow is refused with a sentence,
// and so is what the person may not set. A delivery that is completed with
// rejected items is partially completed. Version 0 skips the check that nobody
// else took a step meanwhile.
func (s Staff) SetJobStatus(ctx context.Context, id JobID, version int64, step JobStep) error {
	return s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && j.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this job meanwhile. Look at it again.")
		}
		return s.step(ctx, j, step)
	})
}

func (s Staff) step(ctx context.Context, j Job, step JobStep) error {
	step.To, step.Reason = pick(step.To, j.Status), strings.TrimSpace(step.Reason)
	if step.To == j.Status && step.Sub == j.Sub {
		return nil // sent twice
	}
	if err := s.whole(ctx, j, &step); err != nil {
		return err
	}
	v, err := s.stepVerb(j, step.To)
	if err != nil {
		return err
	}
	if err := s.checkStep(ctx, j, step); err != nil {
		return err
	}
	if err := s.tellJob(ctx, v, j.ID, JobEvent{Kind: "status", Public: true, Status: step.To, Sub: step.Sub, Says: step.Reason}); err != nil {
		return err
	}
	return s.change(ctx, v, "jobs", int64(j.ID), s.stepSets(j, step)...)
}

// whole settles which of the two ends of a delivery it is.
func (s Staff) whole(ctx context.Context, j Job, step *JobStep) error {
	if j.Shape() == JobWork || step.To != JobCompleted && step.To != JobPartial {
		return nil
	}
	n, err := s.rejected(ctx, j.ID)
	if err != nil {
		return err
	}
	if step.To == JobPartial && n == 0 {
		return fault.Field("status", "No item was rejected, so this is not partially completed. Note the rejected items first, or choose Completed.")
	}
	if n > 0 {
		step.To = JobPartial
	}
	return nil
}

// stepVerb is the verb of a step, if it follows and the person may take it.
func (s Staff) stepVerb(j Job, to string) (Verb, error) {
	mine := j.DoneBy(s.me.ID)
	if to == j.Status { // only the secondary status changes
		return s.doingJob(j)
	}
	m, ok := findMove(j.Shape(), j.Status, to)
	if !ok {
		if !contains(JobStatuses(j.Shape()), to) {
			return "", fault.Field("status", "Choose one of the statuses of this kind of job.")
		}
		return "", fault.Field("status", "%s is %s; %s does not follow from that.", JobNumber(j.Number), StatusWords(j.Status), StatusWords(to))
	}
	if !s.mayMove(m, mine) {
		return "", fault.New(fault.Forbidden, "You may not set %s here.", StatusWords(to))
	}
	switch {
	case m.by == byReopen:
		return JobReopen, nil
	case s.May(JobStatus):
		return JobStatus, nil
	}
	return JobRoad, nil
}

func (s Staff) checkStep(ctx context.Context, j Job, step JobStep) error {
	var bad fault.Problems
	checkText(&bad, "reason", step.Reason, 500)
	if contains(needsReason, step.To) && step.To != j.Status && step.Reason == "" {
		bad.Add("reason", "Say why: whoever reads this later will ask.")
	}
	if step.To == JobDispatched && !j.Assigned {
		bad.Add("status", "Assign %s to somebody first.", JobNumber(j.Number))
	}
	if step.Sub != 0 {
		all, err := list(ctx, s.scope, (*JobSub).row, `SELECT `+jobSubColumns+` FROM {job_statuses} x WHERE x.id = :id`, p(":id", step.Sub))
		switch {
		case err != nil:
			return err
		case len(all) == 0 || all[0].Shape != j.Shape() || all[0].Under != step.To:
			bad.Add("sub", "Choose one of the statuses below %s.", StatusWords(step.To))
		case all[0].Who == byOffice && !s.May(JobStatus):
			return fault.New(fault.Forbidden, "Only the office may set %s.", all[0].Name)
		}
	}
	return bad.Err()
}

// stepSets are the columns a step changes, with the times it marks.
func (s Staff) stepSets(j Job, step JobStep) []set {
	sets := []set{{"status", step.To}, {"sub_id", orNull(step.Sub)}, {"version", j.Version + 1}, {"updated_at", s.Now()}}
	if step.To == j.Status {
		return sets
	}
	sets = append(sets, set{"reason", step.Reason})
	switch {
	case JobDone(step.To) && j.DoneAt.IsZero():
		sets = append(sets, set{"done_at", s.Now()})
	case !JobDone(step.To) && !j.DoneAt.IsZero():
		sets = append(sets, set{"done_at", time.Time{}})
	}
	if step.To == JobInProgress && j.StartedAt.IsZero() {
		sets = append(sets, set{"started_at", s.Now()})
	}
	return sets
}

// Mark notes that whoever does a job set out for it ("started") or is there
// ("arrived"). Marking twice changes nothing.
func (s Staff) Mark(ctx context.Context, id JobID, what string) error {
	return s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		v, err := s.doingJob(j)
		if err != nil {
			return err
		}
		column, at := "started_at", j.StartedAt
		switch what {
		case "started":
		case "arrived":
			column, at = "arrived_at", j.ArrivedAt
		default:
			return fault.New(fault.Invalid, "There is no such step.")
		}
		if !at.IsZero() || JobDone(j.Status) {
			return nil
		}
		if err := s.tellJob(ctx, v, id, JobEvent{Kind: what, Public: true}); err != nil {
			return err
		}
		return s.change(ctx, v, "jobs", int64(id), set{column, s.Now()}, set{"version", j.Version + 1}, set{"updated_at", s.Now()})
	})
}

// mostBulk is how many jobs one step can be taken for.
const mostBulk = 1000

// SetJobsStatus takes one step for many jobs, all or none. They must have the
// same kind of job and the same status, so that nobody finishes by mistake
// what has not begun.
func (s Staff) SetJobsStatus(ctx context.Context, ids []JobID, step JobStep) (n int, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(JobStatus); err != nil {
			return err
		}
		all, err := s.jobsOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, j := range all {
			if j.Status != all[0].Status || j.Shape() != all[0].Shape() {
				return fault.Field("status", "These jobs have different statuses: %s is %s, %s is %s. Choose jobs of one status.",
					JobNumber(all[0].Number), StatusWords(all[0].Status), JobNumber(j.Number), StatusWords(j.Status))
			}
		}
		for _, j := range all {
			if err := s.step(ctx, j, step); err != nil {
				return err
			}
		}
		n = len(all)
		return nil
	})
	return n, err
}

// jobsOf reads many jobs; one that is not the scope's is NotFound.
func (s scope) jobsOf(ctx context.Context, ids []JobID) ([]Job, error) {
	ids = unique(ids)
	if len(ids) == 0 {
		return nil, fault.New(fault.Invalid, "Choose at least one job.")
	}
	if len(ids) > mostBulk {
		return nil, fault.New(fault.Invalid, "These are %d jobs. Do it in parts of up to %d.", len(ids), mostBulk)
	}
	all, err := list(ctx, s, (*Job).row, `SELECT `+s.jobFull()+` FROM json_each(:ids) CROSS JOIN {jobs} j ON j.id = json_each.value`, p(":ids", idList(ids)))
	if err == nil && len(all) != len(ids) {
		err = fault.New(fault.NotFound, "Some of these jobs do not exist, or are not yours.")
	}
	return all, err
}

// StatusWords is a primary status in English words.
func StatusWords(status string) string {
	if w, ok := statusWords[status]; ok {
		return w
	}
	return status
}

var statusWords = map[string]string{JobDraft: "Draft", JobOpen: "Open", JobInProgress: "In Progress", JobOnHold: "On Hold", JobCompleted: "Completed", JobClosed: "Closed", JobCancelled: "Cancelled",
	JobInfoReceived: "Info received", JobInTransit: "In transit", JobDispatched: "In Progress", JobPartial: "Partially completed", JobFailed: "Failed", JobReturn: "Return"}
