package mailtext

import (
	"math"
	"regexp"
	"strconv"
)

const (
	usualPrimary = "#1f5fbf"
	white, ink   = "#ffffff", "#16202b"
)

var hex = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// colours returns the brand's two colours, or ones that can be read, and the
// line around a button: a button as light as the paper needs one.
func (b Brand) colours() (primary, on, edge string) {
	primary, on = b.Primary, b.OnPrimary
	if !hex.MatchString(primary) {
		primary = usualPrimary
	}
	for _, other := range []string{white, ink, "#000000"} {
		if !hex.MatchString(on) || contrast(primary, on) < 4.5 {
			on = other // on any colour one of white and black can be read
		}
	}
	edge = primary
	if contrast(primary, white) < 1.3 {
		edge = "#b9c3ce"
	}
	return primary, on, edge
}

// contrast is that of WCAG 2, from 1 to 21.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	part := func(from int) float64 {
		n, _ := strconv.ParseUint(colour[from:from+2], 16, 8)
		v := float64(n) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(1) + 0.7152*part(3) + 0.0722*part(5)
}
