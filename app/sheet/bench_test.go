package sheet

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

const benchRows = 100_000

func benchCells(i int) []Cell {
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute)
	return []Cell{
		Int(int64(i)), Text("Wacker Neuson ET65"), Text("WNCE0903VPAL12345"), Text("Acme Building Ltd"), Text("On rent"),
		Moment(at), Day(at), Number(float64(i) * 0.25), Number(51.174283), Number(14.011806), Bool(i%2 == 0), Text("Oak Street 12, Springfield"),
	}
}

func benchFile(b *testing.B, begin func(w io.Writer) (Writer, error)) []byte {
	b.Helper()
	var out bytes.Buffer
	w, err := begin(&out)
	if err != nil {
		b.Fatal(err)
	}
	for i := range benchRows {
		if err := w.Write(benchCells(i)...); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

var benchCols = columnsNamed("No", "Model", "Serial", "Customer", "Status", "Seen", "Since", "Hours", "Lat", "Lon", "Active", "Address")

func toCSV(w io.Writer) (Writer, error) { return NewCSV(w, benchCols, ',', Format{Hours24: true}) }

func toXLSX(w io.Writer) (Writer, error) {
	return NewXLSX(w, "Assets", benchCols, Format{Hours24: true})
}

func benchRead(b *testing.B, data []byte) {
	b.Helper()
	for b.Loop() {
		r, err := Open(bytes.NewReader(data), int64(len(data)), "x", Options{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range r.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if r.Close(); n != benchRows {
			b.Fatalf("%d rows", n)
		}
	}
}

func BenchmarkCSVIn(b *testing.B)  { benchRead(b, benchFile(b, toCSV)) }
func BenchmarkXLSXIn(b *testing.B) { benchRead(b, benchFile(b, toXLSX)) }

func BenchmarkCSVOut(b *testing.B) {
	for b.Loop() {
		benchFile(b, toCSV)
	}
}

func BenchmarkXLSXOut(b *testing.B) {
	for b.Loop() {
		benchFile(b, toXLSX)
	}
}

// BenchmarkXLSXBare is excelize alone, to hold BenchmarkXLSXIn against.
func BenchmarkXLSXBare(b *testing.B) {
	data := benchFile(b, toXLSX)
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: unzipInRAM})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Assets")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
		rows.Close()
		f.Close()
	}
}
