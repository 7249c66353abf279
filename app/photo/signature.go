package photo

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"

	"gatehouse/store/fault"
)

// SignatureMedia is what a kept signature is.
const SignatureMedia = "image/png"

const signatureLongest = 1000

// Signature takes a drawn or photographed signature in: ink on white, cut to
// what was written. One that shows nothing is refused at the named field.
func Signature(ctx context.Context, field string, r io.Reader) ([]byte, error) {
	img, err := read(ctx, field, r, signatureLongest)
	if err != nil {
		return nil, err
	}
	gray, paper := grayed(img)
	ink, n := written(gray, paper)
	if n < 60 || ink.Dx() < 20 && ink.Dy() < 20 {
		return nil, fault.Field(field, "There is no signature yet. Please sign in the box.")
	}
	var b bytes.Buffer
	err = png.Encode(&b, cut(gray, ink.Inset(-8).Intersect(gray.Rect), paper))
	return b.Bytes(), err
}

// grayed is the picture in grey, and how bright most of it is: the paper.
func grayed(img *image.RGBA) (*image.Gray, uint8) {
	gray := image.NewGray(img.Rect)
	var seen [256]int
	for i := range gray.Pix {
		p := img.Pix[4*i:]
		v := color.GrayModel.Convert(color.RGBA{p[0], p[1], p[2], 255}).(color.Gray).Y
		gray.Pix[i] = v
		seen[v]++
	}
	n := 0
	for v := 255; v > 0; v-- {
		if n += seen[v]; n > len(gray.Pix)/2 {
			return gray, uint8(v)
		}
	}
	return gray, 0
}

// inkBelow is how much darker than the paper ink is.
const inkBelow = 48

func written(gray *image.Gray, paper uint8) (box image.Rectangle, n int) {
	for y := range gray.Rect.Dy() {
		for x := range gray.Rect.Dx() {
			if int(gray.Pix[y*gray.Stride+x])+inkBelow < int(paper) {
				n++
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box, n
}

// shades are the sixteen greys a kept signature has.
var shades = func() (p color.Palette) {
	for i := range 16 {
		p = append(p, color.Gray{uint8(i * 17)})
	}
	return p
}()

// cut is the part of a signature inside box, its paper made white.
func cut(gray *image.Gray, box image.Rectangle, paper uint8) *image.Paletted {
	out := image.NewPaletted(image.Rect(0, 0, box.Dx(), box.Dy()), shades)
	white := max(1, int(paper)-inkBelow/2)
	for y := range box.Dy() {
		for x := range box.Dx() {
			v := int(gray.GrayAt(box.Min.X+x, box.Min.Y+y).Y) * 255 / white
			out.Pix[y*out.Stride+x] = uint8(min(v, 255) / 16)
		}
	}
	return out
}
