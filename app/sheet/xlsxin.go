package sheet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gatehouse/store/fault"
)

// What a workbook may unpack to: a table shrinks to a tenth or a thirtieth in
// the zip, a bomb to a thousandth.
const (
	unzipAtLeast = 64 << 20
	unzipAtMost  = 512 << 20
	unzipRatio   = 40
	unzipInRAM   = 16 << 20 // larger sheets go to a temporary file
)

var errDamaged = errors.New("damaged workbook")

func (r *Reader) openXLSX(at io.ReaderAt, size int64, opt Options) error {
	limit := min(max(unzipAtLeast, size*unzipRatio), unzipAtMost)
	parts, err := inspect(at, size, limit)
	if err != nil {
		return err
	}
	src := &xlsxSource{}
	err = shielded(func() error { return src.open(io.NewSectionReader(at, 0, size), limit) })
	if err == nil {
		err = shielded(func() error { return src.choose(opt.Sheet, parts) })
	}
	if err != nil {
		src.close()
		return damaged(err)
	}
	r.src, r.Found.Sheet, r.Found.Sheets = src, src.sheet, src.sheets
	return nil
}

// damaged makes the one sentence there is for a workbook that excelize cannot
// read; a fault of ours stays as it is.
func damaged(err error) error {
	if err == nil || err == io.EOF || fault.Of(err) == fault.Invalid {
		return err
	}
	return fault.Field("file", "This Excel file is damaged and cannot be read. Open it in Excel and save it again.")
}

// shielded turns a panic into an error: excelize trusts the XML it reads more
// than one can trust an upload.
func shielded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	return f()
}

// xlsxSource reads one sheet of a workbook.
type xlsxSource struct {
	file   *excelize.File
	rows   *excelize.Rows
	sheet  string
	sheets []string
	line   int
	last   int // line of the last row the sheet's XML begins, 0 if unknown
	serial serials
}

func (s *xlsxSource) open(r io.Reader, limit int64) (err error) {
	s.file, err = excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: limit, UnzipXMLSizeLimit: unzipInRAM})
	if err != nil {
		return fmt.Errorf("open workbook: %w", err)
	}
	for _, name := range s.file.GetSheetList() {
		if seen, err := s.file.GetSheetVisible(name); err == nil && seen {
			s.sheets = append(s.sheets, name)
		}
	}
	if len(s.sheets) == 0 {
		s.sheets = s.file.GetSheetList()
	}
	return s.serial.mark(s.file)
}

// choose takes the sheet that was asked for, or the first with anything in it.
func (s *xlsxSource) choose(name string, parts sheetParts) error {
	if name != "" {
		i := slices.IndexFunc(s.sheets, func(n string) bool { return strings.EqualFold(n, name) })
		if i < 0 {
			return fault.Field("sheet", "There is no sheet “%s” in this file; it has: %s.", name, strings.Join(s.sheets, ", "))
		}
		return s.begin(s.sheets[i], parts)
	}
	for _, n := range s.sheets {
		if s.begin(n, parts) == nil && s.holdsAnything() {
			return s.begin(n, parts)
		}
	}
	return fault.Field("file", "Every sheet of this file is empty.")
}

func (s *xlsxSource) begin(name string, parts sheetParts) (err error) {
	s.endRows()
	if s.rows, err = s.file.Rows(name); err != nil {
		return fmt.Errorf("open sheet %q: %w", name, err)
	}
	s.sheet, s.line, s.last = name, 0, parts.lastLine(name)
	return nil
}

func (s *xlsxSource) holdsAnything() bool {
	for {
		rec, err := s.next()
		if err != nil {
			return err != io.EOF // a damaged sheet is chosen, so that it is named
		}
		if !blank(rec.cells) {
			return true
		}
	}
}

func (s *xlsxSource) next() (rec record, err error) {
	err = shielded(func() error { rec, err = s.read(); return err })
	return rec, damaged(err)
}

func (s *xlsxSource) read() (record, error) {
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return record{}, fmt.Errorf("row after %d: %w", s.line, err)
		}
		// excelize takes broken XML for the end of the sheet.
		if s.line < s.last {
			return record{}, fault.Field("file", "This Excel file is damaged: the sheet “%s” breaks off after line %d.", s.sheet, s.line)
		}
		return record{}, io.EOF
	}
	s.line++
	cells, err := s.rows.Columns()
	if err != nil {
		return record{}, fmt.Errorf("row %d: %w", s.line, err)
	}
	cells = cells[:trimmed(cells)]
	if len(cells) > MaxCols {
		return record{}, fault.Field("file", "Line %d has more than %d columns.", s.line, MaxCols)
	}
	for i, c := range cells {
		if cells[i] = s.serial.iso(c); len(c) > MaxCell && utf8.RuneCountInString(c) > MaxCell {
			return record{}, fault.Field("file", "Column %d of line %d has more than 32,767 characters.", i+1, s.line)
		}
	}
	return record{line: s.line, cells: cells}, nil
}

func (s *xlsxSource) endRows() {
	if s.rows != nil {
		s.rows.Close() // an error here would have been one in read
		s.rows = nil
	}
}

func (s *xlsxSource) close() error {
	s.endRows()
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
