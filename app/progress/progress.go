// Package progress draws what customers are told of jobs and deliveries: the
// tracking status, the day's counters, the timeline, items and documents, in
// the same words wherever they stand. It never names who does a job, nor the
// vehicle: what it is handed has neither.
package progress

import (
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// tracks say how a tracking status looks and what it is called.
var tracks = map[string][2]string{
	store.TrackReceived: {"neutral", "Info received"}, store.TrackScheduled: {"info", "Scheduled"}, store.TrackOut: {"info", "Out for delivery"},
	store.TrackInProgress: {"info", "In Progress"}, store.TrackCompleted: {"ok", "Completed"}, store.TrackPartial: {"warn", "Partially completed"},
	store.TrackFailed: {"crit", "Failed"}, store.TrackOnHold: {"idle", "On hold"}, store.TrackReturn: {"warn", "Return"}, store.TrackCancelled: {"neutral", "Cancelled"},
}

// TrackName is a tracking status in words.
func TrackName(v *ui.View, track, kind string) string {
	switch {
	case track == store.TrackOut && kind == store.JobCollection:
		return v.T("Out for collection")
	case track == store.TrackOut && kind == "": // of both
		return v.T("Out for delivery/collection")
	}
	return v.T(tracks[track][1])
}

// TrackTone is the kind of badge of a tracking status.
func TrackTone(track string) string { return tracks[track][0] }

// Badge is the badge of a job's tracking status on a day.
func Badge(v *ui.View, j store.Job, today string) g.Node {
	return ui.Badge(tracks[j.Track(today)][0], statusText(v, j, today))
}

// AppendBadge is Badge for a table's cells.
func AppendBadge(v *ui.View, b []byte, j store.Job, today string) []byte {
	return ui.AppendBadge(b, tracks[j.Track(today)][0], statusText(v, j, today))
}

// statusText is the status with the provider's own word below it, if it is
// shared.
func statusText(v *ui.View, j store.Job, today string) string {
	name := TrackName(v, j.Track(today), j.Kind)
	if j.SubName == "" {
		return name
	}
	return name + " · " + j.SubName
}

// KindName is a job's shape in words.
func KindName(v *ui.View, kind string) string {
	switch kind {
	case store.JobDelivery:
		return v.T("Delivery")
	case store.JobCollection:
		return v.T("Collection")
	}
	return v.T("Job")
}

// Number is how people call a job: the number they gave it, or the provider's.
func Number(j store.Job) string {
	if j.ExternalID != "" {
		return j.ExternalID
	}
	return store.JobNumber(j.Number)
}

// Day is a calendar day of a job in the reader's format.
func Day(v *ui.View, day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	f := v.Format
	f.Zone = time.UTC // a day is a day, wherever it is read
	return f.Date(d)
}

// Clock is a time of day in the reader's format.
func Clock(v *ui.View, clock string) string {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return ""
	}
	f := v.Format
	f.Zone = time.UTC
	return f.Time(at)
}

// Window is the time window of a job, "" for none.
func Window(v *ui.View, j store.Job) string {
	from, to := Clock(v, j.From), Clock(v, j.To)
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return v.T("from %s", from)
	case from == "":
		return v.T("until %s", to)
	}
	return from + " – " + to
}

// Appointment is day and window, "" where there is no day yet.
func Appointment(v *ui.View, j store.Job) string {
	return strings.TrimSpace(strings.Join([]string{Day(v, j.Day), Window(v, j)}, " "))
}

// When is Appointment as a sentence has it, with a comma.
func When(v *ui.View, j store.Job) string {
	day, window := Day(v, j.Day), Window(v, j)
	if day == "" || window == "" {
		return day
	}
	return day + ", " + window
}

// Where is the address of a job on one line.
func Where(j store.Job) string {
	return strings.Join(strings.FieldsFunc(j.Address, func(r rune) bool { return r == '\n' || r == '\r' }), ", ")
}

// ID is an id as addresses carry it.
func ID[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// Tone is the badge of a priority, nothing for one that stands for nothing.
func Tone(j store.Job) string {
	return map[string]string{"info": "info", "warn": "warn", "bad": "crit"}[j.PriorityTone]
}
