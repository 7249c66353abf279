package desk

import (
	"context"
	"fmt"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// vehicles brings vans, and where they are.
type vehicles struct {
	*reading
	groups  groupNames
	drivers map[string]store.UserID // by folded name and address; 0: two people are called so
	names   map[store.UserID]string
	source  string
	now     time.Time // of the upload: the time of readings that say none
}

func openVehicles(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	t := &vehicles{reading: newReading(s, i, vehicleColumns, f), drivers: map[string]store.UserID{}, names: map[store.UserID]string{},
		source: fmt.Sprintf("Import %d", i.Number), now: i.CreatedAt}
	var err error
	if t.groups, err = newGroupNames(ctx, s); err != nil {
		return nil, err
	}
	people, err := s.Drivers(ctx)
	for _, u := range people {
		t.names[u.ID] = u.Name
		for _, key := range []string{fold(u.Name), fold(u.Email)} {
			if other, taken := t.drivers[key]; taken && other != u.ID {
				t.drivers[key] = 0
				continue
			}
			t.drivers[key] = u.ID
		}
	}
	return t, err
}

// vehiclePlan is what a row wants of a vehicle.
type vehiclePlan struct {
	was       store.Vehicle // zero: it is new
	wasGroups []store.GroupRef
	nowGroups []store.GroupRef
	edit      store.VehicleEdit
	readings  []store.Reading
	diff      differences
}

func (t *vehicles) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	out := plan{label: c.text("name")}
	w := vehiclePlan{}
	id, err := s.MatchVehicle(ctx, c.text("name"), "")
	if err == nil && id != 0 {
		w.was, err = s.Vehicle(ctx, id)
	}
	if err != nil {
		return out, err
	}
	if c.text("name") != "" {
		out.keys = append(out.keys, "The name “"+short(c.text("name"))+"”")
	}
	if c.text("plate") != "" {
		out.keys = append(out.keys, "The plate “"+short(c.text("plate"))+"”")
	}
	if err := t.read(ctx, s, c, &w); err != nil {
		return out, err
	}
	out.news = len(w.readings)
	return out.outcome(int64(id), len(w.diff) > 0, w.diff.String(), w.do), nil
}
