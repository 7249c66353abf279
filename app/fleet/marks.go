package fleet

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// marks is what the map's script reads.
type marks struct {
	Points []mark      `json:"points"`
	Bounds *[4]float64 `json:"bounds,omitempty"`
}

type mark struct {
	Lat   float64 `json:"lat"`
	Lon   float64 `json:"lon"`
	N     int     `json:"n"`
	Label string  `json:"label,omitempty"`
	Href  string  `json:"href,omitempty"`
	Kind  string  `json:"kind,omitempty"`
	Note  string  `json:"note,omitempty"`
}

// Marks turns points into what the map reads; assetPath stands before an
// asset's or vehicle's id, "" for marks that lead nowhere.
func Marks(v *ui.View, pts store.Points, assetPath string, now time.Time) ([]byte, error) {
	out := marks{Points: make([]mark, 0, len(pts.Points))}
	for _, p := range pts.Points {
		if p.Vehicle != 0 {
			out.Points = append(out.Points, vehicleMark(v, p, assetPath, now))
			continue
		}
		m := mark{Lat: p.Lat, Lon: p.Lon, N: p.N}
		if p.Asset != 0 {
			m.Label, m.Kind, m.Note = p.Name, statuses[p.Status][0], StatusName(v, p.Status)+", "+v.Ago(p.At, now)
			if assetPath != "" {
				m.Href = assetPath + ID(p.Asset)
			}
		}
		out.Points = append(out.Points, m)
	}
	if pts.Total > 0 {
		out.Bounds = &[4]float64{pts.Bounds.South, pts.Bounds.West, pts.Bounds.North, pts.Bounds.East}
	}
	return json.Marshal(out)
}

// OneMark is the point of a single asset, if it has a position.
func OneMark(a store.Asset) store.Points {
	if !a.Lat.OK || !a.Lon.OK {
		return store.Points{}
	}
	return store.Points{Total: 1, Bounds: store.Box{South: a.Lat.V, West: a.Lon.V, North: a.Lat.V, East: a.Lon.V},
		Points: []store.Point{{Lat: a.Lat.V, Lon: a.Lon.V, N: 1, Asset: a.ID, Name: a.Name, Status: a.Status, At: a.LocatedAt}}}
}

// Window reads which part of the world a map asks for, and how closely; a nil
// box is all of it.
func Window(r *http.Request) (*store.Box, int, error) {
	q := r.URL.Query()
	zoom, _ := strconv.Atoi(q.Get("zoom"))
	if q.Get("bbox") == "" {
		return nil, max(zoom, 3), nil
	}
	var n [4]float64
	parts := strings.Split(q.Get("bbox"), ",")
	for i, p := range parts {
		f, err := strconv.ParseFloat(p, 64)
		if err != nil || i > 3 || len(parts) != 4 {
			return nil, 0, fault.New(fault.Invalid, "This is no part of a map.")
		}
		n[i] = f
	}
	return &store.Box{South: n[0], West: n[1], North: n[2], East: n[3]}, zoom, nil
}
