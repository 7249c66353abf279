package desk

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

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

// MapImport saves options and mapping as people chose them. With a file that
// cannot be read that way, or a column that is not there, nothing is saved.
func (d *Desk) MapImport(ctx context.Context, s store.Staff, id store.ImportID, o store.ImportOptions, mapping map[string]int) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if i.Kind == store.ImportFleet {
		return fault.New(fault.Conflict, "A fleet snapshot needs no mapping.")
	}
	cols, err := d.ImportColumns(ctx, s, i.Kind)
	if err != nil {
		return err
	}
	was, before := i.Options, ""
	if was != o {
		before = headerKey(ctx, s, i)
	}
	i.Options = o
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if mapping == nil || was != o && before != sheet.HeaderKey(r.Header) { // other columns than those that were mapped
		if mapping, err = d.suggest(ctx, s, i.Kind, r.Header); err != nil {
			return err
		}
	}
	for key, at := range mapping {
		if at < 0 || at >= len(r.Header) || !slices.ContainsFunc(cols, func(c Column) bool { return c.Key == key }) {
			delete(mapping, key)
		}
	}
	return s.MapImport(ctx, id, o, mapping, rememberedAs(r.Header, o.For))
}

// headerKey is the key of the header as the import is read now, "" where it
// cannot be read.
func headerKey(ctx context.Context, s store.Staff, i store.Import) string {
	r, err := openSheet(ctx, s, i)
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }()
	return sheet.HeaderKey(r.Header)
}

// mapped is an Invalid fault while required columns are missing.
func (d *Desk) mapped(ctx context.Context, s store.Staff, i store.Import) error {
	cols, err := d.ImportColumns(ctx, s, i.Kind)
	if err != nil || i.Kind == store.ImportFleet {
		return err
	}
	var bad fault.Problems
	for _, c := range cols {
		if _, ok := i.Mapping[c.Key]; c.Required && !ok {
			bad.Add("map."+c.Key, "Choose the column that holds: %s.", c.Label)
		}
	}
	if i.Kind != store.ImportCustomers && i.Kind != store.ImportJobs && !namesAsset(i.Mapping) {
		bad.Add("map."+cols[0].Key, "Choose at least one column that says which asset is meant: name, ID, serial number or PIN.")
	}
	return bad.Err()
}

func namesAsset(mapping map[string]int) bool {
	for _, key := range []string{"name", "external_id", "serial", "pin"} {
		if _, ok := mapping[key]; ok {
			return true
		}
	}
	return false
}

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
