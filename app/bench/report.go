package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gatehouse/store"
)

// reporting measures everything there is and writes it down as Markdown.
type reporting struct {
	dir    string
	out    io.Writer
	leg    time.Duration
	rounds int
	sizes  []Fleet
}

// reportTool is "bench report".
func reportTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("report", out)
	r := reporting{out: out}
	f.StringVar(&r.dir, "data", "bench-data", "folder for the data files; they are made where they are missing (1.3 GB)")
	f.DurationVar(&r.leg, "d", 3*time.Second, "how long a leg lasts")
	f.IntVar(&r.rounds, "rounds", 3, "how often each is measured, in turn; the median counts")
	small := f.Bool("small", false, "up to 100,000 assets only")
	if err := f.Parse(args); err != nil {
		return err
	}
	r.sizes = []Fleet{{Assets: 1000, Providers: 1, Customers: 10, Seed: 1}, {Assets: 100_000, Providers: 10, Customers: 100, Seed: 1}, {Assets: 1_000_000, Providers: 100, Customers: 100, Seed: 1}}
	if *small {
		r.sizes = r.sizes[:2]
	}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return err
	}
	return r.all(ctx)
}

func (r *reporting) data(f Fleet) string {
	return filepath.Join(r.dir, fmt.Sprintf("fleet-%d.db", f.Assets))
}

func (r *reporting) say(format string, args ...any) { _, _ = fmt.Fprintf(r.out, format, args...) }

func (r *reporting) all(ctx context.Context) error {
	r.say("Measured with `gatehouse bench report -d %s -rounds %d`: %d cores, %s, load average %s at the start.\n", r.leg, r.rounds, runtime.NumCPU(), runtime.Version(), loadAverage())
	for _, f := range r.sizes {
		if err := r.seed(ctx, f); err != nil {
			return err
		}
	}
	for _, part := range []func(context.Context) error{r.growth, r.beside, r.pages, r.starts, r.writes} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	r.say("\nLoad average at the end: %s.\n", loadAverage())
	return nil
}

// seed makes a data file, or makes the people of one that is there fresh again.
// One that another version made is made anew.
func (r *reporting) seed(ctx context.Context, f Fleet) error {
	data := r.data(f)
	if _, err := os.Stat(data); err == nil {
		err := renew(ctx, data)
		if err == nil {
			return nil
		}
		r.say("\n(%s is made anew: %v)\n", filepath.Base(data), err)
		for _, end := range []string{"", "-wal", "-shm", ".lock", ".people.json"} {
			if err := os.Remove(data + end); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	began := time.Now()
	if err := Seed(ctx, f, data, peopleFile(data), io.Discard); err != nil {
		return err
	}
	st, err := os.Stat(data)
	if err != nil {
		return err
	}
	r.say("\n`bench seed --assets %d --providers %d --customers %d`: %.1f s, %d MB.\n", f.Assets, f.Providers, f.Customers, time.Since(began).Seconds(), st.Size()>>20)
	return nil
}

func renew(ctx context.Context, data string) error {
	db, err := store.Open(ctx, store.Options{Path: data})
	if err != nil {
		return err
	}
	return errors.Join(db.System("benchmark", store.Origin{Source: "bench"}).BulkRenew(ctx), db.Close())
}

// shown is a page that people look at.
type shown struct{ name, as, path string }

var pages = []shown{
	{"a customer's list of assets", "small", "{base}/assets"},
	{"an asset's page", "small", "{base}/assets/{asset}"},
	{"a portal's home", "small", "{base}"},
	{"the big customer's list", "big", "{base}/assets"},
	{"the big customer's list by hours, not indexed", "big", "{base}/assets?sort=-hours"},
	{"a provider's list of assets", "staff", "{base}/assets"},
	{"an asset's page at the provider", "staff", "{base}/assets/{asset}"},
}

// growth measures each page at each size.
func (r *reporting) growth(ctx context.Context) error {
	r.say("\n## Pages, by how many assets there are\n\nCPU µs of the server a request, then the median time in ms; 8 connections, compressed, 200 people in turn.\n\n| page |")
	for _, f := range r.sizes {
		r.say(" %s assets |", thousands(f.Assets))
	}
	r.say("\n| --- |%s\n", strings.Repeat(" --- |", len(r.sizes)))
	cells := make([][]Leg, len(pages))
	for _, f := range r.sizes {
		err := r.served(ctx, f, func(s *server, people People) error {
			for i, p := range pages {
				leg, err := r.measure(ctx, s, people, p, 8, true)
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				cells[i] = append(cells[i], leg)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for i, p := range pages {
		r.say("| %s |", p.name)
		for _, leg := range cells[i] {
			r.say(" %.0f · %.2f |", leg.CPU, leg.P50)
		}
		r.say("\n")
	}
	return nil
}

// served runs the product over a data file while fn measures it.
func (r *reporting) served(ctx context.Context, f Fleet, fn func(*server, People) error) error {
	people, err := LoadPeople(peopleFile(r.data(f)))
	if err != nil {
		return err
	}
	s, _, err := product(ctx, r.data(f))
	if err != nil {
		return err
	}
	return errors.Join(fn(s, people), s.stop())
}

// measure is the median of some rounds, after one to warm up.
func (r *reporting) measure(ctx context.Context, s *server, people People, p shown, conns int, zip bool) (Leg, error) {
	l := Load{URL: s.URL, Path: p.path, People: people.Of(p.as), Conns: conns, For: r.leg / 3, PID: s.PID, Zip: zip}
	if _, err := l.Run(ctx); err != nil {
		return Leg{}, err
	}
	l.For = r.leg
	var legs []Leg
	for range r.rounds {
		leg, err := l.Run(ctx)
		if err != nil {
			return Leg{}, err
		}
		legs = append(legs, leg)
	}
	return median(legs), nil
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
