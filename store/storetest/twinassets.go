package storetest

import (
	"context"
	"time"

	"gatehouse/store"
)

// TwinAssets are a twin's machine with a value in everything that can hang on
// one, and a planned assignment of another.
type TwinAssets struct {
	Asset, Second store.AssetID
	Field         store.FieldID
	Planned       store.AssignmentID
}

func (w *Twin) addAssets(ctx context.Context) (err error) {
	s, now := w.Staff, w.Staff.Now()
	if w.Field, err = s.AddField(ctx, store.FieldInput{Label: "Field of " + w.Slug, Kind: "text", Shared: true}); err != nil {
		return err
	}
	in := store.AssetInput{Name: "Asset of " + w.Slug, ExternalID: "E-1", Serial: "S-1 " + w.Slug, Make: "Kramer", Model: "5085 " + w.Slug, Type: "Loader " + w.Slug}
	if w.Asset, err = s.AddAsset(ctx, store.AssetEdit{AssetInput: in, Values: map[store.FieldID]string{w.Field: "Value of " + w.Slug}}); err != nil {
		return err
	}
	if w.Second, err = s.AddAsset(ctx, store.AssetEdit{AssetInput: store.AssetInput{Name: "Second of " + w.Slug}}); err != nil {
		return err
	}
	if _, err = s.Assign(ctx, store.AssignInput{Assets: []store.AssetID{w.Asset}, Customer: w.Customer}); err != nil {
		return err
	}
	if _, err = s.Assign(ctx, store.AssignInput{Assets: []store.AssetID{w.Second}, Customer: w.Customer, From: now.AddDate(0, 1, 0)}); err != nil {
		return err
	}
	if _, err = s.AddReadings(ctx, w.Asset, []store.Reading{{Kind: store.KindHours, At: now, Value: store.Some(100), Source: w.Slug},
		{Kind: store.KindPosition, At: now, Value: store.Some(50), Value2: store.Some(8)}}); err != nil {
		return err
	}
	if _, err = s.AddFaults(ctx, w.Asset, []store.FaultCode{{Code: "F-" + w.Slug, At: now}}); err != nil {
		return err
	}
	h, err := s.AssetHistory(ctx, w.Second)
	if err == nil {
		w.Planned = h[0].ID
	}
	return err
}

// Since is a time before everything a twin holds.
func (w Twin) Since() time.Time { return Start.AddDate(-1, 0, 0) }
