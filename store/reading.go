package store

import (
	"context"
	"math"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Kinds of readings whose newest value stands in the asset's own row. Others
// are kept too, under the name they came with.
const (
	KindPosition  = "position"
	KindHours     = "hours"
	KindIdleHours = "idle_hours"
	KindFuel      = "fuel"
	KindDEF       = "def"
	KindOdometer  = "odometer"
	KindEngine    = "engine"
	KindSpeed     = "speed" // of vehicles
)

// Reading is one value a machine reported, or somebody read off it.
type Reading struct {
	Kind   string
	At     time.Time
	Value  Num    // for a position the latitude
	Value2 Num    // for a position the longitude
	Value3 Num    // for a position the altitude; for fuel the tank's capacity
	Text   string // what is no number
	Unit   string
	Source string // which feed, import or person it came from
}

const (
	readAhead   = 24 * time.Hour // clocks of machines may be wrong by a time zone
	typedAhead  = 10 * time.Minute
	longSilence = 7 * 24 * time.Hour // after this a reading is news
)

// Check says what is wrong with a reading that a file or a machine brings.
func (r Reading) Check(now time.Time) error { return r.check(now, readAhead) }

// check says what is wrong with a reading, in words for the person who
// brought it; ahead is how far its time may lie in the future.
func (r Reading) check(now time.Time, ahead time.Duration) error {
	switch {
	case r.Kind == "" || len(r.Kind) > 60:
		return fault.Field("kind", "Choose what was read.")
	case r.At.After(now.Add(ahead)):
		return fault.Field("at", "This time lies in the future (%s).", r.At.UTC().Format("2006-01-02 15:04"))
	case r.At.Year() < 1990:
		return fault.Field("at", "This time cannot be right (%s).", r.At.UTC().Format("2006-01-02 15:04"))
	case r.Kind == KindPosition:
		return r.checkPlace()
	case !r.Value.OK && r.Text == "":
		return fault.Field("value", "Give a value.")
	case r.Value.OK && (math.IsNaN(r.Value.V) || math.IsInf(r.Value.V, 0)):
		return fault.Field("value", "This is not a number.")
	}
	return r.checkRange()
}

func (r Reading) checkPlace() error {
	lat, lon := r.Value, r.Value2
	switch {
	case !lat.OK || math.IsNaN(lat.V) || lat.V < -90 || lat.V > 90:
		return fault.Field("lat", "Give a latitude between -90 and 90.")
	case !lon.OK || math.IsNaN(lon.V) || lon.V < -180 || lon.V > 180:
		return fault.Field("lon", "Give a longitude between -180 and 180.")
	case lat.V == 0 && lon.V == 0:
		return fault.Field("lat", "0, 0 is what a receiver without a signal reports; it is no position.")
	}
	return nil
}

func (r Reading) checkRange() error {
	low, high := math.Inf(-1), math.Inf(1)
	switch r.Kind {
	case KindFuel, KindDEF:
		low, high = 0, 100
	case KindHours, KindIdleHours:
		low, high = 0, 1e6
	case KindOdometer:
		low, high = 0, 1e8
	case KindSpeed:
		low, high = 0, 400
	case KindEngine:
		if r.Value.V != 0 && r.Value.V != 1 {
			return fault.Field("value", "An engine is on (1) or off (0).")
		}
	}
	if r.Value.OK && (r.Value.V < low || r.Value.V > high) {
		return fault.Field("value", "Give a value between %g and %g.", low, high)
	}
	return nil
}

// Readings tells how a batch of readings fared.
type Readings struct {
	Saved, Same, Refused int
	Says                 string // why the first refused one was refused
}

// AddReadings stores what a machine reported. Bringing the same again changes
// nothing, so a feed may overlap itself; what cannot be right is refused, one
// by one. It writes no audit line: the import or pull that brings readings of
// many machines writes one for all.
func (s Staff) AddReadings(ctx context.Context, id AssetID, all []Reading) (out Readings, err error) {
	if err := s.Can(ReadingAdd); err != nil {
		return out, err
	}
	err = s.Update(ctx, func(s Staff) error {
		n, err := s.newest(ctx, id)
		if err != nil {
			return err
		}
		before := n.seen
		for _, r := range all {
			if err := r.check(s.Now(), readAhead); err != nil {
				out.Refused++
				out.Says = pick(out.Says, fault.Says(err))
				continue
			}
			changed, err := s.putReading(ctx, id, r)
			if err != nil {
				return err
			}
			if changed {
				out.Saved++
			} else {
				out.Same++
			}
			n.take(r)
		}
		if err := s.newsOf(ctx, id, before, n.seen); err != nil {
			return err
		}
		return s.saveNewest(ctx, id, n)
	})
	return out, err
}

// AddReading stores a reading that somebody took by hand.
func (s Staff) AddReading(ctx context.Context, id AssetID, r Reading) error {
	if err := r.check(s.Now(), typedAhead); err != nil {
		return err
	}
	r.Source = pick(r.Source, s.actor)
	return s.Update(ctx, func(s Staff) error {
		a, err := s.asset(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.AddReadings(ctx, id, []Reading{r}); err != nil {
			return err
		}
		note := map[string]any{"kind": r.Kind, "value": r.Value.V, "at": r.At.Unix()}
		if r.Kind == KindPosition {
			note["lon"] = r.Value2.V
		}
		return s.log(ctx, Line{Verb: ReadingAdd, ID: int64(id), Customer: a.Customer, Label: a.Name, Note: note})
	})
}

func (s Staff) putReading(ctx context.Context, id AssetID, r Reading) (changed bool, err error) {
	n, err := s.write(ctx, ReadingAdd, `INSERT INTO <readings> (provider_id, asset_id, kind, at, value, value2, value3, text, unit, source)
		VALUES (:provider, :asset, :kind, :at, :value, :value2, :value3, :text, :unit, :source)
		ON CONFLICT (provider_id, asset_id, kind, at) DO UPDATE SET value = excluded.value, value2 = excluded.value2, value3 = excluded.value3, text = excluded.text, unit = excluded.unit, source = excluded.source
		WHERE (value, value2, value3, text, unit) IS NOT (excluded.value, excluded.value2, excluded.value3, excluded.text, excluded.unit)`,
		p(":asset", id), p(":kind", plainText(r.Kind, 60)), p(":at", r.At), p(":value", r.Value), p(":value2", r.Value2), p(":value3", r.Value3),
		p(":text", plainText(r.Text, 500)), p(":unit", plainText(r.Unit, 40)), p(":source", plainText(r.Source, 100)))
	return n > 0, err
}

// plainText takes out of foreign text what no field can show.
func plainText(v string, most int) string {
	v = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(v, ""))
	return clip(v, most)
}

// newsOf tells the feed when a machine reports for the first time, or again
// after a long silence. Every reading would be too much.
func (s Staff) newsOf(ctx context.Context, id AssetID, before, now time.Time) error {
	if now.Equal(before) || !before.IsZero() && now.Sub(before) < longSilence {
		return nil
	}
	d := EventDetail{}
	if !before.IsZero() {
		d.Silent = int64(now.Sub(before) / time.Second)
	}
	return s.note(ctx, ReadingAdd, id, now, "reading", d)
}
