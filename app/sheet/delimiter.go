package sheet

import (
	"bytes"
	"io"
	"strings"

	"gatehouse/store/fault"
)

// delimiters in the order in which they win a draw.
var delimiters = []byte{',', ';', '\t', '|'}

// delimiterOf reads the beginning of text and returns the delimiter with which
// its lines fall into the most regular table.
func delimiterOf(text io.Reader, name string, told byte) (byte, error) {
	if told != 0 {
		if bytes.IndexByte(delimiters, told) < 0 {
			return 0, fault.Field("delimiter", "The delimiter must be a comma, a semicolon, a tab or a bar.")
		}
		return told, nil
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(text, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return 0, fault.Field("file", "This file could not be read.")
	}
	whole := err != nil
	head = head[:n]
	if d := sepLine(head); d != 0 {
		return d, nil
	}
	best, bestScore := byte(0), 0.0
	for _, d := range delimiters {
		got := score(head, d, whole)
		if d == '\t' && strings.HasSuffix(strings.ToLower(name), ".tsv") {
			got *= 1.5
		}
		if got > bestScore {
			best, bestScore = d, got
		}
	}
	if best == 0 {
		best = absent(head)
	}
	return best, nil
}

// absent is a delimiter for a file of one column: one that its text does not
// use.
func absent(head []byte) byte {
	for _, d := range delimiters {
		if bytes.IndexByte(head, d) < 0 {
			return d
		}
	}
	return ','
}

// sepLine is the delimiter that a first line "sep=;" names.
func sepLine(head []byte) byte {
	if len(head) < 6 || !strings.EqualFold(string(head[:4]), "sep=") {
		return 0
	}
	if d := head[4]; bytes.IndexByte(delimiters, d) >= 0 && (head[5] == '\n' || head[5] == '\r') {
		return d
	}
	return 0
}

// score is the share of lines with the most frequent number of columns; more
// columns decide between equally regular tables. One column scores nothing,
// nor do two below a header of one, which is prose with commas.
func score(head []byte, d byte, whole bool) float64 {
	counts := columnCounts(head, d, whole)
	byCols, best := map[int]int{}, 0.0
	for _, n := range counts {
		byCols[n]++
	}
	for cols, n := range byCols {
		if cols == 1 || cols == 2 && counts[0] == 1 {
			continue
		}
		regular := float64(n) / float64(len(counts))
		best = max(best, regular*regular+float64(min(cols, 50))/500)
	}
	return best
}

func columnCounts(head []byte, d byte, whole bool) (counts []int) {
	lines := newCSV(bytes.NewReader(head), d)
	for len(counts) < 100 {
		rec, err := lines.next()
		if len(lines.cuts) > MaxCols {
			return append(counts, len(lines.cuts)) // for the reader to refuse
		}
		if err != nil {
			break
		}
		if !whole && lines.pos == lines.end && lines.eof {
			break // cut off by the sample, not by the file
		}
		if !blank(rec.cells) {
			counts = append(counts, len(rec.cells))
		}
	}
	return counts
}

// refuseNUL names the line of a zero byte, which no text has.
func (s *csvSource) refuseNUL() error {
	at := bytes.IndexByte(s.buf[:s.end], 0)
	if at < 0 {
		return nil
	}
	got := s.buf[:at]
	line := s.line + bytes.Count(got, []byte("\n"))
	if !bytes.Contains(got, []byte("\n")) {
		line += bytes.Count(got, []byte("\r"))
	}
	return fault.Field("file", "Line %d holds a zero byte, which no text has: this is not a CSV file, or it is damaged, or its encoding is another one.", line)
}
