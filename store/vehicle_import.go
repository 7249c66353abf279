package store

import "context"

const vehicleReading = `r.kind, r.at, r.value, r.value2, r.source`

func (m *Reading) vehicleRow(r *row) {
	*m = Reading{Kind: r.str(), At: r.unix(), Value: r.num(), Value2: r.num(), Source: r.str()}
}

// VehicleReadingsAt reads those readings of a vehicle that have one of the keys.
func (s Staff) VehicleReadingsAt(ctx context.Context, id VehicleID, keys []ReadingKey) ([]Reading, error) {
	return list(ctx, s.scope, (*Reading).vehicleRow, `SELECT `+vehicleReading+` FROM json_each(:keys) CROSS JOIN {vehicle_readings} r
		ON r.vehicle_id = :id AND r.kind = json_each.value ->> 'k' AND r.at = json_each.value ->> 't'`, p(":id", id), p(":keys", keyList(keys)))
}

// UndoVehicleReadings takes back readings that an import added, and puts those
// it overwrote back in place.
func (s Staff) UndoVehicleReadings(ctx context.Context, id VehicleID, added []ReadingKey, was []Reading) error {
	if err := s.Can(ReadingAdd); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		v, err := s.Vehicle(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.write(ctx, ReadingAdd, `DELETE FROM <vehicle_readings> WHERE {mine:vehicle_readings} AND vehicle_id = :id AND `+atKeys, p(":id", id), p(":keys", keyList(added))); err != nil {
			return err
		}
		for _, r := range was {
			if _, err := s.putVehicleReading(ctx, id, r); err != nil {
				return err
			}
		}
		return s.relearnVehicle(ctx, Vehicle{ID: v.ID})
	})
}

// relearnVehicle finds the newest reading of each kind again, after some are gone.
func (s Staff) relearnVehicle(ctx context.Context, v Vehicle) error {
	for _, kind := range VehicleKinds {
		last, err := list(ctx, s.scope, (*Reading).vehicleRow, `SELECT `+vehicleReading+` FROM {vehicle_readings} r WHERE r.vehicle_id = :id AND r.kind = :kind ORDER BY r.at DESC LIMIT 1`, p(":id", v.ID), p(":kind", kind))
		if err != nil {
			return err
		}
		for _, r := range last {
			v.take(r)
		}
	}
	return s.saveVehicle(ctx, v)
}

// CountVehicleReadings tells how many readings a vehicle has.
func (s Staff) CountVehicleReadings(ctx context.Context, id VehicleID) (int, error) {
	n, err := s.number(ctx, `SELECT count(*) FROM {vehicle_readings} r WHERE r.vehicle_id = :id`, p(":id", id))
	return int(n), err
}
