package desk

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// meterColumns are the columns that are readings, with the kind they become.
var meterColumns = []struct {
	key, label, kind string
	most             float64
	was              func(store.Asset) store.Meter
}{
	{"hours", "Operating hours", store.KindHours, 1e6, func(a store.Asset) store.Meter { return a.Hours }},
	{"odometer", "Odometer", store.KindOdometer, 1e8, func(a store.Asset) store.Meter { return a.Odometer }},
	{"fuel", "Fuel", store.KindFuel, 100, func(a store.Asset) store.Meter { return a.Fuel }},
}

// read is a reading that a row brings, and how to tell people of it.
type read struct {
	store.Reading
	label, old, now string
}

// readMeters makes readings of the cells, as far as they are news: a value
// that is there already, or one without a time that is the newest anyway, is
// not.
func (t *assets) readMeters(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
	var all []read
	at, _ := c.time("read_at")
	for _, m := range meterColumns {
		n, was := c.between(m.key, 0, m.most), m.was(w.was)
		if n.OK && (!at.IsZero() || was.Num != n) {
			all = t.take(s, c, "read_at", read{store.Reading{Kind: m.kind, At: at, Value: n}, m.label, number(was.Num), number(n) + atWords(at)}, all)
		}
	}
	if p, ok := t.readPlace(c, w.was); ok {
		all = t.take(s, c, "located_at", p, all)
	}
	var have []store.Reading
	if w.was.ID != 0 && len(all) > 0 {
		keys := make([]store.ReadingKey, 0, len(all))
		for _, r := range all {
			keys = append(keys, r.Key())
		}
		var err error
		if have, err = s.ReadingsAt(ctx, w.was.ID, keys); err != nil {
			return err
		}
	}
	for _, r := range all {
		if !isThere(r.Reading, have) {
			w.readings = append(w.readings, r.Reading)
			w.diff.of(r.label, r.old, r.now)
		}
	}
	return nil
}

func (t *assets) readPlace(c *cells, was store.Asset) (p read, ok bool) {
	lat, lon, ok := c.place()
	if !ok {
		return p, false
	}
	at, _ := c.time("located_at")
	if at.IsZero() && was.Lat == store.Some(lat) && was.Lon == store.Some(lon) {
		return p, false
	}
	return read{store.Reading{Kind: store.KindPosition, At: at, Value: store.Some(lat), Value2: store.Some(lon)}, "Position", "", fmt.Sprintf("%.5f, %.5f", lat, lon) + atWords(at)}, true
}

// take adds a reading, if it can be. One without a time is of the upload.
func (t *assets) take(s store.Staff, c *cells, key string, r read, all []read) []read {
	r.Source = t.source
	if r.At.IsZero() {
		r.At = t.now
	}
	err := r.Check(s.Now())
	if err == nil {
		return append(all, r)
	}
	for field, says := range fault.Fields(err) {
		if field == "at" {
			field = key
		}
		c.bad.Add(field, "%s", says)
	}
	return all
}

func number(n store.Num) string {
	if !n.OK {
		return ""
	}
	return strconv.FormatFloat(n.V, 'f', -1, 64)
}

func atWords(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return " (" + at.Format("2006-01-02 15:04") + " UTC)"
}
