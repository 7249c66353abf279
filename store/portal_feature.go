package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// The presets a portal can start from (row 22).
const (
	PresetMinimal  = "minimal"  // look at the shared assets, nothing else
	PresetStandard = "standard" // everything to look at, nothing to take away
)

// Preset lists the features of a preset; an unknown one is the minimal.
func Preset(name string) (out []Feature) {
	for _, i := range Features {
		if i.App == FeatureVehicles {
			continue // shared by a decision of its own, never along with the rest
		}
		if i.Minimal || name == PresetStandard && !strings.HasSuffix(string(i.Feature), ".export") {
			out = append(out, i.Feature)
		}
	}
	return out
}

// AreaFeatures is what sharing whole areas (apps) the quick way ticks: each
// with what the minimal preset has of it, or all its views where that has none.
func AreaFeatures(areas []Feature) (out []Feature) {
	minimal := features{}
	for _, i := range Features {
		minimal[i.App] = minimal[i.App] || i.Minimal
	}
	for _, i := range Features {
		wanted := i.Minimal || !minimal[i.App] && i.Kind == "view"
		if slices.Contains(areas, i.Feature) || wanted && slices.Contains(areas, i.App) {
			out = append(out, i.Feature)
		}
	}
	return out
}

func featureSet(joined string) features {
	f := features{}
	for name := range strings.SplitSeq(joined, ",") {
		if name != "" {
			f[Feature(name)] = true
		}
	}
	return f
}

func (f features) within(plan features) features {
	out := maps.Clone(f)
	maps.DeleteFunc(out, func(name Feature, _ bool) bool { return !plan[name] })
	return out
}

// Sees says in plain words what a set of features lets a customer see and do
// (row 63): phrases for "Your customer sees: …" and for "They may …".
func Sees(shared map[Feature]bool) (sees, may []string) {
	for _, i := range Features {
		switch {
		case !shared[i.Feature]:
		case i.Kind == "capability":
			may = append(may, i.Sees)
		default:
			sees = append(sees, i.Sees)
		}
	}
	return sees, may
}

// Plan lists the features the provider may share at most.
func (s Staff) Plan(ctx context.Context) (map[Feature]bool, error) {
	plan := map[Feature]bool{}
	err := s.each(ctx, `SELECT l.feature FROM {plan_features} l`, func(r *row) error { plan[Feature(r.str())] = true; return nil })
	return plan, err
}

// SetFeatures says what a portal shares, which finishes the step Portal Setup.
// What the plan lacks cannot be ticked; what was ticked before the plan lost
// it stays ticked, so that it comes back with the plan.
func (s Staff) SetFeatures(ctx context.Context, id PortalID, chosen []Feature) error {
	return s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, id)
		if err != nil {
			return err
		}
		plan, err := s.Plan(ctx)
		if err != nil {
			return err
		}
		if err := checkFeatures(chosen, plan, o.Ticked); err != nil {
			return err
		}
		for f := range o.Ticked {
			if !plan[f] && !slices.Contains(chosen, f) {
				chosen = append(chosen, f)
			}
		}
		if err := s.tick(ctx, id, chosen); err != nil {
			return err
		}
		if err := s.logFeatures(ctx, o, chosen); err != nil || o.SetupDone {
			return err
		}
		return s.change(ctx, PortalSetup, "portals", int64(id), set{"setup_done", true}, set{"updated_at", s.Now()})
	})
}

// checkFeatures reports everything about a choice that cannot be.
func checkFeatures(chosen []Feature, plan, before features) error {
	var bad fault.Problems
	apps, views := features{}, features{}
	for _, i := range Features {
		if !slices.Contains(chosen, i.Feature) {
			continue
		}
		if !plan[i.Feature] && !before[i.Feature] {
			bad.Add(string(i.Feature), "Your plan does not include “%s”.", i.Label)
		}
		if !slices.Contains(chosen, i.App) {
			bad.Add(string(i.Feature), "This belongs to an app that is not ticked. Tick the app as well, or leave this out.")
		}
		apps[i.App], views[i.App] = true, views[i.App] || i.Kind == "view"
	}
	for _, f := range chosen {
		if !slices.ContainsFunc(Features, func(i FeatureInfo) bool { return i.Feature == f }) {
			bad.Add("features", "“%s” cannot be shared.", clip(string(f), 40))
		}
	}
	if len(chosen) == 0 {
		bad.Add("features", "Share at least one app, or your customer would meet an empty portal.")
	}
	for app := range apps {
		if !views[app] && app.hasViews() {
			bad.Add(string(app), "Tick at least one view of this app, or your customer would see nothing in it.")
		}
	}
	return bad.Err()
}

// hasViews reports whether an app consists of views, one of which it needs.
func (f Feature) hasViews() bool {
	return slices.ContainsFunc(Features, func(i FeatureInfo) bool { return i.App == f && i.Kind == "view" })
}

// tick replaces the portal's rows by chosen.
func (s Staff) tick(ctx context.Context, id PortalID, chosen []Feature) error {
	if _, err := s.write(ctx, PortalSetup, `DELETE FROM <portal_features> WHERE portal_id = :of AND {mine:portal_features}`, p(":of", id)); err != nil {
		return err
	}
	for _, f := range chosen {
		if _, err := s.write(ctx, PortalSetup, `INSERT INTO <portal_features> (provider_id, portal_id, feature) VALUES (:provider, :of, :feature) ON CONFLICT DO NOTHING`,
			p(":of", id), p(":feature", f)); err != nil {
			return err
		}
	}
	return nil
}

// logFeatures writes what a portal shares more and less than before.
func (s Staff) logFeatures(ctx context.Context, o Portal, chosen []Feature) error {
	more, less := []Feature{}, []Feature{}
	for _, i := range Features {
		switch now := slices.Contains(chosen, i.Feature); {
		case now && !o.Ticked[i.Feature]:
			more = append(more, i.Feature)
		case !now && o.Ticked[i.Feature]:
			less = append(less, i.Feature)
		}
	}
	if len(more)+len(less) == 0 {
		return nil
	}
	return s.log(ctx, Line{Verb: PortalSetup, ID: int64(o.ID), Customer: o.Customer, Label: o.Name, Note: map[string]any{"shared": more, "withdrawn": less}})
}
