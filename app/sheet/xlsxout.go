package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"gatehouse/store/fault"
)

// xlsxRows is how many rows a sheet can have, the titles included.
const xlsxRows = 1_048_576

// xlsxWriter streams one sheet, a row at a time, into the zip that a workbook
// is; it holds one row and no more, except the first ones, which wait until
// the columns' widths are known, because Excel wants these first.
//
// Workbooks are read with excelize but not written with it: what it writes
// with calls methods by name, and a program in which anything does that keeps
// every method of every type, six megabytes of them.
type xlsxWriter struct {
	zip   *zip.Writer
	out   *bufio.Writer // the sheet within the zip
	cols  []OutColumn
	names []string // of the columns: A, B, …
	f     Format

	formats []string // number formats in use, in the order of their styles
	waiting [][]Cell
	begun   bool
	failed  bool // nothing of use can be written any more
	row     int
	line    []byte
}

// NewXLSX begins a workbook with one sheet and the titles of cols in a frozen
// first row.
func NewXLSX(w io.Writer, sheet string, cols []OutColumn, f Format) (Writer, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w), cols: cols, f: f, row: 1}
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for i := range cols {
		x.names = append(x.names, columnName(i))
	}
	x.formats = x.numberFormats()
	for _, part := range x.parts(sheetName(sheet)) {
		if err := x.part(part.name, part.body); err != nil {
			return nil, fmt.Errorf("begin workbook: %w", err)
		}
	}
	return x, nil
}

func (x *xlsxWriter) part(name, body string) error {
	w, err := x.zip.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, body)
	return err
}

// columnName is how a sheet calls its i-th column: A to Z, AA, AB and so on.
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + columnName(i%26)
}

func (x *xlsxWriter) Write(cells ...Cell) error {
	if err := tooMany(cells, len(x.cols)); err != nil {
		return err
	}
	if x.row+len(x.waiting) >= xlsxRows {
		x.failed = true
		return fault.New(fault.Invalid, "An Excel sheet holds at most 1,048,575 rows; narrow the list, or choose CSV.")
	}
	if x.begun {
		return x.put(cells)
	}
	if x.waiting = append(x.waiting, append([]Cell(nil), cells...)); len(x.waiting) < lookahead {
		return nil
	}
	return x.flush()
}

// flush writes widths, the frozen titles and the rows that waited.
func (x *xlsxWriter) flush() error {
	x.begun = true
	w, err := x.zip.Create(sheetPart)
	if err != nil {
		return x.fails(err)
	}
	x.out = bufio.NewWriterSize(w, 64<<10)
	if _, err := x.out.WriteString(sheetHead + x.widths() + `<sheetData>`); err != nil {
		return x.fails(err)
	}
	x.row = 0
	if err := x.titles(); err != nil {
		return err
	}
	for _, cells := range x.waiting {
		if err := x.put(cells); err != nil {
			return err
		}
	}
	x.waiting = nil
	return nil
}

func (x *xlsxWriter) titles() error {
	return x.write(func(b []byte) []byte {
		for i, c := range x.cols {
			b = appendText(x.open(b, i, styleTitle), clip(printable(c.Title)))
		}
		return b
	})
}

func (x *xlsxWriter) put(cells []Cell) error {
	return x.write(func(b []byte) []byte {
		for i := range cells {
			b = x.cell(b, i, &cells[i])
		}
		return b
	})
}

// write writes a row whose cells fill appends.
func (x *xlsxWriter) write(fill func([]byte) []byte) error {
	x.row++
	b := strconv.AppendInt(append(x.line[:0], `<row r="`...), int64(x.row), 10)
	b = append(fill(append(b, `">`...)), `</row>`...)
	x.line = b
	if _, err := x.out.Write(b); err != nil {
		return x.fails(err)
	}
	return nil
}

func (x *xlsxWriter) fails(err error) error {
	x.failed = true
	return fmt.Errorf("write workbook, row %d: %w", x.row, err)
}

// open begins a cell; its type, if it has one, comes next.
func (x *xlsxWriter) open(b []byte, i, style int) []byte {
	b = append(append(b, `<c r="`...), x.names[i]...)
	b = append(strconv.AppendInt(b, int64(x.row), 10), '"')
	if style != stylePlain {
		b = append(strconv.AppendInt(append(b, ` s="`...), int64(style), 10), '"')
	}
	return b
}

// cell appends a cell. Text is always a string cell; what looks like a formula
// also gets the format Text, so that it stays text when somebody edits it.
func (x *xlsxWriter) cell(b []byte, i int, c *Cell) []byte {
	switch c.kind {
	case cellText:
		s, style := clip(printable(c.text)), stylePlain
		if risky(s) {
			style = styleText
		}
		return appendText(x.open(b, i, style), s)
	case cellInt:
		if c.int > 1<<53 || c.int < -1<<53 { // Excel would round it
			return appendText(x.open(b, i, stylePlain), strconv.FormatInt(c.int, 10))
		}
		return append(strconv.AppendInt(append(x.open(b, i, stylePlain), `><v>`...), c.int, 10), `</v></c>`...)
	case cellFloat:
		if math.IsNaN(c.num) || math.IsInf(c.num, 0) {
			return b
		}
		return appendNumber(x.open(b, i, x.decimals(x.cols[i].Decimals)), c.num)
	case cellDay:
		return x.date(b, i, c, styleDay)
	case cellMoment:
		return x.date(b, i, c, styleMoment)
	case cellBool:
		return append(strconv.AppendInt(append(x.open(b, i, stylePlain), ` t="b"><v>`...), c.int, 10), `</v></c>`...)
	}
	return b
}

// date is a number with a date's format; before 1901 it is a text.
func (x *xlsxWriter) date(b []byte, i int, c *Cell, style int) []byte {
	t := x.f.local(*c)
	if t.Year() < 1901 || t.Year() > 9999 {
		return appendText(x.open(b, i, stylePlain), t.Format("2006-01-02"))
	}
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset) - excelEpoch
	days := float64(seconds) / 86400
	if c.kind == cellDay {
		days = math.Floor(days)
	}
	return appendNumber(x.open(b, i, style), days)
}

// excelEpoch is the day from which Excel counts.
var excelEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()

func appendNumber(b []byte, v float64) []byte {
	return append(strconv.AppendFloat(append(b, `><v>`...), v, 'g', -1, 64), `</v></c>`...)
}

func appendText(b []byte, s string) []byte {
	b = append(b, ` t="inlineStr"><is><t`...)
	if strings.TrimSpace(s) != s || strings.ContainsAny(s, "\n\r\t") {
		b = append(b, ` xml:space="preserve"`...)
	}
	return append(appendXML(append(b, '>'), s), `</t></is></c>`...)
}

// Close writes the end of the workbook. After a Write that failed it does not.
func (x *xlsxWriter) Close() error {
	if x.failed {
		return nil
	}
	if !x.begun {
		if err := x.flush(); err != nil {
			return err
		}
	}
	if _, err := x.out.WriteString(`</sheetData></worksheet>`); err != nil {
		return x.fails(err)
	}
	if err := x.out.Flush(); err != nil {
		return x.fails(err)
	}
	if err := x.zip.Close(); err != nil {
		return x.fails(err)
	}
	return nil
}
