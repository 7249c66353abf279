// Package photo says what a photo is. What comes in is recognised by its
// content, measured before it is decoded, turned upright, scaled, and written
// anew: nothing of the file that was sent is kept, so no coordinates, no name
// of a phone and no second file hidden behind the picture.
package photo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"gatehouse/store/fault"
)

const (
	// MaxBytes is how large a photo may be when it comes in.
	MaxBytes = 15 << 20
	// Longest is how long the longer side of a kept photo is at most.
	Longest = 2000
	// ThumbLongest is the same for its thumbnail.
	ThumbLongest = 320
	// Media is what a kept photo is.
	Media = "image/jpeg"

	maxMemory = 200 << 20 // what decoding one may take
)

// Photo is a picture fit to be kept and shown.
type Photo struct {
	Full, Thumb   []byte
	Width, Height int
}

// one decodes at a time: a picture of fifty megapixels needs a good part of a
// small machine.
var turn = make(chan struct{}, 1)

// Read takes a photo in. What is wrong with it is said at the named field.
func Read(ctx context.Context, field string, r io.Reader) (Photo, error) {
	img, err := read(ctx, field, r, Longest)
	if err != nil {
		return Photo{}, err
	}
	full, err := encode(img, 82)
	if err != nil {
		return Photo{}, err
	}
	thumb, err := encode(shrink(img, ThumbLongest), 75)
	return Photo{Full: full, Thumb: thumb, Width: img.Rect.Dx(), Height: img.Rect.Dy()}, err
}

func encode(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// read brings a picture in, upright, on white, and no longer than longest.
func read(ctx context.Context, field string, r io.Reader, longest int) (*image.RGBA, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fault.Field(field, "The photo did not arrive completely. Choose it again.")
	}
	kind, err := recognise(field, data)
	if err != nil {
		return nil, err
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	img, err := decode(kind, data)
	if err != nil {
		return nil, fault.Field(field, "This photo is damaged or did not arrive completely. Take it again, or save it as JPEG and choose that.")
	}
	return upright(shrink(img, longest), orientation(kind, data)), nil
}

// decode reads the pixels. A decoder that gives up in a panic has met a
// damaged file.
func decode(kind string, data []byte) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decode photo: %v", p)
		}
	}()
	r := bytes.NewReader(data)
	switch kind {
	case "jpeg":
		return jpeg.Decode(r)
	case "png":
		return png.Decode(r)
	}
	return webp.Decode(r)
}

// measure reads a picture's size without decoding it.
func measure(kind string, data []byte) (c image.Config, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("measure photo: %v", p)
		}
	}()
	r := bytes.NewReader(data)
	switch kind {
	case "jpeg":
		return jpeg.DecodeConfig(r)
	case "png":
		return png.DecodeConfig(r)
	}
	return webp.DecodeConfig(r)
}
