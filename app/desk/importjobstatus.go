package desk

import (
	"slices"
	"strings"
	"time"

	"gatehouse/store"
)

// jobWords are what other systems and languages call our statuses: a work
// order's, then a delivery's.
var jobWords = map[string][2]string{
	"open": {store.JobOpen, store.JobInfoReceived}, "new": {store.JobOpen, store.JobInfoReceived}, "assigned": {store.JobOpen, store.JobInfoReceived}, "scheduled": {store.JobOpen, store.JobInfoReceived}, "planned": {store.JobOpen, store.JobInfoReceived}, "unspecified": {store.JobOpen, store.JobInfoReceived}, "unassigned": {store.JobOpen, store.JobInfoReceived}, "emailsent": {store.JobOpen, store.JobInfoReceived}, "inforeceived": {store.JobOpen, store.JobInfoReceived}, "offen": {store.JobOpen, store.JobInfoReceived},
	"intransit": {store.JobInProgress, store.JobInTransit}, "dispatched": {store.JobInProgress, store.JobInTransit}, "outfordelivery": {store.JobInProgress, store.JobInTransit}, "atwarehouse": {store.JobOpen, store.JobInTransit},
	"inprogress": {store.JobInProgress, store.JobInTransit}, "started": {store.JobInProgress, store.JobInTransit}, "working": {store.JobInProgress, store.JobInTransit}, "inarbeit": {store.JobInProgress, store.JobInTransit},
	"onhold": {store.JobOnHold, store.JobOnHold}, "pending": {store.JobOnHold, store.JobOnHold}, "waiting": {store.JobOnHold, store.JobOnHold}, "hold": {store.JobOnHold, store.JobOnHold}, "wartet": {store.JobOnHold, store.JobOnHold},
	"completed": {store.JobCompleted, store.JobCompleted}, "complete": {store.JobCompleted, store.JobCompleted}, "done": {store.JobCompleted, store.JobCompleted}, "delivered": {store.JobCompleted, store.JobCompleted}, "collected": {store.JobCompleted, store.JobCompleted}, "finished": {store.JobCompleted, store.JobCompleted}, "erledigt": {store.JobCompleted, store.JobCompleted}, "zugestellt": {store.JobCompleted, store.JobCompleted},
	"closed": {store.JobClosed, store.JobCompleted}, "closedtesting": {store.JobClosed, store.JobCompleted}, "resolved": {store.JobClosed, store.JobCompleted}, "geschlossen": {store.JobClosed, store.JobCompleted},
	"partiallycompleted": {store.JobCompleted, store.JobPartial}, "completedpartial": {store.JobCompleted, store.JobPartial}, "partial": {store.JobCompleted, store.JobPartial},
	"failed": {store.JobCancelled, store.JobFailed}, "undelivered": {store.JobCancelled, store.JobFailed}, "return": {store.JobCancelled, store.JobReturn}, "returned": {store.JobCancelled, store.JobReturn},
	"cancelled": {store.JobCancelled, store.JobFailed}, "canceled": {store.JobCancelled, store.JobFailed}, "cancel": {store.JobCancelled, store.JobFailed}, "storniert": {store.JobCancelled, store.JobFailed},
	"draft": {store.JobDraft, store.JobInfoReceived},
}

var unjoined = strings.NewReplacer("_", "", "-", "")

// readStatus reads the status of a job that is not here yet. A word nobody
// knows is told, and the job is open, or done where the file says when.
func (t *jobs) readStatus(c *cells, w *jobPlan) {
	if w.was.ID != 0 {
		return
	}
	at := 0
	if w.edit.Kind != store.JobWork {
		at = 1
	}
	word := c.text("status")
	if known, ok := jobWords[unjoined.Replace(fold(word))]; ok {
		w.status = known[at]
	} else if word != "" {
		w.note("The status “" + short(word) + "” is not known here.")
	}
	if w.status == "" && !w.done.IsZero() {
		w.status = store.JobCompleted
	}
	w.noteDone()
	if w.reason = c.text("reason"); w.reason == "" && slices.Contains([]string{store.JobFailed, store.JobReturn, store.JobCancelled, store.JobOnHold}, w.status) {
		w.reason = word
	}
}

// noteDone tells where the file's words on when a job was done contradict the
// others, which real files do.
func (w *jobPlan) noteDone() {
	if w.status == store.JobDraft {
		w.note("A draft: its customer sees it once it is open.")
	}
	switch {
	case w.done.IsZero():
	case w.status != "" && !store.JobDone(w.status):
		w.note("The time when it was done is left out: it is not.")
	case !w.received.IsZero() && w.done.Before(w.received):
		w.note("It was done before it came in, says the file.")
	}
}

// readPriority leaves Start by before Due by: the file knows only the latter.
func (t *jobs) readPriority(c *cells, w *jobPlan) {
	e := &w.edit
	if word := c.text("priority"); word != "" {
		at := slices.IndexFunc(t.priorities, func(p store.JobPriority) bool { return fold(p.Name) == fold(word) })
		if at < 0 {
			w.note("The priority “" + short(word) + "” is not known here.")
		} else {
			e.Priority = t.priorities[at].ID
		}
	}
	if w.was.ID != 0 || e.DueBy.IsZero() || !e.StartBy.IsZero() {
		return
	}
	came := w.received
	if came.IsZero() {
		came = t.now
	}
	for _, p := range t.priorities {
		if p.ID == e.Priority || e.Priority == 0 && p.Default {
			if start := came.Add(time.Duration(p.StartMin) * time.Minute); p.StartMin > 0 && start.After(e.DueBy) {
				e.StartBy = e.DueBy
			}
		}
	}
}
