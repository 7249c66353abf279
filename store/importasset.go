package store

import (
	"context"
	"encoding/json"

	"gatehouse/store/fault"
)

// UnaddAsset takes back an asset that an import added, with its readings and
// assignments. Whether it is as the import left it, the caller has looked.
func (s Staff) UnaddAsset(ctx context.Context, id AssetID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.remove(ctx, AssetUnadd, "assets", int64(id)); err != nil {
			return err
		}
		return s.dropWords(ctx, id)
	})
}

// ReadingKey names one reading of an asset.
type ReadingKey struct {
	Kind string `json:"k"`
	At   int64  `json:"t"` // unix seconds
}

// Key is what tells the reading from the others of its asset.
func (r Reading) Key() ReadingKey { return ReadingKey{plainText(r.Kind, 60), r.At.Unix()} }

const atKeys = `(kind, at) IN (SELECT value ->> 'k', value ->> 't' FROM json_each(:keys))`

// ReadingsAt reads those readings of an asset that have one of the keys.
func (s Staff) ReadingsAt(ctx context.Context, id AssetID, keys []ReadingKey) ([]Reading, error) {
	return list(ctx, s.scope, func(v *Reading, r *row) {
		*v = Reading{Kind: r.str(), At: r.unix(), Value: r.num(), Value2: r.num(), Value3: r.num(), Text: r.str(), Unit: r.str(), Source: r.str()}
	}, `SELECT r.kind, r.at, r.value, r.value2, r.value3, r.text, r.unit, r.source FROM json_each(:keys) CROSS JOIN {readings} r
		ON r.asset_id = :id AND r.kind = json_each.value ->> 'k' AND r.at = json_each.value ->> 't'`, p(":id", id), p(":keys", keyList(keys)))
}

// CountReadings tells how many readings an asset has.
func (s Staff) CountReadings(ctx context.Context, id AssetID) (int, error) {
	n, err := s.number(ctx, `SELECT count(*) FROM {readings} r WHERE r.asset_id = :id`, p(":id", id))
	return int(n), err
}

func keyList(keys []ReadingKey) string {
	b, err := json.Marshal(keys)
	if err != nil || keys == nil {
		return `[]`
	}
	return string(b)
}

// UndoReadings takes back readings that an import added, and puts those it
// overwrote back in place.
func (s Staff) UndoReadings(ctx context.Context, id AssetID, added []ReadingKey, was []Reading) error {
	if err := s.Can(ReadingAdd); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if err := s.there(ctx, id); err != nil {
			return err
		}
		if _, err := s.write(ctx, ReadingAdd, `DELETE FROM <readings> WHERE {mine:readings} AND asset_id = :id AND `+atKeys, p(":id", id), p(":keys", keyList(added))); err != nil {
			return err
		}
		if _, err := s.write(ctx, ReadingAdd, `DELETE FROM <events> WHERE {mine:events} AND asset_id = :id AND kind = 'reading' AND at IN (SELECT value ->> 't' FROM json_each(:keys))`, p(":id", id), p(":keys", keyList(added))); err != nil {
			return err
		}
		for _, r := range was {
			if _, err := s.putReading(ctx, id, r); err != nil {
				return err
			}
		}
		return s.relearn(ctx, id)
	})
}

// relearn finds the newest reading of each kind again, after some are gone.
func (s Staff) relearn(ctx context.Context, id AssetID) error {
	last, err := list(ctx, s.scope, func(v *Reading, r *row) {
		*v = Reading{Kind: r.str(), At: r.unix(), Value: r.num(), Value2: r.num()}
	}, `SELECT k.kind, r.at, r.value, r.value2 FROM (SELECT kind, max(at) AS at FROM {readings} WHERE asset_id = :id GROUP BY kind) k
		JOIN {readings} r ON r.asset_id = :id AND r.kind = k.kind AND r.at = k.at`, p(":id", id))
	if err != nil {
		return err
	}
	n := newest{meters: map[string]*Meter{}, newer: true}
	for _, kind := range meterKinds {
		n.meters[kind] = &Meter{}
	}
	for _, r := range last {
		n.take(r)
	}
	n.newer = true
	return s.saveNewest(ctx, id, n)
}

// FaultKey names one fault code of an asset.
type FaultKey struct {
	At     int64  `json:"t"`
	Code   string `json:"c"`
	Source string `json:"s,omitempty"`
}

// Key is what tells the fault from the others of its asset.
func (f FaultCode) Key() FaultKey {
	return FaultKey{f.At.Unix(), plainText(f.Code, 100), plainText(f.Source, 100)}
}

// FaultsAt tells which of the faults an asset already has.
func (s Staff) FaultsAt(ctx context.Context, id AssetID, keys []FaultKey) (map[FaultKey]bool, error) {
	out := map[FaultKey]bool{}
	if len(keys) == 0 {
		return out, nil
	}
	err := s.each(ctx, `SELECT f.at, f.code, f.source FROM {faults} f WHERE f.asset_id = :id AND f.at IN (SELECT value ->> 't' FROM json_each(:keys))`,
		func(r *row) error { out[FaultKey{r.int(), r.str(), r.str()}] = true; return nil }, p(":id", id), p(":keys", asJSON(keys)))
	return out, err
}

// UndoFaults takes back faults that an import added.
func (s Staff) UndoFaults(ctx context.Context, id AssetID, added []FaultKey) error {
	if len(added) == 0 {
		return nil
	}
	return s.Update(ctx, func(s Staff) error {
		if err := s.there(ctx, id); err != nil {
			return err
		}
		for _, text := range []string{
			`DELETE FROM <faults> WHERE {mine:faults} AND asset_id = :id AND (at, code, source) IN (SELECT value ->> 't', value ->> 'c', coalesce(value ->> 's', '') FROM json_each(:keys))`,
			`DELETE FROM <events> WHERE {mine:events} AND asset_id = :id AND kind = 'fault' AND (at, detail ->> 'code') IN (SELECT value ->> 't', value ->> 'c' FROM json_each(:keys))`,
		} {
			if _, err := s.write(ctx, ReadingAdd, text, p(":id", id), p(":keys", asJSON(added))); err != nil {
				return err
			}
		}
		return nil
	})
}

// RestoreAssignments makes the assignments of an asset those they were before
// an import. Whether somebody changed them since, the caller has looked.
func (s Staff) RestoreAssignments(ctx context.Context, id AssetID, was []Assignment) error {
	if err := s.Can(AssetUnassign); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		now, err := s.AssetHistory(ctx, id)
		if err != nil {
			return err
		}
		before := map[AssignmentID]Assignment{}
		for _, a := range was {
			before[a.ID] = a
		}
		var undone []Assignment
		for _, a := range now {
			if old, ok := before[a.ID]; ok && old.From.Equal(a.From) && old.To.Equal(a.To) {
				delete(before, a.ID)
				continue
			}
			undone = append(undone, a)
			if err := s.forget(ctx, AssetUnassign, a); err != nil {
				return err
			}
		}
		for _, a := range was {
			if _, missing := before[a.ID]; missing {
				if err := s.putBack(ctx, a); err != nil {
					return err
				}
			}
		}
		if len(undone) == 0 {
			return s.settle(ctx, AssetUnassign, id)
		}
		if err := s.settle(ctx, AssetUnassign, id); err != nil {
			return err
		}
		return s.log(ctx, lineOf(AssetUnassign, undone[0].Customer, undone, map[string]any{"undone": true}))
	})
}

// putBack writes an assignment as it was, under its own id.
func (s Staff) putBack(ctx context.Context, a Assignment) error {
	if _, err := s.Customer(ctx, a.Customer); err != nil {
		return fault.New(fault.Conflict, "The customer that had it before is no longer there.")
	}
	if _, err := s.write(ctx, AssetUnassign, `INSERT INTO <assignments> (id, provider_id, asset_id, customer_id, starts_at, ends_at, planned, created_at, created_by)
		VALUES (:id, :provider, :asset, :of, :from, :to, :planned, :created, :by)`, p(":id", a.ID), p(":asset", a.Asset), p(":of", a.Customer), p(":from", a.From), p(":to", a.To),
		p(":planned", a.From.After(s.Now())), p(":created", a.CreatedAt), p(":by", a.CreatedBy)); err != nil {
		return err
	}
	return s.tell(ctx, AssetUnassign, a.Asset, a.Customer, a.From, a.To)
}
