package sheet

import (
	"fmt"
	"io"
	"strings"

	"gatehouse/store/fault"
)

// start reads ahead, finds the header and guesses how dates and numbers are
// written.
func (r *Reader) start(opt Options) error {
	if opt.HeaderLine > 1000 {
		return fault.Field("header", "The column names must stand within the first 1,000 lines.")
	}
	for len(r.ahead) < max(lookahead, opt.HeaderLine) {
		rec, err := r.src.next()
		if err != nil {
			r.failed = err
			break
		}
		if !blank(rec.cells) {
			r.ahead = append(r.ahead, rec)
		}
	}
	at, err := r.headerIndex(opt.HeaderLine)
	if err != nil {
		return err
	}
	head := r.ahead[at]
	r.ahead = r.ahead[at+1:]
	r.Found.HeaderLine = head.line
	r.Header, r.Notes = headerNames(head.cells, r.ahead)
	r.guess(opt)
	return nil
}

func (r *Reader) headerIndex(want int) (int, error) {
	if want > 0 {
		for i, rec := range r.ahead {
			if rec.line == want {
				return i, nil
			}
		}
		return 0, fault.Field("header", "Line %d holds no column names.", want)
	}
	if at := likelyHeader(r.ahead); at >= 0 {
		return at, nil
	}
	if r.failed != nil && r.failed != io.EOF {
		return 0, r.failed
	}
	return 0, fault.Field("file", "There is nothing in this file: no column names and no rows.")
}

// likelyHeader skips titles above a table ("Deliveries of May"), which have
// one cell where the table has many.
func likelyHeader(recs []record) int {
	widest, recs := 0, recs[:min(len(recs), 20)]
	for _, rec := range recs {
		widest = max(widest, filled(rec.cells))
	}
	if len(recs) == 0 {
		return -1
	}
	if filled(recs[0].cells) > 1 || widest < 3 {
		return 0
	}
	for i, rec := range recs {
		if filled(rec.cells)*2 >= widest {
			return i
		}
	}
	return 0
}

// headerNames makes every column's name distinct and not empty, and says so.
func headerNames(cells []string, below []record) (names, notes []string) {
	seen := map[string]bool{}
	for i, cell := range cells[:headerWidth(cells, below)] {
		name := strings.Join(strings.Fields(cell), " ")
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
			notes = append(notes, fmt.Sprintf("Column %d has no name; it is called “%s” here.", i+1, name))
		}
		if free := freeName(name, seen); free != name {
			notes = append(notes, fmt.Sprintf("The name “%s” is there twice; column %d is called “%s” here.", name, i+1, free))
			name = free
		}
		seen[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names, notes
}

func freeName(name string, seen map[string]bool) string {
	free := name
	for n := 2; seen[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free
}

// headerWidth drops columns on the right that have neither a name nor, in the
// rows at hand, a value.
func headerWidth(cells []string, below []record) int {
	width := trimmed(cells)
	for _, rec := range below {
		width = max(width, min(trimmed(rec.cells), len(cells)))
	}
	return width
}

func (r *Reader) guess(opt Options) {
	r.Found.Order, r.Found.Decimal = opt.Order, opt.Decimal
	var values []string
	for _, rec := range r.ahead {
		values = append(values, rec.cells...)
	}
	if r.Found.Order == NoDates {
		r.Found.Order = GuessDateOrder(values)
	}
	if r.Found.Decimal == 0 {
		r.Found.Decimal = GuessDecimal(values)
	}
	if r.Found.Decimal == 0 && r.Found.Kind == XLSX {
		r.Found.Decimal = '.' // number cells always come that way
	}
}

// fit holds a line against the header: same length, and a sentence if it was
// another.
func (r *Reader) fit(rec record) Row {
	row, want := Row{Line: rec.line, Cells: rec.cells}, len(r.Header)
	have := len(rec.cells)
	if have > want {
		have = max(want, trimmed(rec.cells))
	}
	// A workbook does not store empty cells at the end of a row.
	if have > want || have < want && r.Found.Kind == CSV {
		row.Problem = fmt.Sprintf("This row has %s, the header has %d.", columns(have), want)
	}
	for len(row.Cells) < want {
		row.Cells = append(row.Cells, "")
	}
	row.Cells = row.Cells[:want]
	return row
}

func columns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

func blank(cells []string) bool { return trimmed(cells) == 0 }

// trimmed is the number of cells up to the last one with something in it.
func trimmed(cells []string) int {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return n
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}
