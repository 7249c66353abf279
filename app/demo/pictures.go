package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
)

// scene is a photo of the sample data, drawn: nobody's door, nobody's parcels.
type scene struct {
	kind  string // door, store, damage, machine
	boxes int
	tint  int
}

const photoW, photoH = 640, 480

// paint is a picture under way.
type paint struct{ *image.RGBA }

func (c scene) jpeg() []byte {
	p := paint{image.NewRGBA(image.Rect(0, 0, photoW, photoH))}
	switch c.kind {
	case "store":
		c.store(p)
	case "damage":
		c.damage(p)
	case "machine":
		c.machine(p)
	default:
		c.door(p)
	}
	p.camera(uint64(c.tint))
	var b bytes.Buffer
	_ = jpeg.Encode(&b, p, &jpeg.Options{Quality: 72}) // into memory
	return b.Bytes()
}

// box fills a rectangle, lighter at its top.
func (p paint) box(x0, y0, x1, y1 int, c color.RGBA) {
	p.poly([][2]float64{{float64(x0), float64(y0)}, {float64(x1), float64(y0)}, {float64(x1), float64(y1)}, {float64(x0), float64(y1)}}, c)
}

// poly fills a convex shape whose corners go round.
func (p paint) poly(at [][2]float64, c color.RGBA) {
	top, bottom := photoH*1.0, 0.0
	for _, a := range at {
		top, bottom = min(top, a[1]), max(bottom, a[1])
	}
	for y := max(int(top), 0); y < min(int(bottom), photoH); y++ {
		left, right, line := photoW*1.0, 0.0, float64(y)+.5
		for i, a := range at {
			b := at[(i+1)%len(at)]
			if (a[1] <= line) != (b[1] <= line) {
				x := a[0] + (line-a[1])/(b[1]-a[1])*(b[0]-a[0])
				left, right = min(left, x), max(right, x)
			}
		}
		light := 1.08 - .16*(line-top)/(bottom-top+1)
		for x := max(int(left), 0); x < min(int(right), photoW); x++ {
			p.SetRGBA(x, y, shade(c, light))
		}
	}
}

func shade(c color.RGBA, by float64) color.RGBA {
	f := func(v uint8) uint8 { return uint8(max(0, min(255, float64(v)*by))) }
	return color.RGBA{f(c.R), f(c.G), f(c.B), 255}
}

// camera adds what a phone adds: grain, and corners that are darker.
func (p paint) camera(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 3))
	for y := range photoH {
		for x := range photoW {
			dx, dy := float64(x)/photoW-.5, float64(y)/photoH-.5
			p.SetRGBA(x, y, shade(p.RGBAAt(x, y), (1.04-.55*(dx*dx+dy*dy))*(.965+.07*r.Float64())))
		}
	}
}

var (
	carton = color.RGBA{186, 141, 92, 255}
	tape   = color.RGBA{212, 181, 134, 255}
	grey   = color.RGBA{138, 138, 134, 255}
	dark   = color.RGBA{52, 50, 48, 255}
	white  = color.RGBA{232, 230, 222, 255}
)

// parcel is a carton seen a little from above.
func (p paint) parcel(x, y, w, h int, by float64) {
	d := w / 5
	fx, fy, fw, fh := float64(x), float64(y), float64(w), float64(h)
	p.poly([][2]float64{{fx, fy}, {fx + float64(d), fy - float64(d)*.6}, {fx + fw + float64(d), fy - float64(d)*.6}, {fx + fw, fy}}, shade(carton, by*1.15))
	p.poly([][2]float64{{fx + fw, fy}, {fx + fw + float64(d), fy - float64(d)*.6}, {fx + fw + float64(d), fy + fh - float64(d)*.6}, {fx + fw, fy + fh}}, shade(carton, by*.72))
	p.box(x, y, x+w, y+h, shade(carton, by))
	p.box(x+w/2-w/16, y, x+w/2+w/16, y+h, shade(tape, by))
	p.box(x+w/10, y+h/2, x+w*2/5, y+h*4/5, shade(white, by))
	for i := range 4 {
		p.box(x+w/10+4, y+h/2+4+i*6, x+w/10+w/5-i*3, y+h/2+6+i*6, dark)
	}
}

func (c scene) door(p paint) {
	walls := []color.RGBA{{158, 92, 74, 255}, {196, 188, 172, 255}, {128, 120, 112, 255}}
	doors := []color.RGBA{{44, 82, 72, 255}, {48, 64, 104, 255}, {120, 40, 40, 255}, {60, 60, 62, 255}}
	wall := walls[c.tint%3]
	p.box(0, 0, photoW, 390, wall)
	for row := range 17 { // bricks
		for col := -1; col < 13; col++ {
			x := col*54 + row%2*27
			p.box(x+1, row*24+1, x+52, row*24+22, shade(wall, .94+.1*math.Abs(math.Sin(float64(row*13+col*7)))))
		}
	}
	p.box(0, 390, photoW, photoH, grey)
	p.box(196, 34, 404, 394, white)
	p.box(210, 48, 390, 390, doors[c.tint%4])
	for i := range 4 {
		x, y := 226+i%2*80, 70+i/2*156
		p.box(x, y, x+66, y+130, shade(doors[c.tint%4], 1.25))
	}
	p.box(372, 222, 384, 246, tape)
	p.box(440, 150, 476, 196, dark)
	p.box(180, 390, 420, 412, shade(grey, .7))
	for i := range c.boxes {
		p.parcel(236+i*34-i/2*90, 318-i/2*74+i%2*12, 104, 78, .92+.06*float64(i%3))
	}
}

func (c scene) store(p paint) {
	p.box(0, 0, photoW, 300, color.RGBA{202, 206, 204, 255})
	p.box(0, 300, photoW, photoH, color.RGBA{150, 146, 138, 255})
	for i := range 3 { // a rack behind
		p.box(30, 70+i*86, 610, 80+i*86, color.RGBA{66, 92, 140, 255})
		for k := range 7 {
			h := 34 + (c.tint+i*5+k*3)%28
			p.box(44+k*80, 70+i*86-h, 44+k*80+58, 70+i*86, shade(carton, .7+.07*float64((k+i+c.tint)%4)))
		}
	}
	for _, x := range []int{24, 318, 604} {
		p.box(x, 0, x+12, 320, color.RGBA{214, 120, 48, 255})
	}
	p.box(120, 430, 520, 446, color.RGBA{160, 124, 80, 255}) // a pallet
	for i := range 5 {
		p.box(128+i*92, 446, 150+i*92, 464, color.RGBA{120, 90, 58, 255})
	}
	for i := range c.boxes {
		p.parcel(134+i%3*126, 346-i/3*86, 112, 82, .9+.05*float64(i%4))
	}
}

func (c scene) damage(p paint) {
	p.box(0, 0, photoW, photoH, color.RGBA{142, 138, 130, 255})
	p.parcel(120, 150, 380, 260, 1)
	p.poly([][2]float64{{500, 150}, {430, 168}, {388, 236}, {450, 262}, {500, 330}}, shade(carton, .55))
	p.poly([][2]float64{{500, 178}, {452, 196}, {424, 238}, {470, 250}, {500, 290}}, dark)
	for i := range 5 {
		x := 400 + float64(i*17)
		p.poly([][2]float64{{x, 232 + float64(i%2*14)}, {x + 34, 214}, {x + 38, 220}}, shade(tape, .9))
	}
}

func (c scene) machine(p paint) {
	p.box(0, 0, photoW, 260, color.RGBA{176, 196, 214, 255})
	p.box(0, 260, photoW, photoH, color.RGBA{126, 108, 84, 255})
	yellow := color.RGBA{226, 168, 30, 255}
	p.poly([][2]float64{{0, 210}, {410, 60}, {470, 110}, {60, 300}, {0, 300}}, yellow)
	p.poly([][2]float64{{400, 60}, {470, 110}, {610, 330}, {560, 350}}, shade(yellow, .86))
	p.poly([][2]float64{{60, 250}, {330, 150}, {338, 174}, {68, 276}}, grey)
	p.poly([][2]float64{{320, 144}, {440, 102}, {446, 118}, {328, 166}}, white)
	for i := range 240 { // the new hose
		x := 90 + float64(i)*1.6
		y := 330 - 90*math.Sin(float64(i)/76) + 10*math.Sin(float64(c.tint))
		p.box(int(x), int(y), int(x)+10, int(y)+12, dark)
	}
	p.poly([][2]float64{{540, 340}, {620, 320}, {640, 420}, {520, 430}}, shade(grey, .7))
}

// signatureOf is somebody's name as quickly written: loops along a line.
func signatureOf(seed int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed%7), 11))
	img := image.NewGray(image.Rect(0, 0, 420, 150))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	x, phase := 30.0, 0.0
	tall, wide := 42.0, 13.0
	for step := range 2600 {
		if step%260 == 0 {
			tall, wide = 8+r.Float64()*16, 8+r.Float64()*8
			if step == 0 || step == 1300 {
				tall, wide = 44, 16
			}
		}
		phase += 2 * math.Pi / 170
		x += .125
		dot(img, x+wide*math.Cos(phase), 84-tall*math.Sin(phase)*.9+6*math.Sin(x/40), 1.5+.5*math.Sin(phase))
	}
	for step := range 300 { // the line below
		dot(img, 60+float64(step), 122-float64(step)*.06+3*math.Sin(float64(step)/50), 1.2)
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // into memory
	return b.Bytes()
}

// dot is a touch of the pen, with a soft rim.
func dot(img *image.Gray, x, y, radius float64) {
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			far := math.Hypot(float64(px)-x, float64(py)-y) - radius
			if v := uint8(255 * max(0, min(1, far+.5))); (image.Point{px, py}.In(img.Rect)) && v < img.GrayAt(px, py).Y {
				img.SetGray(px, py, color.Gray{Y: v})
			}
		}
	}
}
