package sheet

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"gatehouse/store/fault"
)

func open(t *testing.T, data []byte, name string, opt Options) *Reader {
	t.Helper()
	r, err := Open(bytes.NewReader(data), int64(len(data)), name, opt)
	if err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// all reads every row; the cells of a row are joined with a bar.
func all(t *testing.T, r *Reader) (rows []string) {
	t.Helper()
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatalf("row: %v", err)
		}
		line := fmt.Sprintf("%d:%s", row.Line, strings.Join(row.Cells, "|"))
		if row.Problem != "" {
			line += " !" + row.Problem
		}
		rows = append(rows, line)
	}
	return rows
}

func refused(t *testing.T, data []byte, opt Options, says string) {
	t.Helper()
	r, err := Open(bytes.NewReader(data), int64(len(data)), "x.csv", opt)
	for err == nil {
		_, err = r.Next()
	}
	if err == io.EOF || fault.Of(err) != fault.Invalid || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want a fault that says %q", err, says)
	}
}

func TestOpen_readsEveryEncoding(t *testing.T) {
	text := "Name;Ort;Preis\r\nMüller;Köln – Süd;12,50\r\n"
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) []byte {
		out, err := unicode.UTF16(e, b).NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	ansi, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		opt  Options
		want string
	}{
		"utf-8":            {[]byte(text), Options{}, "utf-8"},
		"utf-8 with mark":  {append([]byte("\xef\xbb\xbf"), text...), Options{}, "utf-8"},
		"windows":          {ansi, Options{}, "windows-1252"},
		"utf-16 LE":        {utf16(unicode.LittleEndian, unicode.UseBOM), Options{}, "utf-16le"},
		"utf-16 BE":        {utf16(unicode.BigEndian, unicode.UseBOM), Options{}, "utf-16be"},
		"utf-16 LE, bare":  {utf16(unicode.LittleEndian, unicode.IgnoreBOM), Options{}, "utf-16le"},
		"utf-16 BE, bare":  {utf16(unicode.BigEndian, unicode.IgnoreBOM), Options{}, "utf-16be"},
		"Macintosh, by us": {mac, Options{Encoding: "macintosh"}, "macintosh"},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, c.data, "x.csv", c.opt)
			if r.Found.Encoding != c.want || r.Found.Delimiter != ';' || r.Found.Decimal != ',' {
				t.Errorf("found %+v, want encoding %s", r.Found, c.want)
			}
			if got, want := strings.Join(r.Header, "|"), "Name|Ort|Preis"; got != want {
				t.Errorf("header %q, want %q", got, want)
			}
			if got, want := all(t, r), []string{"2:Müller|Köln – Süd|12,50"}; !slices.Equal(got, want) {
				t.Errorf("rows %q, want %q", got, want)
			}
		})
	}
}

func TestOpen_fallsBackToWindowsWhenTheFirstUmlautComesLate(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("a,b\n")
	for range 100_000 {
		b.WriteString("plain,text\n")
	}
	b.WriteString("M\xfcller,x\n")
	r := open(t, b.Bytes(), "x.csv", Options{})
	rows := all(t, r)
	if got, want := rows[len(rows)-1], "100002:Müller|x"; r.Found.Encoding != "windows-1252" || got != want {
		t.Errorf("%s: %q, want %q", r.Found.Encoding, got, want)
	}
}

func TestOpen_CSV(t *testing.T) {
	for name, c := range map[string]struct {
		in     string
		opt    Options
		header string
		rows   []string
	}{
		"comma":              {"a,b\n1,2\n", Options{}, "a|b", []string{"2:1|2"}},
		"tab":                {"a\tb\n1,5\t2\n", Options{}, "a|b", []string{"2:1,5|2"}},
		"bar":                {"a|b\n1;5|2\n", Options{}, "a|b", []string{"2:1;5|2"}},
		"semicolon":          {"a;b;c\n1,5;2,5;3,5\n", Options{}, "a|b|c", []string{"2:1,5|2,5|3,5"}},
		"one column":         {"Address\nMain St 1, Berlin\nSide St 2, Bonn\n", Options{}, "Address", []string{"2:Main St 1, Berlin", "3:Side St 2, Bonn"}},
		"sep= line":          {"sep=;\na;b\n1;2\n", Options{}, "a|b", []string{"3:1|2"}},
		"sep= wins":          {"sep=|\r\na,b|c\r\n1,2|3\r\n", Options{}, "a,b|c", []string{"3:1,2|3"}},
		"told otherwise":     {"a;b,c\n1;2,3\n", Options{Delimiter: ','}, "a;b|c", []string{"2:1;2|3"}},
		"CR only":            {"a,b\r1,2\r3,4", Options{}, "a|b", []string{"2:1|2", "3:3|4"}},
		"CRLF":               {"a,b\r\n1,2\r\n", Options{}, "a|b", []string{"2:1|2"}},
		"quoted newline":     {"a,b\n\"x\r\ny\",2\n3,4\n", Options{}, "a|b", []string{"2:x\ny|2", "4:3|4"}},
		"doubled quotes":     {"a,b\n\"say \"\"hi\"\"\",2\n", Options{}, "a|b", []string{"2:say \"hi\"|2"}},
		"stray quotes":       {"a,b\n5\" pipe,\"x\" y\n", Options{}, "a|b", []string{"2:5\" pipe|x y"}},
		"space before quote": {"a, \"b\"\n1, \"x, y\"\n", Options{}, "a|b", []string{"2:1|x, y"}},
		"zeros kept":         {"a,b\n=\"00123\",2\n", Options{}, "a|b", []string{"2:00123|2"}},
		"guard taken off":    {"a,b\n'=1+1,'tis\n", Options{}, "a|b", []string{"2:=1+1|'tis"}},
		"blank lines":        {"\n\na,b\n\n1,2\n , \n3,4\n\n", Options{}, "a|b", []string{"5:1|2", "7:3|4"}},
		"title above":        {"Deliveries of May\n\nNo,Customer,Date\n1,Acme,x\n", Options{}, "No|Customer|Date", []string{"4:1|Acme|x"}},
		"header told":        {"a,b\nc,d\n1,2\n", Options{HeaderLine: 2}, "c|d", []string{"3:1|2"}},
		"too short":          {"a,b,c\n1,2\n", Options{}, "a|b|c", []string{"2:1|2| !This row has 2 columns, the header has 3."}},
		"too long":           {"a,b\n1,2,3\n4,5,,\n", Options{}, "a|b", []string{"2:1|2 !This row has 3 columns, the header has 2.", "3:4|5"}},
		"same name":          {"a,A,,a\n1,2,3,4\n", Options{}, "a|A (2)|Column 3|a (3)", []string{"2:1|2|3|4"}},
		"unused columns":     {"a,b,,\n1,2,,\n", Options{}, "a|b", []string{"2:1|2"}},
		"header alone":       {"a,b", Options{}, "a|b", nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, []byte(c.in), "x.csv", c.opt)
			if got := strings.Join(r.Header, "|"); got != c.header {
				t.Errorf("header %q, want %q", got, c.header)
			}
			if got := all(t, r); !slices.Equal(got, c.rows) {
				t.Errorf("rows %q, want %q", got, c.rows)
			}
		})
	}
}

func TestOpen_saysWhichNamesItMadeUp(t *testing.T) {
	r := open(t, []byte("a,a,\n1,2,3\n"), "x.csv", Options{})
	want := []string{
		"The name “a” is there twice; column 2 is called “a (2)” here.",
		"Column 3 has no name; it is called “Column 3” here.",
	}
	if !slices.Equal(r.Notes, want) {
		t.Errorf("notes %q, want %q", r.Notes, want)
	}
}

func TestOpen_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		opt  Options
		says string
	}{
		"nothing":            {"", Options{}, "is empty"},
		"blank lines":        {"\n\n  \n", Options{}, "nothing in this file"},
		"a zero byte":        {"a,b\n1,2\n3,\x00\n", Options{}, "Line 3 holds a zero byte"},
		"an open quote":      {"a,b\n1,2\n\"half a cell,3\n4,5\n", Options{}, "in line 3 is never closed"},
		"too many columns":   {strings.Repeat("a,", 501) + "\n", Options{}, "more than 500 columns"},
		"a huge cell":        {"a,b\n1," + strings.Repeat("x", MaxCell+1) + "\n", Options{}, "more than 32,767 characters"},
		"an old Excel file":  {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Options{}, ".xls"},
		"a PDF":              {"%PDF-1.7\n", Options{}, "PDF"},
		"a web page":         {"\ufeff <!DOCTYPE html><p>", Options{}, "web page"},
		"an unknown coding":  {"a,b\n", Options{Encoding: "ebcdic"}, "no encoding called"},
		"a strange delim":    {"a,b\n", Options{Delimiter: 'x'}, "delimiter must be"},
		"a missing header":   {"a,b\n1,2\n", Options{HeaderLine: 9}, "Line 9 holds no column names"},
		"half a zip":         {"PK\x03\x04rest", Options{}, "incomplete or damaged"},
		"UTF-16 told as 8":   {"a\x00,\x00b\x00\n\x00", Options{Encoding: "utf-8"}, "zero byte"},
		"a compressed table": {"\x1f\x8b\x08", Options{}, ".gz"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(c.in), c.opt, c.says) })
	}
}

func TestOpen_refusesAFileThatIsTooLarge(t *testing.T) {
	_, err := Open(bytes.NewReader(nil), MaxBytes+1, "x.csv", Options{})
	if fault.Of(err) != fault.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
}

func TestNext_stopsAfterAMillionRows(t *testing.T) {
	data := []byte("a\n" + strings.Repeat("1\n", MaxRows+1))
	r := open(t, data, "x.csv", Options{})
	n, err := 0, error(nil)
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if n-1 != MaxRows || fault.Of(err) != fault.Invalid {
		t.Errorf("%d rows, then %v", n-1, err)
	}
}

func TestOpen_realServiceRequests(t *testing.T) {
	dir := os.Getenv("GATEHOUSE_TEST_DATA")
	if dir == "" {
		t.Skip("GATEHOUSE_TEST_DATA names no folder with real files")
	}
	data, err := os.ReadFile(filepath.Join(dir, "service-requests-nyc.csv"))
	if err != nil {
		t.Skip(err)
	}
	r := open(t, data, "service-requests-nyc.csv", Options{})
	want := Found{Kind: CSV, Encoding: "utf-8", Delimiter: ',', Decimal: '.', Order: MDY, HeaderLine: 1}
	if got := r.Found; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("found %+v, want %+v", got, want)
	}
	col := Suggest(r.Header, []Column{{Key: "created", Label: "Created date"}, {Key: "lat", Label: "Latitude"}, {Key: "lon", Label: "Longitude"}, {Key: "pair", Label: "Location"}})
	rows, places := 0, 0
	for row, err := range r.Rows() {
		if err != nil || row.Problem != "" {
			t.Fatalf("line %d: %v %s", row.Line, err, row.Problem)
		}
		rows++
		if _, hasTime, err := ParseDate(row.Cells[col["created"]], r.Found.Order); err != nil || !hasTime {
			t.Errorf("line %d: %v", row.Line, err)
		}
		if row.Cells[col["lat"]] == "" {
			continue
		}
		places++
		lat, lon, err := ParseLatLon(row.Cells[col["lat"]], row.Cells[col["lon"]])
		lat2, lon2, err2 := ParseLatLon(row.Cells[col["pair"]], "")
		if err != nil || err2 != nil || lat != lat2 || lon != lon2 {
			t.Errorf("line %d: %v %v %v, %v %v %v", row.Line, lat, lon, err, lat2, lon2, err2)
		}
	}
	if rows != 700 || places < 500 {
		t.Errorf("%d rows, %d places", rows, places)
	}
}
