package sheet

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"gatehouse/store/fault"
)

// DateOrder is the order in which a date names day, month and year.
type DateOrder int

// The orders. NoDates is the zero value; Ambiguous means that every date could
// be read both ways (03/04/2018), Mixed that some only fit one way and some
// only the other.
const (
	NoDates DateOrder = iota
	YMD
	MDY
	DMY
	Ambiguous
	Mixed
)

// ParseDate reads a date, with a time or without, as UTC. Dates that begin
// with the year are read whatever the order; for the others order must be MDY
// or DMY unless only one is possible. The error is an Invalid fault.
func ParseDate(s string, order DateOrder) (t time.Time, hasTime bool, err error) {
	return ParseDateIn(s, order, time.UTC)
}

// ParseDateIn is ParseDate for dates that say no zone and mean loc.
func ParseDateIn(s string, order DateOrder, loc *time.Location) (t time.Time, hasTime bool, err error) {
	text := strings.TrimSpace(s)
	if text == "" {
		return t, false, fault.New(fault.Invalid, "There is no date.")
	}
	day, clock := splitDate(text)
	y, m, d, err := parseDay(day, text, order)
	if err != nil {
		return t, false, err
	}
	if clock == "" {
		return time.Date(y, time.Month(m), d, 0, 0, 0, 0, loc), false, nil
	}
	c, ok := parseClock(clock)
	if !ok {
		return t, false, fault.New(fault.Invalid, "“%s” is not a time of day, in “%s”.", clock, text)
	}
	if c.zone != nil {
		loc = c.zone
	}
	return time.Date(y, time.Month(m), d, c.h, c.m, c.s, c.ns, loc).UTC(), true, nil
}

// GuessDateOrder looks at those values that are dates and ignores the others.
func GuessDateOrder(values []string) DateOrder {
	var seen [Mixed + 1]int
	for _, v := range values {
		day, _ := splitDate(strings.TrimSpace(v))
		seen[orderOf(day)]++
	}
	switch {
	case seen[MDY] > 0 && seen[DMY] > 0:
		return Mixed
	case seen[MDY] > 0:
		return MDY
	case seen[DMY] > 0:
		return DMY
	case seen[Ambiguous] > 0:
		return Ambiguous
	case seen[YMD] > 0:
		return YMD
	}
	return NoDates
}

// orderOf is the only order in which a date is possible, or Ambiguous, or
// NoDates when it is none.
func orderOf(day string) DateOrder {
	p, ok := dayParts(day)
	if !ok {
		return NoDates
	}
	if p.year == 0 {
		return YMD
	}
	_, mdy := p.date(MDY)
	_, dmy := p.date(DMY)
	switch {
	case p.named:
		return NoDates // says nothing about the dates in figures
	case mdy && dmy && p.n[0] == p.n[1]:
		return NoDates // 05/05/2018 says nothing either
	case mdy && dmy:
		return Ambiguous
	case mdy:
		return MDY
	case dmy:
		return DMY
	}
	return NoDates
}

func parseDay(day, text string, order DateOrder) (y, m, d int, err error) {
	p, ok := dayParts(day)
	if !ok {
		return 0, 0, 0, fault.New(fault.Invalid, "“%s” is not a date. Write it like 2018-06-26.", text)
	}
	if p.year == 0 {
		order = YMD
	}
	if order != YMD && order != MDY && order != DMY || order == YMD && p.year != 0 {
		if order = orderOf(day); order == Ambiguous {
			return 0, 0, 0, fault.New(fault.Invalid, "“%s” can be two dates; say whether the day or the month comes first.", text)
		}
		if order != MDY && order != DMY {
			order = DMY
		}
	}
	got, ok := p.date(order)
	if !ok {
		return 0, 0, 0, fault.New(fault.Invalid, "There is no such day as “%s” (read as %s).", text, order)
	}
	return got[0], got[1], got[2], nil
}

// String names the order for people.
func (o DateOrder) String() string {
	return [...]string{"no dates", "year, month, day", "month, day, year", "day, month, year", "ambiguous dates", "mixed dates"}[o]
}

// parts are the three numbers of a date in the order written.
type parts struct {
	n     [3]int
	year  int  // which of them is the year: 0 or 2
	named bool // the month was a word, so n is day, month, year
}

func (p parts) date(order DateOrder) ([3]int, bool) {
	y, m, d := p.n[2], p.n[1], p.n[0]
	switch {
	case p.year == 0:
		y, m, d = p.n[0], p.n[1], p.n[2]
	case order == MDY && !p.named:
		m, d = p.n[0], p.n[1]
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return [3]int{y, m, d}, y >= 1900 && y < 2200 && t.Day() == d && int(t.Month()) == m
}

// dayParts takes a date apart without deciding which part is what.
func dayParts(s string) (p parts, ok bool) {
	if len(s) == 8 && digits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	f := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/.-, ", r) })
	if len(f) != 3 || len(s) > 24 || !separated(s) {
		return p, false
	}
	if monthNames[strings.ToLower(f[0])] > 0 { // Jun 26, 2018
		f[0], f[1] = f[1], f[0]
	}
	if p.n[1] = monthNames[strings.ToLower(f[1])]; p.n[1] > 0 {
		p.named = true
	} else if p.n[1], ok = number(f[1]); !ok {
		return p, false
	}
	var first, last bool
	p.n[0], first = number(f[0])
	p.n[2], last = number(f[2])
	if !first || !last {
		return p, false
	}
	return p.withYear(f)
}

// withYear finds the year by its length; two figures at the end mean 1970 to
// 2069.
func (p parts) withYear(f []string) (parts, bool) {
	switch {
	case len(f[0]) == 4 && len(f[2]) <= 2:
		p.year = 0
	case len(f[0]) > 2 || len(f[1]) > 2 && !p.named:
		return p, false
	case len(f[2]) == 4:
		p.year = 2
	case len(f[2]) == 2:
		p.year = 2
		p.n[2] += 1900
		if p.n[2] < 1970 {
			p.n[2] += 100
		}
	default:
		return p, false
	}
	return p, p.n[0] > 0 && p.n[1] > 0 && p.n[2] > 0
}

// separated refuses "1,234,567" and "12 34 56", which are numbers.
func separated(s string) bool {
	if strings.ContainsFunc(s, unicode.IsLetter) {
		return true
	}
	return !strings.Contains(s, ",") && (strings.ContainsAny(s, "/-") || strings.Count(s, ".") >= 2)
}

func number(s string) (int, bool) {
	if len(s) > 4 || !digits(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

var monthNames = func() map[string]int {
	m := map[string]int{"sept": 9, "mär": 3, "märz": 3, "mrz": 3}
	for _, names := range []string{
		"january february march april may june july august september october november december",
		"januar februar maerz april mai juni juli august september oktober november dezember",
	} {
		for i, name := range strings.Fields(names) {
			m[name], m[name[:3]] = i+1, i+1
		}
	}
	return m
}()
