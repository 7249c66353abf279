// Package sheet takes rows out of spreadsheets and puts rows into them.
//
// Reading recognises CSV and XLSX by content, whatever the file is called, and
// hands out rows of strings with the line a person sees in Excel. The helpers
// beside it turn such strings into dates, numbers and places, and propose which
// column means what. Writing makes typed cells that no spreadsheet program
// takes for a formula. What a column means to the product is not decided here.
package sheet

import (
	"io"
	"iter"

	"gatehouse/store/fault"
)

// The limits of a file. Callers may set narrower ones.
const (
	MaxBytes = 64 << 20  // of the file as uploaded
	MaxRows  = 1_000_000 // below the header
	MaxCols  = 500
	MaxCell  = 32_767 // characters, as in Excel
)

// Kind says what a file is.
type Kind string

// The kinds that can be read.
const (
	CSV  Kind = "csv"
	XLSX Kind = "xlsx"
)

// Options override what Open would recognise by itself; a zero field means
// "recognise it".
type Options struct {
	Encoding   string // one of Encodings, for CSV
	Delimiter  byte   // ',' ';' '\t' '|', for CSV
	Decimal    byte   // '.' or ','
	Order      DateOrder
	Sheet      string // name of the sheet, for XLSX
	HeaderLine int    // 1-based line of the column names
}

// Found is what Open recognised or was told.
type Found struct {
	Kind       Kind
	Encoding   string    // CSV only
	Delimiter  byte      // CSV only
	Decimal    byte      // 0 when the first rows do not tell
	Order      DateOrder // Ambiguous or NoDates when the first rows do not tell
	Sheet      string    // XLSX only
	Sheets     []string  // XLSX only: every sheet one can choose
	HeaderLine int
}

// Row is one line below the header. Cells has exactly as many elements as the
// header; Problem is a sentence when the line had another number of columns.
type Row struct {
	Line    int
	Cells   []string
	Problem string
}

// Reader hands out the rows of one table. It is not safe for concurrent use.
type Reader struct {
	Header []string // never empty, no name twice
	Found  Found
	Notes  []string // sentences about names that had to be made up

	src    source
	ahead  []record // read while looking for the header, not handed out yet
	failed error    // met while reading ahead
	count  int
}

// record is one line of a source before it is held against the header.
type record struct {
	line  int
	cells []string
}

// source is a file format: lines in order, io.EOF after the last one.
type source interface {
	next() (record, error)
	close() error
}

// lookahead is how many lines Open reads to find the header and make guesses.
const lookahead = 200

// Open recognises the file of the given size behind r and reads up to its
// header. The name serves only to decide what the content leaves open. Every
// error is an Invalid fault with a sentence for the person who chose the file.
// Close the reader.
func Open(r io.ReaderAt, size int64, name string, opt Options) (*Reader, error) {
	if size == 0 {
		return nil, fault.Field("file", "This file is empty.")
	}
	if size > MaxBytes {
		return nil, fault.Field("file", "This file has %d MB; at most %d MB can be read at once. Split it into parts.", size>>20, MaxBytes>>20)
	}
	out := &Reader{}
	if err := out.open(r, size, name, opt); err != nil {
		return nil, err
	}
	if err := out.start(opt); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

func (r *Reader) open(at io.ReaderAt, size int64, name string, opt Options) (err error) {
	if r.Found.Kind, err = recognise(at, size); err != nil {
		return err
	}
	if r.Found.Kind == XLSX {
		return r.openXLSX(at, size, opt)
	}
	return r.openCSV(at, size, name, opt)
}

// Next returns the next row that is not blank, io.EOF after the last one, or
// an Invalid fault, after which there is nothing more to read.
func (r *Reader) Next() (Row, error) {
	for {
		rec, err := r.record()
		if err != nil {
			return Row{}, err
		}
		if blank(rec.cells) {
			continue
		}
		if r.count++; r.count > MaxRows {
			return Row{}, fault.Field("file", "This file has more than 1,000,000 rows; split it into parts.")
		}
		return r.fit(rec), nil
	}
}

func (r *Reader) record() (record, error) {
	if len(r.ahead) > 0 {
		rec := r.ahead[0]
		r.ahead = r.ahead[1:]
		return rec, nil
	}
	if r.failed != nil {
		return record{}, r.failed
	}
	return r.src.next()
}

// Rows ranges over what Next returns, without io.EOF.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			row, err := r.Next()
			if err == io.EOF || !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Close gives back what the file holds open.
func (r *Reader) Close() error {
	if r.src == nil {
		return nil
	}
	return r.src.close()
}
