package desk

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

// openSheet opens an import's table with the import's options.
func openSheet(ctx context.Context, s store.Staff, i store.Import) (*sheet.Reader, error) {
	f, err := s.ImportFile(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	return sheet.Open(f, f.Size, f.Name, sheetOptions(i.Options))
}

func sheetOptions(o store.ImportOptions) sheet.Options {
	out := sheet.Options{Encoding: o.Encoding, Sheet: o.Sheet, HeaderLine: o.Header, Order: orders[o.Order]}
	if o.Delimiter != "" {
		out.Delimiter = o.Delimiter[0]
	}
	if o.Decimal != "" {
		out.Decimal = o.Decimal[0]
	}
	return out
}

var orders = map[string]sheet.DateOrder{"MDY": sheet.MDY, "DMY": sheet.DMY, "YMD": sheet.YMD}

// source is an import's file, open at its first row.
type source struct {
	found sheet.Found
	rows  iter.Seq2[entry, error]
	close func()
}

// openSource opens an import's file, whatever its format.
func openSource(ctx context.Context, s store.Staff, i store.Import) (source, error) {
	if i.Kind == store.ImportFleet {
		return openFleet(ctx, s, i)
	}
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return source{}, err
	}
	rows := func(yield func(entry, error) bool) {
		for row, err := range r.Rows() {
			if !yield(entry{line: row.Line, problem: row.Problem, cells: row.Cells}, err) {
				return
			}
		}
	}
	return source{found: r.Found, rows: rows, close: func() { _ = r.Close() }}, nil
}

// labelled joins several sentences about fields of a row, naming each field.
func labelled(cols []Column, problems map[string]string) string {
	var out []string
	for _, c := range cols {
		if says, ok := problems[c.Key]; ok {
			out = append(out, c.Label+": "+says)
		}
	}
	if len(out) == 0 {
		for k, says := range problems {
			out = append(out, fmt.Sprintf("%s: %s", k, says))
		}
	}
	return strings.Join(out, " ")
}
