package store

import (
	"math"
	"testing"

	"gatehouse/store/fault"
)

func (w *world) place(id AssetID, lat, lon float64) {
	w.Helper()
	_, err := w.staff.AddReadings(w.Context(), id, []Reading{{Kind: KindPosition, At: w.now, Value: Some(lat), Value2: Some(lon)}})
	w.must(err)
}

func TestPositions_clustersFarOutAndOpensCloseUp(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.place(w.asset("Yard"), 50.1, 8.6)
	}
	w.place(w.asset("Away"), 40, -3)
	w.asset("Nowhere")
	far, err := w.staff.Positions(t.Context(), AssetFilter{}, nil, 3)
	w.must(err)
	if far.Total != 6 || len(far.Points) != 2 {
		t.Fatalf("far out: %+v", far)
	}
	for _, pt := range far.Points {
		if pt.N == 1 && pt.Name != "Away" || pt.N == 5 && pt.Name != "" {
			t.Errorf("mark %+v", pt)
		}
	}
	if far.Bounds != (Box{40, -3, 50.1, 8.6}) {
		t.Errorf("bounds %+v", far.Bounds)
	}
	near, err := w.staff.Positions(t.Context(), AssetFilter{}, &Box{50, 8, 51, 9}, 14)
	w.must(err)
	if len(near.Points) != 5 {
		t.Fatalf("close up: %+v", near)
	}
	spots := map[[2]float64]bool{}
	for _, pt := range near.Points {
		spots[[2]float64{pt.Lat, pt.Lon}] = true
		if pt.Asset == 0 || pt.Name != "Yard" || math.Abs(pt.Lat-50.1) > 0.01 {
			t.Errorf("mark %+v", pt)
		}
	}
	if len(spots) != 5 {
		t.Error("marks lie on one another")
	}
}

func TestPositions_boxAndWall(t *testing.T) {
	w := newWorld(t)
	mine, other, fiji := w.asset("Mine"), w.asset("Other"), w.asset("Fiji")
	w.place(mine, 10, 10)
	w.place(other, 11, 11)
	w.place(fiji, -17, 179)
	w.now = w.now.AddDate(0, 0, 1)
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: []AssetID{mine}, Customer: w.a, From: day(2026, 11, 20)})
	w.must(err)
	got, err := w.client(w.a).Positions(t.Context(), AssetFilter{}, nil, 5)
	w.must(err)
	if got.Total != 1 || got.Bounds != (Box{10, 10, 10, 10}) {
		t.Errorf("the client's map %+v", got)
	}
	for name, c := range map[string]struct {
		box  Box
		want int
	}{"inside": {Box{9, 9, 12, 12}, 2}, "empty": {Box{60, 60, 70, 70}, 0}, "over the date line": {Box{-30, 170, 0, 190}, 1}, "round the world": {Box{-85, -400, 85, 400}, 3}} {
		got, err := w.staff.Positions(t.Context(), AssetFilter{}, &c.box, 4)
		if err != nil || got.Total != c.want {
			t.Errorf("%s: %d, %v; want %d", name, got.Total, err, c.want)
		}
	}
	if _, err := w.staff.Positions(t.Context(), AssetFilter{}, &Box{math.NaN(), 0, 0, 0}, 4); fault.Of(err) != fault.Invalid {
		t.Errorf("no part of a map: %v", err)
	}
}
