package sheet

import (
	"fmt"
	"strings"
	"time"
)

// Writer takes the rows of an export. Close finishes the file and must always
// be called, also after a Write that failed; it does not close what lies
// beneath.
type Writer interface {
	// Write adds a row. It keeps nothing of cells.
	Write(cells ...Cell) error
	Close() error
}

// OutColumn is a column of an export.
type OutColumn struct {
	Title    string
	Width    int // in characters; 0 lets the first rows decide
	Decimals int // shown of numbers; 0 shows as many as there are
}

// Format is how the person who exports wants to see dates and numbers.
type Format struct {
	Order     DateOrder      // YMD unless MDY or DMY
	Separator string         // between day, month and year: "/", "." or "-"
	Hours24   bool           // else 02:30 PM
	Decimal   byte           // for CSV: ',' or '.'; 0 goes by the delimiter
	Zone      *time.Location // nil is UTC
}

// Cell is a typed value. The zero Cell is empty.
type Cell struct {
	kind cellKind
	text string
	num  float64
	int  int64
	at   time.Time
}

type cellKind byte

const (
	cellEmpty cellKind = iota
	cellText
	cellFloat
	cellInt
	cellDay
	cellMoment
	cellBool
)

// Text is a cell that is text whatever it looks like.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: cellText, text: s}
}

// Number is a cell one can reckon with.
func Number(f float64) Cell { return Cell{kind: cellFloat, num: f} }

// Int is a Number without decimals.
func Int(n int64) Cell { return Cell{kind: cellInt, int: n} }

// Day is a date without a time, the same in every zone. The zero time is an
// empty cell.
func Day(t time.Time) Cell { return timeCell(cellDay, t) }

// Moment is a date with a time, shown in the zone of the Format. The zero time
// is an empty cell.
func Moment(t time.Time) Cell { return timeCell(cellMoment, t) }

// Bool is TRUE or FALSE.
func Bool(b bool) Cell {
	c := Cell{kind: cellBool}
	if b {
		c.int = 1
	}
	return c
}

func timeCell(k cellKind, t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{kind: k, at: t}
}

// layout is the format of a date, and of a date with a time, in Go's terms.
func (f Format) layout() (day, moment string) {
	sep := f.Separator
	if sep != "/" && sep != "." && sep != "-" {
		sep = "-"
	}
	order := []string{"2006", "01", "02"}
	switch f.Order {
	case MDY:
		order = []string{"01", "02", "2006"}
	case DMY:
		order = []string{"02", "01", "2006"}
	}
	day = strings.Join(order, sep)
	if f.Hours24 {
		return day, day + " 15:04"
	}
	return day, day + " 03:04 PM"
}

// code is the layout in Excel's terms. The separator is escaped, because a
// bare slash means "whatever this computer uses".
func code(layout string) string {
	return strings.NewReplacer(
		"2006", "yyyy", "01", "mm", "02", "dd", "15", "hh", "03", "hh", "04", "mm",
		"PM", "AM/PM", "/", `\/`, ".", `\.`, "-", `\-`, " ", `\ `,
	).Replace(layout)
}

// local is the time as the clock on the wall of the Format's zone shows it.
func (f Format) local(c Cell) time.Time {
	if c.kind == cellMoment && f.Zone != nil {
		return c.at.In(f.Zone)
	}
	return c.at.UTC()
}

// printable drops what no spreadsheet can hold: control characters other than
// tab and line ends.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

func tooMany(cells []Cell, cols int) error {
	if len(cells) > cols {
		return fmt.Errorf("write row: %d cells for %d columns", len(cells), cols)
	}
	return nil
}
