package fleet

import (
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// kind says how a kind of reading is called and shown.
type kind struct {
	name, unit string
	decimals   int
	grows      bool // a counter: what counts is how much it grew
}

var kinds = map[string]kind{
	store.KindHours: {"Operating hours", "h", 1, true}, store.KindIdleHours: {"Idle hours", "h", 1, true},
	store.KindFuel: {"Fuel", "%", 0, false}, store.KindDEF: {"DEF", "%", 0, false},
	store.KindOdometer: {"Odometer", "km", 0, true}, store.KindEngine: {"Engine", "", 0, false},
	store.KindPosition: {"Position", "", 4, false},
}

// KindName is a kind of reading in words. A kind the product does not know is
// shown by the name it came with.
func KindName(v *ui.View, name string) string {
	if k, ok := kinds[name]; ok {
		return v.T(k.name)
	}
	words := strings.ReplaceAll(name, "_", " ")
	if words == "" {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// Value is one value of a kind in words.
func Value(v *ui.View, name string, n store.Num, unit string) string {
	k, known := kinds[name]
	switch {
	case !n.OK:
		return "–"
	case name == store.KindEngine && n.V == 1:
		return v.T("Running")
	case name == store.KindEngine:
		return v.T("Off")
	case !known:
		k = kind{unit: unit, decimals: 1}
	}
	if k.unit == "" {
		return v.F(n.V, k.decimals)
	}
	return v.F(n.V, k.decimals) + " " + k.unit
}

// Meters shows the newest value of each reading with its time; nothing for an
// asset that has none.
func Meters(v *ui.View, a store.Asset, now time.Time) g.Node {
	var stats []g.Node
	for _, m := range []struct {
		kind string
		m    store.Meter
	}{{store.KindHours, a.Hours}, {store.KindFuel, a.Fuel}, {store.KindEngine, a.Engine}, {store.KindIdleHours, a.IdleHours},
		{store.KindDEF, a.DEF}, {store.KindOdometer, a.Odometer}} {
		if m.m.OK {
			stats = append(stats, ui.Stat(KindName(v, m.kind), Value(v, m.kind, m.m.Num, ""), v.Ago(m.m.At, now)))
		}
	}
	if len(stats) == 0 {
		return nil
	}
	return ui.Stats(stats...)
}

// Place is a position in words: degrees and when.
func Place(v *ui.View, a store.Asset, now time.Time) string {
	return v.F(a.Lat.V, 5) + ", " + v.F(a.Lon.V, 5) + " · " + v.Ago(a.LocatedAt, now)
}

// KindOptions are the kinds somebody can type a reading of.
func KindOptions(v *ui.View) []ui.Option {
	out := []ui.Option{}
	for _, k := range []string{store.KindHours, store.KindIdleHours, store.KindFuel, store.KindDEF, store.KindOdometer, store.KindEngine, store.KindPosition} {
		out = append(out, ui.Option{Value: k, Label: KindName(v, k)})
	}
	return out
}
