package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gatehouse/store/storetest"
)

// workbook is what Excel would save after the cells were typed in.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func setCell(t testing.TB, f *excelize.File, sheet, at string, v any, numFmt string) {
	t.Helper()
	if err := f.SetCellValue(sheet, at, v); err != nil {
		t.Fatal(err)
	}
	if numFmt == "" {
		return
	}
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &numFmt})
	if err == nil {
		err = f.SetCellStyle(sheet, at, at, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpen_XLSX_cellsComeAsTheyAreStored(t *testing.T) {
	at := time.Date(2018, 6, 26, 10, 58, 54, 0, time.UTC)
	cases := []struct {
		value  any
		numFmt string
		want   string
	}{
		{"plain", "", "plain"},
		{"=1+1 as text", "", "=1+1 as text"},
		{"00123", "@", "00123"},
		{"12345678901234567890", "", "12345678901234567890"},
		{42, "", "42"},
		{-5.25, "", "-5.25"},
		{0.1 + 0.2, "", "0.3"},
		{1234.5, "#,##0.00", "1234.5"},
		{1234.5, "0.00E+00", "1234.5"},
		{0.5, "0%", "0.5"},
		{true, "", "TRUE"},
		{at, "m/d/yy h:mm", "2018-06-26T10:58:54"},
		{at, "dd.mm.yyyy hh:mm:ss", "2018-06-26T10:58:54"},
		{43277, "mm-dd-yy", "2018-06-26"},
		{43277, `dd\.mm\.yyyy;@`, "2018-06-26"},
		{43277, "[$-407]d. mmmm yyyy", "2018-06-26"},
		{43277, `"Tag" yyyy`, "2018-06-26"},
		{43277, `"day" 0`, "43277"},
		{43277.45756, "d-mmm-yy", "2018-06-26T10:58:53.184"},
		{0.25, "h:mm", "06:00:00"},
		{80.7152777777778, "[h]:mm", "1937:10:00"},
	}
	data := workbook(t, func(f *excelize.File) {
		setCell(t, f, "Sheet1", "A1", "v", "")
		for i, c := range cases {
			setCell(t, f, "Sheet1", fmt.Sprintf("A%d", i+2), c.value, c.numFmt)
		}
	})
	r := open(t, data, "report.csv", Options{})
	if r.Found.Kind != XLSX || r.Found.Sheet != "Sheet1" {
		t.Errorf("found %+v", r.Found)
	}
	for i, c := range cases {
		row, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if row.Cells[0] != c.want || row.Line != i+2 {
			t.Errorf("%v as %q: line %d %q, want %q", c.value, c.numFmt, row.Line, row.Cells[0], c.want)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("got %v, want EOF", err)
	}
}

func TestOpen_XLSX_datesSince1904(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		setCell(t, f, "Sheet1", "A1", "d", "")
		setCell(t, f, "Sheet1", "A2", 41815, "yyyy-mm-dd")
	})
	if got, want := all(t, open(t, data, "x", Options{})), []string{"2:2018-06-26"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOpen_XLSX_choosesTheSheet(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for _, name := range []string{"Jobs", "Kunden"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		setCell(t, f, "Jobs", "B3", "No", "")
		setCell(t, f, "Jobs", "C3", "Name", "")
		setCell(t, f, "Jobs", "C5", "x", "")
		setCell(t, f, "Kunden", "A1", "Kunde", "")
	})
	r := open(t, data, "x.xlsx", Options{})
	if r.Found.Sheet != "Jobs" || r.Found.HeaderLine != 3 || !slices.Equal(r.Found.Sheets, []string{"Sheet1", "Jobs", "Kunden"}) {
		t.Errorf("found %+v", r.Found)
	}
	if got, want := all(t, r), []string{"5:||x"}; !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
	if r := open(t, data, "x.xlsx", Options{Sheet: "kunden"}); r.Header[0] != "Kunde" {
		t.Errorf("header %q", r.Header)
	}
	refused(t, data, Options{Sheet: "Preise"}, "no sheet “Preise”")
	refused(t, workbook(t, func(*excelize.File) {}), Options{}, "Every sheet of this file is empty")
}

func TestOpen_XLSX_rowBeyondTheHeader(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		setCell(t, f, "Sheet1", "A1", "a", "")
		setCell(t, f, "Sheet1", "C2", "far", "")
		setCell(t, f, "Sheet1", "ZZ3", "x", "")
	})
	r := open(t, data, "x.xlsx", Options{})
	row, err := r.Next()
	if err != nil || row.Problem != "This row has 3 columns, the header has 1." {
		t.Errorf("got %+v, %v", row, err)
	}
	if _, err = r.Next(); err == nil || !strings.Contains(err.Error(), "Line 3 has more than 500 columns") {
		t.Errorf("got %v", err)
	}
}

// rezip copies a workbook, putting change's parts in place of or beside its own.
func rezip(t testing.TB, data []byte, change map[string]func(w io.Writer, old []byte)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		old, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if c := change[f.Name]; c != nil {
			c(w, old)
		} else if _, err := w.Write(old); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func table(t testing.TB, rows int) []byte {
	return workbook(t, func(f *excelize.File) {
		setCell(t, f, "Sheet1", "A1", "a", "")
		for i := range rows {
			setCell(t, f, "Sheet1", fmt.Sprintf("A%d", i+2), "row", "")
		}
	})
}

func TestOpen_XLSX_refusesABombAtOnce(t *testing.T) {
	storetest.Alone(t)
	bomb := rezip(t, table(t, 1), map[string]func(io.Writer, []byte){
		"xl/worksheets/sheet1.xml": func(w io.Writer, _ []byte) {
			block := bytes.Repeat([]byte("<row/>"), 1<<17)
			for range 600 << 20 / len(block) {
				w.Write(block)
			}
		},
	})
	begun := time.Now()
	refused(t, bomb, Options{}, "unpack to more than 64 MB")
	if took := time.Since(begun); took > 200*time.Millisecond {
		t.Errorf("%d bytes took %v to refuse", len(bomb), took)
	}
}

func TestOpen_XLSX_entitiesAreNotExpanded(t *testing.T) {
	bomb := rezip(t, table(t, 1), map[string]func(io.Writer, []byte){
		"xl/worksheets/sheet1.xml": func(w io.Writer, _ []byte) {
			fmt.Fprint(w, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`)
		},
	})
	r, err := Open(bytes.NewReader(bomb), int64(len(bomb)), "x.xlsx", Options{})
	if err == nil && strings.Contains(strings.Join(r.Header, ""), "aaa") {
		t.Errorf("header %q", r.Header)
	}
}

func TestOpen_XLSX_halfAFile(t *testing.T) {
	whole := table(t, 500)
	for _, cut := range []int{9, len(whole) / 2, len(whole) - 10} {
		refused(t, whole[:cut], Options{}, "incomplete or damaged")
	}
	half := rezip(t, whole, map[string]func(io.Writer, []byte){
		"xl/worksheets/sheet1.xml": func(w io.Writer, old []byte) { w.Write(old[:len(old)/2]) },
	})
	refused(t, half, Options{}, "breaks off after line")
	broken := rezip(t, whole, map[string]func(io.Writer, []byte){
		"xl/worksheets/sheet1.xml": func(w io.Writer, old []byte) {
			w.Write(bytes.Replace(old, []byte(`<row r="300">`), []byte(`<row r="300"><`), 1))
		},
	})
	refused(t, broken, Options{}, "breaks off after line")
}

func TestOpen_XLSX_namesOtherZipFiles(t *testing.T) {
	for file, says := range map[string]string{
		"notes.txt":         "a ZIP file",
		"word/document.xml": ".docx",
		"xl/workbook.bin":   ".xlsb",
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		if _, err := z.Create(file); err != nil {
			t.Fatal(err)
		}
		z.Close()
		refused(t, b.Bytes(), Options{}, says)
	}
}

func TestScanSheet_countsRowsAcrossBuffers(t *testing.T) {
	storetest.Alone(t)
	for _, tag := range []string{`<row r="%d" spans="1:1">`, `<x:row r="%d">`, `<row ht="15" r="%d"/>`} {
		data := rezip(t, table(t, 1), map[string]func(io.Writer, []byte){
			"xl/worksheets/sheet1.xml": func(w io.Writer, _ []byte) {
				for i := range 50_000 {
					fmt.Fprintf(w, tag+"<c><v>brown row</v></c></row>", i+1)
				}
				fmt.Fprint(w, "</worksheet>")
			},
		})
		parts, err := inspect(bytes.NewReader(data), int64(len(data)), 1<<30)
		if err != nil || parts["Sheet1"] != 50_000 {
			t.Errorf("%s: %v %v", tag, parts, err)
		}
	}
	bare := rezip(t, table(t, 1), map[string]func(io.Writer, []byte){
		"xl/worksheets/sheet1.xml": func(w io.Writer, _ []byte) {
			fmt.Fprint(w, strings.Repeat("<row><c><v>1</v></c></row>", 50_000)+"</worksheet>")
		},
	})
	if parts, err := inspect(bytes.NewReader(bare), int64(len(bare)), 1<<30); err != nil || parts["Sheet1"] != 50_000 {
		t.Errorf("bare rows: %v %v", parts, err)
	}
}
