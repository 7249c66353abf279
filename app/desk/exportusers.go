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
var userExport = []outColumn[store.User, UserExport]{
	column("ID", 8, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(UserNumber(u.ID)) }),
	column("Name", 28, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Name) }),
	column("Username", 24, func(u store.User, _ UserExport) sheet.Cell {
		if u.Username == "" { // it signs in with the address
			return sheet.Text(u.Email)
		}
		return sheet.Text(u.Username)
	}),
	column("Role", 16, func(u store.User, e UserExport) sheet.Cell { return sheet.Text(e.Role(u)) }),
	column("Email", 30, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Email) }),
	column("Phone", 18, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.Phone) }),
	column("Last Login", 20, func(u store.User, e UserExport) sheet.Cell {
		if u.State == "pending" {
			return sheet.Text(e.State("pending"))
		}
		return sheet.Moment(u.LastLogin)
	}),
	column("Employee Number", 18, func(u store.User, _ UserExport) sheet.Cell { return sheet.Text(u.EmployeeNo) }),
	column("Company", 24, func(_ store.User, e UserExport) sheet.Cell { return sheet.Text(e.Company) }),
	column("Created", 20, func(u store.User, _ UserExport) sheet.Cell { return sheet.Moment(u.CreatedAt) }),
	column("Updated", 20, func(u store.User, _ UserExport) sheet.Cell { return sheet.Moment(u.UpdatedAt) }),
	column("Status", 20, func(u store.User, e UserExport) sheet.Cell { return sheet.Text(e.State(u.State)) }),
}

// ExportUsers writes every person a filter lets through as a spreadsheet.
func (d *Desk) ExportUsers(ctx context.Context, w io.Writer, s store.Staff, e UserExport) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	f, x := e.Filter, sheetOf[store.User, UserExport]{"Users", false, e.Formats, userExport, e}
	return x.from(ctx, w, func(ctx context.Context, after string) ([]store.User, string, error) {
		f.Limit, f.After = exportPage, after
		page, err := s.Users(ctx, f)
		return page.Rows, page.Next, err
	})
}
