package aemp

import "strings"

// unit is what one of a unit is in the unit we keep.
type unit struct {
	to     string
	factor float64
}

// unitsByName has every spelling that is known, folded; "ton" is missing,
// because it means different weights in different places.
var unitsByName = map[string]unit{}

func init() {
	add := func(to string, factor float64, names string) {
		for _, n := range strings.Fields(names) {
			unitsByName[n] = unit{to, factor}
		}
	}
	add("km", 1, "km kilometre kilometres kilometer kilometers kms")
	add("km", 1.609344, "mi mile miles statutemile statutemiles")
	add("m", 1, "m metre metres meter meters")
	add("m", 0.3048, "ft foot feet")
	add("l", 1, "l litre litres liter liters ltr")
	add("l", 3.785411784, "gallon gallons gal usgallon usgallons usgal")
	add("l", 4.54609, "imperialgallon imperialgallons impgal ukgallon ukgallons")
	add("kg", 1, "kg kilogram kilograms kilogramme kilogrammes")
	add("kg", 1000, "t tonne tonnes metricton metrictons")
	add("kg", 907.18474, "shortton shorttons uston ustons")
	add("kg", 0.45359237, "lb lbs pound pounds")
	add("km/h", 1, "kmh kph kilometreperhour kilometresperhour kilometerperhour kilometersperhour kilometreshour")
	add("km/h", 1.609344, "mph mileperhour milesperhour")
	add("km/h", 3.6, "ms meterspersecond metrespersecond meterpersecond metrepersecond")
	add("km/h", 1.852, "kn knot knots kt")
	add("h", 1, "h hr hrs hour hours")
	add("h", 1.0/60, "min mins minute minutes")
	add("h", 1.0/3600, "s sec secs second seconds")
	add("%", 1, "percent percentage pct")
	add("°", 1, "degree degrees deg")
}

// convert brings a value into the unit we keep. std is the unit it has when
// the file names none; a unit nobody knows stays.
func convert(v float64, named, std string) (float64, string) {
	if named == "%" || named == "°" {
		return v, named
	}
	if placeholder(named) {
		return v, std
	}
	u, ok := unitsByName[fold(named)]
	if !ok {
		return v, named
	}
	v *= u.factor
	switch {
	case u.to == "m" && std == "km":
		return v / 1000, std
	case u.to == "km" && std == "m":
		return v * 1000, std
	}
	return v, u.to
}
