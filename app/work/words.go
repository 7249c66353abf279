// Package work draws what the provider's and the customer's pages show alike
// of jobs: statuses, lists, counters, items, timeline, marks on a map. What a
// page leads to and what may be done there is the door's.
package work

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// tones are the kinds of badge of the primary statuses.
var tones = map[string]string{
	store.JobDraft: "neutral", store.JobOpen: "idle", store.JobInProgress: "info", store.JobOnHold: "warn", store.JobCompleted: "ok", store.JobClosed: "neutral", store.JobCancelled: "neutral",
	store.JobInfoReceived: "neutral", store.JobInTransit: "idle", store.JobDispatched: "info", store.JobPartial: "warn", store.JobFailed: "crit", store.JobReturn: "warn",
}

// Status is a primary status in words.
func Status(v *ui.View, status string) string { return v.T(store.StatusWords(status)) }

// Tone is the kind of badge of a primary status.
func Tone(status string) string { return tones[status] }

// Badge is a job's status with the secondary one, if it has one.
func Badge(v *ui.View, j store.Job) g.Node { return ui.Badge(tones[j.Status], says(v, j)) }

func says(v *ui.View, j store.Job) string {
	if j.SubName != "" {
		return Status(v, j.Status) + " · " + j.SubName
	}
	return Status(v, j.Status)
}

// Kinds are what a job can be, to choose from.
func Kinds(v *ui.View) []ui.Option {
	out := make([]ui.Option, 0, len(store.JobKinds))
	for _, k := range store.JobKinds {
		out = append(out, ui.Option{Value: k, Label: Kind(v, k)})
	}
	return out
}

// Kind is what a job is.
func Kind(v *ui.View, kind string) string {
	switch kind {
	case store.JobDelivery:
		return v.T("Delivery")
	case store.JobCollection:
		return v.T("Collection")
	}
	return v.T("Work order")
}

// Statuses are the primary statuses of a shape to choose from; of both shapes
// where none is given, each under its heading.
func Statuses(v *ui.View, shape string) (out []ui.Option) {
	seen := map[string]bool{}
	for _, of := range []string{store.JobWork, store.JobDelivery} {
		if shape != "" && of != shape {
			continue
		}
		for _, s := range store.JobStatuses(of) {
			o := ui.Option{Value: s, Label: Status(v, s)}
			if shape == "" {
				o.Group = map[string]string{store.JobWork: v.T("Work orders"), store.JobDelivery: v.T("Deliveries and collections")}[of]
			}
			if !seen[s] {
				out = append(out, o)
			}
			seen[s] = true
		}
	}
	return out
}

// When is a job's day with its window.
func When(v *ui.View, j store.Job) string { return progress.When(v, j) }

// Priority is a priority's badge.
func Priority(j store.Job) g.Node {
	if j.PriorityName == "" {
		return nil
	}
	return ui.Badge(priorityTone(j), j.PriorityName)
}

func priorityTone(j store.Job) string {
	if j.PriorityTone == "bad" {
		return "crit"
	}
	return j.PriorityTone
}

// Who does a job, in words; "" for nobody.
func Who(j store.Job) string {
	if j.AssigneeName != "" && j.VehicleName != "" {
		return j.AssigneeName + " · " + j.VehicleName
	}
	return j.AssigneeName + j.VehicleName
}
