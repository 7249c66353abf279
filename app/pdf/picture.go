package pdf

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// Picture is a JPEG or PNG with a line below it.
type Picture struct {
	Data    []byte
	Caption string
}

// Pictures are shown two in a row.
type Pictures struct {
	Title string
	All   []Picture
}

const (
	pictureHeight = 78.0
	captionHeight = 6.0
)

func (p Pictures) write(w *writer) {
	if len(p.All) == 0 {
		return
	}
	w.heading(p.Title, pictureHeight+captionHeight)
	col := width/2 - 3
	for i := 0; i < len(p.All); i += 2 {
		w.room(pictureHeight + captionHeight)
		y := w.GetY()
		w.picture(p.All[i], margin, y, col, pictureHeight)
		if i+1 < len(p.All) {
			w.picture(p.All[i+1], margin+col+6, y, col, pictureHeight)
		}
		w.SetXY(margin, y+pictureHeight+captionHeight+2)
	}
}

// picture shows one inside a box, as large as fits.
func (w *writer) picture(p Picture, x, y, wide, high float64) {
	pw, ph, name, ok := w.register(p.Data)
	if !ok {
		return
	}
	scale := min(wide/pw, high/ph)
	w.ImageOptions(name, x, y, pw*scale, ph*scale, false, fpdf.ImageOptions{}, 0, "")
	if p.Caption != "" {
		w.SetXY(x, y+ph*scale+1)
		w.font("", 8)
		w.ink(100)
		w.CellFormat(wide, 4, w.fit(p.Caption, wide), "", 0, "L", false, 0, "")
	}
}

// register takes a picture's bytes in. One that is none is left out, and the
// document is whole without it.
func (w *writer) register(data []byte) (pw, ph float64, name string, ok bool) {
	kind := ""
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		kind = "JPG"
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		kind = "PNG"
	default:
		return 0, 0, "", false
	}
	w.n++
	name = fmt.Sprintf("picture-%d", w.n)
	info := w.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
	if w.Err() || info == nil || info.Width() <= 0 || info.Height() <= 0 {
		w.ClearError()
		return 0, 0, "", false
	}
	return info.Width(), info.Height(), name, true
}

// Signature is a drawn name, with who it was below it.
type Signature struct {
	Title string
	Data  []byte
	Lines []string
}

func (s Signature) write(w *writer) {
	if len(s.Data) == 0 && len(s.Lines) == 0 {
		return
	}
	const high = 26.0
	w.heading(s.Title, high+14)
	if len(s.Data) > 0 {
		y := w.GetY()
		w.picture(Picture{Data: s.Data}, margin, y, 80, high)
		w.SetDrawColor(120, 120, 120)
		w.Line(margin, y+high+1, margin+80, y+high+1)
		w.SetXY(margin, y+high+2.5)
	}
	w.font("", 10)
	w.ink(20)
	for _, l := range s.Lines {
		w.MultiCell(width, line, plain(l), "", "L", false)
	}
}
