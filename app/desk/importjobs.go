package desk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// jobs brings work orders, deliveries and collections.
type jobs struct {
	*reading
	how        store.ImportOptions
	fields     []store.JobField
	priorities []store.JobPriority
	people     map[string]store.UserID
	vehicles   map[string]store.VehicleID
	tags       map[string]foundTag
	whole      store.JobTag // whose all rows are, if the person said so
	now        time.Time    // of the upload
	rows       jobRows
	counts     map[string]*store.ImportCount
}

func openJobs(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	cols, err := jobColumnsOf(ctx, s)
	if err != nil {
		return nil, err
	}
	t := &jobs{reading: newReading(s, i, cols, f), how: i.Options, now: i.CreatedAt, tags: map[string]foundTag{}, counts: map[string]*store.ImportCount{}}
	if t.fields, err = s.JobFields(ctx); err != nil {
		return nil, err
	}
	if t.priorities, err = s.JobPriorities(ctx); err != nil {
		return nil, err
	}
	if err := t.readPeople(ctx, s); err != nil {
		return nil, err
	}
	if err := t.readWhole(ctx, s); err != nil {
		return nil, err
	}
	if f.HeaderLine == 0 {
		return t, nil // an undo reads no file
	}
	return t, t.gather(ctx, s, i)
}

func (t *jobs) readPeople(ctx context.Context, s store.Staff) error {
	t.people, t.vehicles = map[string]store.UserID{}, map[string]store.VehicleID{}
	if _, mapped := t.mapping["assignee"]; !mapped {
		return nil
	}
	all, err := s.JobDoers(ctx)
	for _, p := range all {
		for _, name := range []string{p.Name, p.Email} {
			if name = fold(name); name != "" {
				t.people[name] = p.ID
			}
		}
	}
	if err != nil {
		return err
	}
	vehicles, err := s.VehicleNames(ctx)
	for _, v := range vehicles {
		t.vehicles[fold(v.Name)] = v.ID
	}
	return err
}

// readWhole reads whose all rows of the file are, where somebody said so.
func (t *jobs) readWhole(ctx context.Context, s store.Staff) (err error) {
	n, _ := strconv.ParseInt(strings.TrimLeft(t.how.For, "cg"), 10, 64)
	switch {
	case n == 0:
		return nil
	case t.how.For[0] == 'g':
		g, err := s.Group(ctx, store.GroupID(n))
		t.whole = store.JobTag{Group: g.ID, GroupName: g.Name, Customer: g.Customer, CustomerName: g.CustomerName}
		return err
	}
	c, err := s.Customer(ctx, store.CustomerID(n))
	t.whole = store.JobTag{Customer: c.ID, CustomerName: c.Name}
	return err
}
