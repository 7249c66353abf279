package web

import (
	_ "embed"
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
)

//go:embed zones.txt
var zoneList string

// Zones are the time zones people choose from, by name: one for every place
// that keeps a time of its own.
func Zones() []string { return strings.Fields(zoneList) }

// ZoneSelect asks for a time zone, the places of a continent together. A zone
// that is set and is none of the list stays on offer.
func ZoneSelect(v *ui.View, f ui.Field) g.Node {
	options := []ui.Option{{Value: "UTC", Label: "UTC"}}
	if f.Value != "" && !slices.Contains(Zones(), f.Value) {
		options = append(options, ui.Option{Value: f.Value, Label: f.Value})
	}
	for _, z := range Zones() {
		if area, place, ok := strings.Cut(z, "/"); ok {
			options = append(options, ui.Option{Value: z, Group: area, Label: strings.NewReplacer("_", " ", "/", ", ").Replace(place)})
		}
	}
	return ui.Select(f, options)
}
