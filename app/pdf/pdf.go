// Package pdf writes documents for people to keep and print: a title in
// somebody's brand, facts, tables, pictures and a signature. It knows nothing
// of jobs; every word comes from the caller, in the reader's language.
package pdf

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Inter, cut to Latin, Greek and Cyrillic; the licence lies with the web font.
var (
	//go:embed font/inter-regular.ttf.gz
	regular []byte
	//go:embed font/inter-semibold.ttf.gz
	semibold []byte
)

// unpacked is a font as the writer of documents wants it.
func unpacked(font []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(font))
	if err != nil {
		panic("pdf: " + err.Error()) // the file in this folder is not what its name says
	}
	b, err := io.ReadAll(z)
	if err != nil {
		panic("pdf: " + err.Error())
	}
	return b
}

// Doc is a document.
type Doc struct {
	Lang   string // "en", "de"
	Title  string
	Number string // of what it is about, at the right of the title
	Brand  string // whose paper it is
	Color  string // #rrggbb
	Status string // a few words below the title
	Footer string // at the bottom of each page
	Page   string // "Page %d of %s"
	Made   time.Time
	Blocks []Block
}

// Block is a part of a document.
type Block interface{ write(*writer) }

// Media is what a written document is.
const Media = "application/pdf"

const (
	margin = 18.0
	width  = 210 - 2*margin
	bottom = 22.0
	line   = 5.2
)

type writer struct {
	*fpdf.Fpdf
	doc Doc
	n   int // pictures so far
}

// Write writes the document. Characters the fonts do not have are shown as an
// empty box.
func Write(out io.Writer, d Doc) error {
	w := &writer{Fpdf: fpdf.New("P", "mm", "A4", ""), doc: d}
	w.SetCreationDate(d.Made)
	w.SetModificationDate(d.Made)
	w.SetTitle(plain(d.Title+" "+d.Number), true)
	w.SetAuthor(plain(d.Brand), true)
	w.SetProducer("Gatehouse", true)
	w.SetLang(d.Lang)
	w.AddUTF8FontFromBytes("inter", "", unpacked(regular))
	w.AddUTF8FontFromBytes("inter", "B", unpacked(semibold))
	w.SetMargins(margin, margin, margin)
	w.SetCellMargin(0)
	w.SetAutoPageBreak(true, bottom)
	w.AliasNbPages("{nb}")
	w.SetHeaderFunc(w.head)
	w.SetFooterFunc(w.foot)
	w.AddPage()
	w.title()
	for _, b := range d.Blocks {
		b.write(w)
	}
	if err := w.Output(out); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

func (w *writer) ink(grey int)                    { w.SetTextColor(grey, grey, grey) }
func (w *writer) font(style string, size float64) { w.SetFont("inter", style, size) }

// head is the brand's stripe on every page.
func (w *writer) head() {
	r, g, b := rgb(w.doc.Color)
	w.SetFillColor(r, g, b)
	w.Rect(0, 0, 210, 4, "F")
	w.SetXY(margin, 11)
	w.font("B", 10)
	w.ink(40)
	w.CellFormat(width, 6, w.fit(w.doc.Brand, width), "", 1, "L", false, 0, "")
	w.SetY(22)
}

func (w *writer) foot() {
	w.SetY(-15)
	w.font("", 8)
	w.ink(100)
	page := fmt.Sprintf(w.doc.Page, w.PageNo(), "{nb}")
	w.CellFormat(width-40, 6, w.fit(w.doc.Footer, width-42), "", 0, "L", false, 0, "")
	w.CellFormat(40, 6, page, "", 0, "R", false, 0, "")
}

func (w *writer) title() {
	w.font("B", 20)
	w.ink(20)
	w.MultiCell(width, 9, plain(w.doc.Title+" "+w.doc.Number), "", "L", false)
	if w.doc.Status != "" {
		w.font("", 11)
		w.ink(60)
		w.MultiCell(width, 6, plain(w.doc.Status), "", "L", false)
	}
	w.Ln(3)
}

// heading begins a part and keeps it together with what follows.
func (w *writer) heading(title string, follows float64) {
	w.room(12 + follows)
	w.Ln(3)
	if title == "" {
		return
	}
	w.font("B", 12)
	w.ink(20)
	w.CellFormat(width, 7, w.fit(title, width), "", 1, "L", false, 0, "")
	w.SetDrawColor(210, 210, 210)
	w.Line(margin, w.GetY(), margin+width, w.GetY())
	w.Ln(2)
}

// room begins a new page where less than h is left on this one.
func (w *writer) room(h float64) {
	if w.GetY()+h > 297-bottom {
		w.AddPage()
	}
}
