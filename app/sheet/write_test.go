package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gatehouse/store/fault"
)

// formulas are texts that some spreadsheet program would run.
var formulas = []string{
	`=HYPERLINK("http://x","y")`, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "＝1+1", "＋1", "－1", "＠x",
	"=cmd|' /C calc'!A0", "'=1+1", "''=1",
}

var words_ = []string{"plain", "O'Brien", "'tis", "a=b", "x;y,z", `say "hi"`, "two\nlines", " spaces ", "Zoë – ✓", "00123", "5-3"}

var summer = time.Date(2018, 6, 26, 22, 58, 0, 0, time.UTC)

func columnsNamed(names ...string) (out []OutColumn) {
	for _, n := range names {
		out = append(out, OutColumn{Title: n})
	}
	return out
}

func written(t *testing.T, make func(b *bytes.Buffer) (Writer, error), rows ...[]Cell) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := make(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNewCSV(t *testing.T) {
	row := []Cell{Text("=1+1"), Number(-5.5), Int(-5), Day(summer), Moment(summer), Bool(true), {}}
	cols := columnsNamed("a", "b", "c", "d", "e", "f", "g")
	berlin := time.FixedZone("", 2*3600)
	for name, c := range map[string]struct {
		delim byte
		f     Format
		want  string
	}{
		"American":   {',', Format{Order: MDY, Separator: "/"}, "'=1+1,-5.5,-5,06/26/2018,06/26/2018 10:58 PM,TRUE,"},
		"German":     {';', Format{Order: DMY, Separator: ".", Hours24: true, Zone: berlin}, "'=1+1;-5,5;-5;26.06.2018;27.06.2018 00:58;TRUE;"},
		"ISO, tab":   {'\t', Format{Hours24: true}, "'=1+1\t-5.5\t-5\t2018-06-26\t2018-06-26 22:58\tTRUE\t"},
		"comma both": {',', Format{Decimal: ',', Hours24: true}, `'=1+1,"-5,5",-5,2018-06-26,2018-06-26 22:58,TRUE,`},
	} {
		got := written(t, func(b *bytes.Buffer) (Writer, error) { return NewCSV(b, cols, c.delim, c.f) }, row)
		head := strings.Join([]string{"a", "b", "c", "d", "e", "f", "g"}, string(c.delim))
		if want := "\xef\xbb\xbf" + head + "\r\n" + c.want + "\r\n"; string(got) != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestNewCSV_noTextBecomesAFormulaAndEveryTextComesBack(t *testing.T) {
	for _, delim := range delimiters {
		var rows [][]Cell
		texts := append(slices.Clone(formulas), words_...)
		for _, s := range texts {
			rows = append(rows, []Cell{Text(s), Text("x")})
		}
		data := written(t, func(b *bytes.Buffer) (Writer, error) { return NewCSV(b, columnsNamed("=a", "b"), delim, Format{}) }, rows...)
		raw := newCSV(bytes.NewReader(data[3:]), delim)
		for {
			if err := raw.scan(); err != nil {
				break
			}
			if first := string(raw.text[:raw.cuts[0]]); risky(first) {
				t.Errorf("%q: %q would be a formula", delim, first)
			}
			raw.text, raw.cuts = raw.text[:0], raw.cuts[:0]
		}
		r := open(t, data, "x.csv", Options{})
		if r.Header[0] != "=a" || r.Found.Delimiter != delim {
			t.Errorf("header %q, delimiter %q", r.Header, r.Found.Delimiter)
		}
		for i, want := range texts {
			row, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			// A line end within a cell is read as \n, however it was written.
			if want = strings.ReplaceAll(want, "\r", "\n"); row.Cells[0] != want {
				t.Errorf("text %d: %q, want %q", i, row.Cells[0], want)
			}
		}
	}
}

func TestNewXLSX(t *testing.T) {
	cols := columnsNamed("Text", "Number", "Count", "Day", "Moment", "Yes", "Empty")
	cols[1].Decimals = 2
	f := Format{Order: DMY, Separator: ".", Hours24: true, Zone: time.FixedZone("", 2*3600)}
	row := []Cell{Text("=1+1"), Number(-5.5), Int(-5), Day(summer), Moment(summer), Bool(true)}
	data := written(t, func(b *bytes.Buffer) (Writer, error) { return NewXLSX(b, "Jobs: 1/2", cols, f) }, row)

	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	sheet := x.GetSheetName(0)
	if sheet != "Jobs  1 2" {
		t.Errorf("sheet %q", sheet)
	}
	for at, want := range map[string]string{
		"A1": "Text", "A2": "=1+1", "B2": "-5.50", "C2": "-5", "D2": "26.06.2018", "E2": "27.06.2018 00:58", "F2": "TRUE", "G2": "",
	} {
		if got, err := x.GetCellValue(sheet, at); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", at, got, err, want)
		}
		if formula, _ := x.GetCellFormula(sheet, at); formula != "" {
			t.Errorf("%s holds the formula %q", at, formula)
		}
	}
	for at, want := range map[string]excelize.CellType{
		"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset, "F2": excelize.CellTypeBool,
	} {
		if got, err := x.GetCellType(sheet, at); err != nil || got != want {
			t.Errorf("type of %s: %v %v, want %v", at, got, err, want)
		}
	}
	if p, err := x.GetPanes(sheet); err != nil || !p.Freeze || p.YSplit != 1 {
		t.Errorf("panes %+v %v", p, err)
	}
	if w, err := x.GetColWidth(sheet, "E"); err != nil || w < 16 {
		t.Errorf("width %v %v", w, err)
	}
}

func TestNewXLSX_everythingComesBack(t *testing.T) {
	texts := append(slices.Clone(formulas), words_...)
	rows := make([][]Cell, 0, 1000)
	for i := range 1000 {
		at := summer.Add(time.Duration(i) * 1234567 * time.Second)
		rows = append(rows, []Cell{Text(texts[i%len(texts)]), Number(float64(i) / 8), Moment(at), Day(at)})
	}
	for _, f := range []Format{{Order: MDY, Separator: "/"}, {Order: DMY, Separator: "."}, {Hours24: true}} {
		data := written(t, func(b *bytes.Buffer) (Writer, error) {
			return NewXLSX(b, "", columnsNamed("t", "n", "m", "d"), f)
		}, rows...)
		r := open(t, data, "x.xlsx", Options{})
		for i := range rows {
			row, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			at := summer.Add(time.Duration(i) * 1234567 * time.Second)
			got := strings.Join(row.Cells[1:], " ")
			want := fmt.Sprintf("%v %s %s", float64(i)/8, at.Format("2006-01-02T15:04:05"), at.Format("2006-01-02"))
			// XML folds \r to \n, which is the same to every reader.
			text := strings.ReplaceAll(texts[i%len(texts)], "\r", "\n")
			if got != want || strings.ReplaceAll(row.Cells[0], "\r", "\n") != text {
				t.Fatalf("row %d: %q %q, want %q %q", i, row.Cells[0], got, text, want)
			}
		}
	}
}

func TestNewXLSX_textsThatExcelCannotHold(t *testing.T) {
	long := strings.Repeat("𝄞", MaxCell)
	data := written(t, func(b *bytes.Buffer) (Writer, error) { return NewXLSX(b, "x", columnsNamed("a"), Format{}) },
		[]Cell{Text(long)}, []Cell{Text("a\x00b\x0bc")}, []Cell{Int(1<<53 + 1)}, []Cell{Day(time.Date(1850, 1, 2, 0, 0, 0, 0, time.UTC))})
	got := all(t, open(t, data, "x", Options{}))
	if len(got) != 4 || !strings.HasSuffix(got[0], "𝄞…") || got[1] != "3:abc" || got[2] != "4:9007199254740993" || got[3] != "5:1850-01-02" {
		t.Errorf("got %.40q", got)
	}
}

func TestNewXLSX_refusesMoreRowsThanASheetHas(t *testing.T) {
	w := &xlsxWriter{cols: columnsNamed("a"), begun: true, row: xlsxRows}
	if err := w.Write(Int(1)); fault.Of(err) != fault.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestWriters_refuseMoreCellsThanColumns(t *testing.T) {
	var b bytes.Buffer
	w, err := NewCSV(&b, columnsNamed("a"), ',', Format{})
	if err != nil {
		t.Fatal(err)
	}
	if w.Write(Int(1), Int(2)) == nil {
		t.Error("a row that is too long was written")
	}
}

func TestGuard_isUndoneByUnguard(t *testing.T) {
	for _, s := range append(slices.Clone(formulas), words_...) {
		if got := Unguard(Guard(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	}
}

func TestSheetName(t *testing.T) {
	for in, want := range map[string]string{
		"": "Sheet1", "'": "Sheet1", "History": "Sheet1", "a[b]": "a b", "Jobs": "Jobs", strings.Repeat("ü", 40): strings.Repeat("ü", 31),
	} {
		if got := sheetName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
