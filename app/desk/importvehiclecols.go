package desk

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
