package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBringAsset_isAddAssetAddReadingsAndAssign brings the same assets in one
// step and in three, into two files, and holds every row against the other.
func TestBringAsset_isAddAssetAddReadingsAndAssign(t *testing.T) {
	alone(t)
	day := func(n int) time.Time { return worldStart.AddDate(0, 0, n) }
	hours := func(n int, v float64) Reading {
		return Reading{Kind: KindHours, At: day(n), Value: Some(v), Source: "test"}
	}
	for name, in := range map[string]NewAsset{
		"nothing":  {},
		"readings": {Readings: []Reading{hours(-3, 10), hours(-1, 12), hours(-2, 11), {Kind: KindPosition, At: day(-1), Value: Some(50), Value2: Some(8)}, hours(90, 1), {Kind: "colour", At: day(-1), Text: "red"}}},
		"held":     {Customer: 1}, "held for a time": {Customer: 1, From: day(-5), To: day(5)}, "was held": {Customer: 1, From: day(-5), To: day(-2)}, "planned": {Customer: 1, From: day(3)},
		"all of it": {Customer: 1, From: day(-2), Readings: []Reading{hours(-3, 10), hours(-1, 12)}},
	} {
		in.AssetEdit = AssetEdit{AssetInput: AssetInput{Name: "Loader", ExternalID: "L-1", Serial: "S-1", Make: "Kramer", Year: 2020}}
		one, three := newWorld(t), newWorld(t)
		for _, w := range []*world{one, three} {
			group, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "North"})
			w.must(err)
			in.Groups = []GroupID{group}
			if of := w.customer("Hafenbau"); in.Customer != 0 {
				in.Customer = of
			}
			if w == one {
				_, held, err := w.staff.BringAsset(t.Context(), in)
				w.must(err)
				if (len(held) > 0) != (in.Customer != 0) {
					t.Errorf("%s: held %+v", name, held)
				}
				continue
			}
			id, err := w.staff.AddAsset(t.Context(), in.AssetEdit)
			w.must(err)
			_, err = w.staff.AddReadings(t.Context(), id, in.Readings)
			w.must(err)
			if in.Customer != 0 {
				_, err = w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{id}, Customer: in.Customer, From: in.From, To: in.To})
				w.must(err)
			}
		}
		if got, want := one.everything(), three.everything(); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if p, err := one.staff.Assets(t.Context(), AssetFilter{Search: "kramer"}); err != nil || len(p.Rows) != 1 {
			t.Errorf("%s: the search finds %d, %v", name, len(p.Rows), err)
		}
	}
}

// everything is each row of the tables that have to do with assets.
func (w *world) everything() (out []string) {
	for _, table := range []string{"assets", "asset_groups", "readings", "events", "assignments", "audit", "customers"} {
		err := w.db.query(w.Context(), nil, `SELECT * FROM `+table+` ORDER BY 1, 2, 3`, nil, func(r *row) error {
			line := table
			for i := range r.ColumnCount() {
				line += fmt.Sprintf(" %s=%v", r.ColumnName(i), r.any())
			}
			out = append(out, line)
			return nil
		})
		w.must(err)
	}
	return out
}

func TestUpdateMany_whatItWroteIsFoundAfterwards(t *testing.T) {
	w := newWorld(t)
	var gone AssetID
	w.must(w.staff.UpdateMany(t.Context(), func(s Staff) error {
		for i := range 3 {
			id, err := s.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: fmt.Sprintf("Loader %d", i)}})
			if err != nil {
				return err
			}
			gone = id
		}
		return s.UnaddAsset(t.Context(), gone)
	}))
	if p, err := w.staff.Assets(t.Context(), AssetFilter{Search: "loader"}); err != nil || len(p.Rows) != 2 {
		t.Errorf("the search finds %d, %v", len(p.Rows), err)
	}
	if n, _ := sysOne(t.Context(), w.db.System("test", Origin{}), "count", intoInt, `SELECT count(*) FROM asset_search`); n != 2 {
		t.Errorf("%d assets are indexed, want 2", n)
	}
}
