package store

import (
	"context"

	"gatehouse/store/fault"
)

// GroupRef names a group.
type GroupRef struct {
	ID   GroupID
	Name string
}

func (g *GroupRef) row(r *row) { g.ID, g.Name = GroupID(r.int()), r.str() }

// AssetGroups lists the groups an asset is in; a client gets those of its own.
func (s scope) AssetGroups(ctx context.Context, id AssetID) ([]GroupRef, error) {
	if err := s.there(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*GroupRef).row, `SELECT g.id, g.name FROM {asset_groups} m JOIN {groups} g ON g.id = m.group_id WHERE m.asset_id = :id ORDER BY g.name`, p(":id", id))
}

// GroupNames lists the groups of the scope by name, for pickers.
func (s scope) GroupNames(ctx context.Context) ([]GroupRef, error) {
	return list(ctx, s, (*GroupRef).row, `SELECT g.id, g.name FROM {groups} g ORDER BY g.name, g.id LIMIT 1000`)
}

// GroupAssets puts assets into a group, or takes them out of it. It returns
// how many that changed.
func (s Staff) GroupAssets(ctx context.Context, ids []AssetID, group GroupID, in bool) (n int, err error) {
	if err := s.Can(GroupAssets); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		g, err := s.group(ctx, group)
		if err != nil {
			return err
		}
		if err := s.allThere(ctx, ids); err != nil {
			return err
		}
		text := `DELETE FROM <asset_groups> WHERE {mine:asset_groups} AND group_id = :group AND asset_id IN (SELECT value FROM json_each(:ids))`
		if in {
			text = `INSERT INTO <asset_groups> (provider_id, asset_id, group_id) SELECT :provider, a.id, :group FROM {assets} a WHERE a.id IN (SELECT value FROM json_each(:ids)) ON CONFLICT DO NOTHING`
		}
		if n, err = s.write(ctx, GroupAssets, text, p(":group", group), p(":ids", idList(ids))); err != nil || n == 0 {
			return err
		}
		return s.log(ctx, Line{Verb: GroupAssets, ID: int64(group), Label: g.Name, Note: map[string]any{"in": in, "count": n, "assets": ids[:min(len(ids), 100)]}})
	})
	return n, err
}

func (s Staff) group(ctx context.Context, id GroupID) (GroupRef, error) {
	g, err := one(ctx, s.scope, "group", (*GroupRef).row, `SELECT g.id, g.name FROM {groups} g WHERE g.id = :id`, p(":id", id))
	if fault.Of(err) == fault.NotFound {
		err = fault.Field("group", "Choose one of your groups.")
	}
	return g, err
}

// allThere is NotFound unless every asset is the scope's.
func (s scope) allThere(ctx context.Context, ids []AssetID) error {
	ids = unique(ids)
	n, err := s.number(ctx, `SELECT count(*) FROM {assets} a WHERE a.id IN (SELECT value FROM json_each(:ids))`, p(":ids", idList(ids)))
	if err == nil && int(n) != len(ids) {
		err = fault.New(fault.NotFound, "Some of these assets do not exist, or are not yours.")
	}
	return err
}

// setGroups makes groups exactly the ones the asset is in, as far as they are
// the scope's: groups that somebody cannot see stay as they are.
func (s Staff) setGroups(ctx context.Context, v Verb, id AssetID, groups []GroupID) error {
	if v == AssetAdd && len(groups) == 0 {
		return nil
	}
	for _, g := range groups {
		if _, err := s.group(ctx, g); err != nil {
			if says := fault.Says(err); says != "" {
				return fault.Field("groups", "%s", says)
			}
			return err
		}
	}
	// Adding comes first: whoever is limited to groups would otherwise lose
	// sight of the asset between the two statements.
	added, err := s.write(ctx, v, `INSERT INTO <asset_groups> (provider_id, asset_id, group_id) SELECT :provider, :asset, g.id FROM {groups} g WHERE g.id IN (SELECT value FROM json_each(:chosen)) ON CONFLICT DO NOTHING`,
		p(":asset", id), p(":chosen", idList(groups)))
	if err != nil {
		return err
	}
	gone, err := s.write(ctx, v, `DELETE FROM <asset_groups> WHERE {mine:asset_groups} AND asset_id = :asset AND group_id NOT IN (SELECT value FROM json_each(:chosen))`,
		p(":asset", id), p(":chosen", idList(groups)))
	if err != nil || v == AssetAdd || added+gone == 0 {
		return err
	}
	return s.log(ctx, Line{Verb: v, ID: int64(id), Note: map[string]any{"groups": groups}})
}
