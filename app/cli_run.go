package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"gatehouse/migrations"
	"gatehouse/store/fault"
)

func serveCommand(ctx context.Context, c *call) error { return Run(ctx, c.Config, c.Out) }

// benchCommand is met when bench is not the first word.
func benchCommand(context.Context, *call) error {
	return usagef("write bench first: gatehouse bench TOOL; its tools have flags of their own")
}

// errandCommand is a command that the server does which has the data file, or
// this program where none runs. names are what its arguments are called.
func errandCommand(do string, names ...string) func(context.Context, *call) error {
	return func(ctx context.Context, c *call) error {
		e := errand{Do: do, Args: map[string]string{}}
		for i, name := range names {
			e.Args[name] = c.args[i]
		}
		for _, name := range []string{"name", "at"} {
			if c.flags.Lookup(name) != nil {
				e.Args[name] = c.flag(name)
			}
		}
		lines, err := c.errand(ctx, e)
		for _, l := range lines {
			_, _ = fmt.Fprintln(c.Out, l)
		}
		return err
	}
}

// errand has an errand done, by whoever can.
func (c *call) errand(ctx context.Context, e errand) ([]string, error) {
	out, ran, err := send(ctx, c.Data, e)
	if err != nil {
		return nil, err
	}
	c.served = ran
	if ran && out.Error != "" {
		return out.Lines, errors.New(out.Error)
	}
	if ran {
		return out.Lines, nil
	}
	if _, err := os.Stat(c.Data); errors.Is(err, fs.ErrNotExist) && e.Do != "admin create" && e.Do != "setup-link" {
		return nil, fmt.Errorf("there is no data file %s; name it with --data, or start gatehouse to make it", c.Data)
	}
	quiet := c.Config
	quiet.Log, quiet.SetUp = "text:error", Unattended{}
	a, err := open(ctx, quiet, c.Err)
	if err != nil {
		if fault.Of(err) == fault.Conflict {
			return nil, fmt.Errorf("%w, or wait until it has started: this command then goes to it", err)
		}
		return nil, err
	}
	defer a.shut()
	return a.do(ctx, e)
}

func doctorCommand(ctx context.Context, c *call) error {
	lines, err := c.errand(ctx, errand{Do: "doctor"})
	if err != nil {
		return err
	}
	server := well + "no server is running on this file"
	if c.served {
		server = well + "a server is running on this file"
	}
	bad := false
	for _, l := range append([]string{server}, lines...) {
		_, _ = fmt.Fprintln(c.Out, l)
		bad = bad || strings.HasPrefix(l, ill)
	}
	if bad {
		return errQuiet
	}
	return nil
}

// healthcheckCommand asks the server at --listen whether it is ready.
func healthcheckCommand(ctx context.Context, c *call) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, localURL(c.Listen)+"/readyz", nil)
	if err != nil {
		return err
	}
	t := &http.Transport{Proxy: nil, DisableKeepAlives: true}
	res, err := (&http.Client{Transport: t}).Do(req)
	if err != nil {
		return fmt.Errorf("nobody answers at %s: %w", localURL(c.Listen), err)
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(io.LimitReader(res.Body, 200))
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s", strings.TrimSpace(string(b)))
	}
	_, err = fmt.Fprint(c.Out, string(b))
	return err
}

// configCommand shows every option and where it came from.
func configCommand(_ context.Context, c *call) error {
	for _, v := range c.values {
		text := v.text
		switch {
		case text == "":
			text = "-"
		case v.secret:
			text = "********"
		}
		if _, err := fmt.Fprintf(c.Out, "%-18s %-40s %s\n", v.name, text, v.from); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(c.Out, "\nAll else is kept in the data file and changed in the operator's console.")
	return err
}

func versionCommand(_ context.Context, c *call) error {
	for _, l := range Versions() {
		_, _ = fmt.Fprintf(c.Out, "%-44s %s\n", l[0], l[1])
	}
	return nil
}

// Versions names the program, the schema it writes, and what it is made of.
func Versions() (out [][2]string) {
	out = append(out, [2]string{"schema", newestStep()})
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return append([][2]string{{"gatehouse", "unknown"}}, out...)
	}
	version, vcs := b.Main.Version, map[string]string{}
	for _, s := range b.Settings {
		vcs[s.Key] = s.Value
	}
	if r := vcs["vcs.revision"]; r != "" {
		version += " (" + r[:min(len(r), 12)] + " of " + vcs["vcs.time"]
		if vcs["vcs.modified"] == "true" {
			version += ", changed since"
		}
		version += ")"
	}
	out = append([][2]string{{"gatehouse", version}, {"go", b.GoVersion}}, out...)
	for _, d := range b.Deps {
		out = append(out, [2]string{d.Path, d.Version})
	}
	return out
}

// newestStep is the number of the newest schema step that is carried.
func newestStep() string {
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil || len(files) == 0 {
		return "none"
	}
	name, _, _ := strings.Cut(slices.Max(files), "_")
	return strings.TrimLeft(name, "0")
}
