package sheet

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gatehouse/store/fault"
)

// xlsxRows is how many rows a sheet can have, the titles included.
const xlsxRows = 1_048_576

// xlsxWriter streams one sheet. The first rows wait until the columns' widths
// are known, because Excel wants these first.
type xlsxWriter struct {
	w      io.Writer
	file   *excelize.File
	stream *excelize.StreamWriter
	cols   []OutColumn
	f      Format

	styles  styles
	waiting [][]any
	begun   bool
	failed  bool // nothing of use can be written any more
	row     int
	values  []any
}

// styles are the ids of the workbook's cell styles.
type styles struct {
	title, day, moment, text int
	decimals                 map[int]int
}

// NewXLSX begins a workbook with one sheet and the titles of cols in a frozen
// first row. Nothing reaches w before Close.
func NewXLSX(w io.Writer, sheet string, cols []OutColumn, f Format) (Writer, error) {
	out := &xlsxWriter{w: w, file: excelize.NewFile(), cols: cols, f: f, row: 1, values: make([]any, len(cols))}
	err := out.begin(sheetName(sheet))
	if err != nil {
		out.file.Close()
		return nil, fmt.Errorf("begin workbook: %w", err)
	}
	return out, nil
}

func (x *xlsxWriter) begin(sheet string) (err error) {
	if err = x.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if x.stream, err = x.file.NewStreamWriter(sheet); err != nil {
		return err
	}
	day, moment := x.f.layout()
	x.styles.decimals = map[int]int{}
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&x.styles.title, excelize.Style{
			Font: &excelize.Font{Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EAED"}},
		}},
		{&x.styles.day, custom(code(day))},
		{&x.styles.moment, custom(code(moment))},
		{&x.styles.text, custom("@")},
	} {
		if *s.into, err = x.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return x.decimalStyles()
}

func custom(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }

func (x *xlsxWriter) decimalStyles() error {
	for _, c := range x.cols {
		if c.Decimals <= 0 || x.styles.decimals[c.Decimals] != 0 {
			continue
		}
		s := custom("0." + strings.Repeat("0", min(c.Decimals, 15)))
		id, err := x.file.NewStyle(&s)
		if err != nil {
			return err
		}
		x.styles.decimals[c.Decimals] = id
	}
	return nil
}

func (x *xlsxWriter) Write(cells ...Cell) error {
	if err := tooMany(cells, len(x.cols)); err != nil {
		return err
	}
	if x.row+len(x.waiting) >= xlsxRows {
		x.failed = true
		return fault.New(fault.Invalid, "An Excel sheet holds at most 1,048,575 rows; narrow the list, or choose CSV.")
	}
	values := x.values[:len(cells)]
	if !x.begun {
		values = make([]any, len(cells))
	}
	for i, c := range cells {
		values[i] = x.value(c, x.cols[i])
	}
	if !x.begun {
		if x.waiting = append(x.waiting, values); len(x.waiting) < lookahead {
			return nil
		}
		return x.flush()
	}
	return x.put(values)
}

// value is a cell as excelize takes it. Text is always a string cell; what
// looks like a formula also gets the format Text, so that it stays text when
// somebody edits it.
func (x *xlsxWriter) value(c Cell, col OutColumn) any {
	switch c.kind {
	case cellText:
		s := clip(printable(c.text))
		if risky(s) {
			return excelize.Cell{StyleID: x.styles.text, Value: s}
		}
		return s
	case cellInt:
		if c.int > 1<<53 || c.int < -1<<53 {
			return fmt.Sprint(c.int) // Excel would round it
		}
		return c.int
	case cellFloat:
		if math.IsNaN(c.num) || math.IsInf(c.num, 0) {
			return nil
		}
		return excelize.Cell{StyleID: x.styles.decimals[col.Decimals], Value: c.num}
	case cellDay:
		return x.date(c, x.styles.day)
	case cellMoment:
		return x.date(c, x.styles.moment)
	case cellBool:
		return c.int == 1
	}
	return nil
}

// date is a number with a date's format; before 1900 Excel has no dates.
func (x *xlsxWriter) date(c Cell, style int) any {
	t := x.f.local(c)
	if t.Year() < 1901 || t.Year() > 9999 {
		return t.Format("2006-01-02")
	}
	_, offset := t.Zone()
	wall := t.Add(time.Duration(offset) * time.Second).UTC()
	days := wall.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Seconds() / 86400
	if c.kind == cellDay {
		days = math.Floor(days)
	}
	return excelize.Cell{StyleID: style, Value: days}
}

// clip cuts a text to what a cell can hold, counted as Excel does, in UTF-16.
func clip(s string) string {
	if len(s) <= MaxCell {
		return s
	}
	n := 0
	for i, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
		if n >= MaxCell && i+utf8.RuneLen(r) < len(s) {
			return s[:i] + "…"
		}
	}
	return s
}

// flush writes widths, the frozen titles and the rows that waited.
func (x *xlsxWriter) flush() error {
	x.begun = true
	for i, c := range x.cols {
		if err := x.stream.SetColWidth(i+1, i+1, x.width(i, c)); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	err := x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	titles := make([]any, len(x.cols))
	for i, c := range x.cols {
		titles[i] = excelize.Cell{StyleID: x.styles.title, Value: clip(printable(c.Title))}
	}
	x.row = 0
	if err := x.put(titles); err != nil {
		return err
	}
	for _, values := range x.waiting {
		if err := x.put(values); err != nil {
			return err
		}
	}
	x.waiting = nil
	return nil
}

func (x *xlsxWriter) put(values []any) error {
	x.row++
	at, err := excelize.CoordinatesToCellName(1, x.row)
	if err == nil {
		err = x.stream.SetRow(at, values)
	}
	if err != nil {
		x.failed = true
		return fmt.Errorf("write workbook, row %d: %w", x.row, err)
	}
	return nil
}

// width fits the title and the rows that waited, within reason.
func (x *xlsxWriter) width(i int, c OutColumn) float64 {
	if c.Width > 0 {
		return float64(min(c.Width, 255))
	}
	w := utf8.RuneCountInString(c.Title) + 2
	for _, values := range x.waiting {
		if i < len(values) {
			w = max(w, shownWidth(values[i], x.styles)+2)
		}
	}
	return float64(min(max(w, 8), 60))
}

func shownWidth(v any, s styles) int {
	switch v := v.(type) {
	case string:
		first, _, _ := strings.Cut(v, "\n")
		return utf8.RuneCountInString(first)
	case excelize.Cell:
		switch v.StyleID {
		case s.day:
			return 10
		case s.moment:
			return 19
		}
		return shownWidth(v.Value, s)
	case float64, int64:
		return min(len(fmt.Sprint(v)), 12)
	}
	return 5
}

// Close writes the workbook and removes what excelize kept on disk. After a
// Write that failed it only does the latter.
func (x *xlsxWriter) Close() error {
	defer x.file.Close()
	if x.failed {
		return nil
	}
	if !x.begun {
		if err := x.flush(); err != nil {
			return err
		}
	}
	if err := x.stream.Flush(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if _, err := x.file.WriteTo(x.w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sheetName makes a name that Excel allows.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s = strings.Trim(s, " '"); s == "" || strings.EqualFold(s, "history") {
		return "Sheet1"
	}
	return s
}
