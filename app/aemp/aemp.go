// Package aemp reads fleet snapshots of ISO 15143-3 (AEMP 2.0 and the older
// 1.2), in XML or JSON, in the dialects that makers of machines and telematics
// really serve. Whatever number, switch or fault a file holds comes out as a
// Reading or a Fault, or is named as skipped; nothing is dropped in silence.
// Fetching pages and finding whose machine it is are not done here.
package aemp

import (
	"time"
)

// The limits of one snapshot.
const (
	MaxBytes    = 64 << 20 // also after decompression
	MaxMachines = 200_000

	maxDepth    = 32      // elements within elements
	maxParts    = 20_000  // elements of one machine
	maxMachine  = 4 << 20 // bytes of one machine, where it is read twice
	maxObjects  = 300_000 // of JSON, around machines
	maxReadings = 1_000_000
	maxText     = 1_000 // characters of one value
	maxName     = 100   // and of its name
	maxProblems = 1_000
)

// Snapshot is one page of a fleet.
type Snapshot struct {
	Version   string
	At        time.Time         // zero when the page does not say
	Links     map[string]string // by relation: self, next, prev, last
	Equipment []Equipment
	// Skipped says what was not taken and why, at most 1,000 times;
	// SkippedTotal counts on.
	Skipped      []Problem
	SkippedTotal int
	// Undated counts readings without any date, which were given the time of
	// Parse.
	Undated int
}

// Problem is something in the file that was not taken, in a sentence.
type Problem struct {
	Line int
	What string
}

// Equipment is a machine as the snapshot describes it. Placeholders such as
// "N/A" and "missing" are empty.
type Equipment struct {
	OEM           string
	Model         string
	EquipmentID   string // what the owner calls it
	Serial        string
	PIN           string
	UnitInstalled time.Time
	Readings      []Reading
	Faults        []Fault
	// Extra holds what describes the machine and has no place above, by the
	// name in the file: "Metadata.MachineId".
	Extra map[string]string
	Line  int
}

// Reading is one measurement. Units are converted to those named at the kinds;
// a unit nobody knows stays as it is.
type Reading struct {
	Kind     string
	At       time.Time
	Value    float64 // latitude for a Position; 1 or 0 for yes and no
	Lon, Alt float64 // for a Position: degrees, metres
	HasAlt   bool
	Unit     string
	Text     string // words that came along: engine number, name of a switch
	TextOnly bool   // Value means nothing
	Raw      string // value and unit as the file has them
}

// Fault is a diagnostic trouble code.
type Fault struct {
	Code, Description, Severity, Source string
	At                                  time.Time
}

// The kinds of readings. A measurement that is none of them has the kind "x:"
// and its name in the file: "x:BatteryPotential".
const (
	Position          = "position" // degrees, m
	OperatingHours    = "operating_hours"
	EngineHours       = "engine_hours"
	IdleHours         = "idle_hours"
	UnproductiveHours = "nonproductive_idle_hours"
	PTOHours          = "pto_hours"
	RegenHours        = "active_regeneration_hours"
	MovingHours       = "moving_hours"
	FuelUsed          = "fuel_used"    // l
	FuelUsed24        = "fuel_used_24" // l
	FuelRemaining     = "fuel_remaining"
	FuelTank          = "fuel_tank_capacity" // l
	DEFRemaining      = "def_remaining"
	DEFTank           = "def_tank_capacity" // l
	Distance          = "distance"          // km
	EngineRunning     = "engine_running"
	Speed             = "speed"         // km/h
	PeakSpeed24       = "peak_speed_24" // km/h
	Heading           = "heading"       // °
	LoadFactor        = "load_factor"   // %, over the last 24 hours
	LoadCount         = "load_count"
	PayloadTotal      = "payload_total" // kg
	SwitchStatus      = "switch_status"
)
