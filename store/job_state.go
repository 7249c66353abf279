package store

import "slices"

// The primary statuses are fixed. A work order's:
const (
	JobDraft      = "draft"
	JobOpen       = "open"
	JobInProgress = "in_progress"
	JobOnHold     = "on_hold" // of both shapes
	JobCompleted  = "completed"
	JobClosed     = "closed"
	JobCancelled  = "cancelled"
)

// A delivery's and a collection's, besides completed and on hold:
const (
	JobInfoReceived = "info_recv"
	JobInTransit    = "in_transit"
	JobDispatched   = "dispatched"
	JobPartial      = "completed_partial" // at least one item was rejected
	JobFailed       = "failed"
	JobReturn       = "return"
)

// JobStatuses lists the primary statuses of a shape in their order.
func JobStatuses(shape string) []string {
	if shape == JobWork {
		return []string{JobDraft, JobOpen, JobInProgress, JobOnHold, JobCompleted, JobClosed, JobCancelled}
	}
	return []string{JobInfoReceived, JobInTransit, JobDispatched, JobCompleted, JobPartial, JobFailed, JobOnHold, JobReturn}
}

// JobDone reports whether nothing is left to do in a status.
func JobDone(status string) bool {
	return slices.Contains([]string{JobCompleted, JobPartial, JobFailed, JobReturn, JobClosed, JobCancelled}, status)
}

// Who may take a step: office is the right job.status; road also has whoever
// does the job (job.road); reopen, back from an end, is a right of its own.
const (
	byOffice = "office"
	byRoad   = "road"
	byReopen = "reopen"
)

type jobMove struct{ shape, from, to, by string }

// jobMoves says which status follows which, and who may set it. What is not
// here does not follow.
var jobMoves = []jobMove{
	{JobWork, JobDraft, JobOpen, byOffice},
	{JobWork, JobDraft, JobCancelled, byOffice},
	{JobWork, JobOpen, JobDraft, byOffice},
	{JobWork, JobOpen, JobInProgress, byRoad},
	{JobWork, JobOpen, JobOnHold, byOffice},
	{JobWork, JobOpen, JobCompleted, byRoad},
	{JobWork, JobOpen, JobCancelled, byOffice},
	{JobWork, JobInProgress, JobOpen, byOffice},
	{JobWork, JobInProgress, JobOnHold, byRoad},
	{JobWork, JobInProgress, JobCompleted, byRoad},
	{JobWork, JobInProgress, JobCancelled, byOffice},
	{JobWork, JobOnHold, JobOpen, byOffice},
	{JobWork, JobOnHold, JobInProgress, byRoad},
	{JobWork, JobOnHold, JobCancelled, byOffice},
	{JobWork, JobCompleted, JobClosed, byOffice},
	{JobWork, JobCompleted, JobInProgress, byReopen},
	{JobWork, JobClosed, JobInProgress, byReopen},
	{JobWork, JobCancelled, JobOpen, byReopen},

	{JobDelivery, JobInfoReceived, JobInTransit, byOffice},
	{JobDelivery, JobInfoReceived, JobDispatched, byOffice},
	{JobDelivery, JobInfoReceived, JobOnHold, byOffice},
	{JobDelivery, JobInfoReceived, JobReturn, byOffice},
	{JobDelivery, JobInTransit, JobInfoReceived, byOffice},
	{JobDelivery, JobInTransit, JobDispatched, byOffice},
	{JobDelivery, JobInTransit, JobOnHold, byOffice},
	{JobDelivery, JobInTransit, JobReturn, byOffice},
	{JobDelivery, JobDispatched, JobInfoReceived, byOffice},
	{JobDelivery, JobDispatched, JobInTransit, byOffice},
	{JobDelivery, JobDispatched, JobCompleted, byRoad},
	{JobDelivery, JobDispatched, JobPartial, byRoad},
	{JobDelivery, JobDispatched, JobFailed, byRoad},
	{JobDelivery, JobDispatched, JobOnHold, byOffice},
	{JobDelivery, JobDispatched, JobReturn, byOffice},
	{JobDelivery, JobOnHold, JobInfoReceived, byOffice},
	{JobDelivery, JobOnHold, JobInTransit, byOffice},
	{JobDelivery, JobOnHold, JobDispatched, byOffice},
	{JobDelivery, JobOnHold, JobReturn, byOffice},
	{JobDelivery, JobCompleted, JobDispatched, byReopen},
	{JobDelivery, JobCompleted, JobReturn, byOffice},
	{JobDelivery, JobPartial, JobDispatched, byReopen},
	{JobDelivery, JobPartial, JobReturn, byOffice},
	{JobDelivery, JobFailed, JobDispatched, byReopen},
	{JobDelivery, JobFailed, JobReturn, byOffice},
	{JobDelivery, JobReturn, JobInfoReceived, byReopen},
}

func findMove(shape, from, to string) (jobMove, bool) {
	for _, m := range jobMoves {
		if m.shape == shape && m.from == from && m.to == to {
			return m, true
		}
	}
	return jobMove{}, false
}

// mayMove reports whether the scope may take a step of a job that mine says
// is its own to do.
func (s scope) mayMove(m jobMove, mine bool) bool {
	switch m.by {
	case byReopen:
		return s.May(JobReopen)
	case byRoad:
		return s.May(JobStatus) || mine && s.May(JobRoad)
	}
	return s.May(JobStatus)
}

// NextStatuses lists the statuses that may follow, for this person.
func (s Staff) NextStatuses(j Job) (out []string) {
	for _, m := range jobMoves {
		if m.shape == j.Shape() && m.from == j.Status && s.mayMove(m, j.DoneBy(s.me.ID)) {
			out = append(out, m.to)
		}
	}
	return out
}

// What a customer is told of a job: derived, never typed.
const (
	TrackReceived   = "info_received"
	TrackScheduled  = "scheduled"
	TrackOut        = "out" // for delivery, or for collection
	TrackInProgress = "in_progress"
	TrackCompleted  = "completed"
	TrackPartial    = "partial"
	TrackFailed     = "failed"
	TrackOnHold     = "on_hold"
	TrackReturn     = "return"
	TrackCancelled  = "cancelled"
)

// Tracks lists the tracking statuses of a shape in their order.
func Tracks(shape string) []string {
	if shape == JobWork {
		return []string{TrackReceived, TrackScheduled, TrackInProgress, TrackCompleted, TrackOnHold, TrackCancelled}
	}
	return []string{TrackReceived, TrackScheduled, TrackOut, TrackCompleted, TrackPartial, TrackFailed, TrackOnHold, TrackReturn}
}

// Track derives the tracking status from the status, whether somebody is
// assigned, and the day as seen from today.
func Track(kind, status string, assigned bool, day, today string) string {
	switch status {
	case JobInProgress:
		return TrackInProgress
	case JobCompleted, JobClosed:
		return TrackCompleted
	case JobPartial:
		return TrackPartial
	case JobFailed:
		return TrackFailed
	case JobOnHold:
		return TrackOnHold
	case JobReturn:
		return TrackReturn
	case JobCancelled:
		return TrackCancelled
	case JobDispatched:
		if assigned && day != "" && day <= today {
			return TrackOut
		}
	case JobOpen:
	default:
		return TrackReceived
	}
	if assigned && (kind != JobWork || day != "") {
		return TrackScheduled
	}
	return TrackReceived
}

// Track is the job's tracking status on a day of the reader's calendar.
func (j Job) Track(today string) string { return Track(j.Kind, j.Status, j.Assigned, j.Day, today) }

// trackConds is what Track says, for a list.
var trackConds = map[string]string{
	TrackReceived:   `(j.status IN ('info_recv', 'in_transit', 'draft') OR j.status IN ('dispatched', 'open') AND j.assigned = 0 OR j.status = 'open' AND j.day = '')`,
	TrackScheduled:  `(j.status = 'dispatched' AND (j.day = '' OR j.day > :today) OR j.status = 'open' AND j.day <> '') AND j.assigned = 1`,
	TrackOut:        `j.status = 'dispatched' AND j.day <> '' AND j.day <= :today AND j.assigned = 1`,
	TrackInProgress: `j.status = 'in_progress'`,
	TrackCompleted:  `j.status IN ('completed', 'closed')`,
	TrackPartial:    `j.status = 'completed_partial'`,
	TrackFailed:     `j.status = 'failed'`,
	TrackOnHold:     `j.status = 'on_hold'`,
	TrackReturn:     `j.status = 'return'`,
	TrackCancelled:  `j.status = 'cancelled'`,
}
