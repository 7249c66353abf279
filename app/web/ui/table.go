package ui

import (
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
)

// Column is one column of a Table. Give Cell or, on lists that must be fast, Bytes.
type Column[T any] struct {
	Label string
	Sort  string // sort key; "" cannot be sorted by
	Align string // "" or "start", "end" (figures), "center"
	Cell  func(row T) g.Node
	Bytes func(b []byte, row T) []byte // appends escaped markup: use Esc and the Append functions
	Quiet bool                         // text of second rank
	Wide  bool                         // may wrap over several lines
}

// TableSpec says what a table shows. The first column names the row.
type TableSpec[T any] struct {
	ID      string // element id; default "table"
	Caption string // read aloud, not shown
	Columns []Column[T]

	// Sort is the current key, "-key" when it descends. Links are Path plus
	// Query with its sort replaced, and without the keys of paging.
	Sort  string
	Path  string
	Query url.Values

	// Select puts a checkbox named "id" before every row; Bulk acts on them.
	Select   bool
	RowID    func(row T) string
	RowLabel func(row T) string // names the row in "Select …"
	Bulk     g.Node             // see Bulk

	RowActions func(row T) g.Node           // last column, usually a RowMenu
	RowBytes   func(b []byte, row T) []byte // the same, fast
	RowClass   func(row T) string           // "", "hot", "off"
	Empty      g.Node                       // stands where rows would be
}

// Table shows rows. On a phone every row becomes a card whose values carry their
// column's label.
func Table[T any](v *View, t TableSpec[T], rows []T) g.Node {
	if len(rows) == 0 && t.Empty != nil {
		return t.Empty
	}
	return g.Group{t.Bulk, bytesNode(func(b []byte) []byte {
		t := t.plain(rows)
		return t.write(v, b, len(rows))
	})}
}

// plain is the table without the type of its rows, which are known by their
// number from here on: what follows would otherwise be compiled anew for every
// type there is a table of.
func (t *TableSpec[T]) plain(rows []T) table {
	p := table{id: t.ID, caption: t.Caption, sort: t.Sort, path: t.Path, query: t.Query, picks: t.Select, heads: make([]heading, len(t.Columns))}
	if p.id == "" {
		p.id = "table"
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		p.heads[i] = heading{c.Label, c.Sort, class(c.Align, c.Quiet, c.Wide)}
	}
	p.cell = func(b []byte, row, column int) []byte { return t.Columns[column].write(b, rows[row]) }
	if t.RowID != nil {
		p.rowID = func(row int) string { return t.RowID(rows[row]) }
	}
	p.rowLabel = p.rowID
	if t.RowLabel != nil {
		p.rowLabel = func(row int) string { return t.RowLabel(rows[row]) }
	}
	if t.RowClass != nil {
		p.rowClass = func(row int) string { return t.RowClass(rows[row]) }
	}
	if t.RowActions != nil || t.RowBytes != nil {
		p.actions = func(b []byte, row int) []byte { return t.writeActions(b, rows[row]) }
	}
	return p
}

// table is a TableSpec whose rows are known by their number.
type table struct {
	id, caption, sort, path string
	query                   url.Values
	picks                   bool
	heads                   []heading
	cell                    func(b []byte, row, column int) []byte
	rowID, rowLabel         func(row int) string
	rowClass                func(row int) string
	actions                 func(b []byte, row int) []byte
}

type heading struct{ label, sort, class string }

func (t *table) write(v *View, b []byte, rows int) []byte {
	b = append(b, `<div class="tw" role="group" tabindex="0" aria-label="`...)
	b = Esc(b, t.caption)
	b = append(b, `"><table role="table" id="`...)
	b = Esc(b, t.id)
	b = append(b, `"><caption class="vh">`...)
	b = Esc(b, t.caption)
	b = append(b, `</caption>`...)
	b = t.writeHead(v, b)
	b = append(b, `<tbody role="rowgroup">`...)
	cells := t.openings()
	sel, form := v.T("Select %s", "\x00"), t.id+"-bulk"
	for row := range rows {
		b = t.writeRow(b, row, cells, sel, form)
	}
	return append(b, `</tbody></table></div>`...)
}

func (t *table) writeHead(v *View, b []byte) []byte {
	b = append(b, `<thead role="rowgroup"><tr role="row">`...)
	if t.picks {
		b = append(b, `<th role="columnheader" class="pick" data-pick-all>`...)
		b = append(b, `<span class="vh">`...)
		b = Esc(b, v.T("Selection"))
		b = append(b, `</span></th>`...)
	}
	base := sortBase(t.path, t.query)
	for i := range t.heads {
		b = append(b, `<th role="columnheader" scope="col"`...)
		if i == 0 {
			b = append(b, ` class="first"`...)
		} else {
			b = append(b, t.heads[i].class...)
		}
		b = t.writeHeading(b, &t.heads[i], base)
	}
	if t.actions != nil {
		b = append(b, `<th role="columnheader" class="acts"><span class="vh">`...)
		b = Esc(b, v.T("Actions"))
		b = append(b, `</span></th>`...)
	}
	return append(b, `</tr></thead>`...)
}

// writeHeading appends the rest of a heading, whose tag is still open.
func (t *table) writeHeading(b []byte, c *heading, base string) []byte {
	if c.sort == "" {
		b = append(b, '>')
		return append(Esc(b, c.label), `</th>`...)
	}
	next, icon := c.sort, ""
	switch key, down := strings.CutPrefix(t.sort, "-"); {
	case key == c.sort && down:
		b, icon = append(b, ` aria-sort="descending"`...), "chevron-down"
	case key == c.sort:
		b, next, icon = append(b, ` aria-sort="ascending"`...), "-"+c.sort, "chevron-up"
	}
	b = append(b, `><a href="`...)
	b = Esc(Esc(b, base), next)
	b = append(b, `">`...)
	b = Esc(b, c.label)
	return append(appendIcon(b, icon), `</a></th>`...)
}

func class(align string, quiet, wide bool) string {
	switch {
	case align == "end":
		return ` class="n"`
	case align == "center":
		return ` class="c"`
	case wide && quiet:
		return ` class="wide muted"`
	case wide:
		return ` class="wide"`
	case quiet:
		return ` class="muted"`
	}
	return ""
}

// openings are the start tags of a row's cells, the same for every row.
func (t *table) openings() [][]byte {
	out := make([][]byte, len(t.heads))
	all := make([]byte, 0, 96*len(t.heads))
	for i := range t.heads {
		from := len(all)
		if i == 0 {
			all = append(all, `<th role="rowheader" scope="row" class="first">`...)
		} else {
			all = append(append(all, `<td role="cell"`...), t.heads[i].class...)
			all = append(all, ` data-label="`...)
			all = append(Esc(all, t.heads[i].label), `">`...)
		}
		out[i] = all[from:]
	}
	return out
}

func (t *table) writeRow(b []byte, row int, cells [][]byte, sel, form string) []byte {
	b = append(b, `<tr role="row"`...)
	if t.rowClass != nil {
		b = append(Esc(append(b, ` class="`...), t.rowClass(row)), '"')
	}
	b = append(b, '>')
	if t.picks {
		b = t.writePick(b, row, sel, form)
	}
	for i := range t.heads {
		b = append(b, cells[i]...)
		b = t.cell(b, row, i)
		if i == 0 {
			b = append(b, `</th>`...)
		} else {
			b = append(b, `</td>`...)
		}
	}
	if t.actions != nil {
		b = append(b, `<td role="cell" class="acts">`...)
		b = append(t.actions(b, row), `</td>`...)
	}
	return append(b, `</tr>`...)
}

// writePick appends the checkbox of a row, within a label that is a 24 px target and more.
func (t *table) writePick(b []byte, row int, sel, form string) []byte {
	b = append(b, `<td role="cell" class="pick"><label><input type="checkbox" name="id" form="`...)
	b = Esc(b, form)
	b = append(b, `" value="`...)
	b = Esc(b, t.rowID(row))
	b = append(b, `" aria-label="`...)
	label := t.rowLabel(row)
	for i := 0; i < len(sel); i++ {
		if sel[i] == 0 {
			b = Esc(b, label)
			continue
		}
		b = append(b, sel[i])
	}
	return append(b, `"></label></td>`...)
}

func (t *TableSpec[T]) writeActions(b []byte, row T) []byte {
	if t.RowBytes != nil {
		return t.RowBytes(b, row)
	}
	return appendNode(b, t.RowActions(row))
}

func (c *Column[T]) write(b []byte, row T) []byte {
	switch {
	case c.Bytes != nil:
		return c.Bytes(b, row)
	case c.Cell != nil:
		return appendNode(b, c.Cell(row))
	}
	return b
}

// sink lets a node be written into a table's buffer.
type sink struct{ b []byte }

func (s *sink) Write(p []byte) (int, error)       { s.b = append(s.b, p...); return len(p), nil }
func (s *sink) WriteString(p string) (int, error) { s.b = append(s.b, p...); return len(p), nil }

func appendNode(b []byte, n g.Node) []byte {
	if n == nil {
		return b
	}
	s := sink{b}
	_ = n.Render(&s) // a sink does not fail
	return s.b
}
