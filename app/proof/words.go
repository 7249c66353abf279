package proof

import (
	"strconv"
	"strings"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// quantity is a number of items with its unit.
func quantity(n float64, unit string) string {
	return strings.TrimSpace(strconv.FormatFloat(n, 'f', -1, 64) + " " + unit)
}

// rejected says how many of an item were rejected and why; "" for none.
func rejected(i store.JobItem) string {
	if i.Rejected == 0 {
		return ""
	}
	out := quantity(i.Rejected, i.Unit)
	if i.Reason != "" {
		out += ": " + i.Reason
	}
	return out
}

func place(f store.Proof) string {
	if !f.Lat.OK || !f.Lon.OK {
		return ""
	}
	out := strconv.FormatFloat(f.Lat.V, 'f', 5, 64) + ", " + strconv.FormatFloat(f.Lon.V, 'f', 5, 64)
	if f.Accuracy.OK {
		out += " (± " + strconv.FormatFloat(f.Accuracy.V, 'f', 0, 64) + " m)"
	}
	return out
}

// titleOf is what a document of proof is called.
func titleOf(v *ui.View, kind string) string {
	switch kind {
	case store.JobDelivery:
		return v.T("Proof of delivery")
	case store.JobCollection:
		return v.T("Proof of collection")
	}
	return v.T("Job report")
}

// Title is what the document is called, with its number.
func (d Document) Title(v *ui.View) string {
	return titleOf(v, d.Job.Kind) + " " + store.JobNumber(d.Job.Number)
}
