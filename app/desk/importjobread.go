package desk

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store"
)

// read lays the cells of a job's rows over what the job is now.
func (t *jobs) read(ctx context.Context, s store.Staff, c *cells, rows []entry, w *jobPlan) error {
	e := &w.edit
	c.set("subject", &e.Subject)
	c.set("description", &e.Description)
	c.set("instructions", &e.Instructions)
	c.set("contact_name", &e.ContactName)
	c.set("contact_phone", &e.ContactPhone)
	c.set("contact_email", &e.ContactEmail)
	if a := address(c); a != "" {
		e.Address = a
	}
	t.readPlace(c, w)
	t.readTimes(c, w)
	t.readStatus(c, w)
	t.readPriority(c, w)
	t.readAssignee(c, w)
	if err := t.readAsset(ctx, s, c, w); err != nil {
		return err
	}
	t.readItems(c, rows, w)
	t.readFields(c, w)
	w.shorten()
	if err := c.err(e.Validate()); err != nil {
		return err
	}
	w.compare()
	return nil
}

// shorten cuts what is longer than a field holds: files are full of remarks
// that nobody wants to lose a job over.
func (w *jobPlan) shorten() {
	e := &w.edit
	for _, f := range []struct {
		v     *string
		most  int
		label string
	}{{&e.Subject, 190, "Subject"}, {&e.Description, 7900, "Description"}, {&e.Instructions, 3900, "Instructions"}, {&e.Address, 590, "Address"}, {&e.ContactName, 190, "Deliver to / collect from"}} {
		if r := []rune(*f.v); len(r) > f.most {
			*f.v = string(r[:f.most]) + "…"
			w.note(f.label + " is cut after " + strconv.Itoa(f.most) + " characters.")
		}
	}
}

func address(c *cells) string {
	var lines []string
	add := func(parts ...string) {
		var said []string
		for _, p := range parts {
			if p != "" {
				said = append(said, p)
			}
		}
		if len(said) > 0 {
			lines = append(lines, strings.Join(said, " "))
		}
	}
	street := c.text("address")
	if street == "" {
		street = strings.Trim(c.text("crossing")+" & "+c.text("crossing2"), "& ")
	}
	add(street)
	add(c.text("address2"))
	add(c.text("postal"), c.text("city"), c.text("state"))
	add(c.text("country"))
	return strings.Join(lines, "\n")
}

func (t *jobs) readPlace(c *cells, w *jobPlan) {
	if lat, lon, ok := c.place(); ok && (lat != 0 || lon != 0) { // zeros are what a system writes that knows no place
		w.edit.Lat, w.edit.Lon = store.Some(lat), store.Some(lon)
	}
}
