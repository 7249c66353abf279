package portal

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// views are the pages of the Assets app, each with the feature it needs. They
// stand as tabs at the head of each of them: with one app shared there is no
// menu (row 42).
var views = []struct {
	feature     store.Feature
	path, label string
}{
	{store.FeatureAssets, "", "Home"},
	{store.FeatureList, "/assets", "Assets"},
	{store.FeatureMap, "/map", "Map"},
	{store.FeatureActivity, "/activity", "Activity"},
}

// viewTabs leads from one shared view to the others; current is its path.
// Where a menu leads home, home is no tab of the app.
func viewTabs(v *ui.View, c store.Client, current string) g.Node {
	if len(v.Nav) > 0 && current == "" {
		return nil
	}
	var tabs []ui.Tab
	for _, w := range views {
		if c.Shares(w.feature) && (w.path != "" || len(v.Nav) == 0) {
			tabs = append(tabs, ui.Tab{Label: v.T(w.label), Href: v.Base + w.path, Current: w.path == current})
		}
	}
	if len(tabs) < 2 {
		return nil
	}
	return ui.Tabs(v, tabs)
}
