package store

// Feature is something a portal may share: an app, a view inside an app, or a
// capability (row 20). What a portal's people get is what is ticked for the
// portal intersected with the provider's plan (row 21).
type Feature string

// Every feature there is. Functions that are not in this list can never be
// shared (row 68a).
const (
	FeatureAssets   Feature = "assets"
	FeatureList     Feature = "assets.list"
	FeatureMap      Feature = "assets.map"
	FeatureActivity Feature = "assets.activity"
	FeatureMeters   Feature = "assets.meters"
	FeatureFaults   Feature = "assets.faults"
	FeatureHistory  Feature = "assets.history"
	FeatureExport   Feature = "assets.export"

	FeatureVehicles    Feature = "vehicles"
	FeatureVehicleList Feature = "vehicles.list"
)

// FeatureInfo describes a feature to the people who tick it.
type FeatureInfo struct {
	Feature Feature
	App     Feature // the app it belongs to; itself for an app
	Kind    string  // app, view, capability
	Label   string
	Sees    string // completes "Your customer sees …" or "may …"
	Minimal bool   // part of the preset a new portal starts with (row 22)
}

// Features lists every feature, apps first, in the order people see them.
var Features = []FeatureInfo{
	{FeatureAssets, FeatureAssets, "app", "Assets", "the assets you assigned, as long as they have them", true},
	{FeatureList, FeatureAssets, "view", "List and asset page", "a list of their assets and a page for each", true},
	{FeatureMeters, FeatureAssets, "view", "Meters", "operating hours, fuel and the other newest meter values", true},
	{FeatureMap, FeatureAssets, "view", "Map and position", "where their assets are, on a map", false},
	{FeatureActivity, FeatureAssets, "view", "Activity", "what happened to their assets lately", false},
	{FeatureFaults, FeatureAssets, "view", "Fault codes", "fault codes their assets reported", false},
	{FeatureHistory, FeatureAssets, "capability", "View history", "look back at earlier readings, from the day they got the asset", false},
	{FeatureExport, FeatureAssets, "capability", "Export", "take their asset list with them as a spreadsheet", false},

	{FeatureVehicles, FeatureVehicles, "app", "Vehicles", "those of your vehicles that you put into one of their groups", false},
	{FeatureVehicleList, FeatureVehicles, "view", "List and map", "where these vehicles are, how fast, and when they last reported", false},
}

// features is a set of features.
type features map[Feature]bool

// effective drops views and capabilities whose app is not in the set.
func (f features) effective() features {
	out := features{}
	for _, i := range Features {
		if f[i.Feature] && f[i.App] {
			out[i.Feature] = true
		}
	}
	return out
}
