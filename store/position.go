package store

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Box is a part of the map, in degrees.
type Box struct{ South, West, North, East float64 }

// Point is a mark on the map: one asset, or N of them that lie too close
// together to be told apart at this zoom.
type Point struct {
	Lat, Lon float64
	N        int
	Asset    AssetID // of a single one
	Vehicle  VehicleID
	Speed    Meter // of a vehicle
	id       int64
	Name     string
	Model    string
	Status   string
	At       time.Time
}

// Points is what a map shows. Total counts the assets, also those in clusters.
type Points struct {
	Points []Point
	Bounds Box // of what is shown; meaningless without points
	Total  int
}

const (
	cellPixels  = 64
	openZoom    = 14 // from here on nothing is clustered, as one cannot zoom in further
	mostMarks   = 1000
	spiralPixel = 22
)

// Positions places the scope's assets that a filter lets through on a map:
// within box (nil: everywhere), clustered on the server so that the answer
// stays small. A client gets positions only where they are shared, and none
// from before its customer had the asset.
func (s scope) Positions(ctx context.Context, f AssetFilter, box *Box, zoom int) (Points, error) {
	if err := s.needs(FeatureMap); err != nil {
		return Points{}, err
	}
	q, err := s.assetQuery(ctx, f)
	if err != nil {
		return Points{}, err
	}
	if err := limit(box, &q, `a`); err != nil {
		return Points{}, err
	}
	g := grid{zoom: min(max(zoom, 0), 20), cells: map[cellKey]*cell{}}
	if err := s.each(ctx, `SELECT a.id, a.lat, a.lon FROM `+q.from+q.clause(), func(r *row) error {
		g.add(r.int(), r.float(), r.float())
		return nil
	}, q.args...); err != nil {
		return Points{}, err
	}
	out := g.points()
	if err := s.nameMarks(ctx, out.Points); err != nil {
		return Points{}, err
	}
	slices.SortFunc(out.Points, func(a, b Point) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Lat, b.Lat), cmp.Compare(a.Lon, b.Lon))
	})
	return out, nil
}

// limit adds a box to a query of things that have a place; of is what the
// query calls them. A map that has been turned round the world asks beyond 180
// degrees.
func limit[T any](b *Box, q *pageQuery[T], of string) error {
	if b == nil {
		q.where(of + `.lat >= -90`)
		return nil
	}
	for _, v := range []float64{b.South, b.West, b.North, b.East} {
		if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e6 {
			return fault.New(fault.Invalid, "This is no part of a map.")
		}
	}
	q.where(of+`.lat >= :south AND `+of+`.lat <= :north`, p(":south", b.South), p(":north", b.North))
	if b.East-b.West >= 360 {
		return nil
	}
	west, east := turn(b.West), turn(b.East)
	join := ` AND `
	if west > east {
		join = ` OR `
	}
	q.where(`(`+of+`.lon >= :west`+join+of+`.lon <= :east)`, p(":west", west), p(":east", east))
	return nil
}

// turn brings a longitude into -180 to 180.
func turn(lon float64) float64 {
	lon = math.Mod(lon+180, 360)
	if lon < 0 {
		lon += 360
	}
	return lon - 180
}

type cellKey struct{ x, y int }

type cell struct {
	n        int
	lat, lon float64 // sums
	ids      []int64
	at       [][2]float64
}

// grid gathers positions into the squares of a zoomed world map.
type grid struct {
	zoom  int
	cells map[cellKey]*cell
	box   Box
	n     int
}

// pixel is a place on the world map of a zoom, as web maps draw it.
func pixel(lat, lon float64, zoom int) (x, y float64) {
	size := 256 * math.Exp2(float64(zoom))
	lat = min(max(lat, -85), 85) * math.Pi / 180
	return (lon + 180) / 360 * size, (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * size
}

func (g *grid) add(id int64, lat, lon float64) {
	if g.n == 0 {
		g.box = Box{lat, lon, lat, lon}
	}
	g.n++
	g.box = Box{min(g.box.South, lat), min(g.box.West, lon), max(g.box.North, lat), max(g.box.East, lon)}
	side := float64(cellPixels)
	if g.zoom >= openZoom {
		side = spiralPixel
	}
	x, y := pixel(lat, lon, g.zoom)
	key := cellKey{int(x / side), int(y / side)}
	c := g.cells[key]
	if c == nil {
		c = &cell{}
		g.cells[key] = c
	}
	c.n++
	c.lat, c.lon = c.lat+lat, c.lon+lon
	if len(c.ids) < 40 {
		c.ids, c.at = append(c.ids, id), append(c.at, [2]float64{lat, lon})
	}
}

// coarser halves the number of squares in each direction.
func (g *grid) coarser() {
	merged := make(map[cellKey]*cell, len(g.cells)/2)
	for key, c := range g.cells {
		key = cellKey{key.x >> 1, key.y >> 1}
		if into := merged[key]; into != nil {
			into.n, into.lat, into.lon = into.n+c.n, into.lat+c.lat, into.lon+c.lon
		} else {
			merged[key] = c
		}
	}
	g.cells = merged
}

func (g *grid) points() Points {
	for len(g.cells) > mostMarks {
		g.coarser()
	}
	out := Points{Points: make([]Point, 0, len(g.cells)), Bounds: g.box, Total: g.n}
	for _, c := range g.cells {
		switch {
		case c.n == 1:
			out.Points = append(out.Points, Point{Lat: c.lat, Lon: c.lon, N: 1, id: c.ids[0]})
		case g.zoom >= openZoom && c.n == len(c.ids):
			out.Points = append(out.Points, g.spread(c)...)
		default:
			out.Points = append(out.Points, Point{Lat: c.lat / float64(c.n), Lon: c.lon / float64(c.n), N: c.n})
		}
	}
	return out
}

// spread sets assets that stand on one spot apart, on a spiral around it: at
// the last zoom nobody can zoom in any further to tell them apart.
func (g *grid) spread(c *cell) []Point {
	out := make([]Point, len(c.ids))
	degrees := 360 / (256 * math.Exp2(float64(g.zoom))) // of longitude in a pixel
	for i, id := range c.ids {
		away, angle := spiralPixel*math.Sqrt(float64(i)), 2.4*float64(i)
		lat := c.at[0][0] + away*math.Sin(angle)*degrees*math.Cos(c.at[0][0]*math.Pi/180)
		out[i] = Point{Lat: lat, Lon: c.at[0][1] + away*math.Cos(angle)*degrees, N: 1, id: id}
	}
	return out
}

// nameMarks fills in what the marks of single assets say.
func (s scope) nameMarks(ctx context.Context, all []Point) error {
	at, ids := map[AssetID]*Point{}, []AssetID{}
	for i := range all {
		if all[i].N == 1 {
			all[i].Asset = AssetID(all[i].id)
			at[all[i].Asset] = &all[i]
			ids = append(ids, all[i].Asset)
		}
	}
	return s.each(ctx, `SELECT a.id, a.name, trim(a.make || ' ' || a.model), a.status, a.located_at FROM {assets} a WHERE a.id IN (SELECT value FROM json_each(:ids))`, func(r *row) error {
		if pt := at[AssetID(r.int())]; pt != nil {
			pt.Name, pt.Model, pt.Status, pt.At = r.str(), r.str(), r.str(), r.unix()
		}
		return nil
	}, p(":ids", idList(ids)))
}
