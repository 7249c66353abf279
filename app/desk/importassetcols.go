package desk

import (
	"context"
	"slices"
	"strconv"

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
