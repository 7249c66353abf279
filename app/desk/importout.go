package desk

import (
	"context"
	"io"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ImportTemplate writes a CSV file with the right header for a kind, and one
// row as an example.
func (d *Desk) ImportTemplate(ctx context.Context, s store.Staff, kind string, w io.Writer) error {
	cols, err := d.ImportColumns(ctx, s, kind)
	if err != nil {
		return err
	}
	if len(cols) == 0 {
		return fault.New(fault.NotFound, "There is no template for this.")
	}
	var out []sheet.OutColumn
	var example []sheet.Cell
	for _, c := range cols {
		out, example = append(out, sheet.OutColumn{Title: c.Label}), append(example, sheet.Text(c.Example))
	}
	csv, err := sheet.NewCSV(w, out, ',', sheet.Format{})
	if err != nil {
		return err
	}
	if err := csv.Write(example...); err != nil {
		return err
	}
	return csv.Close()
}

// RefusedRows writes the refused rows of an import as a CSV file: as they
// stand in the original, with what is wrong behind, so that they can be mended
// and uploaded again.
func (d *Desk) RefusedRows(ctx context.Context, s store.Staff, i store.Import, w io.Writer) error {
	if i.Kind == store.ImportFleet {
		return refusedMachines(ctx, s, i, w)
	}
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	cols := make([]sheet.OutColumn, 0, len(r.Header)+2)
	for _, h := range r.Header {
		cols = append(cols, sheet.OutColumn{Title: h})
	}
	csv, err := sheet.NewCSV(w, append(cols, sheet.OutColumn{Title: "Line"}, sheet.OutColumn{Title: "Problem"}), ',', sheet.Format{})
	if err != nil {
		return err
	}
	bad := refusedRows{s: s, id: i.ID}
	for row, err := range r.Rows() {
		if err != nil {
			return err
		}
		says, err := bad.at(ctx, row.Line)
		if err != nil {
			return err
		}
		if says == "" {
			continue
		}
		out := make([]sheet.Cell, 0, len(row.Cells)+2)
		for _, c := range row.Cells {
			out = append(out, sheet.Text(c))
		}
		if err := csv.Write(append(out, sheet.Int(int64(row.Line)), sheet.Text(says))...); err != nil {
			return err
		}
	}
	return csv.Close()
}

// refusedMachines is the same for a snapshot, whose rows are no cells.
func refusedMachines(ctx context.Context, s store.Staff, i store.Import, w io.Writer) error {
	csv, err := sheet.NewCSV(w, []sheet.OutColumn{{Title: "Machine"}, {Title: "Number"}, {Title: "Problem"}}, ',', sheet.Format{})
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		rows, err := s.ImportRows(ctx, i.ID, store.VerdictRefuse, after, batch)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := csv.Write(sheet.Text(r.Label), sheet.Int(r.Line), sheet.Text(r.Says)); err != nil {
				return err
			}
			after = r.Line
		}
		if len(rows) < batch {
			return csv.Close()
		}
	}
}

// refusedRows reads refusals in the order of the file.
type refusedRows struct {
	s    store.Staff
	id   store.ImportID
	rows []store.ImportRow
	last int64
	done bool
}

// at is what is wrong with the row in a line, "" if nothing is. Lines only
// ever grow.
func (r *refusedRows) at(ctx context.Context, line int) (string, error) {
	for {
		for len(r.rows) > 0 && r.rows[0].Line < int64(line) {
			r.rows = r.rows[1:]
		}
		if len(r.rows) > 0 || r.done {
			break
		}
		var err error
		if r.rows, err = r.s.ImportRows(ctx, r.id, store.VerdictRefuse, r.last, batch); err != nil {
			return "", err
		}
		if r.done = len(r.rows) < batch; len(r.rows) > 0 {
			r.last = r.rows[len(r.rows)-1].Line
		}
	}
	if len(r.rows) > 0 && r.rows[0].Line == int64(line) {
		return r.rows[0].Says, nil
	}
	return "", nil
}
