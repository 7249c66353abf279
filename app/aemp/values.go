package aemp

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// number reads a decimal number. A single comma parts decimals: the standard
// has a point and no grouping, and some servers write as their country does.
func number(s string) (float64, error) {
	t := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	point, comma := strings.LastIndexByte(t, '.'), strings.LastIndexByte(t, ',')
	switch {
	case comma >= 0 && point > comma || strings.Count(t, ",") > 1:
		t = strings.ReplaceAll(t, ",", "")
	case comma >= 0:
		t = strings.Replace(strings.ReplaceAll(t, ".", ""), ",", ".", 1)
	}
	if t == "" || strings.Trim(t, "0123456789.+-eE") != "" {
		return 0, notA("number", s)
	}
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, notA("number", s)
	}
	return v, nil
}

func notA(what, s string) error {
	return fmt.Errorf("“%s” is not a %s", clip(s, 40), what)
}

var (
	duration = regexp.MustCompile(`^P(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$`)
	clockual = regexp.MustCompile(`^(\d{1,7}):([0-5]\d)(?::([0-5]\d))?$`)
)

// hours reads 1937.23, PT1937H14M or 1937:14.
func hours(s string) (float64, error) {
	t := strings.ToUpper(strings.TrimSpace(s))
	parts, secs := duration.FindStringSubmatch(t), []float64{86400, 3600, 60, 1}
	if parts == nil {
		if parts = clockual.FindStringSubmatch(t); parts != nil {
			secs = secs[1:]
		}
	}
	if parts == nil || strings.HasSuffix(t, "T") || t == "P" {
		return number(s)
	}
	total := 0.0
	for i, part := range parts[1:] {
		if part == "" {
			continue
		}
		v, err := number(part)
		if err != nil {
			return 0, notA("duration", s)
		}
		total += v * secs[i]
	}
	return total / 3600, nil
}

// yesNo is 1 for yes and 0 for no.
func yesNo(s string) (float64, error) {
	switch fold(s) {
	case "true", "1", "yes", "on", "running", "active", "closed", "enginerunning":
		return 1, nil
	case "false", "0", "no", "off", "notrunning", "stopped", "inactive", "open", "enginenotrunning":
		return 0, nil
	}
	return 0, notA("yes or a no", s)
}

func degrees(s string, limit float64, what string) (float64, error) {
	if s == "" {
		return 0, fmt.Errorf("the %s is missing", what)
	}
	v, err := number(s)
	if err != nil {
		return 0, notA(what, s)
	}
	if math.Abs(v) > limit {
		return 0, fmt.Errorf("the %s %s is beyond %g degrees", what, clip(s, 40), limit)
	}
	return v, nil
}

// layouts of dates once T and Z are upper case, a space is a T and the zone
// has a colon.
var layouts = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"20060102T150405Z07:00", "20060102T150405", "2006-01-02", "20060102", "2006/01/02T15:04:05Z07:00", "2006/01/02T15:04:05",
}

var (
	zoneWithoutColon = regexp.MustCompile(`([+-]\d{2})(\d{2})?$`)
	dotNet           = regexp.MustCompile(`^/DATE\((-?\d{1,16})(?:[+-]\d{4})?\)/$`)
)

// moment reads a date as dialects write it; without a zone it is UTC.
func moment(s string) (time.Time, error) {
	t := strings.ToUpper(strings.TrimSpace(s))
	if m := dotNet.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	if n, err := strconv.ParseInt(t, 10, 64); err == nil && len(t) >= 9 && len(t) <= 16 {
		if len(t) > 11 {
			return time.UnixMilli(n).UTC(), nil
		}
		return time.Unix(n, 0).UTC(), nil
	}
	t = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(t, "UTC"), "GMT"))
	t = strings.Replace(strings.Replace(t, " +", "+", 1), " ", "T", 1)
	if i := strings.IndexByte(t, 'T'); i > 0 && !strings.HasSuffix(t, "Z") {
		t = t[:i] + zoneWithoutColon.ReplaceAllStringFunc(t[i:], withColon)
	}
	for _, l := range layouts {
		if at, err := time.Parse(l, t); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, notA("date", s)
}

func withColon(zone string) string {
	if len(zone) == 3 {
		return zone + ":00"
	}
	return zone[:3] + ":" + zone[3:]
}

// sane is moment within what can be: telematics did not exist before 1990,
// and clocks are not a day fast.
func (p *parser) sane(s string) (time.Time, error) {
	at, err := moment(s)
	switch {
	case err != nil:
		return at, err
	case at.Year() < 1990:
		return at, fmt.Errorf("the date %s is before 1990", clip(s, 40))
	case at.After(p.now.Add(24 * time.Hour)):
		return at, fmt.Errorf("the date %s lies in the future", clip(s, 40))
	}
	return at, nil
}
