package desk

import (
	"context"

	"gatehouse/store"
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

func (w *assetPlan) do(ctx context.Context, s store.Staff) (int64, any, error) {
	id, b := w.was.ID, assetBefore{}
	if id == 0 {
		return w.add(ctx, s)
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

// add is do for an asset that is not there yet.
func (w *assetPlan) add(ctx context.Context, s store.Staff) (int64, any, error) {
	in := store.NewAsset{AssetEdit: w.edit, Readings: w.readings}
	if w.hold != nil {
		in.Customer, in.From, in.To = w.hold.customer.ID, w.hold.from, w.hold.to
	}
	id, held, err := s.BringAsset(ctx, in)
	if err != nil {
		return 0, nil, err
	}
	b := assetBefore{Left: w.imprint()}
	b.Readings = readingKeys(w.readings)
	if w.hold != nil {
		b.Held = &heldBefore{Left: heldImprint(held)}
	}
	return int64(id), &b, b.bring(ctx, s, id, nil, w.faults)
}

// imprint is that of a new asset, which needs no reading back.
func (w *assetPlan) imprint() string {
	said := map[store.FieldID]string{}
	for id, v := range w.edit.Values {
		if v != "" {
			said[id] = v
		}
	}
	return imprint([]any{w.edit.AssetInput, groupWords(w.nowGroups), said})
}

func (b *assetBefore) change(ctx context.Context, s store.Staff, w *assetPlan) error {
	b.Old, b.Values = &w.was.AssetInput, w.wasValues
	b.Groups = groupsBefore(w.edit.Groups, w.wasGroups)
	if w.edit.AssetInput == w.was.AssetInput && w.edit.Groups == nil && w.edit.Values == nil {
		return nil
	}
	return s.ChangeAsset(ctx, w.was.ID, w.was.Version, w.edit)
}
