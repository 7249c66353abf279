package aemp

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"gatehouse/store/fault"
)

func parse(t *testing.T, text string) Snapshot {
	t.Helper()
	s, err := Parse(strings.NewReader(text), "", received)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func refused(t *testing.T, text, says string) {
	t.Helper()
	s, err := Parse(strings.NewReader(text), "text/plain; charset=utf-8", received)
	if fault.Of(err) != fault.Invalid || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want a fault that says %q", err, says)
	}
	if s.Equipment != nil || s.Links != nil {
		t.Errorf("something was taken: %+v", s)
	}
}

// machine wraps parts of a machine into a fleet.
func machine(parts string) string {
	return `<Fleet snapshotTime="2024-05-06T08:00:00Z"><Equipment><EquipmentHeader><SerialNumber>1</SerialNumber></EquipmentHeader>` + parts + `</Equipment></Fleet>`
}

func TestParse_realFleet(t *testing.T) {
	dir := os.Getenv("GATEHOUSE_TEST_DATA")
	if dir == "" {
		t.Skip("GATEHOUSE_TEST_DATA names no folder with real files")
	}
	data, err := os.ReadFile(filepath.Join(dir, "fleet-aemp-kramer.xml"))
	if err != nil {
		t.Skip(err)
	}
	s, err := Parse(bytes.NewReader(data), "application/xml", received)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Equipment) != 96 || s.SkippedTotal != 0 || s.Undated != 0 {
		t.Errorf("%d machines, %d skipped %v, %d undated", len(s.Equipment), s.SkippedTotal, s.Skipped, s.Undated)
	}
	if next, ok := NextURL(s.Links["self"], s); !ok || !strings.HasSuffix(next, "/Fleet/2") || len(s.Links) != 3 {
		t.Errorf("links %v, next %q %v", s.Links, next, ok)
	}
	want := countedApart(t, data)
	got := map[string]int{}
	for i, m := range s.Equipment {
		for _, h := range []string{m.OEM, m.Model, m.EquipmentID, m.Serial, m.PIN} {
			if h != "" {
				got[fmt.Sprintf("%d header %s", i, h)]++
			}
		}
		for _, r := range m.Readings {
			number, _, _ := strings.Cut(r.Raw, " ")
			got[fmt.Sprintf("%d %s %s", i, r.At.Format(time.RFC3339Nano), number)]++
			if r.Kind == Position {
				got[fmt.Sprintf("%d lon %v", i, r.Lon)]++
			}
			if r.HasAlt {
				got[fmt.Sprintf("%d alt %v", i, r.Alt)]++
			}
		}
	}
	total := 0
	for k, n := range want {
		if total += n; got[k] != n {
			t.Errorf("%s: %d times in the file, %d times taken", k, n, got[k])
		}
	}
	for k, n := range got {
		if want[k] != n {
			t.Errorf("%s: taken %d times, %d times in the file", k, n, want[k])
		}
	}
	if total < 96*8 {
		t.Errorf("only %d values were counted", total)
	}
}

// countedApart reads the file with another reader than Parse does, token by
// token, and lists every value of every machine.
func countedApart(t *testing.T, data []byte) map[string]int {
	t.Helper()
	out := map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(data))
	var path []string
	i, at := -1, ""
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if path = append(path, tok.Name.Local); tok.Name.Local == "Equipment" {
				i++
			}
			for _, a := range tok.Attr {
				if a.Name.Local == "datetime" {
					at = a.Value
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			text := strings.TrimSpace(string(tok))
			if i < 0 || text == "" {
				continue
			}
			switch name := path[len(path)-1]; {
			case path[2] == "EquipmentHeader":
				out[fmt.Sprintf("%d header %s", i, text)]++
			case name == "Longitude" || name == "Altitude":
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatal(err)
				}
				out[fmt.Sprintf("%d %s %v", i, strings.ToLower(name[:3]), v)]++
			case !strings.HasSuffix(name, "Units") && text != "N/A":
				out[fmt.Sprintf("%d %s %s", i, at, text)]++
			}
		}
	}
}

func TestParse_refuses(t *testing.T) {
	whole := machine("\n<Location datetime=\"2024-05-06T07:00:00Z\">\n<Latitude>1</Latitude><Longitude>2</Longitude></Location>\n")
	deep := strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40)
	for name, c := range map[string]struct{ in, says string }{
		"nothing":           {"", "is empty"},
		"half a file":       {whole[:strings.Index(whole, "<Longitude>")], "breaks off in line 3, before its end. Nothing was taken"},
		"half a tag":        {"<Fleet>\n<Equip", "breaks off in line 2"},
		"crossed tags":      {"<Fleet>\n<Equipment></Fleet></Equipment>", "no valid XML in line 2"},
		"two documents":     {"<Fleet/><Fleet/>", "second document"},
		"a bomb":            {`<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Fleet>&b;</Fleet>`, "carries a DTD"},
		"an outside entity": {`<?xml version="1.0"?><!DOCTYPE Fleet SYSTEM "http://127.0.0.1:1/x.dtd"><Fleet/>`, "carries a DTD"},
		"an entity":         {"<Fleet>\n&b;</Fleet>", "no valid XML in line 2"},
		"a web page":        {"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"},
		"a bare page":       {"<html><p></html>", "web page"},
		"another XML":       {"<rss><channel/></rss>", "There is no fleet in this file"},
		"nested machine":    {machine(deep), "more than 32 deep"},
		"nested outside":    {"<Fleet>" + deep + "</Fleet>", "more than 32 deep"},
		"too many parts":    {machine(strings.Repeat("<a/>", maxParts)), "more than 20000 values"},
		"too many machines": {"<Fleet>" + strings.Repeat("<Equipment a='1'/>", MaxMachines+1) + "</Fleet>", "more than 200,000 machines"},
		"another charset":   {`<?xml version="1.0" encoding="EBCDIC-X"?><Fleet/>`, "character set “EBCDIC-X”"},
		"plain text":        {"Unauthorized", "neither XML nor JSON but “text/plain”"},
		"half JSON":         {"{\"Equipment\":\n[{\"a\":1},\n{", "breaks off in line 3"},
		"crooked JSON":      {"{\"Equipment\":\n[}", "no valid JSON in line 2"},
		"an error in JSON":  {`{"error":"invalid_token"}`, "There is no fleet in this file"},
		"deep JSON":         {strings.Repeat("[", 50), "more than 32 deep"},
		"deep JSON machine": {`{"Equipment":[{"a":` + strings.Repeat("[", 50), "more than 32 deep"},
		"wide JSON machine": {`{"Equipment":[{"a":[` + strings.Repeat("1,", maxParts) + "1]}]}", "more than 20000 values"},
		"JSON and more":     {`{"Equipment":[]} {}`, "something follows"},
		"a damaged gzip":    {"\x1f\x8b\x08\x00rest", "compressed file is damaged"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.in, c.says) })
	}
}

func TestParse_refusesWhatIsTooLarge(t *testing.T) {
	_, err := Parse(io.MultiReader(strings.NewReader("<Fleet>"), spaces{}), "", received)
	if fault.Of(err) != fault.Invalid || !strings.Contains(err.Error(), "larger than 64 MB") {
		t.Errorf("got %v", err)
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(z, spaces{}, MaxBytes+1); err != nil {
		t.Fatal(err)
	}
	z.Close()
	if _, err := Parse(&bomb, "", received); err == nil || !strings.Contains(err.Error(), "larger than 64 MB") {
		t.Errorf("got %v", err)
	}
}

// spaces never ends.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestParse_readsEveryEncoding(t *testing.T) {
	text := strings.Replace(machine(`<Note>x</Note>`), "<SerialNumber>1", "<OEMName>Würth – Süd</OEMName><SerialNumber>1", 1)
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="utf-16"?>` + text)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, text)
	z.Close()
	latin := strings.NewReplacer("ü", "\xfc", "–", "\x96").Replace(text)
	for name, in := range map[string]string{
		"utf-8":        text,
		"with mark":    "\xef\xbb\xbf" + text,
		"utf-16":       utf16,
		"declared":     `<?xml version="1.0" encoding="ISO-8859-1"?>` + latin,
		"not declared": latin,
		"XML 1.1":      `<?xml version="1.1" encoding="utf-8"?>` + text,
		"packed":       packed.String(),
	} {
		if got := parse(t, in).Equipment[0].OEM; got != "Würth – Süd" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestParse_skipsAReadingAndKeepsTheMachine(t *testing.T) {
	for part, says := range map[string]string{
		`<Location datetime="2024-05-06T07:00:00Z"><Latitude>91</Latitude><Longitude>0</Longitude></Location>`:    "latitude 91 is beyond",
		`<Location datetime="2024-05-06T07:00:00Z"><Latitude>1</Latitude><Longitude>-181</Longitude></Location>`:  "longitude -181 is beyond",
		`<Location datetime="2024-05-06T07:00:00Z"><Latitude>1</Latitude></Location>`:                             "longitude is missing",
		`<Location datetime="2024-05-06T07:00:00Z"><Latitude>NaN</Latitude><Longitude>1</Longitude></Location>`:   "“NaN” is not a latitude",
		`<CumulativeOperatingHours datetime="2026-10-02T12:00:01Z"><Hour>1</Hour></CumulativeOperatingHours>`:     "lies in the future",
		`<CumulativeOperatingHours datetime="2024-02-30T12:00:00Z"><Hour>1</Hour></CumulativeOperatingHours>`:     "is not a date",
		`<CumulativeOperatingHours datetime="0001-01-01T00:00:00Z"><Hour>1</Hour></CumulativeOperatingHours>`:     "before 1990",
		`<CumulativeOperatingHours datetime="2024-05-06T07:00:00Z"><Hour>-1</Hour></CumulativeOperatingHours>`:    "less than nothing",
		`<CumulativeOperatingHours datetime="2024-05-06T07:00:00Z"><Hour>1e999</Hour></CumulativeOperatingHours>`: "“1e999” is not a number",
		`<FaultCode datetime="tomorrow"><CodeIdentifier>7</CodeIdentifier></FaultCode>`:                           "“tomorrow” is not a date",
		`<FuelUsed datetime="2024-05-06T07:00:00Z"><FuelConsumed>a lot</FuelConsumed></FuelUsed>`:                 "“a lot” is not a number",
	} {
		s := parse(t, machine(part+`<FuelLevel>5</FuelLevel>`))
		if len(s.Equipment) != 1 || len(s.Equipment[0].Readings) != 1 || s.Equipment[0].Readings[0].Kind != FuelRemaining || len(s.Equipment[0].Faults) != 0 {
			t.Errorf("%s: %+v", part, s.Equipment)
		}
		if s.SkippedTotal != 1 || !strings.Contains(s.Skipped[0].What, says) || !strings.HasPrefix(s.Skipped[0].What, "1: ") {
			t.Errorf("%s: skipped %v, want %q", part, s.Skipped, says)
		}
	}
}

func TestParse_aDayAheadIsStillToday(t *testing.T) {
	s := parse(t, machine(`<CumulativeOperatingHours datetime="2026-10-02T12:00:00Z"><Hour>1</Hour></CumulativeOperatingHours>`))
	if len(s.Equipment[0].Readings) != 1 {
		t.Errorf("skipped %v", s.Skipped)
	}
}

func TestParse_withoutAnyDateItIsNow(t *testing.T) {
	s := parse(t, `{"Equipment":{"SerialNumber":"1","CumulativeOperatingHours":{"Hour":5},"FaultCode":{"Code":"7"}}}`)
	m := s.Equipment[0]
	if s.Undated != 2 || !m.Readings[0].At.Equal(received) || !m.Faults[0].At.Equal(received) {
		t.Errorf("%d undated, %+v", s.Undated, m)
	}
}

func TestParse_namesAtMostAThousandProblems(t *testing.T) {
	s := parse(t, machine(strings.Repeat(`<FuelUsed><FuelConsumed>x</FuelConsumed></FuelUsed>`, 1500)))
	if len(s.Skipped) != 1000 || s.SkippedTotal != 1500 {
		t.Errorf("%d of %d", len(s.Skipped), s.SkippedTotal)
	}
}

func TestParse_emptyFleets(t *testing.T) {
	for _, in := range []string{"<Fleet/>", `<x:Fleet xmlns:x="y"><Equipment/></x:Fleet>`, `{"Equipment":[]}`, `{"Equipment":null}`, `{"fleet":{}}`, "\n <fleet>\n</fleet>\n"} {
		if s := parse(t, in); len(s.Equipment) != 0 || s.SkippedTotal != 0 {
			t.Errorf("%s: %+v", in, s)
		}
	}
}

func TestParse_XMLAndJSONTellTheSame(t *testing.T) {
	inXML := parse(t, `<Fleet version="1" snapshotTime="2024-05-06T08:00:00Z"><Equipment><EquipmentHeader><OEMName>A</OEMName></EquipmentHeader>
		<Strange datetime="2024-05-06T07:00:00Z"><One>1</One><Two>2</Two><TwoUnits>bar</TwoUnits><Word>w</Word></Strange></Equipment></Fleet>`)
	inJSON := parse(t, `{"version":"1","snapshotTime":"2024-05-06T08:00:00Z",
		"Equipment":[{"EquipmentHeader":{"OEMName":"A"},"Strange":{"datetime":"2024-05-06T07:00:00Z","One":1,"Two":2,"TwoUnits":"bar","Word":"w"}}]}`)
	inJSON.Equipment[0].Line = inXML.Equipment[0].Line
	if got, want := shown(inJSON), shown(inXML); got != want {
		t.Errorf("JSON\n%s\nXML\n%s", got, want)
	}
	var kinds []string
	for _, r := range inXML.Equipment[0].Readings {
		kinds = append(kinds, fmt.Sprintf("%s %v %s %s", r.Kind, r.Value, r.Unit, r.Text))
	}
	if want := []string{"x:Strange 1  Word w", "x:Strange.Two 2 bar "}; !slices.Equal(kinds, want) {
		t.Errorf("readings %q, want %q", kinds, want)
	}
}
