package store

import (
	"context"
	"time"
)

// newest is the part of an asset's row that readings keep up to date.
type newest struct {
	meters   map[string]*Meter
	lat, lon Num
	located  time.Time
	seen     time.Time
	newer    bool
}

var meterKinds = []string{KindHours, KindIdleHours, KindFuel, KindDEF, KindOdometer, KindEngine}

func (n *newest) row(r *row) {
	n.meters = make(map[string]*Meter, len(meterKinds))
	for _, kind := range meterKinds {
		m := &Meter{}
		m.row(r)
		n.meters[kind] = m
	}
	n.lat, n.lon, n.located, n.seen = r.num(), r.num(), r.unix(), r.seen()
}

func (s Staff) newest(ctx context.Context, id AssetID) (newest, error) {
	return one(ctx, s.scope, "asset", (*newest).row, `SELECT a.hours, a.hours_at, a.idle_hours, a.idle_hours_at, a.fuel, a.fuel_at, a.def, a.def_at, a.odometer, a.odometer_at,
		a.engine, a.engine_at, a.lat, a.lon, a.located_at, a.seen_at FROM {assets} a WHERE a.id = :id`, p(":id", id))
}

// take keeps a reading if it is the newest of its kind, or corrects it.
func (n *newest) take(r Reading) {
	at := r.At.UTC().Truncate(time.Second)
	if at.After(n.seen) {
		n.seen, n.newer = at, true
	}
	if r.Kind == KindPosition {
		if !at.Before(n.located) && (!at.Equal(n.located) || n.lat != r.Value || n.lon != r.Value2) {
			n.lat, n.lon, n.located, n.newer = r.Value, r.Value2, at, true
		}
		return
	}
	m := n.meters[r.Kind]
	if m == nil || !r.Value.OK || at.Before(m.At) || at.Equal(m.At) && m.Num == r.Value {
		return
	}
	*m, n.newer = Meter{Num: r.Value, At: at}, true
}

// nothingYet is that of an asset without readings.
func nothingYet() newest {
	n := newest{meters: make(map[string]*Meter, len(meterKinds))}
	for _, kind := range meterKinds {
		n.meters[kind] = &Meter{}
	}
	return n
}

func (n newest) args() []arg {
	seen := any(n.seen)
	if n.seen.IsZero() {
		seen = 0 // the column knows no null
	}
	args := make([]arg, 0, 4+2*len(n.meters)+12)
	args = append(args, p(":lat", n.lat), p(":lon", n.lon), p(":located_at", n.located), p(":seen_at", seen))
	for kind, m := range n.meters {
		args = append(args, p(":"+kind, m.Num), p(":"+kind+"_at", m.At))
	}
	return args
}

func (s Staff) saveNewest(ctx context.Context, id AssetID, n newest) error {
	if !n.newer {
		return nil
	}
	args := append(n.args(), p(":id", id))
	_, err := s.write(ctx, ReadingAdd, `UPDATE <assets> SET hours = :hours, hours_at = :hours_at, idle_hours = :idle_hours, idle_hours_at = :idle_hours_at, fuel = :fuel, fuel_at = :fuel_at,
		def = :def, def_at = :def_at, odometer = :odometer, odometer_at = :odometer_at, engine = :engine, engine_at = :engine_at,
		lat = :lat, lon = :lon, located_at = :located_at, seen_at = :seen_at WHERE {mine:assets} AND id = :id`, args...)
	return err
}
