package desk

import (
	"context"
	"io"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// UserExport says how the list of the provider's people is taken along.
type UserExport struct {
	Filter  store.UserFilter
	Formats store.Formats
	Company string
	State   func(state string) string // a state of an account in words
	Role    func(store.User) string
}

// userExport are exactly the twelve columns that the users' list is known by,
// in their order. The ID is the one the audit log names.
var userExport = []struct {
	sheet.OutColumn
	cell func(store.User, UserExport) sheet.Cell
}{
	{sheet.OutColumn{Title: "ID", Width: 8}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Int(int64(u.ID)) }},
	{sheet.OutColumn{Title: "Name", Width: 28}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Name) }},
	{sheet.OutColumn{Title: "Username", Width: 24}, func(u store.User, _ UserExport) sheet.Cell {
		if u.Username == "" { // it signs in with the address
			return sheet.Text(u.Email)
		}
		return sheet.Text(u.Username)
	}},
	{sheet.OutColumn{Title: "Role", Width: 16}, func(u store.User, e UserExport) sheet.Cell { return sheet.Text(e.Role(u)) }},
	{sheet.OutColumn{Title: "Email", Width: 30}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Email) }},
	{sheet.OutColumn{Title: "Phone", Width: 18}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Phone) }},
	{sheet.OutColumn{Title: "Last Login", Width: 20}, func(u store.User, e UserExport) sheet.Cell {
		if u.State == "pending" {
			return sheet.Text(e.State("pending"))
		}
		return sheet.Moment(u.LastLogin)
	}},
	{sheet.OutColumn{Title: "Employee Number", Width: 18}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.EmployeeNo) }},
	{sheet.OutColumn{Title: "Company", Width: 24}, func(_ store.User, e UserExport) sheet.Cell { return sheet.Text(e.Company) }},
	{sheet.OutColumn{Title: "Created", Width: 20}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Moment(u.CreatedAt) }},
	{sheet.OutColumn{Title: "Updated", Width: 20}, func(u store.User, _ UserExport) sheet.Cell { return sheet.Moment(u.UpdatedAt) }},
	{sheet.OutColumn{Title: "Status", Width: 20}, func(u store.User, e UserExport) sheet.Cell { return sheet.Text(e.State(u.State)) }},
}

// ExportUsers writes every person a filter lets through as a spreadsheet, a
// page at a time.
func (d *Desk) ExportUsers(ctx context.Context, w io.Writer, s store.Staff, e UserExport) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	heads := make([]sheet.OutColumn, len(userExport))
	for i, c := range userExport {
		heads[i] = c.OutColumn
	}
	out, err := sheet.NewXLSX(w, "Users", heads, SheetFormat(e.Formats))
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, s); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (e UserExport) write(ctx context.Context, out sheet.Writer, s store.Staff) error {
	f, cells := e.Filter, make([]sheet.Cell, len(userExport))
	f.Limit, f.After = exportPage, ""
	for {
		page, err := s.Users(ctx, f)
		if err != nil {
			return err
		}
		for _, u := range page.Rows {
			for i, col := range userExport {
				cells[i] = col.cell(u, e)
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
