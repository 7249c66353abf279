package desk

import (
	"context"
	"io"
	"slices"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// JobLister is whoever has a list of jobs: staff or a client.
type JobLister interface {
	Can(store.Verb) error
	Jobs(context.Context, store.JobFilter) (store.Page[store.Job], error)
}

// JobExport says how a list of jobs is taken along.
type JobExport struct {
	Filter  store.JobFilter
	CSV     bool // else XLSX
	Formats store.Formats
	Own     bool // the provider's own: whose it is, who does it, instructions
	Status  func(store.Job) string
	Kind    func(store.Job) string
}

type jobColumn struct {
	sheet.OutColumn
	own  bool
	cell func(store.Job) sheet.Cell
}

func (e JobExport) columns() []jobColumn {
	text := func(title string, width int, own bool, of func(store.Job) string) jobColumn {
		return jobColumn{sheet.OutColumn{Title: title, Width: width}, own, func(j store.Job) sheet.Cell { return sheet.Text(of(j)) }}
	}
	moment := func(title string, own bool, of func(store.Job) time.Time) jobColumn {
		return jobColumn{sheet.OutColumn{Title: title, Width: 18}, own, func(j store.Job) sheet.Cell { return sheet.Moment(of(j)) }}
	}
	all := []jobColumn{
		text("Number", 10, false, func(j store.Job) string { return store.JobNumber(j.Number) }), text("Kind", 12, false, e.Kind), text("Your number", 16, false, func(j store.Job) string { return j.ExternalID }),
		text("Subject", 36, false, func(j store.Job) string { return j.Subject }), text("Status", 18, false, e.Status),
		{sheet.OutColumn{Title: "Date", Width: 12}, false, func(j store.Job) sheet.Cell { return dayCell(j.Day) }},
		text("From", 8, false, func(j store.Job) string { return j.From }), text("To", 8, false, func(j store.Job) string { return j.To }),
		text("Customer", 28, true, func(j store.Job) string { return j.CustomerName }), text("Group", 20, false, func(j store.Job) string { return j.GroupName }),
		text("Site", 24, false, func(j store.Job) string { return j.SiteName }), text("Address", 40, false, func(j store.Job) string { return j.Address }),
		text("Contact", 22, false, func(j store.Job) string { return j.ContactName }), text("Phone", 18, false, func(j store.Job) string { return j.ContactPhone }),
		text("Priority", 12, false, func(j store.Job) string { return j.PriorityName }), moment("Start by", false, func(j store.Job) time.Time { return j.StartBy }), moment("Due by", false, func(j store.Job) time.Time { return j.DueBy }),
		text("Assigned to", 22, true, func(j store.Job) string { return j.AssigneeName }), text("Vehicle", 16, true, func(j store.Job) string { return j.VehicleName }),
		{sheet.OutColumn{Title: "Attempt", Width: 8}, false, func(j store.Job) sheet.Cell { return sheet.Int(j.Attempt) }},
		moment("Received", false, func(j store.Job) time.Time { return j.ReceivedAt }), moment("Started", false, func(j store.Job) time.Time { return j.StartedAt }),
		moment("Done", false, func(j store.Job) time.Time { return j.DoneAt }), text("Reason", 28, false, func(j store.Job) string { return j.Reason }),
		{sheet.OutColumn{Title: "Latitude", Decimals: 6}, false, func(j store.Job) sheet.Cell { return numberCell(j.Lat) }},
		{sheet.OutColumn{Title: "Longitude", Decimals: 6}, false, func(j store.Job) sheet.Cell { return numberCell(j.Lon) }},
		text("Instructions", 36, true, func(j store.Job) string { return j.Instructions }),
	}
	return slices.DeleteFunc(all, func(c jobColumn) bool { return c.own && !e.Own })
}

// ExportJobs writes every job a filter lets through, a page at a time.
func (d *Desk) ExportJobs(ctx context.Context, w io.Writer, from JobLister, e JobExport) error {
	if err := from.Can(store.JobExport); err != nil {
		return err
	}
	columns := e.columns()
	heads := make([]sheet.OutColumn, len(columns))
	for i, c := range columns {
		heads[i] = c.OutColumn
	}
	out, err := openSheetOut(w, "Jobs", heads, e.CSV, e.Formats)
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, from, columns); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (e JobExport) write(ctx context.Context, out sheet.Writer, from JobLister, columns []jobColumn) error {
	f := e.Filter
	f.Full, f.Limit, f.After = true, exportPage, ""
	cells := make([]sheet.Cell, len(columns))
	for {
		page, err := from.Jobs(ctx, f)
		if err != nil {
			return err
		}
		for _, j := range page.Rows {
			for i, c := range columns {
				cells[i] = c.cell(j)
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
