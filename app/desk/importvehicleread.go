package desk

import (
	"context"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// read lays the cells over what the vehicle is now.
func (t *vehicles) read(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) error {
	w.edit.VehicleInput = w.was.VehicleInput
	c.set("name", &w.edit.Name)
	c.set("plate", &w.edit.Plate)
	if v := c.text("driver"); v != "" {
		id, known := t.drivers[fold(v)]
		switch {
		case !known:
			c.bad.Add("driver", "“%s” is none of your people.", short(v))
		case id == 0:
			c.bad.Add("driver", "Two of your people are called “%s”. Give the e-mail address.", short(v))
		default:
			w.edit.Driver = id
		}
	}
	if w.was.ID != 0 {
		w.diff.of("Plate", w.was.Plate, w.edit.Plate)
		w.diff.of("Driver", w.was.DriverName, t.name(w))
	}
	if err := t.readGroups(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readReadings(ctx, s, c, w); err != nil {
		return err
	}
	return c.err(w.edit.Validate())
}

// name is the driver's, as the row leaves it.
func (t *vehicles) name(w *vehiclePlan) string {
	if w.edit.Driver == w.was.Driver {
		return w.was.DriverName
	}
	return t.names[w.edit.Driver]
}

func (t *vehicles) readGroups(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) (err error) {
	w.wasGroups, w.nowGroups, err = t.groups.read(c, &w.diff, func() ([]store.GroupRef, error) {
		if w.was.ID == 0 {
			return nil, nil
		}
		return s.VehicleGroups(ctx, w.was.ID)
	})
	w.edit.Groups = groupIDs(w.nowGroups)
	return err
}

// readReadings makes readings of the cells, as far as they are news.
func (t *vehicles) readReadings(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) error {
	at, _ := c.time("read_at")
	timed := !at.IsZero()
	if !timed {
		at = t.now
	}
	var all []store.Reading
	add := func(kind string, v, v2 store.Num, same bool) {
		if v.OK && (timed || !same) {
			all = append(all, store.Reading{Kind: kind, At: at, Value: v, Value2: v2, Source: t.source})
		}
	}
	if lat, lon, ok := c.place(); ok {
		add(store.KindPosition, store.Some(lat), store.Some(lon), w.was.Lat == store.Some(lat) && w.was.Lon == store.Some(lon))
	}
	speed, km := c.between("speed", 0, 400), c.between("odometer", 0, 1e8)
	add(store.KindSpeed, speed, store.Num{}, w.was.Speed.Num == speed)
	add(store.KindOdometer, km, store.Num{}, w.was.Odometer.Num == km)
	return t.keepNews(ctx, s, c, w, all)
}

func (t *vehicles) keepNews(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan, all []store.Reading) error {
	var have []store.Reading
	if w.was.ID != 0 && len(all) > 0 {
		var err error
		if have, err = s.VehicleReadingsAt(ctx, w.was.ID, readingKeys(all)); err != nil {
			return err
		}
	}
	for _, r := range all {
		if err := r.CheckVehicle(s.Now()); err != nil {
			key := "read_at"
			if fault.Fields(err)["at"] == "" {
				key = "lat"
			}
			c.bad.Add(key, "%s", fault.Says(err))
			continue
		}
		if !isThere(r, have) {
			w.readings = append(w.readings, r)
			w.diff.of(vehicleKind[r.Kind], "", strings.TrimSpace(number(r.Value)+" "+number(r.Value2)))
		}
	}
	return nil
}

var vehicleKind = map[string]string{store.KindPosition: "Position", store.KindSpeed: "Speed", store.KindOdometer: "Odometer"}
