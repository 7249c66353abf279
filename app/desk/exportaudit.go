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
var auditExport = []outColumn[auditRow, AuditExport]{
	column("Line", 10, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Int(r.ID) }),
	column("Timestamp", 20, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Moment(r.At) }),
	column("User", 24, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.Actor) }),
	column("User ID", 10, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(UserNumber(r.ActorID)) }),
	column("Category", 18, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.Category) }),
	column("Component", 32, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.Component) }),
	column("Component ID", 12, func(r auditRow, _ AuditExport) sheet.Cell {
		if r.Verb.Object() == "user" {
			return sheet.Text(UserNumber(store.UserID(r.ObjectID)))
		}
		return wholeCell(r.ObjectID)
	}),
	column("Activity", 28, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.Activity) }),
	column("Detail", 60, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.AuditWords.Detail) }),
	column("Source", 12, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.AuditWords.Source) }),
	column("Address", 18, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(r.IP) }),
	column("Verb", 22, func(r auditRow, _ AuditExport) sheet.Cell { return sheet.Text(string(r.Verb)) }),
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

// ExportAudit writes every line a filter lets through, newest first.
func (d *Desk) ExportAudit(ctx context.Context, w io.Writer, s store.Staff, e AuditExport) error {
	if err := s.Can(store.AuditRead); err != nil {
		return err
	}
	x := sheetOf[auditRow, AuditExport]{"Audit Logs", e.CSV, e.Formats, auditExport, e}
	f, pages := e.Filter, 0
	return x.from(ctx, w, func(ctx context.Context, after string) ([]auditRow, string, error) {
		if pages++; !e.CSV && pages*exportPage > mostSheetRows {
			return nil, "", fault.New(fault.Invalid, "This is more than an Excel sheet holds. Narrow the list, or export it as CSV.")
		}
		if f.Limit = exportPage; after != "" {
			f.Before, _ = strconv.ParseInt(after, 10, 64)
		}
		return e.page(ctx, s, f)
	})
}

// page is a page of the log in words, and the cursor of the next one.
func (e AuditExport) page(ctx context.Context, s store.Staff, f store.AuditFilter) ([]auditRow, string, error) {
	lines, err := s.AuditLog(ctx, f)
	if err != nil || len(lines) == 0 {
		return nil, "", err
	}
	words, err := e.Words(lines)
	if err != nil {
		return nil, "", err
	}
	rows := make([]auditRow, len(lines))
	for n, l := range lines {
		rows[n] = auditRow{l, words[n]}
	}
	return rows, strconv.FormatInt(lines[len(lines)-1].ID, 10), nil
}
