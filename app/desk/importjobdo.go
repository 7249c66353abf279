package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// jobPlan is what the rows of one job want of it.
type jobPlan struct {
	was       store.Job // zero: it is new
	wasItems  []store.JobItem
	wasValues map[store.JobFieldID]string
	edit      store.JobEdit
	tag       store.JobTag
	status    string // of a new one
	reason    string
	received  time.Time
	done      time.Time
	notes     []string
	diff      differences
}

func (w *jobPlan) note(says string) { w.notes = append(w.notes, says) }

// load reads the job as it is now, as far as the file has to do with it.
func (t *jobs) load(ctx context.Context, s store.Staff, id store.JobID, w *jobPlan) (err error) {
	if id == 0 {
		return nil
	}
	if w.was, err = s.Job(ctx, id); err != nil {
		return err
	}
	w.edit.JobInput = w.was.JobInput
	if w.was.ByGroup {
		w.edit.Customer = 0
	}
	if t.maps("sku", "item") {
		if w.wasItems, err = s.JobItems(ctx, id); err != nil {
			return err
		}
	}
	w.wasValues = map[store.JobFieldID]string{}
	if len(t.fields) == 0 {
		return nil
	}
	values, err := s.JobValues(ctx, id)
	for _, v := range values {
		w.wasValues[v.ID] = v.Value
	}
	return err
}

// words is what the dry run says of a new job.
func (w *jobPlan) words() string {
	var out []string
	switch {
	case w.tag.CustomerName != "" && w.tag.GroupName != "":
		out = append(out, "For "+w.tag.CustomerName+", "+w.tag.GroupName+".")
	case w.tag.CustomerName+w.tag.GroupName != "":
		out = append(out, "For "+w.tag.CustomerName+w.tag.GroupName+".")
	default:
		out = append(out, "For no customer: only your own people see it.")
	}
	if n := len(w.edit.Items); n > 1 {
		out = append(out, fmt.Sprintf("%d items.", n))
	}
	return strings.Join(append(out, w.notes...), " ")
}

// compare notes what the file changes of a job that is here. Items that are as
// they were are left alone, and with them what was rejected of each.
func (w *jobPlan) compare() {
	if w.was.ID == 0 {
		return
	}
	was, e := w.was.JobInput, &w.edit
	var d differences
	for _, f := range [][3]string{{"Subject", was.Subject, e.Subject}, {"Description", was.Description, e.Description}, {"Instructions", was.Instructions, e.Instructions}, {"Address", was.Address, e.Address},
		{"Deliver to / collect from", was.ContactName, e.ContactName}, {"Phone", was.ContactPhone, e.ContactPhone}, {"E-mail", was.ContactEmail, e.ContactEmail},
		{"Date", was.Day, e.Day}, {"Time from", was.From, e.From}, {"Time to", was.To, e.To}, {"Position", placeWords(was), placeWords(e.JobInput)}, {"Due by", stamp(was.DueBy), stamp(e.DueBy)},
		{"Priority", idWords(was.Priority), idWords(e.Priority)}} {
		d.of(f[0], f[1], f[2])
	}
	if e.Items != nil {
		if d.of("Items", itemWords(w.wasItems), itemWords(e.Items)); itemWords(w.wasItems) == itemWords(e.Items) {
			e.Items = nil
		}
	}
	for id, v := range e.Values {
		d.of("Field", w.wasValues[id], v)
	}
	w.diff = append(w.diff, d...)
}

func placeWords(j store.JobInput) string {
	if !j.Lat.OK {
		return ""
	}
	return fmt.Sprintf("%.5f, %.5f", j.Lat.V, j.Lon.V)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04")
}

func idWords(id store.PriorityID) string { return strconv.FormatInt(int64(id), 10) }

func itemWords(all []store.JobItem) string {
	var out []string
	for _, i := range all {
		out = append(out, strings.TrimSpace(number(store.Some(i.Quantity))+" "+i.Unit+" "+i.SKU+" "+i.Description+" "+i.Serials))
	}
	return strings.Join(out, "; ")
}

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
	var b jobBefore
	if r.Before == "" || r.Before == "null" {
		return nil // a further row of a job, which goes with the first
	}
	if err := json.Unmarshal([]byte(r.Before), &b); err != nil {
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
