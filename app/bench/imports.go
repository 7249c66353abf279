package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gatehouse/app/desk"
	"gatehouse/store"
)

// ImportStep is one step of an import.
type ImportStep struct {
	Name   string  `json:"step"`
	Sec    float64 `json:"s"`
	PerSec float64 `json:"rows_s"`
	CPU    float64 `json:"cpu_us"` // a row: says more than the time where others use the machine too
}

// MeasureImport brings a file of assets, or of jobs, through the product's own importer into
// a new data file in dir: upload, check, apply, the same file once more, undo.
func MeasureImport(ctx context.Context, dir, kind string, rows int) (steps []ImportStep, peak float64, err error) {
	tmp, err := os.MkdirTemp(dir, "import-")
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(tmp, "import.db")})
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = db.Close() }()
	b := bringing{desk: desk.New(ctx, db, slog.New(slog.DiscardHandler)), rows: rows, kind: kind}
	if b.staff, err = b.provider(ctx, db); err != nil {
		return nil, 0, err
	}
	file := filepath.Join(tmp, "rows.csv")
	if err := writeRows(file, kind, rows); err != nil {
		return nil, 0, err
	}
	used := watch(os.Getpid())
	err = b.all(ctx, file)
	return b.steps, float64(used().anon) / (1 << 20), err
}

// bringing is an import while it is measured.
type bringing struct {
	desk  *desk.Desk
	staff store.Staff
	kind  string
	rows  int
	steps []ImportStep
}

func (b *bringing) provider(ctx context.Context, db *store.DB) (store.Staff, error) {
	s := seeding{Fleet: Fleet{Providers: 1, Customers: 10}, db: db, y: db.System("benchmark", store.Origin{Source: "bench"})}
	if err := s.provider(ctx, 0); err != nil {
		return store.Staff{}, err
	}
	who := s.people.Of("staff")[0]
	hash, err := who.hash()
	if err != nil {
		return store.Staff{}, err
	}
	return db.Staff(ctx, "p1", hash, store.Origin{Source: "bench"})
}

// writeRows makes the file: on disk, so that the memory measured is the
// importer's own.
func writeRows(path, kind string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	if kind == store.ImportJobs {
		jobFile(b, rows)
	} else {
		assetFile(b, rows)
	}
	if err := b.Flush(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// assetFile is a CSV of assets as a rental company exports it.
func assetFile(b *bufio.Writer, rows int) {
	f := Fleet{Assets: rows, Providers: 1, Customers: 10, Seed: 1}
	_, _ = b.WriteString("Name,ID,Serial number,PIN or VIN,Make,Model,Type,Year,Status,Customer number,Operating hours,Fuel (%)\n")
	for i := range rows {
		m := f.At(i)
		_, _ = fmt.Fprintf(b, "%s,%s,%s,%s,%s,%s,%s,%d,%s,K-%d,%.1f,%.0f\n", m.Name, m.ExternalID, m.Serial, m.PIN, m.Make, m.Model, m.Type, m.Year, m.Status, m.Customer+1, m.Hours, m.Fuel)
	}
}

// jobFile is a CSV of deliveries as a customer sends it: two of three with one
// item, the third with two, which is a row more.
func jobFile(b *bufio.Writer, rows int) {
	f := Fleet{Assets: rows, Providers: 1, Customers: 10, Seed: 1}
	_, _ = b.WriteString("Customer Code,D.O. No.,Type,Delivery Date,Time Window,Deliver To,Address,Postal Code,City,SKU,Item Description,Qty,Latitude,Longitude\n")
	for i := range rows {
		m := f.At(i)
		number := i
		if i%4 == 3 {
			number = i - 1 // a second item of the job above
			m = f.At(number)
		}
		_, _ = fmt.Fprintf(b, "K-%d,DO-%d,Delivery,11/%02d/2026,8:00 AM - 12:00 PM,%s,\"%s %d\",20457,Example,SKU-%d,%s,%d,%.5f,%.5f\n", m.Customer+1, number, 1+number%28, jobPeople[number%len(jobPeople)],
			jobStreets[number%len(jobStreets)], 1+number%200, i%500, m.Type, 1+i%40, m.Lat, m.Lon)
	}
}

func (b *bringing) all(ctx context.Context, file string) error {
	var id store.ImportID
	upload := func() error {
		body, err := os.Open(file)
		if err != nil {
			return err
		}
		defer func() { _ = body.Close() }()
		id, err = b.desk.Upload(ctx, b.staff, desk.Upload{Kind: b.kind, Name: "rows.csv", Once: fmt.Sprint(len(b.steps)), Body: body})
		return err
	}
	check := func() error { return b.desk.CheckImport(ctx, b.staff, id) }
	apply := func() error { return b.desk.ApplyImport(ctx, b.staff, id) }
	if err := b.step("upload", upload); err != nil {
		return err
	}
	if err := b.step("check", check); err != nil {
		return err
	}
	if err := b.step("apply", apply); err != nil {
		return err
	}
	first := id
	if i, err := b.staff.Import(ctx, id); err != nil || i.State != store.ImportApplied || i.Tally.Added < int64(b.rows)*99/100 { // a few have a serial number that another one has
		return fmt.Errorf("the import is %s with %+v: %s (%v)", i.State, i.Tally, i.Says, err)
	}
	if err := upload(); err != nil {
		return err
	}
	if err := b.step("check the same again", check); err != nil {
		return err
	}
	id = first
	return b.step("undo", func() error { return b.desk.UndoImport(ctx, b.staff, id) })
}

func (b *bringing) step(name string, fn func() error) error {
	began, used := time.Now(), watch(os.Getpid())
	if err := labelled(name, fn); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b.desk.Wait()
	sec := time.Since(began).Seconds()
	b.steps = append(b.steps, ImportStep{Name: name, Sec: sec, PerSec: float64(b.rows) / sec, CPU: float64(used().cpu.Microseconds()) / float64(b.rows)})
	return nil
}

// importTool is "bench import".
func importTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("import", out)
	dir := f.String("dir", os.TempDir(), "where the data file for it is made, and removed again")
	kind := f.String("kind", store.ImportAssets, "what the file holds: assets or jobs")
	rows := f.Int("rows", 100_000, "how many rows the file has")
	asJSON := f.Bool("json", false, "print JSON")
	profile := f.String("profile", "", "write a CPU profile here, labelled with the step (built with -tags compare)")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *profile != "" {
		stop, err := profiling(*profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	steps, peak, err := MeasureImport(ctx, *dir, *kind, *rows)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(map[string]any{"rows": *rows, "steps": steps, "anon_mb": peak})
	}
	for _, s := range steps {
		fmt.Fprintf(out, "%-22s %8.2f s %9.0f rows/s %7.0f µs CPU a row\n", s.Name, s.Sec, s.PerSec, s.CPU)
	}
	_, err = fmt.Fprintf(out, "memory of its own at most %.0f MB   load %s\n", peak, loadAverage())
	return err
}
