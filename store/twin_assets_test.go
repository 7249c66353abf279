package store_test

import (
	"maps"
	"time"

	"gatehouse/store"
)

func init() { maps.Copy(staffCases, assetCases) }

var assetCases = map[string]twinCase{
	"Assets": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Assets(c, store.AssetFilter{Customer: o.Customer})
	}),
	"Asset":       staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Asset(c, o.Asset) }),
	"AssetIDs":    staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return names(c, s, o) }),
	"AssetCounts": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return onlyTwo(s.AssetCounts(c)) }),
	"AssetList": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		page, _, err := s.AssetList(c, store.AssetFilter{Customer: o.Customer})
		return page, err
	}),
	"AssetFacets": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		f, err := s.AssetFacets(c)
		if err != nil {
			return nil, err
		}
		return onlyTwo(f.Counts, err)
	}),
	"AssetTypes": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.AssetTypes(c) }),
	"AddAsset": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddAsset(c, store.AssetEdit{AssetInput: store.AssetInput{Name: "X"}, Values: map[store.FieldID]string{o.Field: "x"}})
	}),
	"BringAsset": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		id, _, err := s.BringAsset(c, store.NewAsset{AssetEdit: store.AssetEdit{AssetInput: store.AssetInput{Name: "X"}, Groups: []store.GroupID{o.Group}}})
		if err == nil {
			return id, nil
		}
		_, _, err2 := s.BringAsset(c, store.NewAsset{AssetEdit: store.AssetEdit{AssetInput: store.AssetInput{Name: "X"}}, Customer: o.Customer})
		return failIf(err2 == nil, o), err
	}),
	"ChangeAsset": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeAsset(c, o.Asset, 0, store.AssetEdit{AssetInput: store.AssetInput{Name: "X"}})
	}),
	"DeleteAsset": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.DeleteAsset(c, o.Asset) }),
	"MatchAsset": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		id, err := s.MatchAsset(c, store.AssetKey{Serial: "S-1 " + o.Slug, Name: "Asset of " + o.Slug})
		return failIf(id != 0, o), err
	}),
	"StaleBefore": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		n, err := s.StaleBefore(c, []store.AssetID{o.Asset}, s.Now().Add(time.Hour))
		return failIf(n != 0, o), err
	}),

	"ValuesOf": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.ValuesOf(c, []store.AssetID{o.Asset})
	}),
	"NamesOfGroups": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.NamesOfGroups(c, []store.AssetID{o.Asset})
	}),
	"AssetGroups": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.AssetGroups(c, o.Asset) }),
	"GroupNames":  staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.GroupNames(c) }),
	"GroupAssets": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.GroupAssets(c, []store.AssetID{o.Asset}, 1, true)
	}),

	"AssetHistory": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.AssetHistory(c, o.Asset) }),
	"Assign": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		own, err := s.Customers(c, store.CustomerFilter{})
		if err != nil {
			return nil, err
		}
		return s.Assign(c, store.AssignInput{Assets: []store.AssetID{o.Asset}, Customer: own.Rows[0].ID})
	}),
	"Unassign": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Unassign(c, []store.AssetID{o.Asset}, time.Time{})
	}),
	"CancelPlanned":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.CancelPlanned(c, o.Planned) }),
	"ReleaseCustomer": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.ReleaseCustomer(c, o.Customer) }),
	"DayStart":        staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.DayStart(s.Now()), nil }),
	"Today":           staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Today(), nil }),

	"AddReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddReadings(c, o.Asset, []store.Reading{{Kind: store.KindHours, At: s.Now(), Value: store.Some(1)}})
	}),
	"AddReading": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.AddReading(c, o.Asset, store.Reading{Kind: store.KindHours, At: s.Now(), Value: store.Some(1)})
	}),
	"Readings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Readings(c, o.Asset, store.KindHours, o.Since(), s.Now().Add(1))
	}),
	"ReadingKinds": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ReadingKinds(c, o.Asset) }),
	"AddFaults": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddFaults(c, o.Asset, []store.FaultCode{{Code: "X", At: s.Now()}})
	}),
	"Faults":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Faults(c, o.Asset, 9) }),
	"NewFaults": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.NewFaults(c, o.Since(), 9) }),
	"Events":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Events(c, store.EventFilter{Asset: o.Asset}) }),
	"Positions": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		pts, err := s.Positions(c, store.AssetFilter{}, nil, 18)
		return []any{pts, failIf(pts.Total != 1, o)}, err
	}),

	"Fields": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Fields(c) }),
	"Field":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Field(c, o.Field) }),
	"AddField": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddField(c, store.FieldInput{Label: "X", Kind: "text"})
	}),
	"ChangeField": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeField(c, o.Field, store.FieldInput{Label: "X", Kind: "text"})
	}),
	"RemoveField": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveField(c, o.Field) }),
	"FieldValues": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.FieldValues(c, o.Asset) }),
}

// failIf makes a number that came from the other provider visible as a word of it.
func failIf(leaked bool, o twin) string {
	if leaked {
		return o.Slug
	}
	return ""
}

// names reads back what AssetIDs found: ids alone bear no slug.
func names(c ctx, s store.Staff, o twin) (any, error) {
	ids, err := s.AssetIDs(c, store.AssetFilter{}, 100)
	for _, id := range ids {
		if id == o.Asset || id == o.Second {
			return o.Slug, err
		}
	}
	return failIf(len(ids) != 2, o), err
}

func onlyTwo(counts []store.StatusCount, err error) (any, error) {
	if err == nil && counts[0].N != 2 {
		return "twin-two", nil
	}
	return counts, err
}
