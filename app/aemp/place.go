package aemp

import "strings"

// place reads a position. Exactly 0, 0 is what units send that have no fix.
func (b *builder) place(n *node) *Reading {
	lat, lon := n.takeText("latitude", "lat", "y"), n.takeText("longitude", "lon", "lng", "long", "x")
	alt, altUnit := b.altitude(n)
	if lat == "" && lon == "" {
		return nil
	}
	r := &Reading{Kind: Position, Unit: "m", Raw: lat + " " + lon}
	var err error
	if r.Value, err = degrees(lat, 90, "latitude"); err == nil {
		r.Lon, err = degrees(lon, 180, "longitude")
	}
	if err != nil {
		b.skip(n, "%s: %v", n.name, err)
		return nil
	}
	if r.Value == 0 && r.Lon == 0 {
		b.skip(n, "%s: 0, 0 is no position but a unit without a fix", n.name)
		return nil
	}
	if alt == "" {
		return r
	}
	if r.Alt, err = number(alt); err != nil {
		b.skip(n, "altitude: %v", err)
		return r
	}
	r.HasAlt = true
	r.Raw += " " + strings.TrimSpace(alt+" "+altUnit)
	r.Alt, _ = convert(r.Alt, altUnit, "m")
	return r
}

// altitude in AEMP 1.2 is <Altitude><Meters>0</Meters></Altitude>.
func (b *builder) altitude(n *node) (alt, unit string) {
	unit = n.takeText("altitudeunits", "altitudeunit")
	k := n.find("altitude")
	if k == nil {
		return n.takeText("elevation", "alt"), unit
	}
	k.used = true
	if len(k.kids) == 1 && unit == "" {
		unit = k.kids[0].name
	}
	if len(k.kids) > 0 {
		return k.kids[0].value(), unit
	}
	return k.value(), unit
}
