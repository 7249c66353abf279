package demo

import (
	"context"
	"fmt"
	"math"
	"time"

	"gatehouse/store"
)

func (b *builder) addVans(ctx context.Context, f firm) error {
	for _, w := range f.vans {
		e := store.VehicleEdit{VehicleInput: store.VehicleInput{Name: w.name, Plate: w.plate, Driver: b.people[w.driver]}}
		if g := b.groups[w.group]; g != 0 {
			e.Groups = []store.GroupID{g}
		}
		id, err := b.admin.AddVehicle(ctx, e)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		if _, err := b.admin.AddVehicleReadings(ctx, id, w.readings(b.now)); err != nil {
			return err
		}
	}
	return nil
}

// readings are the last two hours of a round, ending where the van is now.
func (w van) readings(now time.Time) (out []store.Reading) {
	last := now.Add(-time.Duration(w.minutes) * time.Minute)
	for back := 8; back >= 0; back-- {
		at, turn := last.Add(-time.Duration(back)*13*time.Minute), float64(back)
		out = append(out, store.Reading{Kind: store.KindPosition, At: at, Value: store.Some(w.lat + .006*turn*math.Cos(turn)), Value2: store.Some(w.lon + .009*turn*math.Sin(turn)), Source: "telematics"})
	}
	return append(out, store.Reading{Kind: store.KindSpeed, At: last, Value: store.Some(w.speed), Source: "telematics"},
		store.Reading{Kind: store.KindOdometer, At: last, Value: store.Some(math.Round(48000 + 1000*math.Abs(w.lon)*17)), Unit: "km", Source: "telematics"})
}
