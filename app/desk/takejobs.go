package desk

import (
	"context"
	"io"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// JobTake says which of its jobs somebody at a customer takes along. What they
// are called in the reader's language is the door's to say.
type JobTake struct {
	Name    string // of the file: jobs, deliveries
	Filter  store.JobFilter
	CSV     bool // else XLSX
	Formats store.Formats
	Status  func(store.Job) string // the tracking status in words
}

// takeColumn is a column of a customer's own list of jobs. Nobody who does
// them, and no vehicle, stands in it.
type takeColumn struct {
	sheet.OutColumn
	work, delivery bool // of which lists
	cell           func(JobTake, store.Job) sheet.Cell
}

func textOf(title string, width int, work, delivery bool, of func(store.Job) string) takeColumn {
	return takeColumn{sheet.OutColumn{Title: title, Width: width}, work, delivery, func(_ JobTake, j store.Job) sheet.Cell { return sheet.Text(of(j)) }}
}

func momentOf(title string, of func(store.Job) time.Time) takeColumn {
	return takeColumn{sheet.OutColumn{Title: title, Width: 18}, true, true, func(_ JobTake, j store.Job) sheet.Cell { return sheet.Moment(of(j)) }}
}

var takeColumns = []takeColumn{
	textOf("Number", 12, true, true, func(j store.Job) string { return store.JobNumber(j.Number) }),
	textOf("D.O. number", 18, false, true, func(j store.Job) string { return j.ExternalID }),
	textOf("Kind", 12, false, true, func(j store.Job) string { return j.Kind }),
	textOf("Subject", 32, true, true, func(j store.Job) string { return j.Subject }),
	{sheet.OutColumn{Title: "Status", Width: 18}, true, true, func(t JobTake, j store.Job) sheet.Cell { return sheet.Text(t.Status(j)) }},
	{sheet.OutColumn{Title: "Date", Width: 12}, true, true, func(_ JobTake, j store.Job) sheet.Cell { return dayCell(j.Day) }},
	textOf("From", 8, true, true, func(j store.Job) string { return j.From }),
	textOf("To", 8, true, true, func(j store.Job) string { return j.To }),
	textOf("Site", 24, true, true, func(j store.Job) string { return j.SiteName }),
	textOf("Address", 36, true, true, func(j store.Job) string { return j.Address }),
	textOf("Contact", 24, true, true, func(j store.Job) string { return j.ContactName }),
	textOf("Group", 20, true, true, func(j store.Job) string { return j.GroupName }),
	textOf("Priority", 12, true, false, func(j store.Job) string { return j.PriorityName }),
	textOf("Reported by", 20, true, false, func(j store.Job) string { return j.ReporterName }),
	textOf("Reason", 28, true, true, func(j store.Job) string { return j.Reason }),
	{sheet.OutColumn{Title: "Attempt", Width: 8}, false, true, func(_ JobTake, j store.Job) sheet.Cell { return sheet.Int(j.Attempt) }},
	momentOf("Received", func(j store.Job) time.Time { return j.ReceivedAt }),
	momentOf("Due by", func(j store.Job) time.Time { return j.DueBy }),
	momentOf("Started", func(j store.Job) time.Time { return j.StartedAt }),
	momentOf("Arrived", func(j store.Job) time.Time { return j.ArrivedAt }),
	momentOf("Done", func(j store.Job) time.Time { return j.DoneAt }),
}

func dayCell(day string) sheet.Cell {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return sheet.Cell{}
	}
	return sheet.Day(d)
}

// TakeJobs writes every job that a client sees and a filter lets through, a
// page at a time.
func (d *Desk) TakeJobs(ctx context.Context, w io.Writer, c store.Client, t JobTake) error {
	if err := c.Can(store.JobExport); err != nil {
		return err
	}
	var cols []takeColumn
	var heads []sheet.OutColumn
	for _, col := range takeColumns {
		if work := t.Filter.Kind == store.JobWork; work && col.work || !work && col.delivery {
			cols, heads = append(cols, col), append(heads, col.OutColumn)
		}
	}
	out, err := openSheetOut(w, t.Name, heads, t.CSV, t.Formats)
	if err != nil {
		return err
	}
	if err := t.write(ctx, out, c, cols); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (t JobTake) write(ctx context.Context, out sheet.Writer, c store.Client, cols []takeColumn) error {
	f := t.Filter
	f.Full, f.Limit, f.After = true, exportPage, ""
	cells := make([]sheet.Cell, len(cols))
	for {
		page, err := c.Jobs(ctx, f)
		if err != nil {
			return err
		}
		for _, j := range page.Rows {
			for i, col := range cols {
				cells[i] = col.cell(t, j)
			}
			if err := out.Write(cells...); err != nil {
				return err
			}
		}
		if f.After = page.Next; f.After == "" {
			return nil
		}
	}
}
