package store

import "strings"

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

	FeatureJobs        Feature = "jobs"
	FeatureJobList     Feature = "jobs.list"
	FeatureJobFiles    Feature = "jobs.documents"
	FeatureJobComments Feature = "jobs.comments"
	FeatureJobReports  Feature = "jobs.reports"
	FeatureJobExport   Feature = "jobs.export"

	FeatureDeliveries       Feature = "deliveries"
	FeatureDeliveryList     Feature = "deliveries.list"
	FeatureDeliveryProof    Feature = "deliveries.proof"
	FeatureDeliveryComments Feature = "deliveries.comments"
	FeatureDeliveryReports  Feature = "deliveries.reports"
	FeatureDeliveryExport   Feature = "deliveries.export"

	FeatureReport Feature = "report"

	featureAnyJob = FeatureJobList + "|" + FeatureDeliveryList + "|" + FeatureReport
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

	{FeatureJobs, FeatureJobs, "app", "Jobs", "the work orders you do for them", false},
	{FeatureJobList, FeatureJobs, "view", "Job list and job page", "a list of their jobs and a page for each: status, appointment, site, timeline and public comments", false},
	{FeatureJobFiles, FeatureJobs, "view", "Documents", "reports, photos and documents of a job that you mark as visible", false},
	{FeatureJobComments, FeatureJobs, "capability", "Comment on jobs", "write comments on their jobs", false},
	{FeatureJobReports, FeatureJobs, "capability", "Report on jobs", "see week by week how many jobs were done, and how many in time", false},
	{FeatureJobExport, FeatureJobs, "capability", "Export jobs", "take their job list with them as a spreadsheet", false},

	{FeatureDeliveries, FeatureDeliveries, "app", "Deliveries", "the deliveries and collections you make for them", false},
	{FeatureDeliveryList, FeatureDeliveries, "view", "Delivery progress", "the day's deliveries with their status, a list and a page for each; never a driver or a vehicle", false},
	{FeatureDeliveryProof, FeatureDeliveries, "view", "Proof of delivery", "who received it, photos, signature and documents that you mark as visible", false},
	{FeatureDeliveryComments, FeatureDeliveries, "capability", "Comment on deliveries", "write comments on their deliveries", false},
	{FeatureDeliveryReports, FeatureDeliveries, "capability", "Report on deliveries", "see week by week how many deliveries were made, and how many in time", false},
	{FeatureDeliveryExport, FeatureDeliveries, "capability", "Export deliveries", "take their deliveries with them as a spreadsheet", false},

	{FeatureVehicles, FeatureVehicles, "app", "Vehicles", "those of your vehicles that you put into one of their groups", false},
	{FeatureVehicleList, FeatureVehicles, "view", "List and map", "where these vehicles are, how fast, and when they last reported", false},

	{FeatureReport, FeatureReport, "app", "Report problems", "a form to report a problem on an asset or a site, which becomes a job at once", false},
}

// any reports whether one of the features joined by | is in the set.
func (f features) any(joined Feature) bool {
	for one := range strings.SplitSeq(string(joined), "|") {
		if f[Feature(one)] {
			return true
		}
	}
	return false
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
