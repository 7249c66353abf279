package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// mostPoints is how many points of a chart a person can tell apart.
const mostPoints = 500

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
	n, err := s.number(ctx, `SELECT count(*)`+which, args...)
	if err != nil {
		return nil, err
	}
	if n <= mostPoints {
		return list(ctx, s, (*Reading).row, `SELECT `+readingColumns+which+` ORDER BY m.at`, args...)
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
	kinds, err := list(ctx, s, intoStr, `SELECT DISTINCT m.kind FROM {readings} m WHERE m.asset_id = :id LIMIT 100`, p(":id", id))
	if err != nil {
		return nil, err
	}
	out := make([]Reading, 0, len(kinds))
	for _, kind := range kinds {
		r, err := one(ctx, s, "reading", (*Reading).row, `SELECT `+readingColumns+` FROM {readings} m WHERE m.asset_id = :id AND m.kind = :kind ORDER BY m.at DESC LIMIT 1`, p(":id", id), p(":kind", kind))
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (s scope) mayRead(ctx context.Context, id AssetID) error {
	if err := s.needs(FeatureHistory); err != nil {
		return err
	}
	return s.there(ctx, id)
}
