package store

import (
	"context"
	"maps"
	"slices"
)

// Facets is what a list of assets can be narrowed by, and how many there are.
type Facets struct {
	Counts []StatusCount // one for each status, in the order people see them
	Types  []string
}

// StatusCount says how many assets are in a status; More means at least.
type StatusCount struct {
	Status string
	N      int
	More   bool
}

// mostTypes is how many types a filter offers.
const mostTypes = 200

// AssetFacets reads the statuses and types of the scope's assets. A client
// with few of them has them read once; whoever has many has them counted up to
// a limit, so that the answer takes as long for a million assets as for ten
// thousand.
func (s scope) AssetFacets(ctx context.Context) (f Facets, err error) {
	if s.few {
		return s.readFacets(ctx)
	}
	if f.Counts, err = s.AssetCounts(ctx); err != nil {
		return f, err
	}
	f.Types, err = s.AssetTypes(ctx)
	return f, err
}

func (s scope) readFacets(ctx context.Context) (Facets, error) {
	n, types := map[string]int{}, map[string]bool{}
	err := s.each(ctx, `SELECT a.status, a.type FROM {assets} a`, func(r *row) error { // sorted here: GROUP BY takes twice as long
		n[r.str()]++
		types[r.str()] = true
		return nil
	})
	delete(types, "")
	f := Facets{Types: slices.Sorted(maps.Keys(types))}
	f.Types = f.Types[:min(len(f.Types), mostTypes)]
	for _, status := range AssetStatuses {
		f.Counts = append(f.Counts, StatusCount{Status: status, N: min(n[status], countUpTo), More: n[status] > countUpTo})
	}
	return f, err
}

// total is how many assets a filter lets through, if the counts tell.
func (f Facets) total(of AssetFilter) (n int, known bool) {
	if of.Search != "" || of.Type != "" || of.Group != 0 || of.Customer != 0 {
		return 0, false
	}
	for _, c := range f.Counts {
		if of.Status == "" || of.Status == c.Status {
			n += c.N
			if c.More {
				return 0, false
			}
		}
	}
	return n, n <= countUpTo
}

// AssetList is Assets with what the list can be narrowed by.
func (s scope) AssetList(ctx context.Context, f AssetFilter) (Page[Asset], Facets, error) {
	if err := s.needs(FeatureList); err != nil {
		return Page[Asset]{}, Facets{}, err
	}
	facets, err := s.AssetFacets(ctx)
	if err != nil {
		return Page[Asset]{}, facets, err
	}
	q, err := s.assetQuery(ctx, f)
	if err != nil {
		return Page[Asset]{}, facets, err
	}
	q.total, q.known = facets.total(f)
	all, err := page(ctx, s, q)
	return all, facets, err
}

// AssetCounts counts the scope's assets by status, up to a limit each.
func (s scope) AssetCounts(ctx context.Context) ([]StatusCount, error) {
	out := make([]StatusCount, 0, len(AssetStatuses))
	for _, status := range AssetStatuses {
		n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {assets} a WHERE a.status = :status`+upTo(countUpTo+1)+`)`, p(":status", status))
		if err != nil {
			return nil, err
		}
		out = append(out, StatusCount{Status: status, N: min(int(n), countUpTo), More: n > countUpTo})
	}
	return out, nil
}

// AssetTypes lists the types there are among the scope's assets.
func (s scope) AssetTypes(ctx context.Context) ([]string, error) {
	text := `SELECT DISTINCT +a.type FROM {assets} a WHERE +a.type <> '' ORDER BY 1` + upTo(mostTypes) // not by the provider's index of types: a customer has few assets
	if s.side() == staffSide {
		text = `WITH RECURSIVE kinds (name) AS (SELECT min(a.type) FROM {assets} a WHERE a.type > ''
			UNION ALL SELECT (SELECT min(a.type) FROM {assets} a WHERE a.type > k.name) FROM kinds k WHERE k.name IS NOT NULL)
			SELECT k.name FROM kinds k WHERE k.name IS NOT NULL` + upTo(mostTypes) // leaps from type to type instead of reading every asset
	}
	return list(ctx, s, intoStr, text)
}
