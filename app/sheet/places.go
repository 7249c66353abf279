package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"gatehouse/store/fault"
)

// ParseLatLon reads a place on earth in degrees: 40.69 or 40,69 or N 40.69 or
// 40°41'24.3"N. When both coordinates stand in one cell, "(40.69, -73.84)",
// pass it as lat and leave lon empty. The error is an Invalid fault.
func ParseLatLon(lat, lon string) (float64, float64, error) {
	if strings.TrimSpace(lat+lon) == "" {
		return 0, 0, fault.New(fault.Invalid, "There is no position.")
	}
	if strings.TrimSpace(lon) == "" {
		var ok bool
		if lat, lon, ok = splitPair(lat); !ok {
			return 0, 0, fault.New(fault.Invalid, "“%s” is not a position. Write it like 40.69, -73.84.", strings.TrimSpace(lat))
		}
	}
	y, err := degrees(lat, 90, "latitude", "NS")
	if err != nil {
		return 0, 0, err
	}
	x, err := degrees(lon, 180, "longitude", "EW")
	return y, x, err
}

// splitPair parts two coordinates at a semicolon, else at the comma that is
// no decimal comma, else at the space.
func splitPair(s string) (lat, lon string, ok bool) {
	t := strings.Trim(strings.TrimSpace(s), "()[]")
	t = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(t, "POINT"), "("))
	for _, sep := range []string{";", ", "} {
		if strings.Count(t, sep) == 1 {
			lat, lon, _ = strings.Cut(t, sep)
			return lat, lon, true
		}
	}
	if strings.Count(t, ",") == 1 {
		lat, lon, _ = strings.Cut(t, ",")
		return lat, lon, true
	}
	if f := strings.Fields(t); len(f) == 2 {
		return f[0], f[1], true
	}
	return s, "", false
}

// degrees reads one coordinate; letters are the hemispheres, the positive one
// first.
func degrees(s string, limit float64, what, letters string) (float64, error) {
	text := strings.TrimSpace(s)
	plain, sign := text, 1.0
	for i, r := range letters {
		for _, cut := range []string{string(r), strings.ToLower(string(r))} {
			if rest := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(plain, cut), cut), " "); rest != plain && plain == text {
				plain, sign = rest, []float64{1, -1}[i]
			}
		}
	}
	d, ok := sexagesimal(plain)
	if !ok {
		return 0, fault.New(fault.Invalid, "“%s” is not a %s. Write it in degrees, like 40.69.", text, what)
	}
	if d *= sign; math.Abs(d) > limit {
		return 0, fault.New(fault.Invalid, "The %s %s is beyond %g degrees.", what, text, limit)
	}
	return d, nil
}

// sexagesimal reads degrees, or degrees, minutes and seconds.
func sexagesimal(s string) (float64, bool) {
	f := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("°'\"′″’”º", r) || unicode.IsSpace(r) })
	if len(f) == 0 || len(f) > 3 {
		return 0, false
	}
	total, unit, minus := 0.0, 1.0, strings.HasPrefix(f[0], "-")
	for i, part := range f {
		v, ok := coordinate(part)
		if !ok || i > 0 && (v < 0 || v >= 60) {
			return 0, false
		}
		total += math.Abs(v) / unit
		unit *= 60
	}
	if minus {
		total = -total
	}
	return total, true
}

// coordinate takes one mark, whichever it is, as the decimal one: nobody
// groups thousands of degrees.
func coordinate(s string) (float64, bool) {
	s = strings.Replace(strings.Replace(s, "−", "-", 1), ",", ".", 1)
	if strings.Trim(s, "0123456789.-+") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
