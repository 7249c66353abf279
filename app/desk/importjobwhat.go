package desk

import (
	"context"

	"gatehouse/store"
)

func (t *jobs) readAssignee(c *cells, w *jobPlan) {
	word := c.text("assignee")
	if word == "" || w.was.ID != 0 { // afterwards it is decided here
		return
	}
	if v, ok := t.vehicles[fold(word)]; ok {
		w.edit.Vehicle = v
		return
	}
	if p, ok := t.people[fold(word)]; ok {
		w.edit.Assignee = p
		return
	}
	w.note("Nobody here and no vehicle is called “" + short(word) + "”, so it is not assigned.")
}

func (t *jobs) readAsset(ctx context.Context, s store.Staff, c *cells, w *jobPlan) error {
	word := c.text("asset")
	if word == "" || w.was.ID != 0 {
		return nil
	}
	for _, k := range []store.AssetKey{{ExternalID: word}, {Serial: word}, {PIN: word}} {
		id, err := s.MatchAsset(ctx, k)
		if err != nil && rowSays(err) == "" {
			return err
		}
		if id != 0 && err == nil {
			w.edit.Assets = []store.AssetID{id}
			return nil
		}
	}
	w.note("There is no asset “" + short(word) + "” here.")
	return nil
}

// readItems makes an item of each row that names one.
func (t *jobs) readItems(c *cells, rows []entry, w *jobPlan) {
	var items []store.JobItem
	for _, e := range rows {
		r := cells{of: e.cells, how: t.reading}
		i := store.JobItem{SKU: r.text("sku"), Description: r.text("item"), Quantity: 1, Unit: r.text("unit"), Serials: r.text("serials")}
		if i.SKU+i.Description == "" {
			continue
		}
		if n := r.number("quantity"); n.OK {
			i.Quantity = n.V
		}
		for k, says := range r.bad {
			c.bad.Add(k, "%s", says)
		}
		items = append(items, i)
	}
	if len(items) > 0 {
		w.edit.Items = items
	}
}

func (t *jobs) readFields(c *cells, w *jobPlan) {
	for _, f := range t.fields {
		v := c.text(jobFieldKey(f.ID))
		if v == "" || f.Shape != "" && f.Shape != w.edit.Shape() {
			continue
		}
		if w.edit.Values == nil {
			w.edit.Values = map[store.JobFieldID]string{}
		}
		w.edit.Values[f.ID] = c.field(jobFieldKey(f.ID), f.Kind)
	}
}
