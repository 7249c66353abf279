package desk

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// AssetLister is whoever has a list of assets: staff or a client.
type AssetLister interface {
	Can(store.Verb) error
	Assets(context.Context, store.AssetFilter) (store.Page[store.Asset], error)
	Fields(context.Context) ([]store.Field, error)
	ValuesOf(context.Context, []store.AssetID) (map[store.AssetID]map[store.FieldID]string, error)
	NamesOfGroups(context.Context, []store.AssetID) (map[store.AssetID][]string, error)
}

// AssetExport says how an asset list is taken along.
type AssetExport struct {
	Filter    store.AssetFilter
	CSV       bool // else XLSX
	Formats   store.Formats
	Customers bool // who has it: for the provider only
	Meters    bool
	Places    bool
}

// ExportAssets writes every asset a filter lets through. It reads a page at a
// time, so that a slow reader of w holds no snapshot of the data file.
func (d *Desk) ExportAssets(ctx context.Context, w io.Writer, from AssetLister, e AssetExport) error {
	if err := from.Can(store.AssetExport); err != nil {
		return err
	}
	fields, err := from.Fields(ctx)
	if err != nil {
		return err
	}
	columns := slices.DeleteFunc(exportColumns(fields), func(c exportColumn) bool {
		return c.needs == "customers" && !e.Customers || c.needs == "meters" && !e.Meters || c.needs == "places" && !e.Places
	})
	out, err := e.open(w, columns)
	if err != nil {
		return err
	}
	if err := e.write(ctx, out, from, columns); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (e AssetExport) open(w io.Writer, columns []exportColumn) (sheet.Writer, error) {
	heads := make([]sheet.OutColumn, len(columns))
	for i, c := range columns {
		heads[i] = c.OutColumn
	}
	f := SheetFormat(e.Formats)
	if e.CSV {
		return sheet.NewCSV(w, heads, ',', f)
	}
	return sheet.NewXLSX(w, "Assets", heads, f)
}

// SheetFormat is how somebody reads dates, for an export.
func SheetFormat(f store.Formats) sheet.Format {
	orders := map[string]sheet.DateOrder{"MDY": sheet.MDY, "DMY": sheet.DMY, "YMD": sheet.YMD}
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		zone = time.UTC
	}
	return sheet.Format{Order: orders[f.Date], Separator: f.Sep, Hours24: f.Clock24, Zone: zone}
}

func (e AssetExport) write(ctx context.Context, out sheet.Writer, from AssetLister, columns []exportColumn) error {
	f := e.Filter
	f.Full, f.Limit, f.After = true, exportPage, ""
	cells := make([]sheet.Cell, len(columns))
	for {
		page, err := from.Assets(ctx, f)
		if err != nil {
			return err
		}
		rows, err := exportRows(ctx, from, page.Rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, c := range columns {
				cells[i] = c.cell(row)
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

// exportRow is an asset with what lies in other tables.
type exportRow struct {
	store.Asset
	values map[store.FieldID]string
	groups []string
}

func exportRows(ctx context.Context, from AssetLister, all []store.Asset) ([]exportRow, error) {
	ids := make([]store.AssetID, len(all))
	for i, a := range all {
		ids[i] = a.ID
	}
	values, err := from.ValuesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	groups, err := from.NamesOfGroups(ctx, ids)
	if err != nil && fault.Of(err) != fault.Forbidden {
		return nil, err
	}
	out := make([]exportRow, len(all))
	for i, a := range all {
		out[i] = exportRow{a, values[a.ID], groups[a.ID]}
	}
	return out, nil
}

// exportColumn is a column of the export and what must be shared for it.
type exportColumn struct {
	sheet.OutColumn
	needs string
	cell  func(exportRow) sheet.Cell
}

func exportColumns(fields []store.Field) []exportColumn {
	text := func(title string, width int, of func(exportRow) string) exportColumn {
		return exportColumn{sheet.OutColumn{Title: title, Width: width}, "", func(r exportRow) sheet.Cell { return sheet.Text(of(r)) }}
	}
	out := []exportColumn{
		text("Name", 32, func(r exportRow) string { return r.Name }), text("ID", 16, func(r exportRow) string { return r.ExternalID }),
		text("Serial number", 18, func(r exportRow) string { return r.Serial }), text("PIN", 20, func(r exportRow) string { return r.PIN }),
		text("Make", 16, func(r exportRow) string { return r.Make }), text("Model", 16, func(r exportRow) string { return r.Model }),
		text("Type", 16, func(r exportRow) string { return r.Type }),
		{sheet.OutColumn{Title: "Year", Width: 8}, "", func(r exportRow) sheet.Cell { return wholeCell(r.Year) }},
		text("Status", 10, func(r exportRow) string { return r.Status }),
		text("Groups", 20, func(r exportRow) string { return strings.Join(r.groups, ", ") }),
		{sheet.OutColumn{Title: "Customer", Width: 28}, "customers", func(r exportRow) sheet.Cell { return sheet.Text(r.CustomerName) }},
		{sheet.OutColumn{Title: "Since", Width: 12}, "", func(r exportRow) sheet.Cell { return sheet.Moment(r.Since) }},
		{sheet.OutColumn{Title: "Until", Width: 12}, "", func(r exportRow) sheet.Cell { return sheet.Moment(r.Until) }},
		{sheet.OutColumn{Title: "Last reading", Width: 18}, "", func(r exportRow) sheet.Cell { return sheet.Moment(r.SeenAt) }},
		{sheet.OutColumn{Title: "Latitude", Decimals: 6}, "places", func(r exportRow) sheet.Cell { return numberCell(r.Lat) }},
		{sheet.OutColumn{Title: "Longitude", Decimals: 6}, "places", func(r exportRow) sheet.Cell { return numberCell(r.Lon) }},
		{sheet.OutColumn{Title: "Position taken", Width: 18}, "places", func(r exportRow) sheet.Cell { return sheet.Moment(r.LocatedAt) }},
	}
	for _, m := range []struct {
		title string
		of    func(exportRow) store.Meter
	}{{"Operating hours", func(r exportRow) store.Meter { return r.Hours }}, {"Idle hours", func(r exportRow) store.Meter { return r.IdleHours }},
		{"Fuel %", func(r exportRow) store.Meter { return r.Fuel }}, {"DEF %", func(r exportRow) store.Meter { return r.DEF }},
		{"Odometer km", func(r exportRow) store.Meter { return r.Odometer }}} {
		out = append(out, exportColumn{sheet.OutColumn{Title: m.title}, "meters", func(r exportRow) sheet.Cell { return numberCell(m.of(r).Num) }},
			exportColumn{sheet.OutColumn{Title: m.title + ", taken", Width: 18}, "meters", func(r exportRow) sheet.Cell { return sheet.Moment(m.of(r).At) }})
	}
	for _, f := range fields {
		out = append(out, text(f.Label, 0, func(r exportRow) string { return r.values[f.ID] }))
	}
	return out
}

func numberCell(n store.Num) sheet.Cell {
	if !n.OK {
		return sheet.Cell{}
	}
	return sheet.Number(n.V)
}

func wholeCell(n int64) sheet.Cell {
	if n == 0 {
		return sheet.Cell{}
	}
	return sheet.Int(n)
}
