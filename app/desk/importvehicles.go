package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var vehicleColumns = []Column{
	{Key: "name", Label: "Name", Help: "What people call it. A vehicle of this name is changed, not added again.", Required: true, Example: "Van 7", synonyms: []string{"vehicle", "vehicle name", "van", "truck", "unit", "assign to", "Fahrzeug", "Bezeichnung"}},
	{Key: "plate", Label: "Plate", Example: "LK25 SWG", synonyms: []string{"number plate", "registration", "license plate", "licence plate", "reg no", "Kennzeichen"}},
	{Key: "driver", Label: "Driver", Help: "Name or e-mail address of one of your people.", Example: "ivy@example.com", synonyms: []string{"driver name", "driver email", "Fahrer"}},
	{Key: "groups", Label: "Groups", Help: "All groups it is in, parted by semicolons. They replace the groups it is in now. The customers of these groups see it, where their portals share vehicles.", Example: "Acme", synonyms: []string{"group", "group name", "Gruppe"}},
	{Key: "lat", Label: "Latitude", Help: "In degrees. Both coordinates may stand in this one column.", Example: "51.5102", synonyms: []string{"lat", "y", "position", "coordinates", "Breite", "Breitengrad"}},
	{Key: "lon", Label: "Longitude", Example: "-0.1340", synonyms: []string{"lon", "lng", "long", "x", "Länge", "Längengrad"}},
	{Key: "speed", Label: "Speed (km/h)", Example: "47", synonyms: []string{"speed", "km/h", "Geschwindigkeit"}},
	{Key: "odometer", Label: "Odometer (km)", Example: "48210", synonyms: []string{"odometer", "mileage", "Kilometerstand"}},
	{Key: "read_at", Label: "Read at", Help: "When it was there and this fast; without it now.", Example: "2026-03-01 07:30", synonyms: []string{"gps time", "time", "last seen", "reading time", "timestamp", "Zeit"}},
}

// vehicles brings vans, and where they are.
type vehicles struct {
	*reading
	groups  map[string]store.GroupRef
	drivers map[string]store.UserID // by folded name and address; 0: two people are called so
	names   map[store.UserID]string
	source  string
	now     time.Time // of the upload: the time of readings that say none
}

func openVehicles(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	t := &vehicles{reading: newReading(s, i, vehicleColumns, f), groups: map[string]store.GroupRef{}, drivers: map[string]store.UserID{}, names: map[store.UserID]string{},
		source: fmt.Sprintf("Import %d", i.Number), now: i.CreatedAt}
	groups, err := s.GroupNames(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		t.groups[fold(g.Name)] = g
	}
	people, err := s.Drivers(ctx)
	for _, u := range people {
		t.names[u.ID] = u.Name
		for _, key := range []string{fold(u.Name), fold(u.Email)} {
			if other, taken := t.drivers[key]; taken && other != u.ID {
				t.drivers[key] = 0
				continue
			}
			t.drivers[key] = u.ID
		}
	}
	return t, err
}

// vehiclePlan is what a row wants of a vehicle.
type vehiclePlan struct {
	was       store.Vehicle // zero: it is new
	wasGroups []store.GroupRef
	edit      store.VehicleEdit
	readings  []store.Reading
	diff      differences
}

func (t *vehicles) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	out := plan{label: c.text("name")}
	w := vehiclePlan{}
	id, err := s.MatchVehicle(ctx, c.text("name"), "")
	if err == nil && id != 0 {
		w.was, err = s.Vehicle(ctx, id)
	}
	if err != nil {
		return out, err
	}
	if c.text("name") != "" {
		out.keys = append(out.keys, "The name “"+short(c.text("name"))+"”")
	}
	if c.text("plate") != "" {
		out.keys = append(out.keys, "The plate “"+short(c.text("plate"))+"”")
	}
	if err := t.read(ctx, s, c, &w); err != nil {
		return out, err
	}
	out.object, out.verdict, out.says, out.news = int64(id), store.VerdictSame, w.diff.String(), len(w.readings)
	switch {
	case id == 0:
		out.verdict = store.VerdictAdd
	case len(w.diff) > 0:
		out.verdict = store.VerdictChange
	default:
		return out, nil
	}
	out.do = func(ctx context.Context, s store.Staff) (int64, any, error) { return doVehicle(ctx, s, w) }
	return out, nil
}

// read lays the cells over what the vehicle is now.
func (t *vehicles) read(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) error {
	w.edit.VehicleInput = w.was.VehicleInput
	c.set("name", &w.edit.Name)
	c.set("plate", &w.edit.Plate)
	if v := c.text("driver"); v != "" {
		id, known := t.drivers[fold(v)]
		switch {
		case !known:
			c.bad.Add("driver", "“%s” is none of your people.", short(v))
		case id == 0:
			c.bad.Add("driver", "Two of your people are called “%s”. Give the e-mail address.", short(v))
		default:
			w.edit.Driver = id
		}
	}
	if w.was.ID != 0 {
		w.diff.of("Plate", w.was.Plate, w.edit.Plate)
		w.diff.of("Driver", w.was.DriverName, t.name(w))
	}
	if err := t.readGroups(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readReadings(ctx, s, c, w); err != nil {
		return err
	}
	return c.err(w.edit.Validate())
}

// name is the driver's, as the row leaves it.
func (t *vehicles) name(w *vehiclePlan) string {
	if w.edit.Driver == w.was.Driver {
		return w.was.DriverName
	}
	return t.names[w.edit.Driver]
}

func (t *vehicles) readGroups(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) error {
	names := c.list("groups")
	if len(names) == 0 {
		return nil
	}
	var chosen []store.GroupRef
	for _, name := range names {
		g, ok := t.groups[fold(name)]
		if !ok {
			c.bad.Add("groups", "There is no group “%s” here. Add it first, or mend the name.", short(name))
			continue
		}
		chosen = append(chosen, g)
	}
	if w.was.ID != 0 {
		var err error
		if w.wasGroups, err = s.VehicleGroups(ctx, w.was.ID); err != nil {
			return err
		}
	}
	old, now := groupWords(w.wasGroups), groupWords(chosen)
	if old == now {
		return nil
	}
	w.diff.of("Groups", old, now)
	for _, g := range chosen {
		w.edit.Groups = append(w.edit.Groups, g.ID)
	}
	return nil
}

// readReadings makes readings of the cells, as far as they are news.
func (t *vehicles) readReadings(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan) error {
	at, _ := c.time("read_at")
	timed := !at.IsZero()
	if !timed {
		at = t.now
	}
	var all []store.Reading
	add := func(kind string, v, v2 store.Num, same bool) {
		if v.OK && (timed || !same) {
			all = append(all, store.Reading{Kind: kind, At: at, Value: v, Value2: v2, Source: t.source})
		}
	}
	if c.text("lat")+c.text("lon") != "" {
		lat, lon, err := sheet.ParseLatLon(c.text("lat"), c.text("lon"))
		if err != nil {
			c.bad.Add("lat", "%s", fault.Says(err))
		} else {
			add(store.KindPosition, store.Some(lat), store.Some(lon), w.was.Lat == store.Some(lat) && w.was.Lon == store.Some(lon))
		}
	}
	speed, km := c.between("speed", 0, 400), c.between("odometer", 0, 1e8)
	add(store.KindSpeed, speed, store.Num{}, w.was.Speed.Num == speed)
	add(store.KindOdometer, km, store.Num{}, w.was.Odometer.Num == km)
	return t.keepNews(ctx, s, c, w, all)
}

func (t *vehicles) keepNews(ctx context.Context, s store.Staff, c *cells, w *vehiclePlan, all []store.Reading) error {
	var have []store.Reading
	if w.was.ID != 0 && len(all) > 0 {
		var err error
		if have, err = s.VehicleReadingsAt(ctx, w.was.ID, readingKeys(all)); err != nil {
			return err
		}
	}
	for _, r := range all {
		if err := r.CheckVehicle(s.Now()); err != nil {
			key := "read_at"
			if fault.Fields(err)["at"] == "" {
				key = "lat"
			}
			c.bad.Add(key, "%s", fault.Says(err))
			continue
		}
		if !isThere(r, have) {
			w.readings = append(w.readings, r)
			w.diff.of(vehicleKind[r.Kind], "", strings.TrimSpace(number(r.Value)+" "+number(r.Value2)))
		}
	}
	return nil
}

var vehicleKind = map[string]string{store.KindPosition: "Position", store.KindSpeed: "Speed", store.KindOdometer: "Odometer"}

func readingKeys(all []store.Reading) []store.ReadingKey {
	keys := make([]store.ReadingKey, 0, len(all))
	for _, r := range all {
		keys = append(keys, r.Key())
	}
	return keys
}

// vehicleBefore is what an undo needs to know.
type vehicleBefore struct {
	Left     string              `json:"left"`          // imprint of what the import left
	Old      *store.VehicleInput `json:"old,omitempty"` // nil: the vehicle was added
	Groups   *[]store.GroupID    `json:"groups,omitempty"`
	Readings []store.ReadingKey  `json:"readings,omitempty"`
	Over     []store.Reading     `json:"over,omitempty"`
}

func doVehicle(ctx context.Context, s store.Staff, w vehiclePlan) (int64, any, error) {
	id, b := w.was.ID, vehicleBefore{}
	var err error
	if id == 0 {
		id, err = s.AddVehicle(ctx, w.edit)
	} else {
		b.Old = &w.was.VehicleInput
		if w.edit.Groups != nil {
			old := make([]store.GroupID, 0, len(w.wasGroups))
			for _, g := range w.wasGroups {
				old = append(old, g.ID)
			}
			b.Groups = &old
		}
		if w.edit.VehicleInput != w.was.VehicleInput || w.edit.Groups != nil {
			err = s.ChangeVehicle(ctx, id, 0, w.edit)
		}
	}
	if err != nil {
		return 0, nil, err
	}
	if len(w.readings) > 0 {
		b.Readings = readingKeys(w.readings)
		if b.Over, err = s.VehicleReadingsAt(ctx, id, b.Readings); err != nil {
			return 0, nil, err
		}
		if _, err := s.AddVehicleReadings(ctx, id, w.readings); err != nil {
			return 0, nil, err
		}
	}
	b.Left, err = vehicleImprint(ctx, s, id)
	return int64(id), &b, err
}

// vehicleImprint is the same as long as nobody changes what a vehicle is or
// which groups it is in.
func vehicleImprint(ctx context.Context, s store.Staff, id store.VehicleID) (string, error) {
	now, err := s.Vehicle(ctx, id)
	if err != nil {
		return "", err
	}
	groups, err := s.VehicleGroups(ctx, id)
	return imprint([]any{now.VehicleInput, groupWords(groups)}), err
}

func (t *vehicles) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	var b vehicleBefore
	if err := json.Unmarshal([]byte(r.Before), &b); err != nil {
		return err
	}
	id := store.VehicleID(r.Object)
	left, err := vehicleImprint(ctx, s, id)
	if err != nil {
		return err
	}
	if left != b.Left {
		return fault.New(fault.Conflict, "%s was changed after the import.", r.Label)
	}
	if b.Old == nil {
		n, err := s.CountVehicleReadings(ctx, id)
		if err != nil {
			return err
		}
		if n != len(b.Readings) {
			return fault.New(fault.Conflict, "%s has other readings by now.", r.Label)
		}
		return s.UnaddVehicle(ctx, id)
	}
	if err := s.UndoVehicleReadings(ctx, id, b.Readings, b.Over); err != nil {
		return err
	}
	edit := store.VehicleEdit{VehicleInput: *b.Old}
	if b.Groups != nil {
		edit.Groups = *b.Groups
	}
	return s.ChangeVehicle(ctx, id, 0, edit)
}
