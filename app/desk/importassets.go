package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// assets brings machines, who has them, and values read off them.
type assets struct {
	*reading
	fields []store.Field
	groups groupNames
	source string
	now    time.Time // of the upload: the time of readings that say none
	held   *holding
}

func openAssets(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	cols, err := assetColumnsOf(ctx, s)
	if err != nil {
		return nil, err
	}
	t := &assets{reading: newReading(s, i, cols, f), source: fmt.Sprintf("Import %d", i.Number), now: i.CreatedAt, held: &holding{byCode: map[string]store.Customer{}}}
	if t.fields, err = s.Fields(ctx); err != nil {
		return nil, err
	}
	t.groups, err = newGroupNames(ctx, s)
	return t, err
}

// fold is how names are compared: case and spaces do not count.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), "")) }

// assetPlan is what a row wants of an asset.
type assetPlan struct {
	was       store.Asset // zero: it is new
	wasGroups []store.GroupRef
	nowGroups []store.GroupRef
	wasValues map[store.FieldID]string // of the fields that change
	edit      store.AssetEdit
	readings  []store.Reading
	faults    []store.FaultCode
	hold      *hold
	diff      differences
}

func (t *assets) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	key := store.AssetKey{ExternalID: c.text("external_id"), PIN: c.text("pin"), Serial: c.text("serial"), Make: c.text("make"), Name: c.text("name")}
	out := plan{label: orElse(key.Name, orElse(key.ExternalID, key.Serial+key.PIN)), keys: assetKeys(key)}
	w := assetPlan{}
	id, err := s.MatchAsset(ctx, key)
	if err == nil && id != 0 {
		w.was, err = s.Asset(ctx, id)
	}
	if err != nil {
		return out, err
	}
	if err := t.read(ctx, s, c, &w); err != nil {
		return out, err
	}
	return out.outcome(int64(id), len(w.diff) > 0, w.diff.String(), w.do), nil
}

// assetKeys are what two rows of a file must not share.
func assetKeys(k store.AssetKey) []string {
	var out []string
	if k.ExternalID != "" {
		out = append(out, "The ID “"+short(k.ExternalID)+"”")
	}
	if k.PIN != "" {
		out = append(out, "The PIN “"+short(k.PIN)+"”")
	}
	if k.Serial != "" {
		out = append(out, strings.TrimSpace("The serial number “"+short(strings.TrimSpace(k.Make+" "+k.Serial))+"”"))
	}
	if len(out) == 0 && k.Name != "" {
		out = append(out, "The name “"+short(k.Name)+"”")
	}
	return out
}
