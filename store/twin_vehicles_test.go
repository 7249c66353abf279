package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() {
	maps.Copy(staffCases, vehicleCases)
	maps.Copy(clientCases, clientVehicleCases)
	for name := range clientVehicleCases {
		wideCases[name] = true
	}
}

var vehicleCases = map[string]twinCase{
	"Vehicles": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		all, err := s.Vehicles(c, store.VehicleFilter{Search: "van"})
		if err != nil {
			return nil, err
		}
		own, err := s.Vehicles(c, store.VehicleFilter{Group: o.Group, Driver: o.Tech})
		return []any{all, failIf(all.Total != 1 || own.Total != 0, o)}, err
	}),
	"Vehicle":       staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Vehicle(c, o.Vehicle) }),
	"VehicleGroups": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.VehicleGroups(c, o.Vehicle) }),
	"NamesOfVehicleGroups": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.NamesOfVehicleGroups(c, []store.VehicleID{o.Vehicle})
	}),
	"SeenBy":      staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.SeenBy(c, o.Vehicle) }),
	"HasVehicles": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.HasVehicles(c) }),
	"Drivers":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Drivers(c) }),
	"MatchVehicle": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		id, err := s.MatchVehicle(c, "Van of "+o.Slug, "")
		if err == nil && id == 0 {
			id, err = s.MatchVehicle(c, "", "P "+o.Slug)
		}
		return failIf(id != 0, o), err
	}),
	"AddVehicle": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddVehicle(c, store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "X", Driver: o.Tech}})
	}),
	"ChangeVehicle": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeVehicle(c, o.Vehicle, 0, store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "X"}})
	}),
	"GroupVehicle": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		own, err := s.Vehicles(c, store.VehicleFilter{})
		if err != nil {
			return nil, err
		}
		return nil, s.GroupVehicle(c, own.Rows[0].ID, o.Group, true)
	}),
	"RemoveVehicle": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveVehicle(c, o.Vehicle) }),
	"UnaddVehicle":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.UnaddVehicle(c, o.Vehicle) }),
	"AddVehicleReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddVehicleReadings(c, o.Vehicle, []store.Reading{{Kind: store.KindSpeed, At: s.Now(), Value: store.Some(1)}})
	}),
	"TypeVehicleReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.TypeVehicleReadings(c, o.Vehicle, []store.Reading{{Kind: store.KindSpeed, At: s.Now(), Value: store.Some(1)}})
	}),
	"VehicleReadingsAt": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.VehicleReadingsAt(c, o.Vehicle, []store.ReadingKey{{Kind: store.KindSpeed, At: s.Now().Unix()}})
	}),
	"UndoVehicleReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.UndoVehicleReadings(c, o.Vehicle, []store.ReadingKey{{Kind: store.KindSpeed, At: s.Now().Unix()}}, nil)
	}),
	"CountVehicleReadings": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		n, err := s.CountVehicleReadings(c, o.Vehicle)
		return failIf(n != 0, o), err
	}),
	"VehicleReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.VehicleReadings(c, o.Vehicle, store.KindSpeed, 9)
	}),
	"VehiclePositions": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		pts, err := s.VehiclePositions(c, store.VehicleFilter{}, nil, 18)
		return []any{pts, failIf(pts.Total != 1, o)}, err
	}),
}

var clientVehicleCases = map[string]twinCase{
	"JobWeeks": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		weeks, err := s.JobWeeks(c, "2026-11-16", "2026-11-22", "deliveries")
		return failIf(err != nil || len(weeks) != 1 || weeks[0].Total != 1, o), err
	}),
	"AddReportPhotos": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
		return nil, s.AddReportPhotos(c, o.Job, []store.NewPhoto{{Full: []byte("x"), Thumb: []byte("x")}})
	}),
	"Vehicles": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		all, err := s.Vehicles(c, store.VehicleFilter{})
		return []any{all, failIf(all.Total != 1, o)}, err
	}),
	"Vehicle":       clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Vehicle(c, o.Vehicle) }),
	"VehicleGroups": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.VehicleGroups(c, o.Vehicle) }),
	"NamesOfVehicleGroups": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return s.NamesOfVehicleGroups(c, []store.VehicleID{o.Vehicle})
	}),
	"HasVehicles": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		has, err := s.HasVehicles(c)
		return failIf(!has, o), err
	}),
	"VehiclePositions": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		pts, err := s.VehiclePositions(c, store.VehicleFilter{}, nil, 18)
		return []any{pts, failIf(pts.Total != 1, o)}, err
	}),
}
