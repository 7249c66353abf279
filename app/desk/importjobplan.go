package desk

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatehouse/store"
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
