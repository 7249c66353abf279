package store

import (
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// Right is a named permission of one person of the staff, set beyond its role:
// some add to it, some take away.
type Right string

// The rights there are.
const (
	RightSettings       Right = "settings"
	RightService        Right = "service"
	RightHideHistory    Right = "hide_history"
	RightExport         Right = "export"
	RightNoDelete       Right = "no_delete"
	RightHideVehicles   Right = "hide_vehicles"
	RightManageVehicles Right = "manage_vehicles"
	RightManageContacts Right = "manage_contacts"
	RightJobStatus      Right = "job_status"
)

// RightInfo describes a right to whoever sets it.
type RightInfo struct {
	Right Right
	Label string
	About string
	Takes bool // it takes away; the others add
	verbs grants
}

// rightList lists the rights, in the order people see them. Which verbs each
// is about is asked of the matrix, so that a new verb is in it by its name.
var rightList = []RightInfo{
	right(RightSettings, "Edit settings", "Change the provider's settings, custom fields and customer types.", false, func(v Verb) bool {
		return v == SettingsChange || v.Object() == "field" || v.Object() == "customer_type"
	}),
	right(RightService, "Edit service", "Record what service needs: change assets and their status, and enter readings.", false, func(v Verb) bool {
		return v == AssetChange || v == ReadingAdd
	}),
	right(RightExport, "Export", "Take lists along as spreadsheets.", false, func(v Verb) bool {
		return strings.HasSuffix(string(v), ".export") && v != UserExport
	}),
	right(RightJobStatus, "Update job status", "Set the status of jobs by hand.", false, func(v Verb) bool { return strings.HasPrefix(string(v), "job.status") }),
	right(RightManageContacts, "Manage contacts", "Add, change and remove contacts of customers.", false, func(v Verb) bool { return v.Object() == "contact" }),
	right(RightManageVehicles, "Manage vehicles", "Add, change and remove vehicles.", false, func(v Verb) bool { return v.Object() == "vehicle" }),
	right(RightHideVehicles, "Hide vehicles", "No tab, no marker, no driver: as if there were no vehicles.", true, func(v Verb) bool { return v.Object() == "vehicle" }),
	right(RightHideHistory, "Hide historical data", "Nothing older than 24 hours: no earlier readings, faults, events or history, and no reports.", true, func(v Verb) bool {
		return v.Object() == "report"
	}),
	right(RightNoDelete, "Cannot delete", "Nothing can be deleted or removed, whatever the role allows.", true, func(v Verb) bool {
		_, what, _ := strings.Cut(string(v), ".")
		return v == ImportUndo || what == "delete" || what == "unadd" || strings.HasSuffix(what, "remove")
	}),
}

func right(r Right, label, about string, takes bool, is func(Verb) bool) RightInfo {
	return RightInfo{Right: r, Label: label, About: about, Takes: takes, verbs: setOf(is)}
}

// Rights lists the rights that mean something in this appliance.
func Rights() (out []RightInfo) {
	for _, i := range rightList {
		if i.Right == RightHideHistory || (i.verbs != grants{}) {
			out = append(out, i)
		}
	}
	return out
}

// rightsOf reads rights as the door's statement joins them.
func rightsOf(joined string) (out []Right) {
	for _, i := range Rights() {
		if slices.Contains(strings.Split(joined, ","), string(i.Right)) {
			out = append(out, i.Right)
		}
	}
	return out
}

// checkRights refuses what is no right, or one that is set to nobody.
func checkRights(bad *fault.Problems, role string, all []Right) {
	for _, r := range all {
		if !slices.ContainsFunc(Rights(), func(i RightInfo) bool { return i.Right == r }) {
			bad.Add("rights", "Choose among the rights in the list.")
		}
	}
	if role == "admin" && len(all) > 0 {
		bad.Add("rights", "An admin has every right, and could set these back. Give this person another role to limit it.")
	}
}
