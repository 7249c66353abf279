package desk

import (
	"context"
	"io"
	"strconv"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// AuditExport says how the audit log is taken along.
type AuditExport struct {
	Filter  store.AuditFilter
	CSV     bool // else XLSX
	Formats store.Formats
	Words   func([]store.AuditLine) ([]AuditWords, error) // a page of lines as people read it
}

// AuditWords is a line of the audit log in words.
type AuditWords struct{ Category, Component, Activity, Detail, Source string }

type auditRow struct {
	store.AuditLine
	AuditWords
}

// auditExport are the columns of the export. User ID is the ID of the users'
// export, also of somebody who is gone.
var auditExport = []struct {
	sheet.OutColumn
	cell func(auditRow) sheet.Cell
}{
	{sheet.OutColumn{Title: "Line", Width: 10}, func(r auditRow) sheet.Cell { return sheet.Int(r.ID) }},
	{sheet.OutColumn{Title: "Timestamp", Width: 20}, func(r auditRow) sheet.Cell { return sheet.Moment(r.At) }},
	{sheet.OutColumn{Title: "User", Width: 24}, func(r auditRow) sheet.Cell { return sheet.Text(r.Actor) }},
	{sheet.OutColumn{Title: "User ID", Width: 10}, func(r auditRow) sheet.Cell { return sheet.Text(UserNumber(r.ActorID)) }},
	{sheet.OutColumn{Title: "Category", Width: 18}, func(r auditRow) sheet.Cell { return sheet.Text(r.Category) }},
	{sheet.OutColumn{Title: "Component", Width: 32}, func(r auditRow) sheet.Cell { return sheet.Text(r.Component) }},
	{sheet.OutColumn{Title: "Component ID", Width: 12}, func(r auditRow) sheet.Cell { return wholeCell(r.ObjectID) }},
	{sheet.OutColumn{Title: "Activity", Width: 28}, func(r auditRow) sheet.Cell { return sheet.Text(r.Activity) }},
	{sheet.OutColumn{Title: "Detail", Width: 60}, func(r auditRow) sheet.Cell { return sheet.Text(r.AuditWords.Detail) }},
	{sheet.OutColumn{Title: "Source", Width: 12}, func(r auditRow) sheet.Cell { return sheet.Text(r.AuditWords.Source) }},
	{sheet.OutColumn{Title: "Address", Width: 18}, func(r auditRow) sheet.Cell { return sheet.Text(r.IP) }},
	{sheet.OutColumn{Title: "Verb", Width: 22}, func(r auditRow) sheet.Cell { return sheet.Text(string(r.Verb)) }},
}

// mostSheetRows is how many lines fit into an Excel sheet, below its heading.
const mostSheetRows = 1<<20 - 1

// UserNumber is the ID of a person as exports and the audit log show it.
func UserNumber(id store.UserID) string {
	if id == 0 {
		return ""
	}
	return "U-" + strconv.FormatInt(int64(id), 10)
}

// ExportAudit writes every line a filter lets through, newest first, a page at
// a time, so that a slow reader of w holds no snapshot of the data file.
func (d *Desk) ExportAudit(ctx context.Context, w io.Writer, s store.Staff, e AuditExport) error {
	if err := s.Can(store.AuditRead); err != nil {
		return err
	}
	heads := make([]sheet.OutColumn, len(auditExport))
	for i, c := range auditExport {
		heads[i] = c.OutColumn
	}
	var out sheet.Writer
	var err error
	if e.CSV {
		out, err = sheet.NewCSV(w, heads, ',', SheetFormat(e.Formats))
	} else {
		out, err = sheet.NewXLSX(w, "Audit Logs", heads, SheetFormat(e.Formats))
	}
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, s); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (e AuditExport) write(ctx context.Context, out sheet.Writer, s store.Staff) error {
	f, cells := e.Filter, make([]sheet.Cell, len(auditExport))
	f.Limit = exportPage
	for rows := 0; ; rows += exportPage {
		if !e.CSV && rows+exportPage > mostSheetRows {
			return fault.New(fault.Invalid, "This is more than an Excel sheet holds. Narrow the list, or export it as CSV.")
		}
		lines, err := s.AuditLog(ctx, f)
		if err != nil || len(lines) == 0 {
			return err
		}
		words, err := e.Words(lines)
		if err != nil {
			return err
		}
		for n, l := range lines {
			for i, col := range auditExport {
				cells[i] = col.cell(auditRow{l, words[n]})
			}
			if err := out.Write(cells...); err != nil {
				return err
			}
		}
		f.Before = lines[len(lines)-1].ID
	}
}
