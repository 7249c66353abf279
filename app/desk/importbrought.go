package desk

import (
	"context"

	"gatehouse/store"
)

// brought are the readings and faults that an import added to one asset, and
// the readings it overwrote.
type brought struct {
	Readings []store.ReadingKey `json:"readings,omitempty"`
	Over     []store.Reading    `json:"over,omitempty"`
	Faults   []store.FaultKey   `json:"faults,omitempty"`
}

// bring stores readings and faults, and notes which of them are new.
func (b *brought) bring(ctx context.Context, s store.Staff, id store.AssetID, all []store.Reading, faults []store.FaultCode) error {
	if err := bringReadings(ctx, b, id, all, s.ReadingsAt, s.AddReadings); err != nil || len(faults) == 0 {
		return err
	}
	for _, f := range faults {
		b.Faults = append(b.Faults, f.Key())
	}
	_, err := s.AddFaults(ctx, id, faults)
	return err
}

// bringReadings stores readings of an asset or of a vehicle.
func bringReadings[ID any](ctx context.Context, b *brought, id ID, all []store.Reading, at func(context.Context, ID, []store.ReadingKey) ([]store.Reading, error), add func(context.Context, ID, []store.Reading) (store.Readings, error)) (err error) {
	if len(all) == 0 {
		return nil
	}
	b.Readings = readingKeys(all)
	if b.Over, err = at(ctx, id, b.Readings); err != nil {
		return err
	}
	_, err = add(ctx, id, all)
	return err
}

// takeBack is the opposite of bring.
func (b brought) takeBack(ctx context.Context, s store.Staff, id store.AssetID) error {
	if len(b.Readings) > 0 {
		if err := s.UndoReadings(ctx, id, b.Readings, b.Over); err != nil {
			return err
		}
	}
	return s.UndoFaults(ctx, id, b.Faults)
}

// isThere reports whether have holds the reading, from whatever source.
func isThere(r store.Reading, have []store.Reading) bool {
	for _, h := range have {
		if h.Key() == r.Key() && h.Value == r.Value && h.Value2 == r.Value2 && h.Value3 == r.Value3 && h.Text == r.Text && h.Unit == r.Unit {
			return true
		}
	}
	return false
}

func readingKeys(all []store.Reading) []store.ReadingKey {
	keys := make([]store.ReadingKey, 0, len(all))
	for _, r := range all {
		keys = append(keys, r.Key())
	}
	return keys
}
