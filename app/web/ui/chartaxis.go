package ui

import "time"

// at is where a time stands on the axis.
func (s size) at(t time.Time, times []time.Time) float64 {
	span := times[len(times)-1].Sub(times[0]).Seconds()
	if span <= 0 {
		return s.left + 4
	}
	return s.left + 4 + (s.w-s.left-14)*t.Sub(times[0]).Seconds()/span
}

// writeTicks marks round times below the axis: hours within two days, else midnights.
func writeTicks(b []byte, s size, times []time.Time, f Format) []byte {
	if len(times) == 0 {
		return b
	}
	layout := f.dayLayout()
	if times[len(times)-1].Sub(times[0]) <= 48*time.Hour {
		layout = f.timeLayout()
	}
	for _, t := range roundTimes(f.local(times[0]), f.local(times[len(times)-1]), s.labels) {
		x := s.at(t, times)
		if x < s.left+14 || x > s.w-14 {
			continue
		}
		b = append(b, `<line class="grid" x1="`+num(x)+`" x2="`+num(x)+`" y1="`+num(s.h-s.bottom)+`" y2="`+num(s.h-s.bottom+5)+`"/>`...)
		b = append(b, `<text class="tick" text-anchor="middle" x="`+num(x)+`" y="`+num(s.h-8)+`">`...)
		b = append(Esc(b, t.Format(layout)), `</text>`...)
	}
	return b
}

// roundTimes are at most about n round local times between two others.
func roundTimes(from, to time.Time, n int) []time.Time {
	y, m, d := from.Date()
	days, hours := 0, 0
	switch span := to.Sub(from); {
	case span > 48*time.Hour:
		days = int(span.Hours()/24)/n + 1
	default:
		n = max(n/2, 3) // times are longer than days
		for _, hours = range []int{1, 2, 3, 6, 12, 24} {
			if int(span.Hours())/hours < n {
				break
			}
		}
	}
	var out []time.Time
	for i := 0; i < 400; i++ {
		t := time.Date(y, m, d+i*days, i*hours, 0, 0, 0, from.Location())
		if t.After(to) {
			break
		}
		if !t.Before(from) {
			out = append(out, t)
		}
	}
	return out
}
