package store

import (
	"context"
	"math"

	"gatehouse/store/fault"
)

// JobPlace is a mark on the map: one job, or N of them that lie too close
// together to be told apart at this zoom.
type JobPlace struct {
	Lat, Lon float64
	N        int
	Job      JobID // of a single one
	Number   int64
	Title    string
	Kind     string
	Status   string
	Assigned bool
	Day      string
}

// JobPlaces is what a map of jobs shows. Total counts the jobs, also those in
// clusters.
type JobPlaces struct {
	Places []JobPlace
	Bounds Box
	Total  int
}

// JobPlaces places the scope's jobs that a filter lets through on a map,
// within box (nil: everywhere), clustered on the server.
func (s scope) JobPlaces(ctx context.Context, f JobFilter, box *Box, zoom int) (JobPlaces, error) {
	q, err := s.jobQuery(ctx, f)
	if err != nil {
		return JobPlaces{}, err
	}
	if err := limitJobs(box, &q); err != nil {
		return JobPlaces{}, err
	}
	g := grid{zoom: min(max(zoom, 0), 20), cells: map[cellKey]*cell{}}
	if err := s.each(ctx, `SELECT j.id, j.lat, j.lon FROM `+q.from+q.clause(), func(r *row) error {
		g.add(r.int(), r.float(), r.float())
		return nil
	}, q.args...); err != nil {
		return JobPlaces{}, err
	}
	pts := g.points()
	out := JobPlaces{Bounds: pts.Bounds, Total: pts.Total}
	for _, pt := range pts.Points {
		at := JobPlace{Lat: pt.Lat, Lon: pt.Lon, N: pt.N}
		if pt.N == 1 {
			at.Job = JobID(pt.id)
		}
		out.Places = append(out.Places, at)
	}
	return out, s.nameJobs(ctx, out.Places)
}

func limitJobs(box *Box, q *pageQuery[Job]) error {
	if box == nil {
		q.where(`j.lat >= -90`)
		return nil
	}
	for _, v := range []float64{box.South, box.West, box.North, box.East} {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e6 {
			return fault.New(fault.Invalid, "This is no part of a map.")
		}
	}
	q.where(`j.lat >= :south AND j.lat <= :north`, p(":south", box.South), p(":north", box.North))
	if box.East-box.West >= 360 {
		return nil
	}
	west, east := turn(box.West), turn(box.East)
	join := ` AND `
	if west > east {
		join = ` OR `
	}
	q.where(`(j.lon >= :west`+join+`j.lon <= :east)`, p(":west", west), p(":east", east))
	return nil
}

// nameJobs fills in what the marks of single jobs say.
func (s scope) nameJobs(ctx context.Context, all []JobPlace) error {
	at, ids := map[JobID]*JobPlace{}, []JobID{}
	for i := range all {
		if all[i].Job != 0 {
			at[all[i].Job] = &all[i]
			ids = append(ids, all[i].Job)
		}
	}
	return s.each(ctx, `SELECT `+s.jobList()+` FROM json_each(:ids) CROSS JOIN {jobs} j ON j.id = json_each.value`, func(r *row) error {
		var j Job
		j.listRow(r)
		if pt := at[j.ID]; pt != nil {
			pt.Number, pt.Title, pt.Kind, pt.Status, pt.Assigned, pt.Day = j.Number, j.Title(), j.Kind, j.Status, j.Assigned, j.Day
		}
		return nil
	}, p(":ids", idList(ids)))
}
