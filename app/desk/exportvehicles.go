package desk

import (
	"context"
	"io"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// VehicleExport says how a list of vehicles is taken along.
type VehicleExport struct {
	Filter  store.VehicleFilter
	CSV     bool // else XLSX
	Formats store.Formats
}

// vehicleRow is a vehicle with the names of its groups.
type vehicleRow struct {
	store.Vehicle
	groups []string
}

var vehicleExport = []struct {
	sheet.OutColumn
	cell func(vehicleRow) sheet.Cell
}{
	{sheet.OutColumn{Title: "Name", Width: 24}, func(r vehicleRow) sheet.Cell { return sheet.Text(r.Name) }},
	{sheet.OutColumn{Title: "Plate", Width: 14}, func(r vehicleRow) sheet.Cell { return sheet.Text(r.Plate) }},
	{sheet.OutColumn{Title: "Driver", Width: 24}, func(r vehicleRow) sheet.Cell { return sheet.Text(r.DriverName) }},
	{sheet.OutColumn{Title: "Groups", Width: 24}, func(r vehicleRow) sheet.Cell { return sheet.Text(strings.Join(r.groups, ", ")) }},
	{sheet.OutColumn{Title: "Latitude", Decimals: 6}, func(r vehicleRow) sheet.Cell { return numberCell(r.Lat) }},
	{sheet.OutColumn{Title: "Longitude", Decimals: 6}, func(r vehicleRow) sheet.Cell { return numberCell(r.Lon) }},
	{sheet.OutColumn{Title: "Position taken", Width: 18}, func(r vehicleRow) sheet.Cell { return sheet.Moment(r.LocatedAt) }},
	{sheet.OutColumn{Title: "Speed km/h", Decimals: 1}, func(r vehicleRow) sheet.Cell { return numberCell(r.Speed.Num) }},
	{sheet.OutColumn{Title: "Odometer km"}, func(r vehicleRow) sheet.Cell { return numberCell(r.Odometer.Num) }},
	{sheet.OutColumn{Title: "Last seen", Width: 18}, func(r vehicleRow) sheet.Cell { return sheet.Moment(r.SeenAt) }},
}

// ExportVehicles writes every vehicle a filter lets through, a page at a time.
func (d *Desk) ExportVehicles(ctx context.Context, w io.Writer, s store.Staff, e VehicleExport) error {
	if err := s.Can(store.VehicleExport); err != nil {
		return err
	}
	heads := make([]sheet.OutColumn, len(vehicleExport))
	for i, c := range vehicleExport {
		heads[i] = c.OutColumn
	}
	out, err := openSheetOut(w, "Vehicles", heads, e.CSV, e.Formats)
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, s); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func openSheetOut(w io.Writer, title string, heads []sheet.OutColumn, csv bool, f store.Formats) (sheet.Writer, error) {
	if csv {
		return sheet.NewCSV(w, heads, ',', SheetFormat(f))
	}
	return sheet.NewXLSX(w, title, heads, SheetFormat(f))
}

func (e VehicleExport) write(ctx context.Context, out sheet.Writer, s store.Staff) error {
	f := e.Filter
	f.Limit, f.After = exportPage, ""
	cells := make([]sheet.Cell, len(vehicleExport))
	for {
		page, err := s.Vehicles(ctx, f)
		if err != nil {
			return err
		}
		ids := make([]store.VehicleID, len(page.Rows))
		for i, one := range page.Rows {
			ids[i] = one.ID
		}
		groups, err := s.NamesOfVehicleGroups(ctx, ids)
		if err != nil {
			return err
		}
		for _, one := range page.Rows {
			for i, c := range vehicleExport {
				cells[i] = c.cell(vehicleRow{one, groups[one.ID]})
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
