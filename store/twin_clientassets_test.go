package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() {
	maps.Copy(clientCases, clientAssetCases)
	for name := range clientAssetCases {
		wideCases[name] = true
	}
}

// wideCases are called through a portal that shares everything: refused for
// want of a feature would prove nothing.
var wideCases = map[string]bool{}

var clientAssetCases = map[string]twinCase{
	"Assets": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		p, err := s.Assets(c, store.AssetFilter{Search: "kramer"})
		return []any{p, failIf(p.Total != 1, o)}, err
	}),
	"Asset": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Asset(c, o.Asset) }),
	"AssetIDs": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		ids, err := s.AssetIDs(c, store.AssetFilter{Customer: o.Customer}, 9)
		return failIf(len(ids) != 0, o), err
	}),
	"AssetCounts": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		n, err := s.AssetCounts(c)
		return failIf(err == nil && n[0].N != 1, o), err
	}),
	"AssetList": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		page, _, err := s.AssetList(c, store.AssetFilter{})
		return page, err
	}),
	"AssetFacets": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		f, err := s.AssetFacets(c)
		return failIf(err == nil && f.Counts[0].N != 1, o), err
	}),
	"AssetTypes": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.AssetTypes(c) }),
	"ValuesOf": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return s.ValuesOf(c, []store.AssetID{o.Asset})
	}),
	"NamesOfGroups": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return s.NamesOfGroups(c, []store.AssetID{o.Asset})
	}),
	"AssetGroups": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.AssetGroups(c, o.Asset) }),
	"GroupNames":  clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.GroupNames(c) }),
	"Events": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
		return s.Events(c, store.EventFilter{Asset: o.Asset})
	}),
	"Faults":      clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Faults(c, o.Asset, 9) }),
	"NewFaults":   clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.NewFaults(c, o.Since(), 9) }),
	"FieldValues": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.FieldValues(c, o.Asset) }),
	"Fields":      clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Fields(c) }),
	"Positions": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		pts, err := s.Positions(c, store.AssetFilter{}, nil, 18)
		return []any{pts, failIf(pts.Total != 1, o)}, err
	}),
	"ReadingKinds": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.ReadingKinds(c, o.Asset) }),
	"Readings": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
		return s.Readings(c, o.Asset, store.KindHours, o.Since(), s.Now())
	}),
}
