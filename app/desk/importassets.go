package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

var assetColumns = []Column{
	{Key: "name", Label: "Name", Help: "What people call it. New assets need one.", Example: "Lift 12", synonyms: []string{"asset", "asset name", "machine", "unit", "equipment", "description", "Bezeichnung", "Gerät", "Maschine", "equipment id", "unit name"}},
	{Key: "external_id", Label: "ID", Help: "Your own number for it. An asset with this ID is changed, not added again.", Example: "L-012", synonyms: []string{"external id", "asset id", "asset number", "asset no", "unit number", "unit id", "fleet number", "inventory number", "Inventarnummer", "Gerätenummer", "Inv-Nr"}},
	{Key: "serial", Label: "Serial number", Example: "243925", synonyms: []string{"serial", "serial no", "s/n", "sn", "Seriennummer", "Fahrgestellnummer"}},
	{Key: "pin", Label: "PIN or VIN", Example: "WNCS0353C00512", synonyms: []string{"pin", "vin", "product identification number", "FIN"}},
	{Key: "make", Label: "Make", Example: "Kramer", synonyms: []string{"oem", "manufacturer", "brand", "Hersteller", "Marke"}},
	{Key: "model", Label: "Model", Example: "5075", synonyms: []string{"Modell", "model name"}},
	{Key: "type", Label: "Type", Example: "Wheel loader", synonyms: []string{"category", "class", "kind", "Typ", "Kategorie", "asset type", "equipment type"}},
	{Key: "year", Label: "Year", Example: "2021", synonyms: []string{"year of manufacture", "model year", "Baujahr"}},
	{Key: "status", Label: "Status", Help: "active, idle, service or retired", Example: "active", synonyms: []string{"state", "Zustand"}},
	{Key: "groups", Label: "Groups", Help: "All groups it is in, parted by semicolons. They replace the groups it is in now.", Example: "North yard", synonyms: []string{"group", "group name", "business unit", "depot", "branch", "Gruppe", "Niederlassung"}},
	{Key: "customer", Label: "Customer number", Help: "Your number of the customer who has it.", Example: "K-1001", synonyms: []string{"customer", "customer code", "customer id", "customer no", "Kundennummer", "Kunden-Nr"}},
	{Key: "from", Label: "From", Help: "First day with the customer; without it today.", Example: "2026-03-01", synonyms: []string{"start", "start date", "on rent", "from date", "Beginn", "von", "Mietbeginn"}},
	{Key: "to", Label: "To", Help: "Last day with the customer; without it open.", Example: "", synonyms: []string{"end", "end date", "off rent", "to date", "until", "Ende", "bis", "Mietende"}},
	{Key: "hours", Label: "Operating hours", Example: "1937.2", synonyms: []string{"hours", "hour meter", "engine hours", "smu", "Betriebsstunden", "Bh"}},
	{Key: "odometer", Label: "Odometer (km)", Example: "5220", synonyms: []string{"odometer", "mileage", "distance", "km", "Kilometerstand"}},
	{Key: "fuel", Label: "Fuel (%)", Example: "64", synonyms: []string{"fuel", "fuel level", "fuel percent", "Tankfüllung"}},
	{Key: "read_at", Label: "Read at", Help: "When the meters were read; without it now.", Example: "2026-03-01 07:30", synonyms: []string{"hours date", "meter date", "reading date", "reading time", "date of reading", "Ablesedatum"}},
	{Key: "lat", Label: "Latitude", Help: "In degrees. Both coordinates may stand in this one column.", Example: "53.5436", synonyms: []string{"lat", "y", "position", "coordinates", "Breite", "Breitengrad"}},
	{Key: "lon", Label: "Longitude", Example: "9.9652", synonyms: []string{"lon", "lng", "long", "x", "Länge", "Längengrad"}},
	{Key: "located_at", Label: "Position time", Help: "When it was there; without it now.", Example: "2026-03-01 07:30", synonyms: []string{"gps time", "position date", "location time", "last seen"}},
}

// fieldKey is the key of the column of a custom field.
func fieldKey(id store.FieldID) string { return "field." + strconv.FormatInt(int64(id), 10) }

// assetColumnsOf are those of every provider and its own fields.
func assetColumnsOf(ctx context.Context, s store.Staff) ([]Column, error) {
	fields, err := s.Fields(ctx)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(assetColumns)
	for _, f := range fields {
		out = append(out, Column{Key: fieldKey(f.ID), Label: f.Label, Help: map[string]string{"number": "A number", "date": "A date", "yesno": "yes or no"}[f.Kind]})
	}
	return out, nil
}

// assets brings machines, who has them, and values read off them.
type assets struct {
	*reading
	fields []store.Field
	groups map[string]store.GroupRef
	source string
	now    time.Time // of the upload: the time of readings that say none
	held   *holding
}

func openAssets(ctx context.Context, s store.Staff, i store.Import, f sheet.Found) (target, error) {
	cols, err := assetColumnsOf(ctx, s)
	if err != nil {
		return nil, err
	}
	t := &assets{reading: newReading(s, i, cols, f), groups: map[string]store.GroupRef{}, source: fmt.Sprintf("Import %d", i.Number), now: i.CreatedAt, held: &holding{byCode: map[string]store.Customer{}}}
	if t.fields, err = s.Fields(ctx); err != nil {
		return nil, err
	}
	all, err := s.GroupNames(ctx)
	for _, g := range all {
		t.groups[fold(g.Name)] = g
	}
	return t, err
}

// fold is how names are compared: case and spaces do not count.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), "")) }

// assetPlan is what a row wants of an asset.
type assetPlan struct {
	was       store.Asset // zero: it is new
	wasGroups []store.GroupRef
	nowGroups []store.GroupRef
	wasValues map[store.FieldID]string // of the fields that change
	edit      store.AssetEdit
	readings  []store.Reading
	faults    []store.FaultCode
	hold      *hold
	diff      differences
}

func (t *assets) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	c := &cells{of: e.cells, how: t.reading}
	key := store.AssetKey{ExternalID: c.text("external_id"), PIN: c.text("pin"), Serial: c.text("serial"), Make: c.text("make"), Name: c.text("name")}
	out := plan{label: orElse(key.Name, orElse(key.ExternalID, key.Serial+key.PIN)), keys: assetKeys(key)}
	w := assetPlan{}
	id, err := s.MatchAsset(ctx, key)
	if err == nil && id != 0 {
		w.was, err = s.Asset(ctx, id)
	}
	if err != nil {
		return out, err
	}
	if err := t.read(ctx, s, c, &w); err != nil {
		return out, err
	}
	out.object, out.verdict, out.says = int64(id), store.VerdictSame, w.diff.String()
	switch {
	case id == 0:
		out.verdict = store.VerdictAdd
	case len(w.diff) > 0:
		out.verdict = store.VerdictChange
	default:
		return out, nil
	}
	out.do = func(ctx context.Context, s store.Staff) (int64, any, error) { return doAsset(ctx, s, w) }
	return out, nil
}

// assetKeys are what two rows of a file must not share.
func assetKeys(k store.AssetKey) []string {
	var out []string
	if k.ExternalID != "" {
		out = append(out, "The ID “"+short(k.ExternalID)+"”")
	}
	if k.PIN != "" {
		out = append(out, "The PIN “"+short(k.PIN)+"”")
	}
	if k.Serial != "" {
		out = append(out, strings.TrimSpace("The serial number “"+short(strings.TrimSpace(k.Make+" "+k.Serial))+"”"))
	}
	if len(out) == 0 && k.Name != "" {
		out = append(out, "The name “"+short(k.Name)+"”")
	}
	return out
}

// read lays the cells over what the asset is now.
func (t *assets) read(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
	w.edit.AssetInput = w.was.AssetInput
	w.edit.Status = orElse(w.edit.Status, "active")
	e := &w.edit
	for key, into := range map[string]*string{"name": &e.Name, "external_id": &e.ExternalID, "serial": &e.Serial, "pin": &e.PIN, "make": &e.Make, "model": &e.Model, "type": &e.Type} {
		c.set(key, into)
	}
	if v := c.text("status"); v != "" {
		e.Status = orElse(statusWords[strings.ToLower(v)], strings.ToLower(v))
	}
	if n := c.number("year"); n.OK {
		if e.Year = int64(n.V); n.V != float64(e.Year) || e.Year == 0 {
			c.bad.Add("year", "“%s” is not a year.", c.text("year"))
		}
	}
	if err := t.readGroups(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readFields(ctx, s, c, w); err != nil {
		return err
	}
	if err := t.readMeters(ctx, s, c, w); err != nil {
		return err
	}
	var err error
	if w.hold, err = t.held.read(ctx, s, c, w.was.ID, &w.diff); err != nil {
		return err
	}
	if err := c.err(e.Validate(s.Now())); err != nil {
		return err
	}
	w.compare()
	return nil
}

// statusWords are what other systems and languages call our states.
var statusWords = map[string]string{"in service": "active", "on rent": "active", "rented": "active", "available": "idle", "off rent": "idle", "parked": "idle", "workshop": "service",
	"maintenance": "service", "repair": "service", "broken": "service", "sold": "retired", "scrapped": "retired", "inactive": "retired",
	"aktiv": "active", "frei": "idle", "werkstatt": "service", "ausgemustert": "retired", "verkauft": "retired"}

func (w *assetPlan) compare() {
	was, e := w.was, w.edit
	if was.ID == 0 {
		return
	}
	year := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	var d differences
	for _, f := range [][3]string{{"Name", was.Name, e.Name}, {"ID", was.ExternalID, e.ExternalID}, {"Serial number", was.Serial, e.Serial}, {"PIN", was.PIN, e.PIN}, {"Make", was.Make, e.Make},
		{"Model", was.Model, e.Model}, {"Type", was.Type, e.Type}, {"Year", year(was.Year), year(e.Year)}, {"Status", was.Status, e.Status}} {
		d.of(f[0], f[1], f[2])
	}
	w.diff = append(d, w.diff...)
}

func (t *assets) readGroups(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
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
		if w.wasGroups, err = s.AssetGroups(ctx, w.was.ID); err != nil {
			return err
		}
	}
	if old, now := groupWords(w.wasGroups), groupWords(chosen); old != now {
		w.diff.of("Groups", old, now)
		w.nowGroups = chosen
		for _, g := range chosen {
			w.edit.Groups = append(w.edit.Groups, g.ID)
		}
	}
	return nil
}

func groupWords(all []store.GroupRef) string {
	names := make([]string, 0, len(all))
	for _, g := range all {
		names = append(names, g.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (t *assets) readFields(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
	now := map[store.FieldID]string{}
	for _, f := range t.fields {
		if v := t.fieldValue(c, f); v != "" {
			now[f.ID] = v
		}
	}
	if len(now) == 0 {
		return nil
	}
	was := map[store.FieldID]string{}
	if w.was.ID != 0 {
		all, err := s.FieldValues(ctx, w.was.ID)
		if err != nil {
			return err
		}
		for _, v := range all {
			was[v.ID] = v.Value
		}
	}
	w.wasValues = map[store.FieldID]string{}
	for _, f := range t.fields {
		if v, given := now[f.ID]; given && v != was[f.ID] {
			w.diff.of(f.Label, was[f.ID], v)
			w.wasValues[f.ID] = was[f.ID]
			if w.edit.Values == nil {
				w.edit.Values = map[store.FieldID]string{}
			}
			w.edit.Values[f.ID] = v
		}
	}
	return nil
}

// fieldValue reads a cell into the form in which a field keeps it.
func (t *assets) fieldValue(c *cells, f store.Field) string { return c.field(fieldKey(f.ID), f.Kind) }

// field reads a cell as a value of one of the provider's own fields.
func (c *cells) field(key, kind string) string {
	v := c.text(key)
	switch {
	case v == "":
		return ""
	case kind == "number":
		if n := c.number(key); n.OK {
			return strconv.FormatFloat(n.V, 'f', -1, 64)
		}
		return ""
	case kind == "date":
		d, _ := c.day(key)
		if d.IsZero() {
			return ""
		}
		return d.Format("2006-01-02")
	case kind == "yesno":
		if w, ok := yesWords[strings.ToLower(v)]; ok {
			return w
		}
		c.bad.Add(key, "“%s” is neither yes nor no.", short(v))
		return ""
	}
	if says := store.CheckValue(v); says != "" {
		c.bad.Add(key, "%s", says)
	}
	return v
}

var yesWords = map[string]string{"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "x": "yes", "ja": "yes", "oui": "yes", "si": "yes", "sí": "yes", "wahr": "yes",
	"no": "no", "n": "no", "false": "no", "0": "no", "nein": "no", "non": "no", "falsch": "no"}
