package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// VehicleKinds are the readings a vehicle has: others do not fit one.
var VehicleKinds = []string{KindPosition, KindSpeed, KindOdometer}

// AddVehicleReadings stores what a vehicle reported, under the rules of
// AddReadings: the same twice changes nothing, what cannot be right is refused
// one by one, and whoever brings readings of many writes one audit line for all.
func (s Staff) AddVehicleReadings(ctx context.Context, id VehicleID, all []Reading) (out Readings, err error) {
	if err := s.Can(ReadingAdd); err != nil {
		return out, err
	}
	err = s.Update(ctx, func(s Staff) error {
		v, err := s.Vehicle(ctx, id)
		if err != nil {
			return err
		}
		for _, r := range all {
			if err := r.checkVehicle(s.Now(), readAhead); err != nil {
				out.Refused++
				out.Says = pick(out.Says, fault.Says(err))
				continue
			}
			changed, err := s.putVehicleReading(ctx, id, r)
			if err != nil {
				return err
			}
			if changed {
				out.Saved++
			} else {
				out.Same++
			}
			v.take(r)
		}
		return s.saveVehicle(ctx, v)
	})
	return out, err
}

// TypeVehicleReadings stores what somebody read off a vehicle by hand: all of
// it or, with a sentence, nothing.
func (s Staff) TypeVehicleReadings(ctx context.Context, id VehicleID, all []Reading) error {
	if err := s.Can(VehicleReading); err != nil {
		return err
	}
	note := map[string]any{}
	for i, r := range all {
		if err := r.checkVehicle(s.Now(), typedAhead); err != nil {
			if says := fault.Fields(err)["value"]; says != "" {
				return fault.Field(r.Kind, "%s", says)
			}
			return err
		}
		all[i].Source = pick(r.Source, s.actor)
		note[r.Kind], note["at"] = r.Value.V, r.At.Unix()
		if r.Kind == KindPosition {
			note[r.Kind] = [2]float64{r.Value.V, r.Value2.V}
		}
	}
	return s.Update(ctx, func(s Staff) error {
		v, err := s.Vehicle(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.AddVehicleReadings(ctx, id, all); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: VehicleReading, ID: int64(id), Label: v.Name, Note: note})
	})
}

// CheckVehicle says what is wrong with a reading that a file brings.
func (r Reading) CheckVehicle(now time.Time) error { return r.checkVehicle(now, readAhead) }

func (r Reading) checkVehicle(now time.Time, ahead time.Duration) error {
	if !contains(VehicleKinds, r.Kind) {
		return fault.Field("kind", "Choose what was read.")
	}
	if r.Kind != KindPosition && !r.Value.OK {
		return fault.Field("value", "Give a value.")
	}
	return r.check(now, ahead)
}

func (s Staff) putVehicleReading(ctx context.Context, id VehicleID, r Reading) (changed bool, err error) {
	n, err := s.write(ctx, ReadingAdd, `INSERT INTO <vehicle_readings> (provider_id, vehicle_id, kind, at, value, value2, source) VALUES (:provider, :id, :kind, :at, :value, :value2, :source)
		ON CONFLICT (provider_id, vehicle_id, kind, at) DO UPDATE SET value = excluded.value, value2 = excluded.value2, source = excluded.source
		WHERE (value, value2) IS NOT (excluded.value, excluded.value2)`,
		p(":id", id), p(":kind", r.Kind), p(":at", r.At), p(":value", r.Value), p(":value2", r.Value2), p(":source", plainText(r.Source, 100)))
	return n > 0, err
}

// take keeps a reading if it is the newest of its kind, or corrects it.
func (v *Vehicle) take(r Reading) {
	at := r.At.UTC().Truncate(time.Second)
	if at.After(v.SeenAt) {
		v.SeenAt = at
	}
	switch {
	case r.Kind == KindPosition && !at.Before(v.LocatedAt):
		v.Lat, v.Lon, v.LocatedAt = r.Value, r.Value2, at
	case r.Kind == KindSpeed && !at.Before(v.Speed.At):
		v.Speed = Meter{Num: r.Value, At: at}
	case r.Kind == KindOdometer && !at.Before(v.Odometer.At):
		v.Odometer = Meter{Num: r.Value, At: at}
	}
}

func (s Staff) saveVehicle(ctx context.Context, v Vehicle) error {
	_, err := s.write(ctx, ReadingAdd, `UPDATE <vehicles> SET lat = :lat, lon = :lon, located_at = :located_at, speed = :speed, speed_at = :speed_at,
		odometer = :odometer, odometer_at = :odometer_at, seen_at = :seen_at WHERE {mine:vehicles} AND id = :id`, p(":id", v.ID),
		p(":lat", v.Lat), p(":lon", v.Lon), p(":located_at", v.LocatedAt), p(":speed", v.Speed.Num), p(":speed_at", v.Speed.At),
		p(":odometer", v.Odometer.Num), p(":odometer_at", v.Odometer.At), p(":seen_at", seenOf(v.SeenAt)))
	return err
}

// seenOf is a time as seen_at keeps it: 0 for never.
func seenOf(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Unix()
}

// VehicleReadings lists the newest readings of a vehicle.
func (s Staff) VehicleReadings(ctx context.Context, id VehicleID, kind string, limit int) ([]Reading, error) {
	if _, err := s.Vehicle(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, func(v *Reading, r *row) {
		*v = Reading{Kind: r.str(), At: r.unix(), Value: r.num(), Value2: r.num(), Source: r.str()}
	}, `SELECT m.kind, m.at, m.value, m.value2, m.source FROM {vehicle_readings} m WHERE m.vehicle_id = :id AND m.kind = :kind ORDER BY m.at DESC`+upTo(limit), p(":id", id), p(":kind", kind))
}
