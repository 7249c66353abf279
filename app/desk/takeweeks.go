package desk

import (
	"io"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

var weekColumns = []struct {
	title string
	of    func(store.JobWeek) int64
}{
	{"All", func(w store.JobWeek) int64 { return w.Total }}, {"Completed", func(w store.JobWeek) int64 { return w.Completed }},
	{"Partially completed", func(w store.JobWeek) int64 { return w.Partial }}, {"Failed, returned or cancelled", func(w store.JobWeek) int64 { return w.Failed }},
	{"Not done yet", func(w store.JobWeek) int64 { return w.Open }}, {"In time", func(w store.JobWeek) int64 { return w.OnTime }}, {"Late", func(w store.JobWeek) int64 { return w.Late }},
}

// TakeWeeks writes a report of weeks as a spreadsheet in somebody's formats.
func TakeWeeks(out io.Writer, name string, weeks []store.JobWeek, csv bool, f store.Formats) error {
	heads := []sheet.OutColumn{{Title: "Week from", Width: 14}}
	for _, c := range weekColumns {
		heads = append(heads, sheet.OutColumn{Title: c.title, Width: 18})
	}
	w, err := openSheetOut(out, name, heads, csv, f)
	if err != nil {
		return err
	}
	for _, week := range weeks {
		monday, _ := time.Parse(time.DateOnly, week.Monday) // the store made it
		cells := []sheet.Cell{sheet.Day(monday)}
		for _, c := range weekColumns {
			cells = append(cells, sheet.Int(c.of(week)))
		}
		if err := w.Write(cells...); err != nil {
			_ = w.Close()
			return err
		}
	}
	return w.Close()
}
