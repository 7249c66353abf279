package web

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestZones_allCanBeLoaded(t *testing.T) {
	all := Zones()
	if len(all) < 400 || !slices.Contains(all, "Europe/Berlin") || !slices.Contains(all, "UTC") {
		t.Fatalf("%d zones, want those of the world", len(all))
	}
	for _, z := range all {
		if _, err := time.LoadLocation(z); err != nil {
			t.Errorf("%s: %v", z, err)
		}
	}
}
