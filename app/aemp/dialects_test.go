package aemp

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write testdata/*.want")

var received = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

// shown is a snapshot in lines that a person can hold against the file.
func shown(s Snapshot) string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %s at %s\n", s.Version, iso(s.At))
	for _, rel := range slices.Sorted(maps.Keys(s.Links)) {
		fmt.Fprintf(&b, "link %s %s\n", rel, s.Links[rel])
	}
	for _, m := range s.Equipment {
		fmt.Fprintf(&b, "\nline %d: OEM %q model %q id %q serial %q PIN %q since %s\n", m.Line, m.OEM, m.Model, m.EquipmentID, m.Serial, m.PIN, iso(m.UnitInstalled))
		for _, r := range m.Readings {
			fmt.Fprintf(&b, "  %s %s", iso(r.At), r.Kind)
			if !r.TextOnly {
				fmt.Fprintf(&b, " %.7g", r.Value)
			}
			if r.Kind == Position {
				fmt.Fprintf(&b, ", %.7g", r.Lon)
			}
			if r.HasAlt {
				fmt.Fprintf(&b, ", %.7g", r.Alt)
			}
			fmt.Fprintf(&b, " [%s] text %q raw %q\n", r.Unit, r.Text, r.Raw)
		}
		for _, f := range m.Faults {
			fmt.Fprintf(&b, "  %s fault %q %q severity %q source %q\n", iso(f.At), f.Code, f.Description, f.Severity, f.Source)
		}
		for _, k := range slices.Sorted(maps.Keys(m.Extra)) {
			fmt.Fprintf(&b, "  %s = %q\n", k, m.Extra[k])
		}
	}
	if len(s.Skipped) > 0 || s.Undated > 0 {
		fmt.Fprintf(&b, "\nskipped %d, undated %d\n", s.SkippedTotal, s.Undated)
	}
	for _, p := range s.Skipped {
		fmt.Fprintf(&b, "  line %d: %s\n", p.Line, p.What)
	}
	return b.String()
}

func iso(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2006-01-02T15:04:05.999Z07:00")
}

func TestParse_dialects(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if files = append(files, more...); len(files) < 8 {
		t.Fatalf("only %d dialects", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := Parse(strings.NewReader(string(data)), "", received)
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(shown(s)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(s); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
