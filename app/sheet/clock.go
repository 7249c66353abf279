package sheet

import (
	"strings"
	"time"
)

// clock is a time of day.
type clock struct {
	h, m, s, ns int
	zone        *time.Location // nil when not said
}

// splitDate parts the day from the time: at the T of ISO 8601, or at the last
// space before something with a colon.
func splitDate(s string) (day, clock string) {
	if len(s) > 48 {
		return s, ""
	}
	if i := strings.IndexAny(s, "Tt"); i >= 8 && digits(s[i-2:i]) && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
		return s[:i], s[i+1:]
	}
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s, ""
	}
	if i := strings.LastIndexAny(s[:colon], " \u00a0"); i > 0 {
		return strings.TrimRight(s[:i], " ,"), strings.TrimSpace(s[i+1:])
	}
	return s, ""
}

// parseClock reads 10:58, 10:58:54.123, 10:58 AM, 105854, with a zone or not.
func parseClock(s string) (c clock, ok bool) {
	s = strings.ToUpper(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s))
	s, c.zone, ok = cutZone(s)
	if !ok {
		return c, false
	}
	s, half := cutHalf(s)
	if len(s) == 6 && digits(s) {
		s = s[:2] + ":" + s[2:4] + ":" + s[4:]
	}
	f := strings.Split(s, ":")
	if len(f) < 2 || len(f) > 3 {
		return c, false
	}
	if len(f) == 3 {
		if f[2], c.ns, ok = cutFraction(f[2]); !ok {
			return c, false
		}
	}
	for i, into := range []*int{&c.h, &c.m, &c.s}[:len(f)] {
		if *into, ok = number(f[i]); !ok || len(f[i]) > 2 {
			return c, false
		}
	}
	return c.halved(half)
}

func (c clock) halved(half byte) (clock, bool) {
	if half != 0 {
		if c.h < 1 || c.h > 12 {
			return c, false
		}
		c.h %= 12
	}
	if half == 'P' {
		c.h += 12
	}
	return c, c.h < 24 && c.m < 60 && c.s < 60
}

// cutHalf takes AM or PM off.
func cutHalf(s string) (string, byte) {
	for _, end := range []string{"AM", "PM", "A.M.", "P.M."} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return strings.TrimSpace(rest), end[0]
		}
	}
	return strings.TrimSpace(s), 0
}

func cutFraction(s string) (whole string, ns int, ok bool) {
	i := strings.IndexAny(s, ".,")
	if i < 0 {
		return s, 0, true
	}
	frac := s[i+1:]
	if !digits(frac) {
		return s, 0, false
	}
	for n := 0; n < 9; n++ {
		ns *= 10
		if n < len(frac) {
			ns += int(frac[n] - '0')
		}
	}
	return s[:i], ns, true
}

// cutZone takes Z, UTC, GMT or +02:00 off.
func cutZone(s string) (string, *time.Location, bool) {
	for _, end := range []string{"UTC", "GMT", "Z"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return strings.TrimSpace(rest), time.UTC, true
		}
	}
	i := strings.LastIndexAny(s, "+-")
	if i < 0 {
		return s, nil, true
	}
	h, m, parted := strings.Cut(s[i+1:], ":")
	if !parted && len(h) == 4 {
		h, m = h[:2], h[2:]
	}
	hours, ok := number(h)
	mins := 0
	if ok && m != "" {
		mins, ok = number(m)
	}
	if !ok || hours > 14 || mins > 59 {
		return s, nil, false
	}
	offset := hours*3600 + mins*60
	if s[i] == '-' {
		offset = -offset
	}
	return strings.TrimSpace(s[:i]), time.FixedZone("", offset), true
}
