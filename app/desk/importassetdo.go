package desk

import (
	"context"
	"encoding/json"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// assetBefore is what an undo needs to know.
type assetBefore struct {
	Left   string                   `json:"left"`          // imprint of what the import left
	Old    *store.AssetInput        `json:"old,omitempty"` // nil: the asset was added
	Groups *[]store.GroupID         `json:"groups,omitempty"`
	Values map[store.FieldID]string `json:"values,omitempty"`
	brought
	Held *heldBefore `json:"held,omitempty"`
}

// brought are the readings and faults that an import added to one asset, and
// the readings it overwrote.
type brought struct {
	Readings []store.ReadingKey `json:"readings,omitempty"`
	Over     []store.Reading    `json:"over,omitempty"`
	Faults   []store.FaultKey   `json:"faults,omitempty"`
}

func doAsset(ctx context.Context, s store.Staff, w assetPlan) (int64, any, error) {
	id, b := w.was.ID, assetBefore{}
	if id == 0 {
		return addAsset(ctx, s, w)
	}
	err := b.change(ctx, s, w)
	if err != nil {
		return 0, nil, err
	}
	if err := b.bring(ctx, s, id, w.readings, w.faults); err != nil {
		return 0, nil, err
	}
	if w.hold != nil {
		if b.Held, err = w.hold.do(ctx, s, id); err != nil {
			return 0, nil, err
		}
	}
	b.Left, err = assetImprint(ctx, s, id)
	return int64(id), &b, err
}

// addAsset is doAsset for an asset that is not there yet.
func addAsset(ctx context.Context, s store.Staff, w assetPlan) (int64, any, error) {
	in := store.NewAsset{AssetEdit: w.edit, Readings: w.readings}
	if w.hold != nil {
		in.Customer, in.From, in.To = w.hold.customer.ID, w.hold.from, w.hold.to
	}
	id, held, err := s.BringAsset(ctx, in)
	if err != nil {
		return 0, nil, err
	}
	b := assetBefore{Left: w.imprint()}
	for _, r := range w.readings {
		b.Readings = append(b.Readings, r.Key())
	}
	if w.hold != nil {
		b.Held = &heldBefore{Left: heldImprint(held)}
	}
	return int64(id), &b, b.bring(ctx, s, id, nil, w.faults)
}

// imprint is that of a new asset, which needs no reading back.
func (w assetPlan) imprint() string {
	said := map[store.FieldID]string{}
	for id, v := range w.edit.Values {
		if v != "" {
			said[id] = v
		}
	}
	return imprint([]any{w.edit.AssetInput, groupWords(w.nowGroups), said})
}

func (b *assetBefore) change(ctx context.Context, s store.Staff, w assetPlan) error {
	b.Old, b.Values = &w.was.AssetInput, w.wasValues
	if w.edit.Groups != nil {
		old := make([]store.GroupID, 0, len(w.wasGroups))
		for _, g := range w.wasGroups {
			old = append(old, g.ID)
		}
		b.Groups = &old
	}
	if w.edit.AssetInput == w.was.AssetInput && w.edit.Groups == nil && w.edit.Values == nil {
		return nil
	}
	return s.ChangeAsset(ctx, w.was.ID, w.was.Version, w.edit)
}

// bring stores readings and faults, and notes which of them are new.
func (b *brought) bring(ctx context.Context, s store.Staff, id store.AssetID, all []store.Reading, faults []store.FaultCode) error {
	if len(all) > 0 {
		keys := make([]store.ReadingKey, 0, len(all))
		for _, r := range all {
			keys = append(keys, r.Key())
		}
		var err error
		if b.Over, err = s.ReadingsAt(ctx, id, keys); err != nil {
			return err
		}
		b.Readings = keys
		if _, err := s.AddReadings(ctx, id, all); err != nil {
			return err
		}
	}
	if len(faults) == 0 {
		return nil
	}
	for _, f := range faults {
		b.Faults = append(b.Faults, f.Key())
	}
	_, err := s.AddFaults(ctx, id, faults)
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

// assetImprint is the same as long as nobody changes what an asset is, which
// groups it is in, or what its fields say.
func assetImprint(ctx context.Context, s store.Staff, id store.AssetID) (string, error) {
	a, err := s.Asset(ctx, id)
	if err != nil {
		return "", err
	}
	groups, err := s.AssetGroups(ctx, id)
	if err != nil {
		return "", err
	}
	values, err := s.FieldValues(ctx, id)
	if err != nil {
		return "", err
	}
	said := map[store.FieldID]string{}
	for _, v := range values {
		if v.Value != "" {
			said[v.ID] = v.Value
		}
	}
	return imprint([]any{a.AssetInput, groupWords(groups), said}), nil
}

func (t *assets) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	return undoAsset(ctx, s, r)
}

func undoAsset(ctx context.Context, s store.Staff, r store.ImportRow) error {
	var b assetBefore
	if err := json.Unmarshal([]byte(r.Before), &b); err != nil {
		return err
	}
	return b.undo(ctx, s, store.AssetID(r.Object))
}

// undo looks first whether everything is as the import left it.
func (b assetBefore) undo(ctx context.Context, s store.Staff, id store.AssetID) error {
	now, err := s.Asset(ctx, id)
	if err != nil {
		return err
	}
	left, err := assetImprint(ctx, s, id)
	if err != nil {
		return err
	}
	if left != b.Left {
		return fault.New(fault.Conflict, "%s was changed after the import.", now.Name)
	}
	if err := b.Held.untouched(ctx, s, id, b.Old == nil); err != nil {
		return err
	}
	if b.Old == nil {
		n, err := s.CountReadings(ctx, id)
		if err != nil {
			return err
		}
		if n != len(b.Readings) {
			return fault.New(fault.Conflict, "%s has other readings by now.", now.Name)
		}
		return s.UnaddAsset(ctx, id)
	}
	if err := b.Held.undo(ctx, s, id); err != nil {
		return err
	}
	if err := b.takeBack(ctx, s, id); err != nil {
		return err
	}
	edit := store.AssetEdit{AssetInput: *b.Old, Values: b.Values}
	if b.Groups != nil {
		edit.Groups = *b.Groups
	}
	return s.ChangeAsset(ctx, id, now.Version, edit)
}
