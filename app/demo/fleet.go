package demo

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gatehouse/store"
)

//go:embed data
var files embed.FS

// months is how far back the readings go.
const months = 5

// machine is a line of a fleet's file.
type machine struct {
	store.AssetInput
	hours, lat, lon float64
	customer, group string
	what            string
	number          int // its place in the file: what chance is made of
}

func (b *builder) addFleet(ctx context.Context, f firm) error {
	all, err := readFleet(f.fleet)
	if err != nil {
		return err
	}
	note, err := b.admin.AddField(ctx, store.FieldInput{Label: "Transport weight", Kind: "text", Shared: true})
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := b.addMachine(ctx, m, note); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return b.plan(ctx, f)
}

func readFleet(name string) (all []machine, err error) {
	r, err := files.Open("data/" + name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	for i, c := range rows[1:] {
		m := machine{customer: c[12], group: c[13], what: c[14], number: i + 1}
		m.AssetInput = store.AssetInput{Name: c[0], ExternalID: c[1], Serial: c[2], PIN: c[3], Make: c[4], Model: c[5], Type: c[6], Status: c[8]}
		m.Year, _ = strconv.ParseInt(c[7], 10, 64)
		m.hours, _ = strconv.ParseFloat(c[9], 64)
		m.lat, _ = strconv.ParseFloat(c[10], 64)
		m.lon, _ = strconv.ParseFloat(c[11], 64)
		all = append(all, m)
	}
	return all, nil
}

func (b *builder) addMachine(ctx context.Context, m machine, note store.FieldID) error {
	return b.admin.Update(ctx, func(s store.Staff) error {
		e := store.AssetEdit{AssetInput: m.AssetInput, Values: map[store.FieldID]string{note: fmt.Sprintf("%d kg", 400+m.number*137%9000)}}
		if g := b.groups[m.group]; g != 0 {
			e.Groups = []store.GroupID{g}
		}
		id, err := s.AddAsset(ctx, e)
		if err != nil {
			return err
		}
		if c := b.customers[m.customer]; c != 0 {
			from := b.now.AddDate(0, -1-m.number%months, -m.number%23)
			in := store.AssignInput{Assets: []store.AssetID{id}, Customer: c, From: from}
			if m.number%5 == 0 {
				in.To = b.now.AddDate(0, 0, 5+m.number%40)
			}
			if _, err := s.Assign(ctx, in); err != nil {
				return err
			}
		}
		for week := range slices.Chunk(m.readings(b.now), 12) { // as it would have come in, so that nothing looks like a long silence
			if _, err := s.AddReadings(ctx, id, week); err != nil {
				return err
			}
		}
		_, err = s.AddFaults(ctx, id, m.faults(b.now))
		return err
	})
}

// plan books a few machines that stand in the yard for next week.
func (b *builder) plan(ctx context.Context, f firm) error {
	free, err := b.admin.Assets(ctx, store.AssetFilter{Customer: -1, Status: "idle", Limit: 3})
	if err != nil {
		return err
	}
	ids := []store.AssetID{}
	for _, a := range free.Rows {
		ids = append(ids, a.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	_, err = b.admin.Assign(ctx, store.AssignInput{Assets: ids, Customer: b.customers[f.customers[0].key], From: b.now.AddDate(0, 0, 7), To: b.now.AddDate(0, 0, 21)})
	return err
}

// wave is a number between 0 and 1 that looks like chance and never changes.
func (m machine) wave(day, salt int) float64 {
	v := math.Sin(float64(m.number*7919+day*104729+salt*15485863)) * 43758.5453
	return v - math.Floor(v)
}

// readings is what the machine reported, a day at a time, up to now.
func (m machine) readings(now time.Time) (out []store.Reading) {
	days := months * 30
	start := now.AddDate(0, 0, -days).Truncate(24 * time.Hour)
	hours, idle, fuel, km := m.hours, m.hours*.21, 80.0, m.hours*2.4
	for d := range days {
		at := start.AddDate(0, 0, d).Add(16*time.Hour + time.Duration(m.number%50)*time.Minute)
		if at.After(now) {
			break
		}
		worked := 0.0
		if wd := at.Weekday(); m.Status == "active" && wd != time.Sunday && (wd != time.Saturday || m.wave(d, 1) > .8) {
			worked = math.Round((2+6.5*m.wave(d, 2))*10) / 10
		}
		hours, idle, km = hours+worked, idle+worked*.18, km+worked*3.1
		if fuel -= worked * 4.1; fuel < 14 {
			fuel = 92 - 10*m.wave(d, 3)
		}
		if worked == 0 && d%3 != 0 && d < days-1 {
			continue
		}
		out = append(out, store.Reading{Kind: store.KindHours, At: at, Value: store.Some(math.Round(hours*10) / 10), Unit: "h", Source: "telematics"},
			store.Reading{Kind: store.KindIdleHours, At: at, Value: store.Some(math.Round(idle*10) / 10), Unit: "h", Source: "telematics"},
			store.Reading{Kind: store.KindFuel, At: at, Value: store.Some(math.Round(fuel)), Unit: "%", Source: "telematics"})
		if m.rolls() {
			out = append(out, store.Reading{Kind: store.KindOdometer, At: at, Value: store.Some(math.Round(km)), Unit: "km", Source: "telematics"})
		}
		if d%4 == 0 || d >= days-2 {
			out = append(out, store.Reading{Kind: store.KindPosition, At: at, Value: store.Some(m.lat + (m.wave(d, 4)-.5)*.004), Value2: store.Some(m.lon + (m.wave(d, 5)-.5)*.006), Source: "telematics"})
		}
	}
	last := now.Add(-time.Duration(3+m.number%90) * time.Minute)
	running := 0.0
	if m.Status == "active" && m.number%3 != 0 {
		running = 1
	}
	return append(out, store.Reading{Kind: store.KindEngine, At: last, Value: store.Some(running), Source: "telematics"},
		store.Reading{Kind: store.KindPosition, At: last, Value: store.Some(m.lat), Value2: store.Some(m.lon), Source: "telematics"})
}

func (m machine) rolls() bool {
	switch m.Type {
	case "Generator", "Compressor", "Lighting tower", "Scissor lift", "Parcel locker", "Cool box":
		return false
	}
	return true
}

var faultTexts = [][3]string{
	{"523774-31", "Diesel particulate filter: regeneration needed", "warning"},
	{"100-1", "Engine oil pressure low", "critical"},
	{"110-0", "Coolant temperature high", "warning"},
	{"168-4", "Battery voltage low", "information"},
}

// faults are a few codes, for every sixth machine.
func (m machine) faults(now time.Time) []store.FaultCode {
	if m.number%6 != 0 {
		return nil
	}
	t := faultTexts[m.number/6%len(faultTexts)]
	return []store.FaultCode{{Code: t[0], Description: t[1], Severity: t[2], Source: "telematics", At: now.Add(-time.Duration(m.number%60) * 5 * time.Hour)}}
}
