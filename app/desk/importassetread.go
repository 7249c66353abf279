package desk

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store"
)

// read lays the cells over what the asset is now.
func (t *assets) read(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
	w.edit.AssetInput = w.was.AssetInput
	w.edit.Status = orElse(w.edit.Status, "active")
	e := &w.edit
	for key, into := range map[string]*string{"name": &e.Name, "external_id": &e.ExternalID, "serial": &e.Serial, "pin": &e.PIN, "make": &e.Make, "model": &e.Model, "type": &e.Type} {
		c.set(key, into)
	}
	if v := c.text("status"); v != "" {
		e.Status = orElse(statusWords[strings.ToLower(v)], strings.ToLower(v))
	}
	if n := c.number("year"); n.OK {
		if e.Year = int64(n.V); n.V != float64(e.Year) || e.Year == 0 {
			c.bad.Add("year", "“%s” is not a year.", c.text("year"))
		}
	}
	if err := t.readGroups(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readFields(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readMeters(ctx, s, c, w); err != nil {
		return err
	}
	var err error
	if w.hold, err = t.held.read(ctx, s, c, w.was.ID, &w.diff); err != nil {
		return err
	}
	if err := c.err(e.Validate(s.Now())); err != nil {
		return err
	}
	w.compare()
	return nil
}

// statusWords are what other systems and languages call our states.
var statusWords = map[string]string{"in service": "active", "on rent": "active", "rented": "active", "available": "idle", "off rent": "idle", "parked": "idle", "workshop": "service",
	"maintenance": "service", "repair": "service", "broken": "service", "sold": "retired", "scrapped": "retired", "inactive": "retired",
	"aktiv": "active", "frei": "idle", "werkstatt": "service", "ausgemustert": "retired", "verkauft": "retired"}

func (w *assetPlan) compare() {
	was, e := w.was, w.edit
	if was.ID == 0 {
		return
	}
	year := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	var d differences
	for _, f := range [][3]string{{"Name", was.Name, e.Name}, {"ID", was.ExternalID, e.ExternalID}, {"Serial number", was.Serial, e.Serial}, {"PIN", was.PIN, e.PIN}, {"Make", was.Make, e.Make},
		{"Model", was.Model, e.Model}, {"Type", was.Type, e.Type}, {"Year", year(was.Year), year(e.Year)}, {"Status", was.Status, e.Status}} {
		d.of(f[0], f[1], f[2])
	}
	w.diff = append(d, w.diff...)
}
