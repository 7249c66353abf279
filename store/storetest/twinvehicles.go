package storetest

import (
	"context"

	"gatehouse/store"
)

// TwinVehicles are a twin's van in its customer's group, with readings and a
// driver, and one in no group.
type TwinVehicles struct {
	Vehicle, Apart store.VehicleID
}

func (w *Twin) addVehicles(ctx context.Context) (err error) {
	s, now := w.Staff, w.Staff.Now()
	in := store.VehicleInput{Name: "Van of " + w.Slug, Plate: "P " + w.Slug, Driver: w.Tech}
	if w.Vehicle, err = s.AddVehicle(ctx, store.VehicleEdit{VehicleInput: in, Groups: []store.GroupID{w.Group}}); err != nil {
		return err
	}
	if w.Apart, err = s.AddVehicle(ctx, store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Apart of " + w.Slug}}); err != nil {
		return err
	}
	_, err = s.AddVehicleReadings(ctx, w.Vehicle, []store.Reading{{Kind: store.KindPosition, At: now, Value: store.Some(50), Value2: store.Some(8), Source: w.Slug},
		{Kind: store.KindSpeed, At: now, Value: store.Some(48), Source: w.Slug}})
	return err
}
