package store

import (
	"context"
	"math"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// JobItem is one line of what a job brings, fetches or uses.
type JobItem struct {
	ID          JobItemID
	SKU         string
	Description string
	Quantity    float64
	Unit        string
	Serials     string
	Rejected    float64
	Reason      string // why it was rejected
}

// mostItems is how many lines a job can have.
const mostItems = 1000

const jobItemColumns = `i.id, i.sku, i.description, i.quantity, i.unit, i.serials, i.rejected, i.reason`

func (i *JobItem) row(r *row) {
	i.ID, i.SKU, i.Description, i.Quantity, i.Unit, i.Serials, i.Rejected, i.Reason = JobItemID(r.int()), r.str(), r.str(), r.float(), r.str(), r.str(), r.float(), r.str()
}

// JobItems lists the items of a job in their order.
func (s scope) JobItems(ctx context.Context, id JobID) ([]JobItem, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*JobItem).row, `SELECT `+jobItemColumns+` FROM {job_items} i WHERE i.job_id = :id ORDER BY i.position, i.id`, p(":id", id))
}

// itemField is the name of an item's field in a form, from line 0.
func itemField(line int, name string) string { return "item_" + strconv.Itoa(line) + "_" + name }

// cleanItems trims items and notes what is wrong with each.
func cleanItems(bad *fault.Problems, items []JobItem) {
	if len(items) > mostItems {
		bad.Add("items", "These are %d items; up to %d fit into one job. Make several jobs of them.", len(items), mostItems)
		return
	}
	for n := range items {
		i := &items[n]
		for _, f := range []struct {
			name string
			v    *string
			most int
		}{{"sku", &i.SKU, 100}, {"description", &i.Description, 300}, {"unit", &i.Unit, 40}, {"serials", &i.Serials, 2000}, {"reason", &i.Reason, 300}} {
			*f.v = strings.TrimSpace(*f.v)
			checkText(bad, itemField(n, f.name), *f.v, f.most)
		}
		if i.SKU == "" && i.Description == "" {
			bad.Add(itemField(n, "description"), "Say what the item is.")
		}
		if !(i.Quantity >= 0 && i.Quantity <= 1e9) {
			bad.Add(itemField(n, "quantity"), "Give a quantity such as 12 or 2.5.")
		}
		i.checkRejected(bad, n)
	}
}

func (i JobItem) checkRejected(bad *fault.Problems, n int) {
	switch {
	case math.IsNaN(i.Rejected) || i.Rejected < 0:
		bad.Add(itemField(n, "rejected"), "Give how many were rejected, or 0.")
	case i.Rejected > i.Quantity:
		bad.Add(itemField(n, "rejected"), "%s of %s cannot be rejected: there are only %s.", number(i.Rejected), pick(i.Description, i.SKU), number(i.Quantity))
	}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// setJobItems makes items exactly what a job has. A line that keeps its id
// keeps what hangs on it.
func (s Staff) setJobItems(ctx context.Context, v Verb, id JobID, items []JobItem) error {
	was, err := s.JobItems(ctx, id)
	if err != nil {
		return err
	}
	known := map[JobItemID]bool{}
	for _, i := range was {
		known[i.ID] = true
	}
	keep := []JobItemID{}
	for _, i := range items {
		if i.ID != 0 && !known[i.ID] {
			return fault.New(fault.NotFound, "There is no such item in this job.")
		}
		if i.ID != 0 {
			keep = append(keep, i.ID)
		}
	}
	if _, err := s.write(ctx, v, `DELETE FROM <job_items> WHERE {mine:job_items} AND job_id = :job AND id NOT IN (SELECT value FROM json_each(:keep))`, p(":job", id), p(":keep", idList(keep))); err != nil {
		return err
	}
	for n, i := range items {
		if err := s.putJobItem(ctx, v, id, n, i); err != nil {
			return err
		}
	}
	return nil
}

func (s Staff) putJobItem(ctx context.Context, v Verb, id JobID, n int, i JobItem) error {
	text := `UPDATE <job_items> SET position = :n, sku = :sku, description = :description, quantity = :quantity, unit = :unit, serials = :serials, rejected = :rejected, reason = :reason WHERE {mine:job_items} AND job_id = :job AND id = :item`
	if i.ID == 0 {
		text = `INSERT INTO <job_items> (provider_id, job_id, position, sku, description, quantity, unit, serials, rejected, reason) VALUES (:provider, :job, :n, :sku, :description, :quantity, :unit, :serials, :rejected, :reason)`
	}
	args := []arg{p(":job", id), p(":n", n), p(":sku", i.SKU), p(":description", i.Description), p(":quantity", i.Quantity), p(":unit", i.Unit), p(":serials", i.Serials), p(":rejected", i.Rejected), p(":reason", i.Reason)}
	if i.ID != 0 {
		args = append(args, p(":item", i.ID))
	}
	_, err := s.write(ctx, v, text, args...)
	return err
}

// Rejection says how many of an item were rejected, and why.
type Rejection struct {
	Item   JobItemID
	Number float64
	Reason string
}

// Reject notes rejected items of a job; whoever does the job may. More than
// were ordered is refused with a sentence at the item's field.
func (s Staff) Reject(ctx context.Context, id JobID, all []Rejection) error {
	return s.Update(ctx, func(s Staff) error {
		v, err := s.doing(ctx, id)
		if err != nil {
			return err
		}
		items, err := s.JobItems(ctx, id)
		if err != nil {
			return err
		}
		var bad fault.Problems
		found := 0
		for n := range items {
			for _, r := range all {
				if r.Item != items[n].ID {
					continue
				}
				found++
				items[n].Rejected, items[n].Reason = r.Number, r.Reason
				if r.Number > 0 && strings.TrimSpace(r.Reason) == "" {
					bad.Add(itemField(n, "reason"), "Say why it was rejected.")
				}
			}
		}
		if found != len(all) {
			return fault.New(fault.NotFound, "There is no such item in this job.")
		}
		cleanItems(&bad, items)
		if err := bad.Err(); err != nil {
			return err
		}
		return s.setJobItems(ctx, v, id, items)
	})
}

// rejected counts the items of a job of which some were rejected.
func (s scope) rejected(ctx context.Context, id JobID) (int64, error) {
	return s.number(ctx, `SELECT count(*) FROM {job_items} i WHERE i.job_id = :id AND i.rejected > 0`, p(":id", id))
}
