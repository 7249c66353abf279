package desk

import (
	"context"
	"slices"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// MapImport saves options and mapping as people chose them. With a file that
// cannot be read that way, or a column that is not there, nothing is saved.
func (d *Desk) MapImport(ctx context.Context, s store.Staff, id store.ImportID, o store.ImportOptions, mapping map[string]int) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if i.Kind == store.ImportFleet {
		return fault.New(fault.Conflict, "A fleet snapshot needs no mapping.")
	}
	cols, err := d.ImportColumns(ctx, s, i.Kind)
	if err != nil {
		return err
	}
	was, before := i.Options, ""
	if was != o {
		before = headerKey(ctx, s, i)
	}
	i.Options = o
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if mapping == nil || was != o && before != sheet.HeaderKey(r.Header) { // other columns than those that were mapped
		if mapping, err = d.suggest(ctx, s, i.Kind, r.Header); err != nil {
			return err
		}
	}
	for key, at := range mapping {
		if at < 0 || at >= len(r.Header) || !slices.ContainsFunc(cols, func(c Column) bool { return c.Key == key }) {
			delete(mapping, key)
		}
	}
	return s.MapImport(ctx, id, o, mapping, rememberedAs(r.Header, o.For))
}

// headerKey is the key of the header as the import is read now, "" where it
// cannot be read.
func headerKey(ctx context.Context, s store.Staff, i store.Import) string {
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }()
	return sheet.HeaderKey(r.Header)
}

// mapped is an Invalid fault while required columns are missing.
func (d *Desk) mapped(ctx context.Context, s store.Staff, i store.Import) error {
	cols, err := d.ImportColumns(ctx, s, i.Kind)
	if err != nil || i.Kind == store.ImportFleet {
		return err
	}
	var bad fault.Problems
	for _, c := range cols {
		if _, ok := i.Mapping[c.Key]; c.Required && !ok {
			bad.Add("map."+c.Key, "Choose the column that holds: %s.", c.Label)
		}
	}
	if i.Kind != store.ImportCustomers && i.Kind != store.ImportJobs && !namesAsset(i.Mapping) {
		bad.Add("map."+cols[0].Key, "Choose at least one column that says which asset is meant: name, ID, serial number or PIN.")
	}
	return bad.Err()
}

func namesAsset(mapping map[string]int) bool {
	for _, key := range []string{"name", "external_id", "serial", "pin"} {
		if _, ok := mapping[key]; ok {
			return true
		}
	}
	return false
}
