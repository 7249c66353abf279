package pdf

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func picture(t testing.TB, w, h int) []byte {
	var b bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(200 + i%17)
	}
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sample(t testing.TB) Doc {
	var sign bytes.Buffer
	pal := image.NewGray(image.Rect(0, 0, 300, 90))
	for x := range 300 {
		for y := range 90 {
			pal.Pix[y*300+x] = 255
			if y == 40+x%20 {
				pal.Pix[y*300+x] = 0
			}
		}
	}
	if err := png.Encode(&sign, pal); err != nil {
		t.Fatal(err)
	}
	d := Doc{Lang: "de", Title: "Zustellnachweis", Number: "D-1042", Brand: "Łódzki Großhandel Жук", Color: "#1f5fbf", Status: "Teilweise zugestellt", Footer: "Erstellt am 31.12.2026 14:05", Page: "Seite %d von %s", Made: time.Unix(1790000000, 0).UTC()}
	d.Blocks = append(d.Blocks,
		Facts{"Auftrag", []Pair{{"Kunde", "Müller & Söhne GmbH"}, {"Adresse", "ul. Piotrkowska 1\n90-001 Łódź\nPolska"}, {"Leer", ""}, {"Empfänger", "Željko Żółć 😀 e\u0301\u202e"}, {"Sehr lang", strings.Repeat("Donaudampfschifffahrt", 30)}}},
		Table{"Positionen", []Column{{"SKU", 2, false}, {"Beschreibung", 5, false}, {"Menge", 1, true}, {"Abgelehnt", 4, false}}, [][]string{{"A-1", "Kiste ß Ж ł", "3", "1: zerbrochen"}}},
		Text{"Notiz", "An der Rampe übergeben."},
		Pictures{"Fotos", []Picture{{picture(t, 200, 300), "Foto 1"}, {picture(t, 300, 200), "Foto 2"}, {[]byte("no picture"), "none"}}},
		Signature{"Unterschrift", sign.Bytes(), []string{"Żółć, 31.12.2026 14:05"}})
	for range 80 {
		t := d.Blocks[1].(Table)
		t.Rows = append(t.Rows, []string{"B-2", strings.Repeat("lang ", 30), "1,000", ""})
		d.Blocks[1] = t
	}
	return d
}

// TestDocument reads the written document with somebody else's program.
func TestDocument(t *testing.T) {
	var doc bytes.Buffer
	if err := Write(&doc, sample(t)); err != nil {
		t.Fatal(err)
	}
	text := read(t, doc.Bytes())
	for _, want := range []string{"Zustellnachweis D-1042", "Łódzki Großhandel Жук", "Müller & Söhne", "90-001 Łódź", "Željko Żółć", "Kiste ß Ж ł", "zerbrochen", "Seite 1 von", "Foto 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("the document does not say %q", want)
		}
	}
	if strings.Contains(text, "{nb}") || strings.Contains(text, "Leer") {
		t.Error("something is shown that should not be")
	}
}

// read is a document as pdftotext reads it; without that program the test ends
// here.
func read(t *testing.T, doc []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed (poppler-utils)")
	}
	path := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(path, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(context.Background(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// FuzzText: whatever people type, a document comes of it.
func FuzzText(f *testing.F) {
	f.Add("Grüße \x00\xff\u202e 😀 \ufeff 中文 العربية " + strings.Repeat("x", 500))
	f.Fuzz(func(t *testing.T, s string) {
		d := Doc{Title: s, Number: s, Brand: s, Color: s, Status: s, Footer: s, Page: "%d of %s", Blocks: []Block{
			Facts{s, []Pair{{s, s}, {s, s}}}, Text{s, s}, Table{s, []Column{{s, 1, false}, {s, 3, true}}, [][]string{{s, s}}}, Pictures{s, []Picture{{[]byte(s), s}}}, Signature{s, []byte(s), []string{s}}}}
		if err := Write(&bytes.Buffer{}, d); err != nil {
			t.Fatal(err)
		}
	})
}
