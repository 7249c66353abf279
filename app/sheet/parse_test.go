package sheet

import (
	"strings"
	"testing"
	"time"

	"gatehouse/store/fault"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in    string
		order DateOrder
		want  string // "" for an error; a day alone has no time
	}{
		{"2018-06-26", NoDates, "2018-06-26"},
		{"2018-06-26", MDY, "2018-06-26"},
		{"2018/6/26", DMY, "2018-06-26"},
		{"2018.06.26", NoDates, "2018-06-26"},
		{"20180626", NoDates, "2018-06-26"},
		{"2018-06-26T10:58:54Z", NoDates, "2018-06-26T10:58:54Z"},
		{"2018-06-26T10:58:54.5+02:00", NoDates, "2018-06-26T08:58:54.5Z"},
		{"2018-06-26 10:58", NoDates, "2018-06-26T10:58:00Z"},
		{"20180626T105854Z", NoDates, "2018-06-26T10:58:54Z"},
		{"06/26/2018 10:58:54 AM", MDY, "2018-06-26T10:58:54Z"},
		{"06/26/2018 12:05:00 AM", MDY, "2018-06-26T00:05:00Z"},
		{"06/26/2018 12:05:00 PM", MDY, "2018-06-26T12:05:00Z"},
		{"6/26/18 1:05pm", MDY, "2018-06-26T13:05:00Z"},
		{"26.06.2018", DMY, "2018-06-26"},
		{"26.6.18", DMY, "2018-06-26"},
		{"26-06-2018 22:15", DMY, "2018-06-26T22:15:00Z"},
		{"26/06/2018", NoDates, "2018-06-26"},
		{"06/26/2018", Ambiguous, "2018-06-26"},
		{"1.2.71", DMY, "1971-02-01"},
		{"1.2.69", DMY, "2069-02-01"},
		{"26 Jun 2018", NoDates, "2018-06-26"},
		{"Jun 26, 2018", NoDates, "2018-06-26"},
		{"26. Juni 2018", DMY, "2018-06-26"},
		{"1-Mar-18", MDY, "2018-03-01"},
		{"29.02.2020", DMY, "2020-02-29"},
		{"", DMY, ""},
		{"31.02.2018", DMY, ""},
		{"29.02.2019", DMY, ""},
		{"26/06/2018", MDY, ""},
		{"06/26/2018", DMY, ""},
		{"03/04/2018", NoDates, ""},
		{"03/04/2018", YMD, ""},
		{"2018-13-01", NoDates, ""},
		{"2018-00-10", NoDates, ""},
		{"0001-01-01", NoDates, ""},
		{"2018-06-26T25:00:00", NoDates, ""},
		{"2018-06-26 13:05 PM", NoDates, ""},
		{"2018-06-26 10:60", NoDates, ""},
		{"2018-06-26 10:58 +99:00", NoDates, ""},
		{"1,234,567", DMY, ""},
		{"12.5", DMY, ""},
		{"tomorrow", DMY, ""},
		{"26.06.20188", DMY, ""},
	} {
		got, hasTime, err := ParseDate(c.in, c.order)
		if c.want == "" {
			if fault.Of(err) != fault.Invalid {
				t.Errorf("%q as %v: %v, want a fault", c.in, c.order, got)
			}
			continue
		}
		shown := got.Format("2006-01-02")
		if hasTime {
			shown = got.Format(time.RFC3339Nano)
		}
		if err != nil || shown != c.want {
			t.Errorf("%q as %v: %s %v, want %s", c.in, c.order, shown, err, c.want)
		}
	}
}

func TestParseDate_saysWhatIsWrong(t *testing.T) {
	for in, says := range map[string]string{
		"31.02.2018":       "There is no such day as “31.02.2018” (read as day, month, year).",
		"soon":             "“soon” is not a date. Write it like 2018-06-26.",
		"26.06.2018 29:00": "“29:00” is not a time of day, in “26.06.2018 29:00”.",
	} {
		if _, _, err := ParseDate(in, DMY); err == nil || err.Error() != says {
			t.Errorf("%q: %v, want %s", in, err, says)
		}
	}
	if _, _, err := ParseDate("03/04/2018", Ambiguous); err == nil || !strings.Contains(err.Error(), "can be two dates") {
		t.Errorf("got %v", err)
	}
}

func TestParseDateIn_timesWithoutAZoneAreLocal(t *testing.T) {
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip(err)
	}
	got, _, err := ParseDateIn("06/26/2018 10:58:54 AM", MDY, ny)
	if want := time.Date(2018, 6, 26, 14, 58, 54, 0, time.UTC); err != nil || !got.Equal(want) {
		t.Errorf("got %v %v, want %v", got, err, want)
	}
}

func TestGuessDateOrder(t *testing.T) {
	for in, want := range map[string]DateOrder{
		"":                                 NoDates,
		"hello 12.5 1,234 40.69":           NoDates,
		"06/26/2018 01/02/2018":            MDY,
		"26.06.2018 01.02.2018":            DMY,
		"2018-06-26 2018-01-02T10:00:00Z":  YMD,
		"01/02/2018 03/04/2018":            Ambiguous,
		"05/05/2018":                       NoDates,
		"06/26/2018 26/06/2018":            Mixed,
		"2018-06-26 06/26/2018":            MDY,
		"1.2.3 10.0.0.1 555-1234 12-34-56": NoDates,
	} {
		if got := GuessDateOrder(strings.Fields(in)); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		in      string
		decimal byte
		want    float64
		ok      bool
	}{
		{"1.234,56", ',', 1234.56, true},
		{"1,234.56", '.', 1234.56, true},
		{"1 234,56", ',', 1234.56, true},
		{"1\u00a0234,56", ',', 1234.56, true},
		{"1\u202f234,56", ',', 1234.56, true},
		{"1'234.56", '.', 1234.56, true},
		{"12,5", ',', 12.5, true},
		{"12.5", '.', 12.5, true},
		{"1.234,56", 0, 1234.56, true},
		{"1,234.56", 0, 1234.56, true},
		{"12,5", 0, 12.5, true},
		{"1,234,567", 0, 1234567, true},
		{"0,125", 0, 0.125, true},
		{"1234,567", 0, 1234.567, true},
		{"1,234", 0, 0, false},
		{"1,234", '.', 1234, true},
		{"1,234", ',', 1.234, true},
		{"-5", '.', -5, true},
		{"− 5,5", ',', -5.5, true},
		{"5-", '.', -5, true},
		{"(1,000.50)", '.', -1000.5, true},
		{"€ 12,50", ',', 12.5, true},
		{"-$5.00", '.', -5, true},
		{"12.50 €", '.', 12.5, true},
		{"+7", '.', 7, true},
		{".5", '.', 0.5, true},
		{"1.5E+3", '.', 1500, true},
		{"1e-05", '.', 0.00001, true},
		{"12.5", ',', 0, false},
		{"12,34.56", '.', 0, false},
		{"1,2345", '.', 0, false},
		{"1.2.3", '.', 0, false},
		{"", '.', 0, false},
		{".", '.', 0, false},
		{"-", '.', 0, false},
		{"NaN", '.', 0, false},
		{"Inf", '.', 0, false},
		{"0x10", '.', 0, false},
		{"1_000", '.', 0, false},
		{"1e999", '.', 0, false},
		{"five", '.', 0, false},
		{"5 km", '.', 0, false},
	} {
		got, err := ParseNumber(c.in, c.decimal)
		if got != c.want || (err == nil) != c.ok || err != nil && fault.Of(err) != fault.Invalid {
			t.Errorf("%q with %q: %v %v, want %v", c.in, c.decimal, got, err, c.want)
		}
	}
}

func TestGuessDecimal(t *testing.T) {
	for in, want := range map[string]byte{
		"":                     0,
		"1 2 3 hello":          0,
		"1,234 5,678":          0,
		"1.5 2":                '.',
		"1,5 2":                ',',
		"1,5 1.5":              0,
		"1.234,56":             ',',
		"26.06.2018 1,5":       ',',
		"40.69 1,234":          '.',
		"10.0.0.1 12:30 3.5.1": 0,
	} {
		if got := GuessDecimal(strings.Fields(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestParseLatLon(t *testing.T) {
	for _, c := range []struct {
		lat, lon string
		y, x     float64
		ok       bool
	}{
		{"40.690092", "-73.846427", 40.690092, -73.846427, true},
		{"40,69", "-73,84", 40.69, -73.84, true},
		{"(40.690092327843345, -73.84642755940943)", "", 40.690092327843345, -73.84642755940943, true},
		{"40,69; -73,84", "", 40.69, -73.84, true},
		{"40.69 -73.84", "", 40.69, -73.84, true},
		{"N 40.5", "W 73.5", 40.5, -73.5, true},
		{`40°30'00"N`, `73°30'36"W`, 40.5, -73.51, true},
		{"33.5 S", "151.2 E", -33.5, 151.2, true},
		{"90", "180", 90, 180, true},
		{"90.1", "0", 0, 0, false},
		{"0", "180.1", 0, 0, false},
		{"", "", 0, 0, false},
		{"40", "", 0, 0, false},
		{"north", "west", 0, 0, false},
		{"NaN", "1", 0, 0, false},
	} {
		y, x, err := ParseLatLon(c.lat, c.lon)
		if (err == nil) != c.ok || c.ok && (y != c.y || x-c.x > 1e-9 || c.x-x > 1e-9) {
			t.Errorf("%q %q: %v %v %v, want %v %v", c.lat, c.lon, y, x, err, c.y, c.x)
		}
	}
}

func TestSuggest(t *testing.T) {
	want := []Column{
		{Key: "number", Label: "Delivery number", Synonyms: []string{"D.O. No.", "Order no"}},
		{Key: "customer", Label: "Customer", Synonyms: []string{"Kunde"}},
		{Key: "customer_code", Label: "Customer code", Synonyms: []string{"Customer ID"}},
		{Key: "address", Label: "Address", Synonyms: []string{"Straße"}},
		{Key: "phone", Label: "Phone"},
	}
	got := Suggest([]string{"do no", "CUSTOMER_ID", "customerName", "Strasse/STRASSE", "Delivery Address (required)", "Notes"}, want)
	for key, at := range map[string]int{"number": 0, "customer_code": 1, "customer": 2, "address": 4} {
		if i, ok := got[key]; !ok || i != at {
			t.Errorf("%s: %d %v, want %d", key, i, ok, at)
		}
	}
	if i, ok := got["phone"]; ok {
		t.Errorf("phone: %d, want nothing", i)
	}
}

func TestHeaderKey(t *testing.T) {
	key := HeaderKey([]string{"Customer ID", "Größe"})
	for _, same := range [][]string{{"customer_id", "GRÖSSE"}, {"CustomerId", "Größe", "", ""}} {
		if got := HeaderKey(same); (got == key) != (same[1] == "Größe") {
			t.Errorf("%q: %s, first %s", same, got, key)
		}
	}
	if HeaderKey([]string{"Größe", "Customer ID"}) == key || HeaderKey([]string{"Customer", "ID", "Größe"}) == key {
		t.Error("another header has the same key")
	}
}
