package desk

import (
	"context"
	"io"
	"strconv"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// CustomerExport says how a customer list is taken along.
type CustomerExport struct {
	Filter  store.CustomerFilter
	CSV     bool // else XLSX
	Formats store.Formats
	Portal  func(state string) string // a portal state in words
}

// customerExport are the columns of the export. Those that an import knows
// bear the names it knows them by, so that the file can be edited and brought
// back.
var customerExport = []struct {
	sheet.OutColumn
	cell func(store.Customer, CustomerExport) sheet.Cell
}{
	{sheet.OutColumn{Title: "Name", Width: 32}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Name) }},
	{sheet.OutColumn{Title: "Customer number", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.ExternalID) }},
	{sheet.OutColumn{Title: "Type", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.TypeName) }},
	{sheet.OutColumn{Title: "E-mail", Width: 28}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Email) }},
	{sheet.OutColumn{Title: "Phone", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Phone) }},
	{sheet.OutColumn{Title: "Street", Width: 24}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Street) }},
	{sheet.OutColumn{Title: "Postal code", Width: 12}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.PostalCode) }},
	{sheet.OutColumn{Title: "City", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.City) }},
	{sheet.OutColumn{Title: "Country", Width: 16}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Country) }},
	{sheet.OutColumn{Title: "C-number", Width: 10}, func(c store.Customer, _ CustomerExport) sheet.Cell {
		return sheet.Text("C-" + strconv.FormatInt(c.Number, 10))
	}},
	{sheet.OutColumn{Title: "Portal", Width: 20}, func(c store.Customer, e CustomerExport) sheet.Cell { return sheet.Text(e.Portal(c.PortalState)) }},
	{sheet.OutColumn{Title: "Assets", Width: 8}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Int(c.Assets) }},
	{sheet.OutColumn{Title: "Added", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Moment(c.CreatedAt) }},
	{sheet.OutColumn{Title: "Changed", Width: 18}, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Moment(c.UpdatedAt) }},
}

// ExportCustomers writes every customer a filter lets through, a page at a
// time, so that a slow reader of w holds no snapshot of the data file.
func (d *Desk) ExportCustomers(ctx context.Context, w io.Writer, s store.Staff, e CustomerExport) error {
	if err := s.Can(store.CustomerExport); err != nil {
		return err
	}
	heads := make([]sheet.OutColumn, len(customerExport))
	for i, c := range customerExport {
		heads[i] = c.OutColumn
	}
	var out sheet.Writer
	var err error
	if e.CSV {
		out, err = sheet.NewCSV(w, heads, ',', SheetFormat(e.Formats))
	} else {
		out, err = sheet.NewXLSX(w, "Customers", heads, SheetFormat(e.Formats))
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

func (e CustomerExport) write(ctx context.Context, out sheet.Writer, s store.Staff) error {
	f, cells := e.Filter, make([]sheet.Cell, len(customerExport))
	f.Limit, f.After = exportPage, ""
	for {
		page, err := s.Customers(ctx, f)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			for i, col := range customerExport {
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
