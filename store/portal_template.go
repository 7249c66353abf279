package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// PortalTemplate is a set of features that a provider saved under a name, to
// open the next portal with (row 22). It shares nothing by itself.
type PortalTemplate struct {
	ID       TemplateID
	Name     string
	Features []Feature
}

func (t *PortalTemplate) row(r *row) {
	t.ID, t.Name = TemplateID(r.int()), r.str()
	for f := range strings.SplitSeq(r.str(), ",") {
		t.Features = append(t.Features, Feature(f))
	}
}

const templateColumns = `t.id, t.name, coalesce((SELECT group_concat(f.feature) FROM {portal_template_features} f WHERE f.template_id = t.id), '')`

// PortalTemplates lists the provider's templates by name.
func (s Staff) PortalTemplates(ctx context.Context) ([]PortalTemplate, error) {
	return list(ctx, s.scope, (*PortalTemplate).row, `SELECT `+templateColumns+` FROM {portal_templates} t ORDER BY t.name`+upTo(200))
}

// PortalTemplate is one of them.
func (s Staff) PortalTemplate(ctx context.Context, id TemplateID) (PortalTemplate, error) {
	return one(ctx, s.scope, "template", (*PortalTemplate).row, `SELECT `+templateColumns+` FROM {portal_templates} t WHERE t.id = :id`, p(":id", id))
}

// AddPortalTemplate saves a set of features under a name of its own. What the
// plan lacks, and what a portal could not share, is refused (field template).
func (s Staff) AddPortalTemplate(ctx context.Context, name string, chosen []Feature) (id TemplateID, err error) {
	var bad fault.Problems
	name = strings.TrimSpace(name)
	if checkText(&bad, "template", name, 100); name == "" {
		bad.Add("template", "Give the template a name.")
	}
	plan, err := s.Plan(ctx)
	if err != nil {
		return 0, err
	}
	for field, says := range fault.Fields(checkFeatures(chosen, plan, nil)) {
		bad.Add(field, "%s", says)
	}
	if err := bad.Err(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		i, err := s.insert(ctx, PortalTemplateAdd, "portal_templates", set{"name", name}, set{"created_at", s.Now()})
		if err != nil {
			return err
		}
		id = TemplateID(i)
		slices.Sort(chosen)
		for _, f := range slices.Compact(chosen) {
			if _, err := s.write(ctx, PortalTemplateAdd, `INSERT INTO <portal_template_features> (provider_id, template_id, feature) VALUES (:provider, :id, :feature)`, p(":id", id), p(":feature", f)); err != nil {
				return err
			}
		}
		return nil
	})
	return id, err
}

// RemovePortalTemplate forgets a template; portals that were opened with it
// keep what they share.
func (s Staff) RemovePortalTemplate(ctx context.Context, id TemplateID) error {
	return s.remove(ctx, PortalTemplateRemove, "portal_templates", int64(id))
}
