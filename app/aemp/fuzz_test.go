package aemp

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gatehouse/store/fault"
)

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.[xj]*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(bytes.NewReader(data), "", received)
		if err != nil {
			if fault.Of(err) != fault.Invalid || s.Equipment != nil {
				t.Fatalf("%v, and %d machines", err, len(s.Equipment))
			}
			return
		}
		if len(s.Skipped) > s.SkippedTotal {
			t.Fatal("more is named than was skipped")
		}
		for _, m := range s.Equipment {
			for _, r := range m.Readings {
				if r.Kind == "" || r.At.IsZero() || r.At.After(received.AddDate(0, 0, 1)) || math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
					t.Fatalf("%+v", r)
				}
				if r.Kind == Position && (math.Abs(r.Value) > 90 || math.Abs(r.Lon) > 180) {
					t.Fatalf("%+v", r)
				}
			}
		}
		NextURL("https://feed.example/aemp/Fleet/1", s)
	})
}

func BenchmarkParse(b *testing.B) {
	one, err := os.ReadFile("testdata/volvo.json")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(one)))
	for b.Loop() {
		if _, err := Parse(bytes.NewReader(one), "", received); err != nil {
			b.Fatal(err)
		}
	}
}
