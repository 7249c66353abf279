package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// serials turns the days since 1900 in which a workbook keeps its dates into
// ISO text. excelize would show them in American style, or in whatever style
// the author chose; so every style of the opened workbook is replaced: those
// that show dates by one that shows a mark and the bare number, all others by
// none, so that numbers come as they are stored.
type serials struct{ since1904 bool }

// marks stand before the number; no text in XML 1.0 can begin with them.
const (
	markDay     = "\x0ed"
	markMoment  = "\x0em"
	markClock   = "\x0ec"
	markElapsed = "\x0ee"
)

// noFormat is an id that no number format has.
const noFormat = -1

func (s *serials) mark(f *excelize.File) error {
	props, err := f.GetWorkbookProps()
	if err != nil {
		return fmt.Errorf("read workbook: %w", err)
	}
	s.since1904 = props.Date1904 != nil && *props.Date1904
	if f.Styles == nil || f.Styles.CellXfs == nil {
		return nil
	}
	xfs := f.Styles.CellXfs.Xf
	codes := customCodes(f)
	ids := map[string]int{}
	for _, m := range []string{markDay, markMoment, markClock, markElapsed} {
		if ids[m], err = addFormat(f, `"`+m+`"0.0000000000`); err != nil {
			return err
		}
	}
	for i := range xfs {
		id := noFormat
		if n := xfs[i].NumFmtID; n != nil {
			if m := markOf(*n, codes[*n]); m != "" {
				id = ids[m]
			}
		}
		f.Styles.CellXfs.Xf[i].NumFmtID = &id
	}
	return nil
}

func customCodes(f *excelize.File) map[int]string {
	codes := map[int]string{}
	if f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			codes[n.NumFmtID] = n.FormatCode
		}
	}
	return codes
}

func addFormat(f *excelize.File, code string) (int, error) {
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return 0, fmt.Errorf("add format: %w", err)
	}
	return *f.Styles.CellXfs.Xf[style].NumFmtID, nil
}

// markOf says what a number format shows; "" when it is no date.
func markOf(id int, code string) string {
	if code != "" {
		return markOfCode(code)
	}
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id >= 57 && id <= 58:
		return markDay
	case id == 22:
		return markMoment
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 55, id == 56:
		return markClock
	case id == 46, id == 47:
		return markElapsed
	}
	return ""
}

// markOfCode reads the letters of a format code that stand outside quotes,
// brackets and escapes: d and y are dates, h and s times, m is either.
func markOfCode(code string) string {
	var day, clock, month bool
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i += 1 + max(0, strings.IndexByte(code[i+1:], '"'))
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end > 0 && strings.Trim(code[i+1:i+end], "hms") == "" {
				return markElapsed
			}
			i += max(0, end)
		case 'd', 'y':
			day = true
		case 'h', 's':
			clock = true
		case 'm':
			month = true
		case 'g': // General, or an era of Japan
			if strings.HasPrefix(code[i:], "general") {
				return ""
			}
		}
	}
	switch {
	case day && clock:
		return markMoment
	case clock:
		return markClock
	case day || month:
		return markDay
	}
	return ""
}

// iso returns a cell as it is, or as ISO text if it carries a mark.
func (s serials) iso(cell string) string {
	if len(cell) < 3 || (cell[0] != '\x0e' && cell[0] != '-') {
		return cell
	}
	text := strings.TrimPrefix(cell, "-")
	if text[0] != '\x0e' {
		return cell
	}
	v, err := strconv.ParseFloat(text[2:], 64)
	if err != nil {
		return text[2:]
	}
	if text != cell {
		v = -v
	}
	return s.text(text[:2], v)
}

func (s serials) text(mark string, v float64) string {
	if mark == markElapsed {
		secs := int64(math.Round(math.Abs(v) * 86400))
		return fmt.Sprintf("%s%d:%02d:%02d", sign(v), secs/3600, secs/60%60, secs%60)
	}
	if v < 0 || v >= 2958466 { // the year 10000
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	t := s.time(v)
	switch {
	case v < 1 && mark != markDay:
		return t.Format("15:04:05")
	case mark == markDay && t.Equal(t.Truncate(24*time.Hour)):
		return t.Format("2006-01-02")
	}
	return strings.TrimSuffix(t.Format("2006-01-02T15:04:05.000"), ".000")
}

// time counts from the day before 1900, as far as February that year; after
// it a day less, because Excel's 1900 has a 29th of February.
func (s serials) time(v float64) time.Time {
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case s.since1904:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case v < 60:
		from = from.AddDate(0, 0, 1)
	}
	day, part := math.Modf(v)
	clock := time.Duration(math.Round(part*86_400_000)) * time.Millisecond
	return from.AddDate(0, 0, int(day)).Add(clock)
}

func sign(v float64) string {
	if v < 0 {
		return "-"
	}
	return ""
}
