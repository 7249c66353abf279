package desk

import (
	"context"
	"strings"

	"gatehouse/store"
)

// eachKey reads the rows of a file with the key of the job each belongs to. A
// row without a number, but with an item, belongs to the job above it.
func (t *jobs) eachKey(ctx context.Context, s store.Staff, i store.Import, fn func(e entry, key string) error) error {
	src, err := openSource(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	last := ""
	for e, err := range src.rows {
		if err != nil {
			return err
		}
		key := t.keyOf(e)
		if key == "" && last != "" && t.hasItem(e) {
			key = last
		}
		if last = key; key != "" && e.problem == "" {
			if err := fn(e, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *jobs) keyOf(e entry) string {
	c := cells{of: e.cells, how: t.reading}
	number := strings.ToLower(c.text("external_id"))
	if number == "" {
		return ""
	}
	return t.kind(&c) + "\x00" + number
}

func (t *jobs) hasItem(e entry) bool {
	c := cells{of: e.cells, how: t.reading}
	return c.text("sku")+c.text("item") != ""
}

var kindWords = map[string]string{"delivery": store.JobDelivery, "deliveries": store.JobDelivery, "d": store.JobDelivery, "drop": store.JobDelivery, "dropoff": store.JobDelivery, "deliver": store.JobDelivery, "lieferung": store.JobDelivery, "zustellung": store.JobDelivery,
	"collection": store.JobCollection, "collections": store.JobCollection, "c": store.JobCollection, "collect": store.JobCollection, "pickup": store.JobCollection, "pick-up": store.JobCollection, "return": store.JobCollection, "abholung": store.JobCollection,
	"workorder": store.JobWork, "work": store.JobWork, "service": store.JobWork, "job": store.JobWork, "repair": store.JobWork, "inspection": store.JobWork, "maintenance": store.JobWork, "wo": store.JobWork, "auftrag": store.JobWork, "reparatur": store.JobWork, "wartung": store.JobWork}

// kind is what a row is; a word that is not known is reported and taken for
// the file's usual kind.
func (t *jobs) kind(c *cells) string {
	usual := t.how.JobKind
	if usual == "" {
		usual = store.JobDelivery
		if _, mapped := t.mapping["subject"]; mapped {
			usual = store.JobWork
		}
	}
	word := c.text("kind")
	if word == "" {
		return usual
	}
	if k, known := kindWords[fold(word)]; known {
		return k
	}
	c.bad.Add("kind", "“%s” is neither a work order, a delivery nor a collection.", short(word))
	return usual
}
