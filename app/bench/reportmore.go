package bench

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"time"

	"gatehouse/store"
)

// beside measures the list of assets in turn with the servers to compare with.
func (r *reporting) beside(ctx context.Context) error {
	if !compares {
		r.say("\n(The server to compare with is left out: it is in a program built with `go build -tags compare`.)\n")
		return nil
	}
	f := r.sizes[len(r.sizes)-1]
	people, err := LoadPeople(peopleFile(r.data(f)))
	if err != nil {
		return err
	}
	list := shown{as: "small", path: "{base}/assets"}
	return r.served(ctx, f, func(s *server, _ People) error {
		leg, err := r.measure(ctx, s, people, list, 1, false)
		if err != nil {
			return err
		}
		kinds := []rival{{"the product", s, false, nil}, {"the product, compressed", s, true, nil}}
		for _, kind := range []string{"naive", "floor"} {
			other, _, err := start(ctx, "bench", "serve", "--kind", kind, "--data", r.data(f), "--bytes", fmt.Sprint(leg.Bytes))
			if err != nil {
				return err
			}
			defer func() { _ = other.stop() }()
			kinds = append(kinds, rival{kind, other, false, nil})
		}
		return r.rivals(ctx, kinds, people.Of(list.as), list.path, f)
	})
}

// rival is a server that is measured in turn with others.
type rival struct {
	name string
	*server
	zip  bool
	legs []Leg // of the running number of connections, one a round
}

func (r *reporting) rivals(ctx context.Context, kinds []rival, people People, path string, f Fleet) error {
	r.say("\n## The list of assets, %s assets, beside others\n\n", thousands(f.Assets))
	r.say("`naive` is the same page over the same file in the obvious way: database/sql, count(*), html/template. `floor` sends constant bytes.\n\n")
	r.say("| server | c | req/s | p50 ms | p99 ms | CPU µs | own memory MB | bytes |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, conns := range []int{1, 8, 64} {
		for i := range kinds {
			kinds[i].legs = nil
		}
		for round := range r.rounds + 1 {
			for i := range kinds {
				k := &kinds[i]
				leg, err := Load{URL: k.URL, Path: path, People: people, Conns: conns, For: r.leg, PID: k.PID, Zip: k.zip}.Run(ctx)
				if err != nil {
					return fmt.Errorf("%s: %w", k.name, err)
				}
				if round > 0 { // the first warms up
					k.legs = append(k.legs, leg)
				}
			}
		}
		for _, k := range kinds {
			m := median(k.legs)
			r.say("| %s | %d | %.0f | %.2f | %.2f | %.0f | %.1f | %d |\n", k.name, conns, m.PerSec, m.P50, m.P99, m.CPU, m.Anon, m.Bytes)
		}
		r.say("| *naive ÷ product* | %d | | | | **%.1f** | | |\n", conns, ratio(kinds[2].legs, kinds[0].legs))
	}
	return nil
}

// ratio is the median of what a takes of CPU for each of b's, round by round.
func ratio(a, b []Leg) float64 {
	var all []float64
	for i := range a {
		if b[i].CPU > 0 {
			all = append(all, a[i].CPU/b[i].CPU)
		}
	}
	return middle(all)
}

// pages compares the first page of a long list with one far behind.
func (r *reporting) pages(ctx context.Context) error {
	f := r.sizes[len(r.sizes)-1]
	return r.served(ctx, f, func(s *server, people People) error {
		big := people.Of("big")[:1]
		at, n, err := turn(ctx, s, big[0], 200)
		if err != nil {
			return err
		}
		first, err := r.measure(ctx, s, big, shown{as: "big", path: "{base}/assets"}, 1, false)
		if err != nil {
			return err
		}
		deep, err := r.measure(ctx, s, big, shown{as: "big", path: at}, 1, false)
		if err != nil {
			return err
		}
		r.say("\nThe big customer's list, one connection: page 1 %.0f µs CPU, page %d %.0f µs.\n", first.CPU, n, deep.CPU)
		return nil
	})
}

var nextPage = regexp.MustCompile(`href="([^"]*[?&;]after=[^"]*)"`)

// turn follows the links to the next page, so many times or to the last.
func turn(ctx context.Context, s *server, w Who, pages int) (at string, n int, err error) {
	at = w.Base + "/assets"
	for n = 1; n < pages; n++ {
		body, err := get(ctx, s.URL+at, w.Token)
		if err != nil {
			return "", 0, err
		}
		m := nextPage.FindStringSubmatch(body)
		if m == nil {
			return at, n, nil
		}
		at = html.UnescapeString(m[1])
	}
	return at, n, nil
}

func get(ctx context.Context, url, token string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	r.Header.Set("Cookie", "gatehouse="+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s answers %s", url, resp.Status))
	}
	return string(b), errors.Join(err, resp.Body.Close())
}

func (r *reporting) starts(ctx context.Context) error {
	r.say("\n## Start and rest\n\n| assets | first answer ms, of %d starts | idle RSS MB | of which its own |\n| --- | --- | --- | --- |\n", starts)
	for _, f := range r.sizes {
		u, err := MeasureStart(ctx, r.data(f))
		if err != nil {
			return err
		}
		r.say("| %s | %.1f (%.1f to %.1f) | %.1f | %.1f |\n", thousands(f.Assets), u.First, u.Quickest, u.Slowest, u.RSS, u.Anon)
	}
	mb, err := programSize()
	if err != nil {
		return err
	}
	r.say("\nThe program, as built: %.1f MB.\n", mb)
	return nil
}

func (r *reporting) writes(ctx context.Context) error {
	const rows, letters = 100_000, 3000
	most := 0.0
	for _, kind := range []string{store.ImportAssets, store.ImportJobs} {
		steps, peak, err := MeasureImport(ctx, r.dir, kind, rows)
		if err != nil {
			return err
		}
		r.say("\n## Import of %s rows of %s from CSV\n\n| step | s | rows/s | CPU µs a row |\n| --- | --- | --- | --- |\n", thousands(rows), kind)
		for _, s := range steps {
			r.say("| %s | %.1f | %.0f | %.0f |\n", s.Name, s.Sec, s.PerSec, s.CPU)
		}
		most = max(most, peak)
	}
	r.say("\nMemory of its own at most %.0f MB, the file in it.\n\n## Mail\n\n| each answer of the mail server after | letters/s |\n| --- | --- |\n", most)
	for _, delay := range []time.Duration{0, 5 * time.Millisecond} {
		n := letters
		if delay > 0 {
			n /= 5
		}
		rate, err := MeasureMail(ctx, r.dir, n, delay)
		if err != nil {
			return err
		}
		r.say("| %s | %.0f |\n", delay, rate)
	}
	return nil
}
