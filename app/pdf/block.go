package pdf

// Facts are labels and what they say, in two columns.
type Facts struct {
	Title string
	Pairs []Pair
}

// Pair is one fact. One without a value is left out.
type Pair struct{ Label, Value string }

func (f Facts) write(w *writer) {
	w.heading(f.Title, 12)
	col, left := width/2-4, true
	var y, end float64
	for _, p := range f.Pairs {
		if p.Value == "" {
			continue
		}
		if left {
			w.room(14)
			y, end = w.GetY(), w.GetY()
		}
		x := margin
		if !left {
			x += width/2 + 4
		}
		w.SetXY(x, y)
		w.pair(x, col, p)
		end = max(end, w.GetY())
		if !left || w.GetY() < y {
			w.SetXY(margin, end+1.5)
		}
		left = !left
	}
	w.SetXY(margin, max(end, w.GetY()))
}

func (w *writer) pair(x, col float64, p Pair) {
	w.font("", 8.5)
	w.ink(100)
	w.CellFormat(col, 4.5, w.fit(p.Label, col), "", 2, "L", false, 0, "")
	w.font("", 10)
	w.ink(20)
	for i, l := range w.lines(p.Value, col) {
		if i == 8 {
			w.SetX(x)
			w.CellFormat(col, line, "…", "", 2, "L", false, 0, "")
			break
		}
		w.SetX(x)
		w.CellFormat(col, line, l, "", 2, "L", false, 0, "")
	}
}

// Text is a paragraph.
type Text struct{ Title, Body string }

func (t Text) write(w *writer) {
	if t.Body == "" {
		return
	}
	w.heading(t.Title, 8)
	w.font("", 10)
	w.ink(20)
	w.MultiCell(width, line, plain(t.Body), "", "L", false)
}

// Table is rows under a head that is repeated on each page.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]string
}

// gap lies between two columns.
const gap = 4.0

// Column of a table: its share of the width, and whether it holds numbers.
type Column struct {
	Label string
	Share float64
	Right bool
}

func (t Table) write(w *writer) {
	if len(t.Rows) == 0 {
		return
	}
	w.heading(t.Title, 16)
	sum := 0.0
	for _, c := range t.Columns {
		sum += c.Share
	}
	wide := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		wide[i] = width * c.Share / sum
	}
	t.head(w, wide)
	for _, r := range t.Rows {
		t.row(w, wide, r)
	}
}

func (t Table) head(w *writer, wide []float64) {
	w.font("B", 8.5)
	w.ink(80)
	for i, c := range t.Columns {
		w.CellFormat(wide[i]-gap, 6, w.fit(c.Label, wide[i]-gap), "", 0, align(c), false, 0, "")
		w.SetX(w.GetX() + gap)
	}
	w.SetDrawColor(120, 120, 120)
	w.Line(margin, w.GetY()+6, margin+width, w.GetY()+6)
	w.Ln(6.5)
}

func (t Table) row(w *writer, wide []float64, cells []string) {
	w.font("", 9.5)
	broken, most := make([][]string, len(wide)), 1
	for i := range wide {
		if i < len(cells) {
			broken[i] = w.lines(cells[i], wide[i]-gap)
		}
		broken[i] = broken[i][:min(len(broken[i]), 40)]
		most = max(most, len(broken[i]))
	}
	h := float64(most)*line + 2
	if w.GetY()+h > 297-bottom {
		w.AddPage()
		t.head(w, wide)
		w.font("", 9.5)
	}
	w.ink(20)
	y, x := w.GetY(), margin
	for i, c := range t.Columns {
		for n, l := range broken[i] {
			w.SetXY(x, y+1+float64(n)*line)
			w.CellFormat(wide[i]-gap, line, l, "", 0, align(c), false, 0, "")
		}
		x += wide[i]
	}
	w.SetDrawColor(230, 230, 230)
	w.Line(margin, y+h, margin+width, y+h)
	w.SetXY(margin, y+h)
}

func align(c Column) string {
	if c.Right {
		return "R"
	}
	return "L"
}
