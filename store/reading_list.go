package store

import (
	"context"
	"slices"
	"time"

	"gatehouse/store/fault"
)

// mostPoints is how many points of a chart a person can tell apart.
const mostPoints = 500

// mostKinds is how many kinds of readings of one asset are offered.
const mostKinds = 100

const readingColumns = `m.kind, m.at, m.value, m.value2, m.value3, m.text, m.unit, m.source`

func (r *Reading) row(w *row) {
	r.Kind, r.At, r.Value, r.Value2, r.Value3, r.Text, r.Unit, r.Source = w.str(), w.unix(), w.num(), w.num(), w.num(), w.str(), w.str(), w.str()
}

// Readings reads one kind of an asset's readings, oldest first, from from
// until before to. Where there are more than a chart can show, each stretch of
// time gives its last one. A client reads those of the time it had the asset.
func (s scope) Readings(ctx context.Context, id AssetID, kind string, from, to time.Time) ([]Reading, error) {
	if err := s.mayRead(ctx, id); err != nil {
		return nil, err
	}
	if !to.After(from) {
		return nil, fault.Field("to", "The period ends before it begins.")
	}
	args := []arg{p(":id", id), p(":kind", kind), p(":from", from.Unix()), p(":to", to.Unix())}
	const which = ` FROM {readings} m WHERE m.asset_id = :id AND m.kind = :kind AND m.at >= :from AND m.at < :to`
	all, err := list(ctx, s, (*Reading).row, `SELECT `+readingColumns+which+` ORDER BY m.at`+upTo(mostPoints+1), args...)
	if err != nil || len(all) <= mostPoints {
		return all, err
	}
	return s.thinned(ctx, `SELECT `+readingColumns+which+` ORDER BY m.at`, from, to, args)
}

func (s scope) thinned(ctx context.Context, text string, from, to time.Time, args []arg) (out []Reading, err error) {
	width := int64(to.Sub(from)/time.Second)/mostPoints + 1
	last := int64(-1)
	err = s.each(ctx, text, func(w *row) error {
		var r Reading
		r.row(w)
		if slot := (r.At.Unix() - from.Unix()) / width; slot != last {
			last = slot
			out = append(out, r)
		} else {
			out[len(out)-1] = r
		}
		return nil
	}, args...)
	return out, err
}

// ReadingKinds lists which kinds of readings an asset has, with the newest of
// each.
func (s scope) ReadingKinds(ctx context.Context, id AssetID) ([]Reading, error) {
	if err := s.mayRead(ctx, id); err != nil {
		return nil, err
	}
	var out []Reading
	for cond, args := ``, []arg{p(":id", id)}; len(out) < mostKinds; {
		// From the last kind to the first, each by its newest reading: one step of
		// the index for a kind, however many readings it has.
		some, err := list(ctx, s, (*Reading).row, `SELECT `+readingColumns+` FROM {readings} m WHERE m.asset_id = :id`+cond+` ORDER BY m.kind DESC, m.at DESC LIMIT 1`, args...)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			break
		}
		out = append(out, some[0])
		cond, args = ` AND m.kind < :before`, []arg{p(":id", id), p(":before", some[0].Kind)}
	}
	slices.Reverse(out)
	return out, nil
}

func (s scope) mayRead(ctx context.Context, id AssetID) error {
	if err := s.needs(FeatureHistory); err != nil {
		return err
	}
	return s.there(ctx, id)
}
