// Package fleet draws what the provider's and the customer's pages show alike
// of assets: status, list, meters, charts, activity, faults, marks on a map.
// What a page leads to and what may be done there is the door's.
package fleet

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// statuses say how a status looks and what it is called.
var statuses = map[string][2]string{
	"active": {"ok", "Active"}, "idle": {"idle", "Idle"}, "service": {"info", "In service"}, "retired": {"neutral", "Retired"},
}

// StatusName is a status in words.
func StatusName(v *ui.View, status string) string { return v.T(statuses[status][1]) }

// Status is the badge of a status.
func Status(v *ui.View, status string) g.Node {
	return ui.Badge(statuses[status][0], StatusName(v, status))
}

// StatusOptions are the statuses to choose from.
func StatusOptions(v *ui.View) []ui.Option {
	out := make([]ui.Option, 0, len(store.AssetStatuses))
	for _, s := range store.AssetStatuses {
		out = append(out, ui.Option{Value: s, Label: StatusName(v, s)})
	}
	return out
}

// Model is make and model in one.
func Model(a store.Asset) string { return strings.TrimSpace(a.Make + " " + a.Model) }

// sub is what helps to recognise an asset beside its name.
func sub(a store.Asset) string {
	out := Model(a)
	for _, part := range []string{a.ExternalID, a.Serial} {
		if part != "" && !strings.EqualFold(part, a.Name) {
			if out != "" {
				out += " · "
			}
			return out + part
		}
	}
	return out
}

// Count shows a count that stops at a thousand.
func Count(v *ui.View, n int, more bool) string {
	if more {
		return v.N(int64(n)) + "+"
	}
	return v.N(int64(n))
}

// ID is an id as addresses and forms carry it.
func ID[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
