package photo

import (
	"image"
	"image/color"
	"image/draw"
)

// shrink draws a picture on white, no longer than longest. Each pixel is the
// mean of those it stands for; rows are read in bands, so that a large picture
// is never held twice.
func shrink(src image.Image, longest int) *image.RGBA {
	b := src.Bounds()
	w, h := fit(b.Dx(), b.Dy(), longest)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	most := (b.Dy()+h-1)/h + 1
	band := image.NewRGBA(image.Rect(0, 0, b.Dx(), most))
	white := image.NewUniform(color.White)
	for y := range h {
		top, end := y*b.Dy()/h, max((y+1)*b.Dy()/h, y*b.Dy()/h+1)
		rows := image.Rect(0, 0, b.Dx(), end-top)
		draw.Draw(band, rows, white, image.Point{}, draw.Src)
		draw.Draw(band, rows, src, image.Pt(b.Min.X, b.Min.Y+top), draw.Over)
		mean(dst.Pix[y*dst.Stride:], w, band, end-top)
	}
	return dst
}

// mean writes one row of w pixels, each the mean of its box in the band.
func mean(out []byte, w int, band *image.RGBA, rows int) {
	full := band.Rect.Dx()
	for x := range w {
		left, right := x*full/w, max((x+1)*full/w, x*full/w+1)
		var r, g, b, n int
		for y := range rows {
			row := band.Pix[y*band.Stride+4*left : y*band.Stride+4*right]
			for i := 0; i+3 < len(row); i += 4 {
				r, g, b, n = r+int(row[i]), g+int(row[i+1]), b+int(row[i+2]), n+1
			}
		}
		out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = byte(r/n), byte(g/n), byte(b/n), 255
	}
}

// fit is the size a picture of w × h has when its longer side is at most
// longest.
func fit(w, h, longest int) (int, int) {
	if w <= longest && h <= longest {
		return w, h
	}
	if w >= h {
		return longest, max(1, h*longest/w)
	}
	return max(1, w*longest/h), longest
}

// upright turns and mirrors a picture as its camera was held.
func upright(src *image.RGBA, o int) *image.RGBA {
	if o <= 1 || o > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dw, dh := w, h
	if o >= 5 {
		dw, dh = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, dw, dh))
	for y := range dh {
		for x := range dw {
			sx, sy := source(o, x, y, w, h)
			copy(dst.Pix[y*dst.Stride+4*x:][:4], src.Pix[sy*src.Stride+4*sx:][:4])
		}
	}
	return dst
}

// source is where the pixel at x, y of the upright picture lies in one of
// w × h that was taken with orientation o.
func source(o, x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
