package ui

import "time"

const none = "–"

// Format is how a person reads dates and times. The zero Format is MM/DD/YYYY,
// twelve hours, UTC.
type Format struct {
	Order   string // "MDY" (default), "DMY" or "YMD"
	Sep     string // "/" (default), "." or "-"
	Clock24 bool
	Zone    *time.Location
}

// Date formats a day; the zero time is a dash.
func (f Format) Date(t time.Time) string { return string(f.AppendDate(nil, t)) }

// Time formats a time of day; the zero time is a dash.
func (f Format) Time(t time.Time) string { return string(f.AppendTime(nil, t)) }

// DateTime formats a moment; the zero time is a dash.
func (f Format) DateTime(t time.Time) string { return string(f.AppendDateTime(nil, t)) }

// AppendDate is Date for table cells.
func (f Format) AppendDate(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, none...)
	}
	return f.local(t).AppendFormat(b, f.dateLayout())
}

// AppendTime is Time for table cells.
func (f Format) AppendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, none...)
	}
	return f.local(t).AppendFormat(b, f.timeLayout())
}

// AppendDateTime is DateTime for table cells.
func (f Format) AppendDateTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, none...)
	}
	return f.AppendTime(append(f.AppendDate(b, t), ' '), t)
}

// DayMonth is the short form of a day, for axes.
func (f Format) DayMonth(t time.Time) string { return f.local(t).Format(f.dayLayout()) }

func (f Format) local(t time.Time) time.Time {
	if f.Zone == nil {
		return t.UTC()
	}
	return t.In(f.Zone)
}

func (f Format) timeLayout() string {
	if f.Clock24 {
		return "15:04"
	}
	return "3:04 PM"
}

func (f Format) dateLayout() string {
	switch sep := f.sep(); f.Order {
	case "DMY":
		return "02" + sep + "01" + sep + "2006"
	case "YMD":
		return "2006" + sep + "01" + sep + "02"
	default:
		return "01" + sep + "02" + sep + "2006"
	}
}

// dayLayout is the short form for axes: day and month in the person's order.
func (f Format) dayLayout() string {
	switch sep := f.sep(); {
	case f.Order == "DMY" && sep == ".":
		return "2.1."
	case f.Order == "DMY":
		return "2" + sep + "1"
	default:
		return "1" + sep + "2"
	}
}

func (f Format) sep() string {
	switch f.Sep {
	case ".", "-":
		return f.Sep
	}
	return "/"
}
