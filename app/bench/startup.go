package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// Startup is how the program starts and what it needs while nobody asks.
type Startup struct {
	First    float64 `json:"first_ms"` // from the fork to the first answer; the median
	Quickest float64 `json:"quickest_ms"`
	Slowest  float64 `json:"slowest_ms"`
	RSS      float64 `json:"idle_rss_mb"`
	Anon     float64 `json:"idle_anon_mb"`
}

const starts = 9

// MeasureStart starts the product over a data file some times.
func MeasureStart(ctx context.Context, data string) (u Startup, err error) {
	var took []float64
	for i := range starts {
		s, t, err := product(ctx, data)
		if err != nil {
			return u, err
		}
		took = append(took, float64(t.Microseconds())/1000)
		if i == starts-1 {
			time.Sleep(2 * time.Second) // what only the start needed is given back
			u.RSS, u.Anon = float64(memory(s.PID, "VmRSS"))/(1<<20), float64(memory(s.PID, "RssAnon"))/(1<<20)
		}
		if err := s.stop(); err != nil {
			return u, err
		}
	}
	u.First, u.Quickest, u.Slowest = middle(took), slices.Min(took), slices.Max(took)
	return u, nil
}

// startTool is "bench start".
func startTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("start", out)
	data := f.String("data", "bench.db", "data file to start with")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.Parse(args); err != nil {
		return err
	}
	u, err := MeasureStart(ctx, *data)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(u)
	}
	_, err = fmt.Fprintf(out, "first answer after %.1f ms (%.1f to %.1f of %d starts); idle RSS %.1f MB, of which its own %.1f MB\n", u.First, u.Quickest, u.Slowest, starts, u.RSS, u.Anon)
	return err
}

// programSize is the size of this very program, in MB.
func programSize() (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	st, err := os.Stat(self)
	if err != nil {
		return 0, err
	}
	return float64(st.Size()) / 1e6, nil
}

// sizeTool is "bench size".
func sizeTool(_ context.Context, args []string, out io.Writer) error {
	if err := newFlags("size", out).Parse(args); err != nil {
		return err
	}
	mb, err := programSize()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%.1f MB\n", mb)
	return err
}
