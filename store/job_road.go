package store

import (
	"cmp"
	"context"
	"slices"
)

// mostDriven is of how many vehicles one person is the driver.
const mostDriven = 20

// RoadJobs lists what is the person's own to do: jobs given to the person, and
// those given to a vehicle that the person drives at this moment and may see.
// More reports that there are further ones.
func (s Staff) RoadJobs(ctx context.Context, f JobFilter) (out []Job, more bool, err error) {
	if err := s.Can(JobRoad); err != nil {
		return nil, false, err
	}
	if s.me.ID == 0 { // nobody has nothing to do, and not everything
		return nil, false, nil
	}
	f.Sort, f.Full, f.Assignee, f.Vehicle = "day", true, s.me.ID, 0
	of := []JobFilter{f}
	driven, err := s.driven(ctx)
	for _, v := range driven {
		f.Assignee, f.Vehicle = 0, v
		of = append(of, f)
	}
	if err != nil {
		return nil, false, err
	}
	for _, f := range of {
		p, err := s.Jobs(ctx, f)
		if err != nil {
			return nil, false, err
		}
		out, more = append(out, p.Rows...), more || p.Next != ""
	}
	slices.SortFunc(out, func(a, b Job) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(out, func(a, b Job) bool { return a.ID == b.ID }), more, nil
}

// driven are the vehicles the person drives; none where vehicles are hidden.
func (s Staff) driven(ctx context.Context) ([]VehicleID, error) {
	if !s.May(VehicleRead) || s.me.ID == 0 {
		return nil, nil
	}
	return list(ctx, s.scope, func(id *VehicleID, r *row) { *id = VehicleID(r.int()) }, `SELECT v.id FROM {vehicles} v WHERE v.driver_id = :user`+upTo(mostDriven))
}
