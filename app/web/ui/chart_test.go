package ui

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestAChartIsDrawnForPhonesTooAndToldAsATable(t *testing.T) {
	got := render(t, BarChart(&View{}, BarSpec{"c", "Hours", "Rising.", "Day", []string{"Mon", "Tue"}, []Series{{"Work", []float64{1, 1234.5}}}}))
	for _, want := range []string{`chart-svg narrow" role="img" viewBox="0 0 300 190" aria-labelledby="c-narrow-t c-narrow-d"`, `<title id="c-wide-t">Hours</title>`, `<desc id="c-wide-d">Rising.</desc>`, `<th scope="row">Tue</th><td class="n">1,234.5</td>`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestChartsBearMissingAndOddNumbers(t *testing.T) {
	odd := []float64{math.NaN(), math.Inf(1), -5, 0, 3}
	var times []time.Time
	for i := range odd {
		times = append(times, galleryNow.Add(time.Duration(i)*time.Hour))
	}
	for _, n := range []string{
		render(t, BarChart(&View{}, BarSpec{ID: "a", Labels: []string{"1", "2", "3", "4", "5"}, Series: []Series{{"x", odd}}})),
		render(t, LineChart(&View{}, LineSpec{ID: "b", Times: times, Series: []Series{{"x", odd}}})),
		render(t, LineChart(&View{}, LineSpec{ID: "c"})), render(t, BarChart(&View{}, BarSpec{ID: "d"})),
		render(t, LineChart(&View{}, LineSpec{ID: "e", Times: times[:1], Series: []Series{{"x", odd[4:]}}})), render(t, Sparkline("s", odd)), render(t, Sparkline("s", nil)),
	} {
		if strings.Contains(n, "NaN") || strings.Contains(n, "Inf") {
			t.Errorf("a number that is none got into %s", n)
		}
	}
}

func TestAxesEndAtRoundNumbers(t *testing.T) {
	for most, want := range map[float64]float64{0: 4, 0.3: .4, 7: 8, 63: 80, 100: 100, 101: 200, 999: 1000} {
		if got := niceTop([]Series{{Values: []float64{most}}}); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: got %v, want %v", most, got, want)
		}
	}
}

func TestTimeAxesMarkRoundTimesInThePersonsZone(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	from := time.Date(2026, 11, 15, 14, 5, 0, 0, zone)
	for _, c := range []struct {
		span time.Duration
		n    int
		want string
	}{
		{6 * 24 * time.Hour, 14, "16 00:00"}, {60 * 24 * time.Hour, 14, "20 00:00"}, {5 * time.Hour, 14, "15 15:00"}, {47 * time.Hour, 6, "16 00:00"},
	} {
		got := roundTimes(from, from.Add(c.span), c.n)
		if len(got) == 0 || len(got) > c.n+1 || got[0].Format("02 15:04") != c.want {
			t.Errorf("%v: got %v, want the first to be %s", c.span, got, c.want)
		}
	}
}

func TestQRDrawsOnlyWhatFits(t *testing.T) {
	if got := render(t, QR("https://example.com")); !strings.Contains(got, `role="img"`) || !strings.Contains(got, "M4 4h7v1h-7z") {
		t.Errorf("got %s", got)
	}
	if QR(strings.Repeat("x", 5000)) != nil {
		t.Error("5,000 letters were drawn")
	}
}
