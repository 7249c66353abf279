package store

import (
	"context"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write golden files anew")

// What a person sees as a list must come out of an index in its order. Where
// rows are sorted, they are those of one customer, one asset, or a bounded set.
var mayScan = regexp.MustCompile(`^SCAN (CONSTANT ROW|json_each|asset_search|f|k|kinds|\(subquery|\d+ CONSTANT)`)

func TestPlans_assetLists(t *testing.T) {
	alone(t)
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	limited := w.staff
	limited.groups = true
	units := w.client(w.a)
	units.groups, units.member = true, 5
	type reader interface {
		Assets(context.Context, AssetFilter) (Page[Asset], error)
		AssetCounts(context.Context) ([]StatusCount, error)
		AssetTypes(context.Context) ([]string, error)
		Events(context.Context, EventFilter) (Page[Event], error)
		Faults(context.Context, AssetID, int) ([]FaultCode, error)
		NewFaults(context.Context, time.Time, int) ([]FaultCode, error)
		Readings(context.Context, AssetID, string, time.Time, time.Time) ([]Reading, error)
		Positions(context.Context, AssetFilter, *Box, int) (Points, error)
	}
	var out strings.Builder
	for _, who := range []struct {
		name string
		s    reader
		sc   scope
	}{{"staff", w.staff, w.staff.scope}, {"staff limited to groups", limited, limited.scope}, {"client", w.client(w.a), w.client(w.a).scope}, {"client limited to units", units, units.scope}} {
		for _, c := range []struct {
			name   string
			sorted bool // a bounded set is sorted even for staff
			call   func() error
		}{
			{"by name", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{})) }},
			{"by name, further on", false, func() error {
				return errOf(who.s.Assets(t.Context(), AssetFilter{After: writeCursor("x", 3)}))
			}},
			{"by name backwards", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Sort: "-name"})) }},
			{"by seen", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Sort: "-seen"})) }},
			{"by hours", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Sort: "-hours"})) }},
			{"of a status", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Status: "idle"})) }},
			{"of a type", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Type: "x"})) }},
			{"of a customer", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Customer: w.a})) }},
			{"of nobody", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Customer: Unassigned})) }},
			{"found by a word", true, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Search: "kramer"})) }},
			{"found in a customer", false, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Search: "kramer", Customer: w.a})) }},
			{"in a group", true, func() error { return errOf(who.s.Assets(t.Context(), AssetFilter{Group: 1})) }},
			{"counts", false, func() error { return errOf(who.s.AssetCounts(t.Context())) }},
			{"new faults of few", true, func() error {
				if c, ok := who.s.(Client); ok {
					c.few = true
					return errOf(c.NewFaults(t.Context(), time.Unix(1, 0), 5))
				}
				return nil
			}},
			{"facets of few", true, func() error {
				if c, ok := who.s.(Client); ok {
					c.few = true
					return errOf(c.AssetFacets(t.Context()))
				}
				return nil
			}},
			{"types", false, func() error { return errOf(who.s.AssetTypes(t.Context())) }},
			{"feed", false, func() error { return errOf(who.s.Events(t.Context(), EventFilter{})) }},
			{"feed of an asset", false, func() error { return errOf(who.s.Events(t.Context(), EventFilter{Asset: one})) }},
			{"faults", false, func() error { return errOf(who.s.Faults(t.Context(), one, 5)) }},
			{"new faults", false, func() error { return errOf(who.s.NewFaults(t.Context(), w.now, 5)) }},
			{"readings", false, func() error { return errOf(who.s.Readings(t.Context(), one, KindHours, w.now, w.now.Add(9))) }},
			{"map", false, func() error { return errOf(who.s.Positions(t.Context(), AssetFilter{}, &Box{1, 1, 2, 2}, 5)) }},
		} {
			var texts []string
			w.db.seen = func(text string) {
				if !slices.Contains(texts, text) {
					texts = append(texts, text)
				}
			}
			err := c.call()
			w.db.seen = nil
			if err != nil && !strings.Contains(err.Error(), "no such asset") {
				t.Fatal(err)
			}
			out.WriteString("\n" + who.name + ": " + c.name + "\n")
			for i, text := range texts {
				for _, line := range w.plan(text) {
					out.WriteString("  " + string(rune('a'+i)) + " " + line + "\n")
					step := strings.TrimSpace(line)
					if strings.HasPrefix(step, "SCAN") && !mayScan.MatchString(step) {
						t.Errorf("%s, %s: %s in %s", who.name, c.name, step, text)
					}
					if strings.Contains(step, "USE TEMP B-TREE") && who.sc.side() == staffSide && !c.sorted {
						t.Errorf("%s, %s: %s in %s", who.name, c.name, step, text)
					}
				}
			}
		}
	}
	golden(t, "testdata/plans_assets.txt", out.String())
}

// plan is how SQLite goes about a statement, indented by depth.
func (w *world) plan(text string) (out []string) {
	w.Helper()
	depth := map[int64]int{}
	w.must(w.db.query(context.Background(), nil, `EXPLAIN QUERY PLAN `+text, nil, func(r *row) error {
		id, parent := r.int(), r.int()
		_ = r.int()
		depth[id] = depth[parent] + 1
		out = append(out, strings.Repeat("  ", depth[parent])+r.str())
		return nil
	}))
	return out
}

// golden compares with a file; go test -update writes it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is out of date; look at the difference and run go test -update. Got:\n%s", path, got)
	}
}
