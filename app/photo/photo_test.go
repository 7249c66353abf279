package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"gatehouse/store/fault"
)

// half is a picture whose left half is red.
func half(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{0, 0, 255, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, w/2, h), image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// place is what a phone writes about where it was, as text to look for.
const place = "GPS 52.5200N 13.4050E PhoneOfJane"

// exif is a block with an orientation and a place.
func exif(o uint16) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01")
	b = binary.BigEndian.AppendUint16(b, 0x0112)
	b = append(b, 0, 3, 0, 0, 0, 1)
	b = binary.BigEndian.AppendUint16(b, o)
	return append(b, append([]byte{0, 0, 0, 0, 0, 0}, place...)...)
}

func segment(marker byte, body []byte) []byte {
	out := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(out, body...)
}

// withExif is a JPEG as a phone makes it: EXIF, XMP and a comment, each with
// the place.
func withExif(jpg []byte, o uint16) []byte {
	out := append([]byte{}, jpg[:2]...)
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), exif(o)...))...)
	out = append(out, segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+place))...)
	out = append(out, segment(0xfe, []byte(place))...)
	return append(out, jpg[2:]...)
}

func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func withPNGExif(pic []byte, o uint16) []byte {
	const head = 8 + 25 // signature and IHDR
	out := append([]byte{}, pic[:head]...)
	out = append(out, chunk("eXIf", exif(o))...)
	out = append(out, chunk("tEXt", []byte("Location\x00"+place))...)
	return append(out, pic[head:]...)
}

// TestNothingOfTheFileIsKept looks for what a phone writes about the place in
// every byte of what is kept.
func TestNothingOfTheFileIsKept(t *testing.T) {
	for name, data := range map[string][]byte{"jpeg": withExif(asJPEG(t, half(300, 200)), 1), "png": withPNGExif(asPNG(t, half(300, 200)), 1)} {
		if !bytes.Contains(data, []byte("PhoneOfJane")) {
			t.Fatal("the test's own photo has no place in it")
		}
		p, err := Read(t.Context(), "photos", bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		for what, kept := range map[string][]byte{"photo": p.Full, "thumbnail": p.Thumb} {
			for _, word := range []string{"GPS", "Jane", "Exif", "adobe", "eXIf", "52.5200"} {
				if bytes.Contains(kept, []byte(word)) {
					t.Errorf("%s: the %s still says %q", name, what, word)
				}
			}
		}
	}
}

// TestUpright turns each of the eight ways a camera is held: what is red on
// the left of the file is where the orientation says.
func TestUpright(t *testing.T) {
	red := map[uint16]image.Point{1: {10, 100}, 2: {290, 100}, 3: {290, 100}, 4: {10, 100}, 5: {100, 10}, 6: {100, 10}, 7: {100, 290}, 8: {100, 290}}
	for o, at := range red {
		for name, data := range map[string][]byte{"jpeg": withExif(asJPEG(t, half(300, 200)), o), "png": withPNGExif(asPNG(t, half(300, 200)), o)} {
			p, err := Read(t.Context(), "photos", bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(bytes.NewReader(p.Full))
			if err != nil {
				t.Fatal(err)
			}
			if r, _, b, _ := img.At(at.X, at.Y).RGBA(); r < 0xc000 || b > 0x4000 {
				t.Errorf("%s held as %d: %v is not red", name, o, at)
			}
			if wide := o < 5; wide != (p.Width == 300) {
				t.Errorf("%s held as %d is %d × %d", name, o, p.Width, p.Height)
			}
		}
	}
}

func TestScaled(t *testing.T) {
	p, err := Read(t.Context(), "photos", bytes.NewReader(asJPEG(t, half(4600, 1201))))
	if err != nil {
		t.Fatal(err)
	}
	if p.Width != Longest || p.Height != 522 {
		t.Errorf("kept at %d × %d", p.Width, p.Height)
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(p.Thumb))
	if err != nil || c.Width != ThumbLongest {
		t.Errorf("thumbnail: %v %v", c, err)
	}
}

// TestSeeThrough shows what is transparent as white, not black.
func TestSeeThrough(t *testing.T) {
	p, err := Read(t.Context(), "photos", bytes.NewReader(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 40, 40)))))
	if err != nil {
		t.Fatal(err)
	}
	img, _ := jpeg.Decode(bytes.NewReader(p.Full))
	if r, _, _, _ := img.At(20, 20).RGBA(); r < 0xf000 {
		t.Error("nothing is drawn as black")
	}
}

// bomb is a PNG of a few bytes that claims to be enormous.
func bomb(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 6, 0, 0, 0))...)
	return append(append(out, chunk("IDAT", []byte("x"))...), chunk("IEND", nil)...)
}

func TestRefused(t *testing.T) {
	jpg := asJPEG(t, half(300, 200))
	archive := append(append([]byte("PK\x05\x06"), make([]byte, 16)...), 2, 0, 'h', 'i')
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":        {nil, "not empty"},
		"HEIC":           {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "Most Compatible"},
		"AVIF":           {[]byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"), "AVIF"},
		"video":          {[]byte("\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2"), "video"},
		"PDF as .jpg":    {[]byte("%PDF-1.7\n1 0 obj"), "PDF, whatever its name"},
		"SVG":            {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "drawing"},
		"web page":       {[]byte("<!DOCTYPE html><script>"), "web page"},
		"GIF":            {[]byte("GIF89a..........."), "GIF"},
		"raw":            {[]byte("II*\x00............"), "raw"},
		"text":           {[]byte("hello"), "not a photo"},
		"40 MB":          {append(jpg, make([]byte, 40<<20)...), "larger than 15 MB"},
		"bomb":           {bomb(60000, 60000), "too many"},
		"long bomb":      {bomb(1<<31-1, 1), "too many"},
		"half a file":    {jpg[:len(jpg)/2], "damaged"},
		"a head":         {jpg[:20], "damaged"},
		"JPEG and PDF":   {append(append(append([]byte{}, jpg[:2]...), segment(0xfe, []byte("%PDF-1.4"))...), jpg[2:]...), "another file inside it (PDF)"},
		"JPEG and ZIP":   {append(append([]byte{}, jpg...), archive...), "compressed folder"},
		"JPEG and a web": {append(append(append([]byte{}, jpg[:2]...), segment(0xfe, []byte("<SCRIPT>"))...), jpg[2:]...), "web page"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), "photos", bytes.NewReader(c.data))
			if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)["photos"], c.says) {
				t.Errorf("says %v", err)
			}
		})
	}
}

// line draws a stroke as a pen would.
func line(img draw.Image, from, to image.Point) {
	for i := range 1000 {
		at := image.Pt(from.X+(to.X-from.X)*i/1000, from.Y+(to.Y-from.Y)*i/1000)
		draw.Draw(img, image.Rectangle{at, at.Add(image.Pt(3, 3))}, image.NewUniform(color.RGBA{20, 20, 60, 255}), image.Point{}, draw.Src)
	}
}

func TestSignature(t *testing.T) {
	pad := image.NewNRGBA(image.Rect(0, 0, 600, 200)) // transparent, as a canvas is
	line(pad, image.Pt(100, 50), image.Pt(400, 150))
	line(pad, image.Pt(400, 150), image.Pt(450, 40))
	data, err := Signature(t.Context(), "signature", bytes.NewReader(asPNG(t, pad)))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil || img.Bounds().Dx() > 380 || img.Bounds().Dx() < 350 {
		t.Errorf("kept as %v, %v", img.Bounds(), err)
	}
	if r, _, _, _ := img.At(0, 0).RGBA(); r != 0xffff {
		t.Error("the paper is not white")
	}
}

// TestSignatureOfNothing: an empty box, a dot, and a box somebody filled.
func TestSignatureOfNothing(t *testing.T) {
	dot := image.NewNRGBA(image.Rect(0, 0, 600, 200))
	line(dot, image.Pt(100, 50), image.Pt(104, 52))
	black := image.NewRGBA(image.Rect(0, 0, 600, 200))
	draw.Draw(black, black.Rect, image.Black, image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{"empty": image.NewNRGBA(image.Rect(0, 0, 600, 200)), "dot": dot, "black": black, "one pixel": image.NewNRGBA(image.Rect(0, 0, 1, 1))} {
		if _, err := Signature(t.Context(), "signature", bytes.NewReader(asPNG(t, img))); !strings.Contains(fault.Fields(err)["signature"], "no signature") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	jpg := asJPEG(f, half(64, 48))
	f.Add(withExif(jpg, 6))
	f.Add(withPNGExif(asPNG(f, half(20, 10)), 8))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Add(bomb(100, 100))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(t.Context(), "photos", bytes.NewReader(data))
		if err != nil {
			if fault.Of(err) != fault.Invalid || fault.Fields(err)["photos"] == "" {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		if c, err := jpeg.DecodeConfig(bytes.NewReader(p.Full)); err != nil || max(c.Width, c.Height) > Longest {
			t.Fatalf("kept what cannot be shown: %v %v", c, err)
		}
		_, _ = Signature(t.Context(), "signature", bytes.NewReader(data))
	})
}
