package desk

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// vehicleBefore is what an undo needs to know.
type vehicleBefore struct {
	Left   string              `json:"left"`          // imprint of what the import left
	Old    *store.VehicleInput `json:"old,omitempty"` // nil: the vehicle was added
	Groups *[]store.GroupID    `json:"groups,omitempty"`
	brought
}

func (w *vehiclePlan) do(ctx context.Context, s store.Staff) (id int64, before any, err error) {
	v, b := w.was.ID, vehicleBefore{}
	if v == 0 {
		v, err = s.AddVehicle(ctx, w.edit)
	} else {
		b.Old, b.Groups = &w.was.VehicleInput, groupsBefore(w.edit.Groups, w.wasGroups)
		if w.edit.VehicleInput != w.was.VehicleInput || w.edit.Groups != nil {
			err = s.ChangeVehicle(ctx, v, 0, w.edit)
		}
	}
	if err != nil {
		return 0, nil, err
	}
	if err := bringReadings(ctx, &b.brought, v, w.readings, s.VehicleReadingsAt, s.AddVehicleReadings); err != nil {
		return 0, nil, err
	}
	b.Left, err = vehicleImprint(ctx, s, v)
	return int64(v), &b, err
}

// vehicleImprint is the same as long as nobody changes what a vehicle is or
// which groups it is in.
func vehicleImprint(ctx context.Context, s store.Staff, id store.VehicleID) (string, error) {
	now, err := s.Vehicle(ctx, id)
	if err != nil {
		return "", err
	}
	groups, err := s.VehicleGroups(ctx, id)
	return imprint([]any{now.VehicleInput, groupWords(groups)}), err
}

func (t *vehicles) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	b, err := beforeOf[vehicleBefore](r)
	if err != nil {
		return err
	}
	id := store.VehicleID(r.Object)
	left, err := vehicleImprint(ctx, s, id)
	if err != nil {
		return err
	}
	if left != b.Left {
		return fault.New(fault.Conflict, "%s was changed after the import.", r.Label)
	}
	if b.Old == nil {
		n, err := s.CountVehicleReadings(ctx, id)
		if err != nil {
			return err
		}
		if n != len(b.Readings) {
			return fault.New(fault.Conflict, "%s has other readings by now.", r.Label)
		}
		return s.UnaddVehicle(ctx, id)
	}
	if err := s.UndoVehicleReadings(ctx, id, b.Readings, b.Over); err != nil {
		return err
	}
	edit := store.VehicleEdit{VehicleInput: *b.Old}
	if b.Groups != nil {
		edit.Groups = *b.Groups
	}
	return s.ChangeVehicle(ctx, id, 0, edit)
}
