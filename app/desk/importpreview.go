package desk

import (
	"context"
	"io"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ImportPreview is what the mapping page shows of an import's file.
type ImportPreview struct {
	Columns  []Column
	Header   []string
	Notes    []string
	Found    sheet.Found
	Rows     []sheet.Row // the first five
	Problem  string      // why no row can be shown
	Unsure   []string    // what the file does not tell, in sentences
	Required []string    // labels of required columns that nothing is mapped to
}

// previewRows is enough to see what a column holds.
const previewRows = 5

// PreviewImport opens an import's file and shows its first rows as they are
// read with the import's options.
func (d *Desk) PreviewImport(ctx context.Context, s store.Staff, i store.Import) (v ImportPreview, err error) {
	if v.Columns, err = d.ImportColumns(ctx, s, i.Kind); err != nil || i.Kind == store.ImportFleet {
		return v, err
	}
	r, err := openSheet(ctx, s, i)
	if rowSays(err) != "" {
		v.Problem = fault.Says(err)
		return v, nil
	}
	if err != nil {
		return v, err
	}
	defer func() { _ = r.Close() }()
	v.Header, v.Notes, v.Found = r.Header, r.Notes, r.Found
	for len(v.Rows) < previewRows {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			v.Problem = fault.Says(err)
			break
		}
		v.Rows = append(v.Rows, row)
	}
	v.Unsure, v.Required = unsure(r.Found), missing(v.Columns, i.Mapping)
	return v, nil
}

func unsure(f sheet.Found) (out []string) {
	switch f.Order {
	case sheet.Ambiguous:
		out = append(out, "The dates in this file can be read two ways, such as 03/04. Choose whether the day or the month comes first.")
	case sheet.Mixed:
		out = append(out, "Some dates in this file have the day first and some the month. Choose one; the others will be refused.")
	}
	return out
}

func missing(cols []Column, mapping map[string]int) (out []string) {
	for _, c := range cols {
		if _, ok := mapping[c.Key]; c.Required && !ok {
			out = append(out, c.Label)
		}
	}
	return out
}
