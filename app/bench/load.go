package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a load may be at most: it is for measuring, on this machine.
const (
	mostConns = 64
	longest   = time.Minute
)

// Load says what to ask for, as whom, and how hard.
type Load struct {
	URL    string // http, a loopback address
	Path   string // with {base} for the person's portal or provider, {asset} for an asset it sees
	People People
	Conns  int
	For    time.Duration
	PID    int  // the server's process, 0: unknown
	Zip    bool // ask for compressed bodies
}

// Leg is what came of one load.
type Leg struct {
	Conns    int     `json:"c"`
	Requests int     `json:"requests"`
	PerSec   float64 `json:"req_s"`
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	CPU      float64 `json:"cpu_us"`  // of the server, a request
	Anon     float64 `json:"anon_mb"` // its own memory, at most
	Bytes    int     `json:"bytes"`   // of a body
}

// Run puts the load on the server. One answer that is not a 200, or is much
// shorter than the first, fails the leg: a broken server is a fast one.
func (l Load) Run(ctx context.Context) (Leg, error) {
	if l.Conns < 1 || l.Conns > mostConns || l.For > longest {
		return Leg{}, fmt.Errorf("a load has 1 to %d connections and lasts at most %s", mostConns, longest)
	}
	host, requests, err := l.prepare()
	if err != nil {
		return Leg{}, err
	}
	ctx, stop := context.WithTimeout(ctx, l.For)
	defer stop()
	used := watch(l.PID)
	began := time.Now()
	workers := make([]worker, l.Conns)
	var all sync.WaitGroup
	for i := range workers {
		all.Go(func() { workers[i].run(ctx, host, requests, i*len(requests)/l.Conns) })
	}
	all.Wait()
	took := time.Since(began)
	return l.sum(workers, took, used())
}

// prepare writes every person's request down once, so that the client costs
// little beside the server.
func (l Load) prepare() (host string, requests [][]byte, err error) {
	u, err := url.Parse(l.URL)
	if err != nil {
		return "", nil, err
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme != "http" || ip == nil || !ip.IsLoopback() {
		return "", nil, fmt.Errorf("%s is not on this machine: give an address such as http://127.0.0.1:8080", l.URL)
	}
	if len(l.People) == 0 {
		return "", nil, errors.New("there is nobody to load as")
	}
	zip := ""
	if l.Zip {
		zip = "Accept-Encoding: gzip\r\n"
	}
	for _, w := range l.People {
		path := strings.NewReplacer("{base}", w.Base, "{asset}", strconv.FormatInt(w.Asset, 10)).Replace(l.Path)
		requests = append(requests, []byte("GET "+path+" HTTP/1.1\r\nHost: "+u.Host+"\r\nUser-Agent: gatehouse-bench\r\nAccept: text/html\r\n"+zip+"Cookie: gatehouse="+w.Token+"\r\n\r\n"))
	}
	return u.Host, requests, nil
}

func (l Load) sum(workers []worker, took time.Duration, m usage) (Leg, error) {
	var times []time.Duration
	leg := Leg{Conns: l.Conns}
	for i := range workers {
		if err := workers[i].err; err != nil {
			return leg, err
		}
		times = append(times, workers[i].times...)
		leg.Bytes = max(leg.Bytes, workers[i].first)
	}
	if len(times) == 0 {
		return leg, errors.New("not one answer in time")
	}
	slices.Sort(times)
	at := func(part float64) float64 {
		return float64(times[int(part*float64(len(times)-1))].Microseconds()) / 1000
	}
	leg.Requests, leg.PerSec = len(times), float64(len(times))/took.Seconds()
	leg.P50, leg.P99, leg.Anon = at(0.5), at(0.99), float64(m.anon)/(1<<20)
	leg.CPU = float64(m.cpu.Microseconds()) / float64(len(times))
	return leg, nil
}

// loadTool is "bench load".
func loadTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("load", out)
	var l Load
	f.StringVar(&l.URL, "url", "http://127.0.0.1:8080", "the server; only addresses of this machine")
	f.StringVar(&l.Path, "path", "{base}/assets", "what to ask for: {base} is the person's portal or provider, {asset} an asset it sees")
	tokens := f.String("tokens", "bench.db.people.json", "the people, as “bench seed” wrote them down")
	as := f.String("as", "small", "which people: small, big or staff")
	conns := f.String("c", "1,8,64", "how many connections, one leg after another")
	rounds := f.Int("rounds", 3, "how often; the median counts")
	asJSON := f.Bool("json", false, "print JSON")
	f.DurationVar(&l.For, "d", 3*time.Second, "how long a leg lasts")
	f.IntVar(&l.PID, "pid", 0, "the server's process, to read its CPU time and memory")
	f.BoolVar(&l.Zip, "gzip", true, "ask for compressed pages, as browsers do")
	if err := f.Parse(args); err != nil {
		return err
	}
	people, err := LoadPeople(*tokens)
	if err != nil {
		return err
	}
	l.People = people.Of(*as)
	legs, err := l.rounds(ctx, *conns, *rounds)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(legs)
	}
	printLegs(out, legs)
	return nil
}

// rounds runs the legs in turn, some rounds, and takes the median of each.
func (l Load) rounds(ctx context.Context, conns string, rounds int) (out []Leg, err error) {
	for word := range strings.SplitSeq(conns, ",") {
		if l.Conns, err = strconv.Atoi(strings.TrimSpace(word)); err != nil {
			return nil, fmt.Errorf("-c: %w", err)
		}
		var legs []Leg
		for range max(rounds, 1) {
			leg, err := l.Run(ctx)
			if err != nil {
				return nil, err
			}
			legs = append(legs, leg)
		}
		out = append(out, median(legs))
	}
	return out, nil
}

// median takes each figure's own median.
func median(legs []Leg) Leg {
	m := legs[0]
	for _, f := range []func(*Leg) *float64{
		func(l *Leg) *float64 { return &l.PerSec }, func(l *Leg) *float64 { return &l.P50 }, func(l *Leg) *float64 { return &l.P99 },
		func(l *Leg) *float64 { return &l.CPU }, func(l *Leg) *float64 { return &l.Anon }} {
		all := make([]float64, len(legs))
		for i := range legs {
			all[i] = *f(&legs[i])
		}
		*f(&m) = middle(all)
	}
	return m
}

func middle(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	if len(all) == 0 {
		return 0
	}
	return all[len(all)/2]
}

func printLegs(out io.Writer, legs []Leg) {
	fmt.Fprintf(out, "%4s %9s %8s %8s %9s %8s %8s   load %s\n", "c", "req/s", "p50 ms", "p99 ms", "CPU µs", "anon MB", "bytes", loadAverage())
	for _, l := range legs {
		fmt.Fprintf(out, "%4d %9.0f %8.2f %8.2f %9.0f %8.1f %8d\n", l.Conns, l.PerSec, l.P50, l.P99, l.CPU, l.Anon, l.Bytes)
	}
}

// loadAverage is how busy the machine is besides, as the kernel counts it.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(b), " ")
	return one
}
