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
var customerExport = []outColumn[store.Customer, CustomerExport]{
	column("Name", 32, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Name) }),
	column("Customer number", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.ExternalID) }),
	column("Type", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.TypeName) }),
	column("E-mail", 28, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Email) }),
	column("Phone", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Phone) }),
	column("Street", 24, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Street) }),
	column("Postal code", 12, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.PostalCode) }),
	column("City", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.City) }),
	column("Country", 16, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Text(c.Country) }),
	column("C-number", 10, func(c store.Customer, _ CustomerExport) sheet.Cell {
		return sheet.Text("C-" + strconv.FormatInt(c.Number, 10))
	}),
	column("Portal", 20, func(c store.Customer, e CustomerExport) sheet.Cell { return sheet.Text(e.Portal(c.PortalState)) }),
	column("Assets", 8, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Int(c.Assets) }),
	column("Added", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Moment(c.CreatedAt) }),
	column("Changed", 18, func(c store.Customer, _ CustomerExport) sheet.Cell { return sheet.Moment(c.UpdatedAt) }),
}

// ExportCustomers writes every customer a filter lets through.
func (d *Desk) ExportCustomers(ctx context.Context, w io.Writer, s store.Staff, e CustomerExport) error {
	if err := s.Can(store.CustomerExport); err != nil {
		return err
	}
	f, x := e.Filter, sheetOf[store.Customer, CustomerExport]{"Customers", e.CSV, e.Formats, customerExport, e}
	return x.from(ctx, w, func(ctx context.Context, after string) ([]store.Customer, string, error) {
		f.Limit, f.After = exportPage, after
		page, err := s.Customers(ctx, f)
		return page.Rows, page.Next, err
	})
}
