package desk

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/fault"
)

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
	b, err := beforeOf[assetBefore](r)
	if err != nil {
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
