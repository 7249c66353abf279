package aemp

import (
	"math"
	"testing"
	"time"
)

func TestNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"1937.23": 1937.23, "1937,23": 1937.23, "1.937,23": 1937.23, "1,937.23": 1937.23, "1,234,567": 1234567,
		"-5": -5, " 7 ": 7, "62.4 %": 62.4, "1.5E3": 1500, "0": 0,
	} {
		if got, err := number(in); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "N/A", "NaN", "Inf", "0x1p4", "1_0", "1 2", "--1", "e", "1e999"} {
		if got, err := number(in); err == nil {
			t.Errorf("%q: %v, want an error", in, got)
		}
	}
}

func TestHours(t *testing.T) {
	for in, want := range map[string]float64{
		"1937.25": 1937.25, "PT1937H15M": 1937.25, "PT90M": 1.5, "PT36S": 0.01, "P1D": 24, "P1DT1H": 25, "pt1.5h": 1.5,
		"1937:15": 1937.25, "0:00:36": 0.01,
	} {
		if got, err := hours(in); err != nil || math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "P", "PT", "P1DT", "P1Y", "12:60", "PT1.2.3H"} {
		if got, err := hours(in); err == nil {
			t.Errorf("%q: %v, want an error", in, got)
		}
	}
}

func TestMoment(t *testing.T) {
	want := time.Date(2021, 5, 5, 13, 58, 31, 0, time.UTC)
	for _, in := range []string{
		"2021-05-05T13:58:31Z", "2021-05-05t13:58:31z", "2021-05-05T13:58:31", "2021-05-05 13:58:31", "2021-05-05 13:58:31 UTC",
		"2021-05-05T13:58:31.000Z", "2021-05-05T15:58:31+02:00", "2021-05-05T15:58:31+0200", "2021-05-05T15:58:31+02", "2021-05-05 15:58:31 +0200",
		"2021-05-05T13:58:31,000Z", "20210505T135831Z", "2021/05/05 13:58:31", "1620223111", "1620223111000", "/Date(1620223111000)/", "/Date(1620223111000+0200)/",
	} {
		if got, err := moment(in); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
	for _, in := range []string{"", "2021-02-30T00:00:00Z", "2021-05-05T24:00:00Z", "13:58", "05/06/2021", "12345", "soon"} {
		if got, err := moment(in); err == nil {
			t.Errorf("%q: %v, want an error", in, got)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct {
		v     float64
		named string
		std   string
		want  float64
		unit  string
	}{
		{10, "Mile", "km", 16.09344, "km"},
		{10, "statute miles", "km", 16.09344, "km"},
		{1500, "metre", "km", 1.5, "km"},
		{10, "", "km", 10, "km"},
		{10, "N/A", "km", 10, "km"},
		{10, "furlong", "km", 10, "furlong"},
		{100, "foot", "m", 30.48, "m"},
		{1, "US gallon", "l", 3.785411784, "l"},
		{1, "ton", "kg", 1, "ton"},
		{10, "km/h", "km/h", 10, "km/h"},
		{10, "m/s", "km/h", 36, "km/h"},
		{50, "%", "%", 50, "%"},
		{3600, "seconds", "h", 1, "h"},
	} {
		if got, unit := convert(c.v, c.named, c.std); math.Abs(got-c.want) > 1e-9 || unit != c.unit {
			t.Errorf("%v %s: %v %s, want %v %s", c.v, c.named, got, unit, c.want, c.unit)
		}
	}
}

func TestNextURL(t *testing.T) {
	for _, c := range []struct{ current, self, next, want string }{
		{"https://a.example/aemp/Fleet/1", "", "https://a.example/aemp/Fleet/2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/aemp/Fleet/1", "", "2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/aemp/Fleet/1", "", "?page=2", "https://a.example/aemp/Fleet/1?page=2"},
		{"https://a.example/aemp/Fleet/1", "", "/aemp/Fleet/2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/aemp/Fleet/1", "/Fleet/1", "/Fleet/2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/aemp/Fleet/1", "", "/Fleet/2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/aemp/Fleet", "", "/Fleet/2", "https://a.example/aemp/Fleet/2"},
		{"https://a.example/Fleet/1", "/Fleet/1", "/Fleet/2", "https://a.example/Fleet/2"},
		{"https://a.example/aemp/Fleet/1", "", "//a.example/x#y", "https://a.example/x"},
		{"https://a.example/1", "", "https://A.example:443/2", "https://A.example:443/2"},
		{"http://a.example/1", "", "https://a.example/2", "https://a.example/2"},
		{"https://a.example/1", "", "", ""},
		{"https://a.example/1", "https://a.example/1", "https://a.example/1", ""},
		{"https://a.example/1", "", "https://a.example/1#top", ""},
		{"https://a.example/1", "", "http://a.example/2", ""},
		{"https://a.example/1", "", "https://b.example/2", ""},
		{"https://a.example/1", "", "//b.example/2", ""},
		{"https://a.example/1", "", "https://a.example.b.example/2", ""},
		{"https://a.example/1", "", "https://a.example:8443/2", ""},
		{"http://a.example:8080/1", "", "https://a.example/2", ""},
		{"https://a.example/1", "", "https://me:secret@a.example/2", ""},
		{"https://a.example/1", "", "file:///etc/passwd", ""},
		{"https://a.example/1", "", "javascript:alert(1)", ""},
		{"https://a.example/1", "", "https://a.example/%zz", ""},
		{"not a url", "", "/2", ""},
	} {
		got, ok := NextURL(c.current, Snapshot{Links: map[string]string{"self": c.self, "next": c.next}})
		if got != c.want || ok != (c.want != "") {
			t.Errorf("from %s to %q: %q, want %q", c.current, c.next, got, c.want)
		}
	}
}
