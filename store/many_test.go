package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestUpdateMany_tellsOfEveryAsset gives very many assets to two customers:
// the audit log names each in few lines, and each is found by its words.
func TestUpdateMany_tellsOfEveryAsset(t *testing.T) {
	w := newWorld(t)
	of := []CustomerID{w.customer("Hafenbau"), w.customer("Werft")}
	given := map[AssetID]bool{}
	w.must(w.staff.UpdateMany(t.Context(), func(s Staff) error {
		for n := range 350 {
			id, held, err := s.BringAsset(t.Context(), NewAsset{AssetEdit: AssetEdit{AssetInput: AssetInput{Name: fmt.Sprintf("Loader%d", n)}}, Customer: of[n%2]})
			w.must(err)
			if len(held) != 1 || held[0].Customer != of[n%2] {
				t.Fatalf("asset %d is held %+v", n, held)
			}
			given[id] = true
		}
		return nil
	}))
	lines, err := w.staff.AuditLog(t.Context(), AuditFilter{Verb: AssetAssign, Limit: 100})
	w.must(err)
	if len(lines) != 4 {
		t.Errorf("%d lines tell of 350 assets, want 4", len(lines))
	}
	for _, l := range lines {
		for id := range given {
			if strings.Contains(l.Detail, fmt.Sprintf("[%d,", id)) || strings.Contains(l.Detail, fmt.Sprintf(",%d,", id)) || strings.Contains(l.Detail, fmt.Sprintf(",%d]", id)) {
				delete(given, id)
			}
		}
	}
	if len(given) > 0 {
		t.Errorf("no line tells of %v", given)
	}
	if p, err := w.staff.Assets(t.Context(), AssetFilter{Search: "loader347"}); err != nil || len(p.Rows) != 1 {
		t.Errorf("the search finds %d, %v", len(p.Rows), err)
	}
}

// TestUpdateMany_leavesTheWriterAsItWas whatever becomes of the work.
func TestUpdateMany_leavesTheWriterAsItWas(t *testing.T) {
	w := newWorld(t)
	pages := func() (n int64) {
		w.must(w.db.query(t.Context(), w.db.write, `PRAGMA cache_size`, nil, func(r *row) error { n = r.int(); return nil }))
		return n
	}
	before := pages()
	for _, fail := range []bool{false, true} {
		err := w.staff.UpdateMany(t.Context(), func(Staff) error {
			if fail {
				return staleJob
			}
			return nil
		})
		if (err != nil) != fail || pages() != before {
			t.Errorf("%v, a cache of %d, was %d", err, pages(), before)
		}
	}
}
