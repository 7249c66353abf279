package ui

import (
	"fmt"
	"math"
)

// rgb is a colour; every part runs from 0 to 1.
type rgb struct{ r, g, b float64 }

// ValidColor tells whether s is a colour as a browser's colour field sends it: #rrggbb.
func ValidColor(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	for i := 1; i < 7; i++ {
		if c := s[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

func parseColor(s string) rgb {
	var r, g, b uint8
	_, _ = fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b) // callers pass what ValidColor let through
	return rgb{float64(r) / 255, float64(g) / 255, float64(b) / 255}
}

func (c rgb) String() string {
	q := func(v float64) int { return int(math.Round(math.Max(0, math.Min(1, v)) * 255)) }
	return fmt.Sprintf("#%02x%02x%02x", q(c.r), q(c.g), q(c.b))
}

// Contrast is the WCAG contrast of two #rrggbb colours, 1 to 21; 0 when one is not a colour.
func Contrast(a, b string) float64 {
	if !ValidColor(a) || !ValidColor(b) {
		return 0
	}
	return contrast(parseColor(a), parseColor(b))
}

func contrast(a, b rgb) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + .05) / (y + .05)
}

func luminance(c rgb) float64 { return .2126*linear(c.r) + .7152*linear(c.g) + .0722*linear(c.b) }

func linear(v float64) float64 {
	if v <= .04045 {
		return v / 12.92
	}
	return math.Pow((v+.055)/1.055, 2.4)
}

func unlinear(v float64) float64 {
	if v <= .0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - .055
}

// oklch splits a colour into lightness, chroma and hue as people see them.
func oklch(c rgb) (light, chroma, hue float64) {
	r, g, b := linear(c.r), linear(c.g), linear(c.b)
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	x := 1.9779984951*l - 2.4285922050*m + .4505937099*s
	y := .0259040371*l + .7827717662*m - .8086757660*s
	return .2104542553*l + .7936177850*m - .0040720468*s, math.Hypot(x, y), math.Atan2(y, x)
}

// fromOKLCH is the way back; chroma that no screen has is taken away.
func fromOKLCH(light, chroma, hue float64) rgb {
	for {
		x, y := chroma*math.Cos(hue), chroma*math.Sin(hue)
		l, m, s := light+.3963377774*x+.2158037573*y, light-.1055613458*x-.0638541728*y, light-.0894841775*x-1.2914855480*y
		l, m, s = l*l*l, m*m*m, s*s*s
		c := rgb{4.0767416621*l - 3.3077115913*m + .2309699292*s, -1.2684380046*l + 2.6097574011*m - .3413193965*s, -.0041960863*l - .7034186147*m + 1.7076147010*s}
		if chroma < 1e-4 || c.inside() {
			return rgb{unlinear(clamp(c.r)), unlinear(clamp(c.g)), unlinear(clamp(c.b))}
		}
		chroma *= .97
	}
}

func (c rgb) inside() bool {
	const e = 1e-4
	return c.r >= -e && c.r <= 1+e && c.g >= -e && c.g <= 1+e && c.b >= -e && c.b <= 1+e
}

func clamp(v float64) float64 { return math.Max(0, math.Min(1, v)) }
