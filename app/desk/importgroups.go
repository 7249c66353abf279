package desk

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store"
)

func (t *assets) readGroups(ctx context.Context, s store.Staff, c *cells, w *assetPlan) (err error) {
	w.wasGroups, w.nowGroups, err = t.groups.read(c, &w.diff, func() ([]store.GroupRef, error) {
		if w.was.ID == 0 {
			return nil, nil
		}
		return s.AssetGroups(ctx, w.was.ID)
	})
	w.edit.Groups = groupIDs(w.nowGroups)
	return err
}

// groupNames are the provider's groups by their folded names.
type groupNames map[string]store.GroupRef

func newGroupNames(ctx context.Context, s store.Staff) (groupNames, error) {
	all, err := s.GroupNames(ctx)
	out := groupNames{}
	for _, g := range all {
		out[fold(g.Name)] = g
	}
	return out, err
}

// read is which groups a thing is in and which a row wants it in; now is nil
// where that is the same, or the row says nothing.
func (g groupNames) read(c *cells, diff *differences, of func() ([]store.GroupRef, error)) (was, now []store.GroupRef, err error) {
	names := c.list("groups")
	if len(names) == 0 {
		return nil, nil, nil
	}
	for _, name := range names {
		if one, ok := g[fold(name)]; ok {
			now = append(now, one)
			continue
		}
		c.bad.Add("groups", "There is no group “%s” here. Add it first, or mend the name.", short(name))
	}
	if was, err = of(); err != nil || groupWords(was) == groupWords(now) {
		return was, nil, err
	}
	diff.of("Groups", groupWords(was), groupWords(now))
	return was, now, nil
}

func groupIDs(all []store.GroupRef) (out []store.GroupID) {
	for _, g := range all {
		out = append(out, g.ID)
	}
	return out
}

// groupsBefore is what an undo puts back, nil where the groups stay.
func groupsBefore(changed []store.GroupID, was []store.GroupRef) *[]store.GroupID {
	if changed == nil {
		return nil
	}
	old := append([]store.GroupID{}, groupIDs(was)...)
	return &old
}

func groupWords(all []store.GroupRef) string {
	names := make([]string, 0, len(all))
	for _, g := range all {
		names = append(names, g.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
