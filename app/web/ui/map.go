package ui

import (
	"strconv"

	"gatehouse/assets"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// MapOpts say where a map starts. Without them it shows everything there is.
type MapOpts struct {
	Label  string // what the map shows; default "Map"
	Lat    float64
	Lon    float64
	Zoom   int    // 0: fit all points
	Tall   bool   // most of the screen
	Poll   int    // seconds between fetches; 0 never
	ListTo string // address of the same things as a list, for whoever has no use for a map
}

// Map shows points on embedded country borders; no request leaves the
// appliance. It asks dataURL with bbox=south,west,north,east and zoom=0…18 added, and
// is answered with
//
//	{"points":[{"lat":1.5,"lon":2.5,"n":1,"label":"EX-1041","href":"/…","kind":"ok","note":"Working"}],"bounds":[s,w,n,e]}
//
// where n above 1 is a cluster and kind is that of a Badge. The first question
// has no bbox; its bounds say what to show.
func Map(v *View, id, dataURL string, o MapOpts) g.Node {
	label, class := o.Label, "map"
	if label == "" {
		label = v.T("Map")
	}
	if o.Tall {
		class = "map tall"
	}
	return h.Div(h.Class("map-wrap"),
		h.Link(h.Rel("stylesheet"), h.Href(assets.Path("map.css"))),
		h.Div(h.Class(class), h.ID(id), h.Role("region"), h.Aria("label", label), mapData(v, dataURL, o)),
		h.P(h.Class("map-status vh"), h.Role("status")),
		h.NoScript(h.P(h.Class("map-none"), g.Text(v.T("The map needs JavaScript.")), g.Text(" "), g.If(o.ListTo != "", TextLink(o.ListTo, v.T("Show as a list"))))),
		h.P(h.Class("map-foot"), g.If(o.ListTo != "", TextLink(o.ListTo, v.T("Show as a list"))), h.Span(h.Class("muted"), g.Text(v.T("Borders: Natural Earth")))),
		h.Script(h.Src(assets.Path("leaflet.js")), h.Defer()),
		h.Script(h.Src(assets.Path("map.js")), h.Defer()),
	)
}

func mapData(v *View, dataURL string, o MapOpts) g.Node {
	return g.Group{
		h.Data("map", SafeHref(dataURL)), h.Data("world", assets.Path("world.json")),
		h.Data("lat", num(o.Lat)), h.Data("lon", num(o.Lon)), h.Data("zoom", strconv.Itoa(o.Zoom)), h.Data("poll", strconv.Itoa(o.Poll)),
		h.Data("t-cluster", v.T("%s in this area, zoom in")), h.Data("t-shown", v.T("%s on the map")), h.Data("t-failed", v.T("The positions could not be loaded. Move the map to try again.")),
		h.Data("t-in", v.T("Zoom in")), h.Data("t-out", v.T("Zoom out")),
	}
}
