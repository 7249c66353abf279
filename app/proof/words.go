package proof

import (
	"strconv"
	"strings"
	"time"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Track is a tracking status in words.
func Track(v *ui.View, track, kind string) string {
	switch track {
	case store.TrackReceived:
		return v.T("Info received")
	case store.TrackScheduled:
		return v.T("Scheduled")
	case store.TrackOut:
		if kind == store.JobCollection {
			return v.T("Out for collection")
		}
		return v.T("Out for delivery")
	case store.TrackInProgress:
		return v.T("In Progress")
	case store.TrackCompleted:
		return v.T("Completed")
	case store.TrackPartial:
		return v.T("Partially completed")
	case store.TrackFailed:
		return v.T("Failed")
	case store.TrackOnHold:
		return v.T("On hold")
	case store.TrackReturn:
		return v.T("Return")
	case store.TrackCancelled:
		return v.T("Cancelled")
	}
	return track
}

// Tone is the kind of badge a tracking status has.
func Tone(track string) string {
	switch track {
	case store.TrackCompleted:
		return "ok"
	case store.TrackPartial, store.TrackOnHold, store.TrackReturn:
		return "warn"
	case store.TrackFailed, store.TrackCancelled:
		return "crit"
	case store.TrackOut, store.TrackInProgress:
		return "info"
	}
	return "neutral"
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

// When is a job's day and window, on the clock of the place where it is done.
func When(v *ui.View, j store.Job) string {
	day, err := time.Parse(time.DateOnly, j.Day)
	if err != nil {
		return ""
	}
	f := v.Format
	f.Zone = time.UTC
	out := f.Date(day)
	hour := func(s string) string {
		at, err := time.Parse("15:04", s)
		if err != nil {
			return ""
		}
		return f.Time(at)
	}
	switch from, to := hour(j.From), hour(j.To); {
	case from != "" && to != "":
		return out + ", " + from + "–" + to
	case from != "":
		return out + ", " + v.T("from %s", from)
	case to != "":
		return out + ", " + v.T("until %s", to)
	}
	return out
}

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
