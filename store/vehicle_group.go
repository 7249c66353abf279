package store

import (
	"context"

	"gatehouse/store/fault"
)

// VehicleGroups lists the groups a vehicle is in; a client gets its own.
func (s scope) VehicleGroups(ctx context.Context, id VehicleID) ([]GroupRef, error) {
	if _, err := s.Vehicle(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*GroupRef).row, `SELECT g.id, g.name FROM {vehicle_groups} m JOIN {groups} g ON g.id = m.group_id WHERE m.vehicle_id = :id ORDER BY g.name`, p(":id", id))
}

// NamesOfVehicleGroups reads the names of the groups of many vehicles at once.
func (s scope) NamesOfVehicleGroups(ctx context.Context, ids []VehicleID) (map[VehicleID][]string, error) {
	out := map[VehicleID][]string{}
	err := s.each(ctx, `SELECT m.vehicle_id, g.name FROM {vehicle_groups} m JOIN {groups} g ON g.id = m.group_id WHERE m.vehicle_id IN (SELECT value FROM json_each(:ids)) ORDER BY g.name`, func(r *row) error {
		id := VehicleID(r.int())
		out[id] = append(out[id], r.str())
		return nil
	}, p(":ids", idList(ids)))
	return out, err
}

// SeenBy lists the customers in whose groups a vehicle is: they see it, as
// soon as their portal shares vehicles.
func (s Staff) SeenBy(ctx context.Context, id VehicleID) ([]string, error) {
	return list(ctx, s.scope, intoStr, `SELECT DISTINCT c.name FROM {vehicle_groups} m JOIN {groups} g ON g.id = m.group_id JOIN {customers} c ON c.id = g.customer_id WHERE m.vehicle_id = :id ORDER BY c.name`, p(":id", id))
}

// GroupVehicle puts a vehicle into a group, or takes it out of it. From the
// next request of everybody on, the group's customer sees it or does not.
func (s Staff) GroupVehicle(ctx context.Context, id VehicleID, group GroupID, in bool) error {
	if err := s.Can(VehicleChange); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		v, err := s.Vehicle(ctx, id)
		if err != nil {
			return err
		}
		g, err := s.group(ctx, group)
		if err != nil {
			return err
		}
		text := `DELETE FROM <vehicle_groups> WHERE {mine:vehicle_groups} AND vehicle_id = :id AND group_id = :group`
		if in {
			text = `INSERT INTO <vehicle_groups> (provider_id, vehicle_id, group_id) VALUES (:provider, :id, :group) ON CONFLICT DO NOTHING`
		}
		n, err := s.write(ctx, VehicleChange, text, p(":id", id), p(":group", group))
		if err != nil || n == 0 {
			return err
		}
		return s.log(ctx, Line{Verb: VehicleChange, ID: int64(id), Label: v.Name, Note: map[string]any{"in": in, "group": g.Name}})
	})
}

// setVehicleGroups makes groups exactly the ones the vehicle is in, as far as
// they are the scope's: groups that somebody cannot see stay as they are.
func (s Staff) setVehicleGroups(ctx context.Context, v Verb, of Vehicle, groups []GroupID) error {
	for _, g := range groups {
		if _, err := s.group(ctx, g); err != nil {
			if says := fault.Says(err); says != "" {
				return fault.Field("groups", "%s", says)
			}
			return err
		}
	}
	// Adding comes first: whoever is limited to groups would otherwise lose
	// sight of the vehicle between the two statements.
	added, err := s.write(ctx, v, `INSERT INTO <vehicle_groups> (provider_id, vehicle_id, group_id) SELECT :provider, :id, g.id FROM {groups} g WHERE g.id IN (SELECT value FROM json_each(:chosen)) ON CONFLICT DO NOTHING`,
		p(":id", of.ID), p(":chosen", idList(groups)))
	if err != nil {
		return err
	}
	gone, err := s.write(ctx, v, `DELETE FROM <vehicle_groups> WHERE {mine:vehicle_groups} AND vehicle_id = :id AND group_id NOT IN (SELECT value FROM json_each(:chosen))`,
		p(":id", of.ID), p(":chosen", idList(groups)))
	if err != nil || v == VehicleAdd || added+gone == 0 {
		return err
	}
	return s.log(ctx, Line{Verb: v, ID: int64(of.ID), Label: of.Name, Note: map[string]any{"groups": groups}})
}
