package sheet

import (
	"io"
	"strings"
	"unicode/utf8"

	"gatehouse/store/fault"
)

func (r *Reader) openCSV(at io.ReaderAt, size int64, name string, opt Options) error {
	text, enc, err := decoded(at, size, opt.Encoding)
	if err != nil {
		return err
	}
	if r.Found.Delimiter, err = delimiterOf(text, name, opt.Delimiter); err != nil {
		return err
	}
	r.Found.Encoding = enc
	// A second pass from the start: the first was for the delimiter.
	if text, _, err = decoded(at, size, enc); err != nil {
		return err
	}
	lines := newCSV(text, r.Found.Delimiter)
	lines.skipSep = true
	r.src = lines
	return nil
}

// csvSource reads comma separated values as they come in the wild: any line
// end, quotes that are doubled, stray or preceded by a space.
type csvSource struct {
	r       io.Reader
	delim   byte
	skipSep bool // a first line "sep=;" is an instruction to Excel

	buf      []byte
	pos, end int
	eof      bool

	line  int    // of the next byte
	text  []byte // all cells of the record, one after the other
	cuts  []int  // where each cell ends in text
	quote int    // line in which the open quote began
}

func newCSV(r io.Reader, delim byte) *csvSource {
	return &csvSource{r: r, delim: delim, buf: make([]byte, 64<<10), line: 1}
}

func (s *csvSource) close() error { return nil }

// next returns the next line; cells share one string.
func (s *csvSource) next() (record, error) {
	rec, err := s.read()
	if err == nil && s.skipSep && rec.line == 1 && s.isSep(rec.cells) {
		rec, err = s.read()
	}
	return rec, err
}

func (s *csvSource) isSep(cells []string) bool {
	joined := strings.ToLower(strings.Join(cells, string(s.delim)))
	return strings.HasPrefix(joined, "sep=") && len(joined) <= 5
}

func (s *csvSource) read() (record, error) {
	s.text, s.cuts = s.text[:0], s.cuts[:0]
	rec := record{line: s.line}
	if err := s.scan(); err != nil {
		return rec, err
	}
	all, from := string(s.text), 0
	rec.cells = make([]string, len(s.cuts))
	for i, to := range s.cuts {
		rec.cells[i] = cell(all[from:to])
		from = to
	}
	return rec, nil
}

// cell takes off what spreadsheet programs are told with: ="00123" keeps
// zeros, and ' keeps a text from becoming a formula.
func cell(s string) string {
	if len(s) > 3 && strings.HasPrefix(s, `="`) && s[len(s)-1] == '"' && !strings.Contains(s[2:len(s)-1], `"`) {
		return s[2 : len(s)-1]
	}
	return Unguard(s)
}

// scan appends one record to text and cuts, or returns io.EOF before one.
func (s *csvSource) scan() error {
	_, ok, err := s.peek()
	if err != nil {
		return err
	}
	if !ok {
		return io.EOF
	}
	for {
		var b byte
		if b, ok, err = s.peek(); err != nil {
			return err
		}
		switch {
		case !ok:
			return s.endCell()
		case b == s.delim:
			s.pos++
			if err := s.endCell(); err != nil {
				return err
			}
		case b == '\n' || b == '\r':
			return s.endLine()
		case b == '"' && s.onlySpaces():
			s.pos++
			if err := s.quoted(); err != nil {
				return err
			}
		default:
			s.plain()
		}
	}
}

// plain copies bytes that mean nothing special. A quote in the middle of a
// cell is one of them.
func (s *csvSource) plain() {
	from := s.pos
	for s.pos++; s.pos < s.end; s.pos++ {
		if b := s.buf[s.pos]; b == s.delim || b == '\n' || b == '\r' || b == '"' {
			break
		}
	}
	s.text = append(s.text, s.buf[from:s.pos]...)
}

// quoted copies up to the closing quote. What follows it before the next
// delimiter is taken as it is.
func (s *csvSource) quoted() error {
	s.text, s.quote = s.text[:s.start()], s.line
	for {
		b, ok, err := s.peek()
		if err != nil {
			return err
		}
		if !ok || len(s.text)-s.start() > 4*MaxCell {
			return fault.Field("file", "The quotation mark that opens a cell in line %d is never closed. The file may be cut off, or a mark inside the text is not doubled.", s.quote)
		}
		s.pos++
		switch b {
		case '"':
			if b, ok, err = s.peek(); err != nil || !ok || b != '"' {
				return err
			}
			s.pos++
			s.text = append(s.text, '"')
		case '\r', '\n':
			s.lineBreak(b)
			s.text = append(s.text, '\n')
		default:
			s.pos--
			s.run()
		}
	}
}

// run copies what stands between two special bytes of a quoted cell.
func (s *csvSource) run() {
	from := s.pos
	for s.pos++; s.pos < s.end; s.pos++ {
		if b := s.buf[s.pos]; b == '"' || b == '\n' || b == '\r' {
			break
		}
	}
	s.text = append(s.text, s.buf[from:s.pos]...)
}

// start is where the current cell begins in text.
func (s *csvSource) start() int {
	if len(s.cuts) == 0 {
		return 0
	}
	return s.cuts[len(s.cuts)-1]
}

// onlySpaces reports whether a quote here opens the cell.
func (s *csvSource) onlySpaces() bool {
	return len(s.text)-s.start() < 8 && strings.Trim(string(s.text[s.start():]), " ") == ""
}

func (s *csvSource) endCell() error {
	got := s.text[s.start():]
	if len(got) > MaxCell && utf8.RuneCount(got) > MaxCell {
		return fault.Field("file", "Column %d of line %d has more than 32,767 characters.", len(s.cuts)+1, s.line)
	}
	if s.cuts = append(s.cuts, len(s.text)); len(s.cuts) > MaxCols {
		return fault.Field("file", "Line %d has more than %d columns.", s.line, MaxCols)
	}
	return nil
}

func (s *csvSource) endLine() error {
	err := s.endCell()
	b := s.buf[s.pos]
	s.pos++
	s.lineBreak(b)
	return err
}

// lineBreak counts a line end whose first byte b was taken already.
func (s *csvSource) lineBreak(b byte) {
	s.line++
	if b != '\r' {
		return
	}
	if next, ok, _ := s.peek(); ok && next == '\n' {
		s.pos++
	}
}

// peek returns the next byte; false at the end.
func (s *csvSource) peek() (byte, bool, error) {
	for s.pos == s.end {
		if s.eof {
			return 0, false, nil
		}
		n, err := s.r.Read(s.buf)
		s.pos, s.end, s.eof = 0, n, err == io.EOF
		if err != nil && err != io.EOF {
			return 0, false, fault.Field("file", "This file could not be read beyond line %d.", s.line)
		}
		if err := s.refuseNUL(); err != nil {
			return 0, false, err
		}
	}
	return s.buf[s.pos], true, nil
}
