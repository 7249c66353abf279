package fleet

import (
	"context"
	"io"
	"net/http"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
)

// Reader is whoever may look at an asset's readings: staff or a client.
type Reader interface {
	ReadingKinds(context.Context, store.AssetID) ([]store.Reading, error)
	Readings(context.Context, store.AssetID, string, time.Time, time.Time) ([]store.Reading, error)
}

// Readings reads what the chart of an asset's page shows: the kind and period
// the address asks for. Without readings the chart is nil.
func Readings(r *http.Request, s Reader, id store.AssetID) (*ChartSpec, error) {
	kinds, err := s.ReadingKinds(r.Context(), id)
	if err != nil {
		return nil, err
	}
	c, ok := Choose(kinds, r.URL.Query().Get("kind"), r.URL.Query().Get("days"))
	if !ok {
		return nil, nil
	}
	c.Path = r.URL.Path
	c.Points, err = s.Readings(r.Context(), id, c.Kind, c.From(), c.To.Add(time.Second))
	return &c, err
}

// Export sends an asset list as a file.
func Export(w http.ResponseWriter, r *http.Request, d *desk.Desk, from desk.AssetLister, e desk.AssetExport) error {
	name, media := "assets.xlsx", web.MediaXLSX
	if e.CSV {
		name, media = "assets.csv", web.MediaCSV
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return d.ExportAssets(r.Context(), out, from, e) })
}

// ExportVehicles sends a list of vehicles as a file.
func ExportVehicles(w http.ResponseWriter, r *http.Request, d *desk.Desk, s store.Staff, e desk.VehicleExport) error {
	if err := s.Can(store.VehicleExport); err != nil {
		return err
	}
	name, media := "vehicles.xlsx", web.MediaXLSX
	if e.CSV {
		name, media = "vehicles.csv", web.MediaCSV
	}
	return web.Download(w, r, name, media, func(out io.Writer) error { return d.ExportVehicles(r.Context(), out, s, e) })
}
