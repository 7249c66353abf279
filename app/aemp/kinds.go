package aemp

// shape says how an element becomes a reading.
type shape struct {
	kind    string
	unit    string   // what the standard assumes when no unit is named
	values  []string // children that hold the value, the most likely first
	units   []string // children that hold its unit
	how     how
	side    []shape // further readings that the element may hold
	strange bool    // not one of the standard's elements
	signed  bool    // may be less than zero
}

// how a value is to be read.
type how int

const (
	asNumber how = iota
	asHours      // 1937.23 or PT1937H14M
	asFlag       // true, 1, Running
	asPlace      // latitude and longitude
)

// shapes are the elements of the standard and of its dialects, by folded name.
var shapes = map[string]shape{}

func init() {
	units := []string{"units", "unit"}
	hours := func(kind string, names ...string) {
		s := shape{kind: kind, unit: "h", how: asHours, values: []string{"hour", "hours", "hourmeter", "value"}, units: units}
		define(s, names...)
	}
	hours(OperatingHours, "cumulativeoperatinghours", "operatinghours", "operatinghour", "hourmeter", "smr")
	hours(EngineHours, "cumulativeenginehours", "enginehours")
	hours(IdleHours, "cumulativeidlehours", "idlehours", "idlinghours")
	hours(UnproductiveHours, "cumulativeidlenonoperatinghours", "cumulativenonproductiveidlehours", "cumulativenonoperatingidlehours",
		"idlenonoperatinghours", "nonproductiveidlehours")
	hours(PTOHours, "cumulativepowertakeoffhours", "powertakeoffhours", "cumulativeptohours", "ptohours")
	hours(RegenHours, "cumulativeactiveregenerationhours", "activeregenerationhours")
	hours(MovingHours, "cumulativemovinghours", "movinghours")

	fuel := shape{unit: "l", values: []string{"fuelconsumed", "consumed", "fuelused", "volume", "amount", "value"}, units: append([]string{"fuelunits", "fuelunit"}, units...)}
	fuel.kind = FuelUsed
	define(fuel, "fuelused", "cumulativefuelused", "fuelconsumed", "totalfuelused")
	fuel.kind = FuelUsed24
	define(fuel, "fuelusedlast24", "fuelusedlast24hours", "fuelusedinthelast24hours", "fuelusedinpreceding24hours", "fuelusedinthepreceding24hours")

	tank := shape{kind: FuelTank, unit: "l", values: []string{"fueltankcapacity", "tankcapacity", "capacity"}, units: []string{"fueltankcapacityunits", "fueltankcapacityunit", "tankcapacityunits"}}
	level := []string{"percent", "percentage", "fuelremaining", "defremaining", "level", "remaining", "ratio", "value"}
	define(shape{kind: FuelRemaining, unit: "%", values: level, units: units, side: []shape{tank}},
		"fuelremaining", "fuellevel", "fuelremainingratio", "fuelremainingpercent")
	tank.kind, tank.values, tank.units = DEFTank, []string{"deftankcapacity", "tankcapacity", "capacity"}, []string{"deftankcapacityunits", "deftankcapacityunit", "tankcapacityunits"}
	define(shape{kind: DEFRemaining, unit: "%", values: level, units: units, side: []shape{tank}},
		"defremaining", "deftanklevel", "deflevel", "dieselexhaustfluidremaining", "adblueremaining", "defremainingratio")

	define(shape{kind: Distance, unit: "km", values: []string{"odometer", "distance", "mileage", "value"}, units: append([]string{"odometerunits", "odometerunit", "distanceunits"}, units...)},
		"distance", "odometer", "cumulativedistance", "cumulativedistancetravelled", "mileage")

	defineMotion(units)
	defineWork(units)
}

func define(s shape, names ...string) {
	for _, n := range names {
		shapes[n] = s
	}
}

// defineMotion: where a machine is and how it moves.
func defineMotion(units []string) {
	speedUnits := append([]string{"speedunits", "speedunit"}, units...)
	speeds := []string{"speed", "speedvalue", "maximumspeed", "maxspeed", "value"}
	speed := shape{kind: Speed, unit: "km/h", values: speeds, units: speedUnits}
	heading := shape{kind: Heading, unit: "°", signed: true, values: []string{"heading", "direction", "course", "bearing", "value"}, units: append([]string{"headingunits"}, units...)}
	define(speed, "speed", "currentspeed", "groundspeed")
	define(heading, "heading", "direction", "course")
	speed.kind = PeakSpeed24
	define(speed, "maximumspeedlast24", "maximumspeedlast24hours", "peakdailyspeed", "peakspeedlast24", "peakdailyspeedlast24", "maxspeedlast24")
	speed.kind, speed.values, speed.units = Speed, []string{"speed"}, []string{"speedunits", "speedunit"}
	heading.values, heading.units = []string{"heading", "direction", "course", "bearing"}, []string{"headingunits"}
	define(shape{kind: Position, how: asPlace, unit: "m", side: []shape{speed, heading}},
		"location", "lastknownlocation", "lastlocation", "position", "geolocation", "gps")
}

// defineWork: what a machine does.
func defineWork(units []string) {
	define(shape{kind: EngineRunning, how: asFlag, values: []string{"running", "enginerunning", "isrunning", "status", "value"}},
		"enginestatus", "enginerunning")
	define(shape{kind: LoadFactor, unit: "%", values: []string{"percent", "loadfactor", "averageloadfactor", "value"}, units: units},
		"averageloadfactorlast24", "averagedailyloadfactorlast24", "averagedailyengineloadfactorlast24", "averageloadfactorlast24hours", "loadfactor")
	define(shape{kind: LoadCount, values: []string{"count", "loadcount", "loads", "value"}},
		"cumulativeloadcount", "loadcount")
	define(shape{kind: PayloadTotal, unit: "kg", values: []string{"payload", "payloadtotal", "total", "value"}, units: append([]string{"payloadunits", "payloadunit", "weightunit", "weightunits"}, units...)},
		"cumulativepayloadtotals", "cumulativepayloadtotal", "cumulativepayload", "payloadtotals", "payloadtotal")
	define(shape{kind: SwitchStatus, how: asFlag, values: []string{"state", "switchstate", "status", "switchstatus", "active", "on", "value"}},
		"switchstatus", "switch", "digitalinput", "digitalinputstate", "switches")
}

// faultKeys are elements that hold trouble codes, one or many.
var faultKeys = keys("faultcode", "faultcodes", "fault", "faults", "diagnostictroublecode", "diagnostictroublecodes",
	"dtc", "dtcs", "cautioncode", "cautioncodes", "caution", "cautions", "activefaults", "faultcodemessage", "diagnosticcodes", "diagnosticcode")

// dateKeys are the names of the date of a reading.
var dateKeys = keys("datetime", "timestamp", "date", "time", "datetimestamp", "dateandtime", "snapshottime", "snapshotdatetime",
	"telematicdatadate", "readingtime", "readingdatetime", "reporttime", "reportedat", "recordedat", "lastupdated", "eventtime", "utc", "datetimeutc")

func keys(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}
