package sheet

import (
	"bytes"
	"io"
	"testing"
	"time"

	"gatehouse/store/fault"
)

// readToTheEnd fails unless every row fits the header and every error is one
// for the person who chose the file.
func readToTheEnd(t *testing.T, data []byte, opt Options) {
	r, err := Open(bytes.NewReader(data), int64(len(data)), "x", opt)
	if err != nil {
		if fault.Of(err) != fault.Invalid {
			t.Fatalf("open: %v", err)
		}
		return
	}
	defer r.Close()
	if len(r.Header) == 0 {
		t.Fatal("a header without names")
	}
	for line := r.Found.HeaderLine; ; {
		row, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			if fault.Of(err) != fault.Invalid {
				t.Fatalf("next: %v", err)
			}
			return
		}
		if len(row.Cells) != len(r.Header) || row.Line <= line {
			t.Fatalf("line %d after %d has %d cells, the header %d", row.Line, line, len(row.Cells), len(r.Header))
		}
		line = row.Line
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "sep=;\na;b\n", "a\tb\r\n\"x\"\"\ny\"\t2", "\xff\xfea\x00,\x00b\x00\n\x00", "M\xfcller;1,5\r", "\"", "a\n\"b", "\ufeffa|b", ",,,\n,,", "'=1\n'", "=\"0\"",
	} {
		f.Add([]byte(s), byte(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, delim byte) {
		readToTheEnd(t, data, Options{})
		readToTheEnd(t, data, Options{Delimiter: delim, Encoding: "utf-8"})
	})
}

func FuzzXLSX(f *testing.F) {
	whole := table(f, 3)
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="s" s="1"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<row r="9"/><c t="d"><v>2020-01-01T00:00:00Z</v></c>`))
	f.Fuzz(func(t *testing.T, part []byte) {
		readToTheEnd(t, rezip(t, whole, map[string]func(io.Writer, []byte){
			"xl/worksheets/sheet1.xml": func(w io.Writer, _ []byte) { w.Write(part) },
		}), Options{})
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2018-06-26T10:58:54Z", "06/26/2018 10:58:54 AM", "26.6.18", "Jun 26, 2018", "31.02.2018", "20180626T105854+0200", "1.2.3"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, order int) {
		o := DateOrder(uint(order) % uint(Mixed+1))
		got, hasTime, err := ParseDate(s, o)
		if err != nil {
			if fault.Of(err) != fault.Invalid || !got.IsZero() {
				t.Fatalf("%q: %v %v", s, got, err)
			}
			return
		}
		layout := "2006-01-02"
		if hasTime {
			layout = time.RFC3339Nano
		}
		if again, _, err := ParseDate(got.Format(layout), NoDates); err != nil || !again.Equal(got) {
			t.Fatalf("%q is %v, and that is %v %v", s, got, again, err)
		}
		GuessDateOrder([]string{s})
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1.234,56", "1 234", "(5)", "-$5.00", "1e5", "5-", "40°41'24.3\"N", "(40.69, -73.84)"} {
		f.Add(s, byte('.'))
	}
	f.Fuzz(func(t *testing.T, s string, mark byte) {
		for _, d := range []byte{0, '.', ','} {
			if v, err := ParseNumber(s, d); err == nil && v != v {
				t.Fatalf("%q is not a number", s)
			}
		}
		if y, x, err := ParseLatLon(s, ""); err == nil && (y < -90 || y > 90 || x < -180 || x > 180) {
			t.Fatalf("%q is at %v %v", s, y, x)
		}
		if got := Unguard(Guard(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
		GuessDecimal([]string{s})
	})
}
