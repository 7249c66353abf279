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
	return g.Group{t.Bulk, bytesNode(func(b []byte) []byte { return t.write(v, b, rows) })}
}

func (t *TableSpec[T]) id() string {
	if t.ID == "" {
		return "table"
	}
	return t.ID
}

func (t *TableSpec[T]) write(v *View, b []byte, rows []T) []byte {
	b = append(b, `<div class="tw" role="group" tabindex="0" aria-label="`...)
	b = Esc(b, t.Caption)
	b = append(b, `"><table role="table" id="`...)
	b = Esc(b, t.id())
	b = append(b, `"><caption class="vh">`...)
	b = Esc(b, t.Caption)
	b = append(b, `</caption>`...)
	b = t.writeHead(v, b)
	b = append(b, `<tbody role="rowgroup">`...)
	cells := t.openings()
	sel, form := v.T("Select %s", "\x00"), t.id()+"-bulk"
	for _, row := range rows {
		b = t.writeRow(b, row, cells, sel, form)
	}
	return append(b, `</tbody></table></div>`...)
}

func (t *TableSpec[T]) writeHead(v *View, b []byte) []byte {
	b = append(b, `<thead role="rowgroup"><tr role="row">`...)
	if t.Select {
		b = append(b, `<th role="columnheader" class="pick" data-pick-all>`...)
		b = append(b, `<span class="vh">`...)
		b = Esc(b, v.T("Selection"))
		b = append(b, `</span></th>`...)
	}
	base := sortBase(t.Path, t.Query)
	for i := range t.Columns {
		b = append(b, `<th role="columnheader" scope="col"`...)
		if i == 0 {
			b = append(b, ` class="first"`...)
		} else {
			b = append(b, t.Columns[i].class()...)
		}
		b = t.writeHeading(b, &t.Columns[i], base)
	}
	if t.hasActions() {
		b = append(b, `<th role="columnheader" class="acts"><span class="vh">`...)
		b = Esc(b, v.T("Actions"))
		b = append(b, `</span></th>`...)
	}
	return append(b, `</tr></thead>`...)
}

func (t *TableSpec[T]) hasActions() bool { return t.RowActions != nil || t.RowBytes != nil }

// writeHeading appends the rest of a heading, whose tag is still open.
func (t *TableSpec[T]) writeHeading(b []byte, c *Column[T], base string) []byte {
	if c.Sort == "" {
		b = append(b, '>')
		return append(Esc(b, c.Label), `</th>`...)
	}
	next, icon := c.Sort, ""
	switch key, down := strings.CutPrefix(t.Sort, "-"); {
	case key == c.Sort && down:
		b, icon = append(b, ` aria-sort="descending"`...), "chevron-down"
	case key == c.Sort:
		b, next, icon = append(b, ` aria-sort="ascending"`...), "-"+c.Sort, "chevron-up"
	}
	b = append(b, `><a href="`...)
	b = Esc(Esc(b, base), next)
	b = append(b, `">`...)
	b = Esc(b, c.Label)
	return append(appendIcon(b, icon), `</a></th>`...)
}

func (c *Column[T]) class() string {
	switch {
	case c.Align == "end":
		return ` class="n"`
	case c.Align == "center":
		return ` class="c"`
	case c.Wide && c.Quiet:
		return ` class="wide muted"`
	case c.Wide:
		return ` class="wide"`
	case c.Quiet:
		return ` class="muted"`
	}
	return ""
}

// openings are the start tags of a row's cells, the same for every row.
func (t *TableSpec[T]) openings() [][]byte {
	out := make([][]byte, len(t.Columns))
	all := make([]byte, 0, 96*len(t.Columns))
	for i := range t.Columns {
		from := len(all)
		if i == 0 {
			all = append(all, `<th role="rowheader" scope="row" class="first">`...)
		} else {
			all = append(append(all, `<td role="cell"`...), t.Columns[i].class()...)
			all = append(all, ` data-label="`...)
			all = append(Esc(all, t.Columns[i].Label), `">`...)
		}
		out[i] = all[from:]
	}
	return out
}

func (t *TableSpec[T]) writeRow(b []byte, row T, cells [][]byte, sel, form string) []byte {
	b = append(b, `<tr role="row"`...)
	if t.RowClass != nil {
		b = append(Esc(append(b, ` class="`...), t.RowClass(row)), '"')
	}
	b = append(b, '>')
	if t.Select {
		b = t.writePick(b, row, sel, form)
	}
	for i := range t.Columns {
		b = append(b, cells[i]...)
		b = t.Columns[i].write(b, row)
		if i == 0 {
			b = append(b, `</th>`...)
		} else {
			b = append(b, `</td>`...)
		}
	}
	if t.hasActions() {
		b = append(b, `<td role="cell" class="acts">`...)
		b = append(t.writeActions(b, row), `</td>`...)
	}
	return append(b, `</tr>`...)
}

// writePick appends the checkbox of a row, within a label that is a 24 px target and more.
func (t *TableSpec[T]) writePick(b []byte, row T, sel, form string) []byte {
	b = append(b, `<td role="cell" class="pick"><label><input type="checkbox" name="id" form="`...)
	b = Esc(b, form)
	b = append(b, `" value="`...)
	id := t.RowID(row)
	b = Esc(b, id)
	b = append(b, `" aria-label="`...)
	if t.RowLabel != nil {
		id = t.RowLabel(row)
	}
	for i := 0; i < len(sel); i++ {
		if sel[i] == 0 {
			b = Esc(b, id)
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
