package desk

import (
	"context"
	"slices"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// jobBefore is what an undo needs to know.
type jobBefore struct {
	Version int64                       `json:"version"` // that the import left
	Old     *store.JobInput             `json:"old,omitempty"`
	Items   *[]store.JobItem            `json:"items,omitempty"`
	Values  map[store.JobFieldID]string `json:"values,omitempty"`
}

// do makes the job as the rows want it.
func (w *jobPlan) do(ctx context.Context, s store.Staff) (int64, any, error) {
	if w.was.ID == 0 {
		id, err := s.AddJob(ctx, store.NewJob{JobEdit: w.edit, Status: w.status, Reason: w.reason, Source: "import", ReceivedAt: w.received, DoneAt: w.done})
		return int64(id), &jobBefore{Version: 1}, err
	}
	old := w.was.JobInput
	if w.was.ByGroup {
		old.Customer = 0
	}
	b := jobBefore{Old: &old}
	if w.edit.Items != nil {
		was := slices.Clone(w.wasItems)
		for n := range was {
			was[n].ID = 0
		}
		b.Items = &was
	}
	for id := range w.edit.Values {
		if b.Values == nil {
			b.Values = map[store.JobFieldID]string{}
		}
		b.Values[id] = w.wasValues[id]
	}
	if err := s.ChangeJob(ctx, w.was.ID, w.was.Version, w.edit); err != nil {
		return 0, nil, err
	}
	now, err := s.Job(ctx, w.was.ID)
	b.Version = now.Version
	return int64(w.was.ID), &b, err
}

func (t *jobs) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	if r.Before == "" || r.Before == "null" {
		return nil // a further row of a job, which goes with the first
	}
	b, err := beforeOf[jobBefore](r)
	if err != nil {
		return err
	}
	id := store.JobID(r.Object)
	if b.Old == nil {
		return s.UnaddJob(ctx, id, b.Version)
	}
	now, err := s.Job(ctx, id)
	if err != nil {
		return err
	}
	if now.Version != b.Version {
		return fault.New(fault.Conflict, "%s was changed after the import.", store.JobNumber(now.Number))
	}
	edit := store.JobEdit{JobInput: *b.Old, Values: b.Values}
	if b.Items != nil {
		edit.Items = *b.Items
	}
	return s.ChangeJob(ctx, id, now.Version, edit)
}
