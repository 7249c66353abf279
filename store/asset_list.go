package store

import (
	"context"
	"strconv"
	"time"

	"gatehouse/store/fault"
)

// AssetFilter says which assets to list and in which order. Search finds
// assets in which every word begins a word of name, external id, serial, PIN,
// make or model.
type AssetFilter struct {
	Search   string
	Customer CustomerID // 0: any, Unassigned: nobody's
	Group    GroupID
	Status   string
	Type     string
	Sort     string // name, seen, hours; "-" before it for descending
	After    string // cursor
	Limit    int
	Full     bool // every column of each row, for exports; lists do without
}

// Unassigned, as a filter's customer, means the assets that nobody has.
const Unassigned CustomerID = -1

// fewRows is up to how many rows a filter may drive the list and have its rows
// sorted; above it the list is walked in its own order and tested row by row.
const fewRows = 2000

// Assets lists assets, a page at a time. A client's list holds what its
// customer has at this moment.
func (s scope) Assets(ctx context.Context, f AssetFilter) (Page[Asset], error) {
	if err := s.needs(FeatureList); err != nil {
		return Page[Asset]{}, err
	}
	q, err := s.assetQuery(ctx, f)
	if err != nil {
		return Page[Asset]{}, err
	}
	return page(ctx, s, q)
}

func (s scope) assetQuery(ctx context.Context, f AssetFilter) (pageQuery[Asset], error) {
	q := pageQuery[Asset]{columns: s.listColumns(), from: `{assets} a`, id: `a.id`,
		sorts: map[string]string{"name": `a.name`, "seen": `a.seen_at`, "hours": `coalesce(a.hours, -1)`},
		sort:  pick(f.Sort, "name"), after: f.After, limit: f.Limit, into: (*Asset).listRow, key: (*Asset).sortKey}
	if f.Full {
		q.columns, q.into = assetColumns, (*Asset).row
	}
	switch {
	case f.Customer == Unassigned:
		q.where(`a.customer_id IS NULL`)
	case f.Customer != 0:
		q.where(`a.customer_id = :of`, p(":of", f.Customer))
	}
	if f.Status != "" {
		q.where(`a.status = :status`, p(":status", f.Status))
	}
	if f.Type != "" {
		q.where(`a.type = :type`, p(":type", f.Type))
	}
	driven, err := s.searchIn(ctx, &q, f, f.Customer > 0)
	if err != nil {
		return q, err
	}
	return q, s.groupIn(ctx, &q, f, driven)
}

// searchIn adds the search. Few hits drive the list; many are a set that the
// rows are tested against.
func (s scope) searchIn(ctx context.Context, q *pageQuery[Asset], f AssetFilter, driven bool) (bool, error) {
	match, asked := s.matchWords(f.Search)
	switch {
	case !asked:
		return driven, nil
	case match == "":
		q.where(`0`) // typed something, but no letter or digit
		return driven, nil
	}
	if s.customer != 0 || f.Customer > 0 {
		hits, read, err := s.hitsAmong(ctx, q, f.Search)
		if err != nil || read {
			q.where(`a.id IN (SELECT value FROM json_each(:hits))`, p(":hits", idList(hits)))
			return driven, err
		}
	}
	few := false
	if !driven && s.customer == 0 {
		n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM asset_search WHERE asset_search MATCH :match`+upTo(fewRows+1)+`)`, p(":match", match))
		if err != nil {
			return driven, err
		}
		few = n <= fewRows
	}
	if few {
		q.from = `(SELECT rowid AS hit FROM asset_search WHERE asset_search MATCH :match) f CROSS JOIN {assets} a ON a.id = f.hit`
		q.args = append(q.args, p(":match", match))
		return true, nil
	}
	q.where(`+a.id IN (SELECT rowid FROM asset_search WHERE asset_search MATCH :match)`, p(":match", match))
	return driven, nil
}

// groupIn adds the group, in the same two ways.
func (s scope) groupIn(ctx context.Context, q *pageQuery[Asset], f AssetFilter, driven bool) error {
	if f.Group == 0 {
		return nil
	}
	few := false
	if !driven && s.customer == 0 {
		n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {asset_groups} g WHERE g.group_id = :group`+upTo(fewRows+1)+`)`, p(":group", f.Group))
		if err != nil {
			return err
		}
		few = n <= fewRows
	}
	if few {
		q.from = `{asset_groups} g CROSS JOIN {assets} a ON a.id = g.asset_id`
		q.where(`g.group_id = :group`, p(":group", f.Group))
		return nil
	}
	q.where(`EXISTS (SELECT 1 FROM {asset_groups} g WHERE g.asset_id = a.id AND g.group_id = :group)`, p(":group", f.Group))
	return nil
}

func (a *Asset) sortKey(sort string) (any, int64) {
	switch sort {
	case "seen":
		if a.SeenAt.IsZero() {
			return 0, int64(a.ID)
		}
		return a.SeenAt, int64(a.ID)
	case "hours":
		if !a.Hours.OK {
			return -1, int64(a.ID)
		}
		return a.Hours.V, int64(a.ID)
	}
	return a.Name, int64(a.ID)
}

// AssetIDs lists the ids of all assets a filter lets through. More than most
// is refused with a sentence, so that nobody assigns "all" by mistake.
func (s scope) AssetIDs(ctx context.Context, f AssetFilter, most int) ([]AssetID, error) {
	if err := s.needs(FeatureList); err != nil {
		return nil, err
	}
	q, err := s.assetQuery(ctx, f)
	if err != nil {
		return nil, err
	}
	ids, err := list(ctx, s, func(id *AssetID, r *row) { *id = AssetID(r.int()) }, `SELECT a.id FROM `+q.from+q.clause()+upTo(most+1), q.args...)
	if err == nil && len(ids) > most {
		err = fault.New(fault.Invalid, "These are more than %d assets. Narrow the filter and do it in parts.", most)
	}
	return ids, err
}

// ValuesOf reads the custom fields of many assets at once, for exports.
func (s scope) ValuesOf(ctx context.Context, ids []AssetID) (map[AssetID]map[FieldID]string, error) {
	out := map[AssetID]map[FieldID]string{}
	err := s.each(ctx, `SELECT v.asset_id, v.field_id, v.value FROM {asset_values} v WHERE v.asset_id IN (SELECT value FROM json_each(:ids))`, func(r *row) error {
		id := AssetID(r.int())
		if out[id] == nil {
			out[id] = map[FieldID]string{}
		}
		out[id][FieldID(r.int())] = r.str()
		return nil
	}, p(":ids", idList(ids)))
	return out, err
}

// NamesOfGroups reads the names of the groups of many assets at once.
func (s scope) NamesOfGroups(ctx context.Context, ids []AssetID) (map[AssetID][]string, error) {
	out := map[AssetID][]string{}
	err := s.each(ctx, `SELECT m.asset_id, g.name FROM {asset_groups} m JOIN {groups} g ON g.id = m.group_id WHERE m.asset_id IN (SELECT value FROM json_each(:ids)) ORDER BY g.name`, func(r *row) error {
		id := AssetID(r.int())
		out[id] = append(out[id], r.str())
		return nil
	}, p(":ids", idList(ids)))
	return out, err
}

// StaleBefore counts which of the assets have no reading since the given time:
// a customer who gets them from then on sees no values yet.
func (s Staff) StaleBefore(ctx context.Context, ids []AssetID, at time.Time) (int, error) {
	n, err := s.number(ctx, `SELECT count(*) FROM json_each(:ids) CROSS JOIN {assets} a ON a.id = json_each.value WHERE a.seen_at > 0 AND a.seen_at < :at`,
		p(":ids", idList(ids)), p(":at", at))
	return int(n), err
}

// idList is ids as a JSON array, for json_each.
func idList[T ~int64](ids []T) string {
	b := []byte{'['}
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	return string(append(b, ']'))
}
