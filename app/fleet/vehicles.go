package fleet

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// How old a report may be to say something about now.
const (
	speedHolds = 15 * time.Minute // a speed older than this is history
	lostAfter  = 2 * time.Hour    // a vehicle silent for this long may be anywhere
	creeping   = 3                // km/h: a receiver that stands still reports as much
)

// motion is how a vehicle is by what it last reported: kind of badge and word.
func motion(speed store.Meter, seen, now time.Time) (kind, word string) {
	switch {
	case seen.IsZero():
		return "neutral", "Never reported"
	case now.Sub(seen) > lostAfter:
		return "warn", "No signal"
	case speed.OK && speed.V >= creeping && now.Sub(speed.At) <= speedHolds:
		return "ok", "Moving"
	}
	return "idle", "Standing"
}

// Motion is the badge that says whether a vehicle moves.
func Motion(v *ui.View, one store.Vehicle, now time.Time) g.Node {
	kind, word := motion(one.Speed, one.SeenAt, now)
	return ui.Badge(kind, v.T(word))
}

// Speed is a vehicle's last speed in words, a dash without one.
func Speed(v *ui.View, m store.Meter) string {
	if !m.OK {
		return "–"
	}
	return v.T("%s km/h", v.F(m.V, 0))
}

// VehiclePlace is where a vehicle last was, in words.
func VehiclePlace(v *ui.View, one store.Vehicle, now time.Time) string {
	if !one.Lat.OK {
		return "–"
	}
	return v.F(one.Lat.V, 5) + ", " + v.F(one.Lon.V, 5) + " · " + v.Ago(one.LocatedAt, now)
}

// VehicleTable says what a table of vehicles shows.
type VehicleTable struct {
	Path  string // of the list
	At    string // before a vehicle's id, with its slash; "" leads nowhere
	Query url.Values
	Sort  string
	Now   time.Time
	Own   bool                         // the provider's own: driver and groups as well
	Named map[store.VehicleID][]string // the groups of each
	Empty g.Node
	Menu  func(store.Vehicle) g.Node
}

// Table lists vehicles.
func (t VehicleTable) Table(v *ui.View, rows []store.Vehicle) g.Node {
	if t.Sort == "" {
		t.Sort = "name"
	}
	return ui.Table(v, ui.TableSpec[store.Vehicle]{ID: "vehicle-table", Caption: v.T("Vehicles"), Path: t.Path, Query: t.Query, Sort: t.Sort,
		Columns: t.columns(v), RowActions: t.Menu, Empty: t.Empty}, rows)
}

func (t VehicleTable) columns(v *ui.View) []ui.Column[store.Vehicle] {
	c := []ui.Column[store.Vehicle]{{Label: v.T("Vehicle"), Sort: "name", Bytes: func(b []byte, one store.Vehicle) []byte {
		if t.At == "" {
			return ui.AppendTwo(b, "", one.Name, one.Plate)
		}
		return ui.AppendTwoNum(b, t.At, int64(one.ID), one.Name, one.Plate)
	}}}
	if t.Own {
		c = append(c, ui.Column[store.Vehicle]{Label: v.T("Driver"), Bytes: func(b []byte, one store.Vehicle) []byte { return ui.AppendText(b, one.DriverName) }},
			ui.Column[store.Vehicle]{Label: v.T("Groups"), Wide: true, Quiet: true, Bytes: func(b []byte, one store.Vehicle) []byte { return ui.AppendText(b, joined(t.Named[one.ID])) }})
	}
	return append(c,
		ui.Column[store.Vehicle]{Label: v.T("State"), Bytes: func(b []byte, one store.Vehicle) []byte {
			kind, word := motion(one.Speed, one.SeenAt, t.Now)
			return ui.AppendBadge(b, kind, v.T(word))
		}},
		ui.Column[store.Vehicle]{Label: v.T("Speed"), Align: "end", Bytes: func(b []byte, one store.Vehicle) []byte {
			if !one.Speed.OK {
				return ui.AppendText(b, "")
			}
			return ui.AppendText(b, Speed(v, one.Speed))
		}},
		ui.Column[store.Vehicle]{Label: v.T("Last seen"), Sort: "seen", Quiet: true, Bytes: func(b []byte, one store.Vehicle) []byte { return v.AppendAgo(b, one.SeenAt, t.Now) }})
}

func joined(names []string) (out string) {
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}

// OneVehicle is the point of a single vehicle, if it has a position.
func OneVehicle(one store.Vehicle) store.Points {
	if !one.Lat.OK || !one.Lon.OK {
		return store.Points{}
	}
	return store.Points{Total: 1, Bounds: store.Box{South: one.Lat.V, West: one.Lon.V, North: one.Lat.V, East: one.Lon.V},
		Points: []store.Point{{Lat: one.Lat.V, Lon: one.Lon.V, N: 1, Vehicle: one.ID, Name: one.Name, Model: one.Plate, Speed: one.Speed, At: one.LocatedAt}}}
}

// vehicleMark is what the map says of a single vehicle.
func vehicleMark(v *ui.View, p store.Point, at string, now time.Time) mark {
	kind, word := motion(p.Speed, p.At, now)
	m := mark{Lat: p.Lat, Lon: p.Lon, N: 1, Label: p.Name, Kind: kind, Note: v.T(word) + ", " + v.Ago(p.At, now)}
	if kind == "ok" {
		m.Note = Speed(v, p.Speed) + ", " + v.Ago(p.At, now)
	}
	if at != "" {
		m.Href = at + ID(p.Vehicle)
	}
	return m
}
