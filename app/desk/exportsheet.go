package desk

import (
	"context"
	"io"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

const exportPage = 1000 // rows read at once; between two pages nothing is held

// outColumn is a column of an export: its head, and what it says of a row.
type outColumn[T, E any] struct {
	sheet.OutColumn
	cell func(T, E) sheet.Cell
}

func column[T, E any](title string, width int, cell func(T, E) sheet.Cell) outColumn[T, E] {
	return outColumn[T, E]{sheet.OutColumn{Title: title, Width: width}, cell}
}

// sheetOf is what becomes of a list that is taken along.
type sheetOf[T, E any] struct {
	name    string // of the sheet
	csv     bool   // else XLSX
	formats store.Formats
	columns []outColumn[T, E]
	as      E // what the columns need to know beyond the row
}

// from writes every row that page gives: it is asked with "" first, then with
// the cursor it gave, until it gives none. Nothing is held between two pages,
// so that a slow reader of w holds no snapshot of the data file.
func (x sheetOf[T, E]) from(ctx context.Context, w io.Writer, page func(context.Context, string) ([]T, string, error)) error {
	out, err := x.open(w)
	if err != nil {
		return err
	}
	if err := x.write(ctx, out, page); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func (x sheetOf[T, E]) open(w io.Writer) (sheet.Writer, error) {
	heads := make([]sheet.OutColumn, len(x.columns))
	for i, c := range x.columns {
		heads[i] = c.OutColumn
	}
	if x.csv {
		return sheet.NewCSV(w, heads, ',', SheetFormat(x.formats))
	}
	return sheet.NewXLSX(w, x.name, heads, SheetFormat(x.formats))
}

func (x sheetOf[T, E]) write(ctx context.Context, out sheet.Writer, page func(context.Context, string) ([]T, string, error)) error {
	cells, after := make([]sheet.Cell, len(x.columns)), ""
	for {
		rows, next, err := page(ctx, after)
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, c := range x.columns {
				cells[i] = c.cell(row, x.as)
			}
			if err := out.Write(cells...); err != nil {
				return err
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}
