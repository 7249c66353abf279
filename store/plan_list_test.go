package store

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// planned are the statements whose query plans are kept: for each part of the
// store, calls in every variant that a page makes. Add yours in a file of your
// own with an init.
var planned = map[string]func(t *testing.T, s Staff){}

// shortened are column lists that the golden file shows as three dots.
var shortened = []string{}

// sorted says why a statement may sort what it found, by a piece of its text.
// Anything else that sorts a list needs an index instead.
var sorted = map[string]string{}

// TestPlans_lists keeps how every list is found: with the provider first, in the
// order of an index. A changed plan is a changed golden file, to be looked at
// and then written with -update.
func TestPlans_lists(t *testing.T) {
	alone(t)
	db := openTest(t)
	admin := testProvider(t, db, "one")
	var out strings.Builder
	names := []string{}
	for name := range planned {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		out.WriteString("# " + name + "\n\n")
		for _, text := range statements(db, func() { planned[name](t, admin) }) {
			plan := explained(t, db, text)
			check(t, name, text, plan)
			out.WriteString(short(db, text) + "\n" + strings.Join(plan, "\n") + "\n\n")
		}
	}
	golden(t, "testdata/plans_lists.txt", out.String())
}

// statements are the distinct reading statements that run makes, in order.
func statements(db *DB, run func()) (out []string) {
	db.seen = func(text string) {
		if strings.HasPrefix(strings.TrimSpace(text), "SELECT") && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	defer func() { db.seen = nil }()
	run()
	return out
}

// short is a statement as it stood before the wall, on one line.
func short(db *DB, text string) string {
	for key, w := range db.walls {
		if w.text == text {
			text = key.text
			break
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, columns := range shortened {
		text = strings.ReplaceAll(text, strings.Join(strings.Fields(columns), " "), "…")
	}
	return text
}

func explained(t *testing.T, db *DB, text string) (plan []string) {
	t.Helper()
	depth := map[int64]int{}
	err := db.query(t.Context(), nil, "EXPLAIN QUERY PLAN "+text, nil, func(r *row) error {
		id, parent := r.int(), r.int()
		r.int()
		depth[id] = depth[parent] + 1
		plan = append(plan, strings.Repeat("   ", depth[id])+r.str())
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return plan
}

var scanned = regexp.MustCompile(`^SCAN (\w+)`)

// free are what may be scanned: they hold nobody's rows, or those of one
// search that was made for this statement.
var free = []string{"json_each", "CONSTANT", "u"}

// check refuses plans that read a table from end to end, or sort what a page
// shows a part of.
func check(t *testing.T, name, text string, plan []string) {
	t.Helper()
	for _, line := range plan {
		line = strings.TrimSpace(line)
		if m := scanned.FindStringSubmatch(line); m != nil && !slices.Contains(free, m[1]) && !strings.Contains(line, "(subquery") {
			t.Errorf("%s: %s in %s", name, line, text)
		}
		if strings.Contains(line, "TEMP B-TREE FOR ORDER BY") && !maySort(text) {
			t.Errorf("%s: %s in %s", name, line, text)
		}
	}
}

func maySort(text string) bool {
	for piece := range sorted {
		if strings.Contains(text, piece) {
			return true
		}
	}
	return false
}
