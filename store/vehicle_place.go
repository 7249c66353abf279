package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// VehiclePositions places the scope's vehicles that a filter lets through on a
// map, as Positions does assets: where each was when it last reported one.
func (s scope) VehiclePositions(ctx context.Context, f VehicleFilter, box *Box, zoom int) (Points, error) {
	if err := s.needs(FeatureVehicles); err != nil {
		return Points{}, err
	}
	q := s.vehicleQuery(f)
	if err := limit(box, &q, `v`); err != nil {
		return Points{}, err
	}
	g := grid{zoom: min(max(zoom, 0), 20), cells: map[cellKey]*cell{}}
	if err := s.each(ctx, `SELECT v.id, v.lat, v.lon FROM `+q.from+q.clause(), func(r *row) error {
		g.add(r.int(), r.float(), r.float())
		return nil
	}, q.args...); err != nil {
		return Points{}, err
	}
	out := g.points()
	if err := s.nameVehicles(ctx, out.Points); err != nil {
		return Points{}, err
	}
	slices.SortFunc(out.Points, func(a, b Point) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Lat, b.Lat), cmp.Compare(a.Lon, b.Lon))
	})
	return out, nil
}

// nameVehicles fills in what the marks of single vehicles say.
func (s scope) nameVehicles(ctx context.Context, all []Point) error {
	at, ids := map[VehicleID]*Point{}, []VehicleID{}
	for i := range all {
		if all[i].N == 1 {
			all[i].Vehicle = VehicleID(all[i].id)
			at[all[i].Vehicle] = &all[i]
			ids = append(ids, all[i].Vehicle)
		}
	}
	return s.each(ctx, `SELECT v.id, v.name, v.plate, v.speed, v.speed_at, v.located_at FROM {vehicles} v WHERE v.id IN (SELECT value FROM json_each(:ids))`, func(r *row) error {
		if pt := at[VehicleID(r.int())]; pt != nil {
			pt.Name, pt.Model = r.str(), r.str()
			pt.Speed.row(r)
			pt.At = r.unix()
		}
		return nil
	}, p(":ids", idList(ids)))
}
