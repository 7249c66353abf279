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
	store.KindSpeed:    {"Speed", "km/h", 0, false},
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

// meter is one of an asset's meters with its kind.
type meter struct {
	kind string
	store.Meter
}

// known lists the meters an asset has, the most asked for first.
func known(a store.Asset) (out []meter) {
	for _, m := range []meter{{store.KindHours, a.Hours}, {store.KindFuel, a.Fuel}, {store.KindEngine, a.Engine}, {store.KindOdometer, a.Odometer},
		{store.KindDEF, a.DEF}, {store.KindIdleHours, a.IdleHours}} {
		if m.OK {
			out = append(out, m)
		}
	}
	return out
}

// bigMeters is how many meters stand large at the head of a page; the others
// are among the details.
const bigMeters = 4

// Meters shows the newest value of the first readings with their time; nothing
// for an asset that has none.
func Meters(v *ui.View, a store.Asset, now time.Time) g.Node {
	all := known(a)
	if len(all) == 0 {
		return nil
	}
	var stats []g.Node
	for _, m := range all[:min(len(all), bigMeters)] {
		stats = append(stats, ui.Stat(KindName(v, m.kind), Value(v, m.kind, m.Num, ""), v.Ago(m.At, now)))
	}
	return ui.Stats(stats...)
}

// otherMeters are the ones that Meters has no room for.
func otherMeters(v *ui.View, a store.Asset, now time.Time) (out []ui.Pair) {
	for _, m := range known(a)[min(len(known(a)), bigMeters):] {
		out = append(out, ui.Row(KindName(v, m.kind), Value(v, m.kind, m.Num, "")+" · "+v.Ago(m.At, now)))
	}
	return out
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
