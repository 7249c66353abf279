package desk

import (
	"slices"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// cells reads one row by the keys of its columns, and collects what is wrong
// with it.
type cells struct {
	of  []string
	how *reading
	bad fault.Problems
}

// reading is how the values of an import's file are to be read.
type reading struct {
	mapping map[string]int
	cols    []Column
	order   sheet.DateOrder
	decimal byte
	zone    *time.Location
}

// newReading takes what the import's options leave open from what the file
// shows.
func newReading(s store.Staff, i store.Import, cols []Column, f sheet.Found) *reading {
	loc, err := time.LoadLocation(s.Home().Zone)
	if err != nil {
		loc = time.UTC
	}
	return &reading{mapping: i.Mapping, cols: cols, order: f.Order, decimal: f.Decimal, zone: loc}
}

// maps reports whether the file has one of the columns.
func (r *reading) maps(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { _, ok := r.mapping[key]; return ok })
}

// text is the cell of a column, "" where there is none.
func (c *cells) text(key string) string {
	at, ok := c.how.mapping[key]
	if !ok || at >= len(c.of) {
		return ""
	}
	return strings.TrimSpace(c.of[at])
}

// set overwrites into with what the cell says; an empty cell leaves it alone.
func (c *cells) set(key string, into *string) {
	if v := c.text(key); v != "" {
		*into = v
	}
}

// number reads a cell as a number, if it holds anything.
func (c *cells) number(key string) store.Num {
	v := c.text(key)
	if v == "" {
		return store.Num{}
	}
	f, err := sheet.ParseNumber(v, c.how.decimal)
	if err != nil {
		c.bad.Add(key, "%s", fault.Says(err))
		return store.Num{}
	}
	return store.Some(f)
}

// between is number within limits.
func (c *cells) between(key string, least, most float64) store.Num {
	n := c.number(key)
	if n.OK && (n.V < least || n.V > most) {
		c.bad.Add(key, "%s is not between %g and %g.", c.text(key), least, most)
		return store.Num{}
	}
	return n
}

// place reads the coordinates of a row, which may stand in one column.
func (c *cells) place() (lat, lon float64, ok bool) {
	if c.text("lat")+c.text("lon") == "" {
		return 0, 0, false
	}
	lat, lon, err := sheet.ParseLatLon(c.text("lat"), c.text("lon"))
	if err != nil {
		c.bad.Add("lat", "%s", fault.Says(err))
		return 0, 0, false
	}
	return lat, lon, true
}

// time reads a cell as a date or a time; the zero time if it is empty.
// whole tells that it is a date without a time of day.
func (c *cells) time(key string) (t time.Time, whole bool) {
	v := c.text(key)
	if v == "" {
		return time.Time{}, false
	}
	t, clock, err := sheet.ParseDateIn(v, c.how.order, c.how.zone)
	if err != nil {
		c.bad.Add(key, "%s", fault.Says(err))
		return time.Time{}, false
	}
	if y := t.Year(); y < 1900 || y > 2200 {
		c.bad.Add(key, "“%s” lies in the year %d.", v, y)
		return time.Time{}, false
	}
	return t.UTC(), !clock
}

// day is the calendar day of a cell, as midnight UTC.
func (c *cells) day(key string) (d time.Time, ok bool) {
	t, _ := c.time(key)
	if t.IsZero() {
		return t, false
	}
	return calendarDay(t.In(c.how.zone)), true
}

func calendarDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// list parts a cell at semicolons and bars.
func (c *cells) list(key string) (out []string) {
	for v := range strings.FieldsFuncSeq(c.text(key), func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
		if v = strings.Join(strings.Fields(v), " "); v != "" && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, v) }) {
			out = append(out, v)
		}
	}
	return out
}

// err is one fault that names every field that is wrong, together with those
// that the store found.
func (c *cells) err(validate error) error {
	for k, says := range fault.Fields(validate) {
		c.bad.Add(k, "%s", says)
	}
	if len(c.bad) > 0 {
		return fault.New(fault.Invalid, "%s", labelled(c.how.cols, c.bad))
	}
	return validate
}
