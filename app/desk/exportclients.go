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

var clientExport = []struct {
	sheet.OutColumn
	cell func(store.ClientUser, ClientExport) sheet.Cell
}{
	{sheet.OutColumn{Title: "ID", Width: 8}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Int(int64(c.ID)) }},
	{sheet.OutColumn{Title: "Name", Width: 28}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Name) }},
	{sheet.OutColumn{Title: "Title", Width: 18}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Title) }},
	{sheet.OutColumn{Title: "Email", Width: 30}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Email) }},
	{sheet.OutColumn{Title: "Username", Width: 20}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Username) }},
	{sheet.OutColumn{Title: "Phone", Width: 18}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Text(c.Phone) }},
	{sheet.OutColumn{Title: "Customers", Width: 30}, func(c store.ClientUser, _ ClientExport) sheet.Cell {
		names := make([]string, len(c.In))
		for i, m := range c.In {
			names[i] = m.Name
		}
		return sheet.Text(strings.Join(names, ", "))
	}},
	{sheet.OutColumn{Title: "Roles", Width: 22}, func(c store.ClientUser, e ClientExport) sheet.Cell { return sheet.Text(e.Role(c)) }},
	{sheet.OutColumn{Title: "Last Login", Width: 20}, func(c store.ClientUser, e ClientExport) sheet.Cell {
		if c.State == "pending" {
			return sheet.Text(e.State("pending"))
		}
		return sheet.Moment(c.LastLogin)
	}},
	{sheet.OutColumn{Title: "Created", Width: 20}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Moment(c.CreatedAt) }},
	{sheet.OutColumn{Title: "Updated", Width: 20}, func(c store.ClientUser, _ ClientExport) sheet.Cell { return sheet.Moment(c.UpdatedAt) }},
	{sheet.OutColumn{Title: "Status", Width: 20}, func(c store.ClientUser, e ClientExport) sheet.Cell { return sheet.Text(e.State(c.State)) }},
}

// ExportClients writes every client a filter lets through as a spreadsheet, a
// page at a time.
func (d *Desk) ExportClients(ctx context.Context, w io.Writer, s store.Staff, e ClientExport) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	heads := make([]sheet.OutColumn, len(clientExport))
	for i, c := range clientExport {
		heads[i] = c.OutColumn
	}
	out, err := sheet.NewXLSX(w, "Clients", heads, SheetFormat(e.Formats))
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, s); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (e ClientExport) write(ctx context.Context, out sheet.Writer, s store.Staff) error {
	f, cells := e.Filter, make([]sheet.Cell, len(clientExport))
	f.Limit, f.After = exportPage, ""
	for {
		page, err := s.Clients(ctx, f)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			for i, col := range clientExport {
				cells[i] = col.cell(c, e)
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
