package desk

import (
	"context"
	"io"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// ClientExport says how the list of the customers' people is taken along.
type ClientExport struct {
	Filter  store.ClientFilter
	Formats store.Formats
	State   func(state string) string // a state of an account in words
	Role    func(store.ClientUser) string
}

// clientExport are the columns of the export. The ID is the one the audit log
// names.
var clientExport = []outColumn[store.ClientUser, ClientExport]{
	column("ID", 8, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(UserNumber(c.ID)) }),
	column("Name", 28, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Name) }),
	column("Title", 18, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Title) }),
	column("Email", 30, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Email) }),
	column("Username", 20, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Username) }),
	column("Phone", 18, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Phone) }),
	column("Customers", 30, func(c store.ClientUser, _ ClientExport) sheet.Cell {
		names := make([]string, len(c.In))
		for i, m := range c.In {
			names[i] = m.Name
		}
		return sheet.Text(strings.Join(names, ", "))
	}),
	column("Roles", 22, func(c store.ClientUser, e ClientExport) sheet.Cell { return sheet.Text(e.Role(c)) }),
	column("Last Login", 20, func(c store.ClientUser, e ClientExport) sheet.Cell {
		if c.State == "pending" {
			return sheet.Text(e.State("pending"))
		}
		return sheet.Moment(c.LastLogin)
	}),
	column("Created", 20, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Moment(c.CreatedAt) }),
	column("Updated", 20, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Moment(c.UpdatedAt) }),
	column("Status", 20, func(c store.ClientUser, e ClientExport) sheet.Cell { return sheet.Text(e.State(c.State)) }),
}

// ExportClients writes every client a filter lets through as a spreadsheet.
func (d *Desk) ExportClients(ctx context.Context, w io.Writer, s store.Staff, e ClientExport) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	f, x := e.Filter, sheetOf[store.ClientUser, ClientExport]{"Clients", false, e.Formats, clientExport, e}
	return x.from(ctx, w, func(ctx context.Context, after string) ([]store.ClientUser, string, error) {
		f.Limit, f.After = exportPage, after
		page, err := s.Clients(ctx, f)
		return page.Rows, page.Next, err
	})
}
