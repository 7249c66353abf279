package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// stopWithin is how long running requests may take to finish once the
// appliance is told to stop.
const stopWithin = 15 * time.Second

// Run serves the data file of c until ctx ends, and writes its log to out.
func Run(ctx context.Context, c Config, out io.Writer) error {
	a, err := open(ctx, c, out)
	if err != nil {
		return err
	}
	defer a.shut()
	return a.run(ctx, c, out)
}

// open opens the data file and wires the appliance over it, ready to serve or
// to do an errand.
func open(ctx context.Context, c Config, out io.Writer) (*App, error) {
	h, err := logHandler(out, c.Log)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Options{Path: c.Data})
	if err != nil {
		return nil, err
	}
	a, err := New(ctx, db, slog.New(h))
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	a.shut = func() { a.Close(); _ = db.Close() }
	a.Site.Trust, a.local, a.console.Fixed = c.Trust, localURL(c.Listen), c.fixed()
	if err := a.apply(ctx, c); err != nil {
		a.shut()
		return nil, err
	}
	return a, nil
}

// apply brings into the data file what the start of the program decides.
func (a *App) apply(ctx context.Context, c Config) error {
	values := map[string]string{}
	if c.SMTP != "" {
		m, err := mailSettings(c.SMTP)
		if err != nil {
			return err
		}
		values = m
	}
	if c.BaseURL != "" {
		values[store.SetBaseURL] = c.BaseURL
	}
	y := a.Site.DB.System("start", store.Origin{Source: "env"})
	if err := y.SetSettings(ctx, values); err != nil {
		return err
	}
	if err := a.unattended(ctx, c); err != nil {
		return err
	}
	return a.Site.LoadBase(ctx)
}

// unattended makes the first set-up where the environment says how.
func (a *App) unattended(ctx context.Context, c Config) error {
	u := c.SetUp
	if u == (Unattended{}) {
		return nil
	}
	f := desk.FirstSetUp{Name: u.AdminName, Email: u.AdminEmail, Password: u.AdminPassword, BaseURL: c.BaseURL, SameAdmin: true,
		Provider: store.NewProvider{Name: u.ProviderName, Slug: u.ProviderSlug, Starter: u.Starter}}
	if f.Name == "" {
		f.Name, _, _ = strings.Cut(u.AdminEmail, "@")
	}
	if f.Provider.Slug == "" && f.Provider.Name != "" {
		f.Provider.Slug = store.Slug(f.Provider.Name)
	}
	did, err := a.Desk.SetUpUnattended(ctx, f, store.Origin{Source: "env"})
	if did {
		a.Site.Log.Info("set up from the environment", "operator", u.AdminEmail, "base_url", c.BaseURL, "provider", f.Provider.Slug)
	}
	return envWords(err)
}

// envNames are the names under which the environment gives what the set-up
// calls otherwise.
var envNames = map[string]string{"email": "GATEHOUSE_ADMIN_EMAIL", "name": "GATEHOUSE_ADMIN_NAME", "password": "GATEHOUSE_ADMIN_PASSWORD",
	"base_url": "GATEHOUSE_BASE_URL", "provider_name": "GATEHOUSE_PROVIDER_NAME", "provider_slug": "GATEHOUSE_PROVIDER_SLUG", "provider_starter": "GATEHOUSE_PROVIDER_STARTER"}

func envWords(err error) error {
	fields := fault.Fields(err)
	if len(fields) == 0 {
		return err
	}
	var lines []string
	for name, says := range fields {
		if n := envNames[name]; n != "" {
			name = n
		}
		lines = append(lines, name+": "+says)
	}
	return fmt.Errorf("set-up from the environment: %s", strings.Join(sorted(lines), " "))
}

// run listens, greets, and serves until ctx ends.
func (a *App) run(ctx context.Context, c Config, out io.Writer) error {
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer func() { _ = l.Close() }()
	a.local = localURL(l.Addr().String())
	closeControl, err := a.control(ctx, c.Data)
	if err != nil {
		return err
	}
	defer closeControl()
	if w := fileWarning(c.Data); w != "" {
		a.Site.Log.Warn(w)
	}
	if err := a.greet(ctx, out, strings.HasPrefix(c.Log, "json")); err != nil {
		return err
	}
	a.supervise(ctx)
	if c.Serving != nil {
		c.Serving(a.local)
	}
	return a.serve(ctx, l)
}

// greet tells whoever started the program where to go on.
func (a *App) greet(ctx context.Context, out io.Writer, json bool) error {
	from := store.Origin{Source: "cli"}
	y := a.Site.DB.System("start", from)
	ready, err := y.Ready(ctx)
	if err != nil {
		return err
	}
	if ready {
		base, err := a.link(ctx, "")
		a.Site.Log.Info("ready", "open", base)
		return err
	}
	path, err := a.Desk.NewSetUpLink(ctx, from)
	if err != nil {
		return err
	}
	link, err := a.link(ctx, path)
	if err != nil {
		return err
	}
	if json {
		a.Site.Log.Info("not set up yet: open the link within 30 minutes, or run “gatehouse setup-link” for a new one", "link", link)
		return nil
	}
	_, err = fmt.Fprintf(out, "\n  Gatehouse is not set up yet. Open this link within 30 minutes:\n\n      %s\n%s\n  For a new link run: gatehouse setup-link\n\n", link, a.elsewhere(ctx, "  "))
	return err
}

// elsewhere helps whoever is not at the machine itself and has no base URL yet.
func (a *App) elsewhere(ctx context.Context, indent string) string {
	base, err := a.Desk.BaseURL(ctx)
	if err != nil || base != "" || !strings.Contains(a.local, "//127.0.0.1") {
		return ""
	}
	return "\n" + indent + "From another machine: put this machine's name in place of 127.0.0.1, and start\n" + indent + "with --listen :8080 unless a proxy leads here.\n"
}

// link is an address on the appliance: from the base URL, and before there is
// one from where it listens. Never from a request.
func (a *App) link(ctx context.Context, path string) (string, error) {
	base, err := a.Desk.BaseURL(ctx)
	if base == "" {
		base = a.local
	}
	return base + path, err
}

// localURL is where a listener is reached from the machine itself.
func localURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "http://" + listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// serve answers on l until ctx ends, then lets running requests finish.
func (a *App) serve(ctx context.Context, l net.Listener) error {
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	srv := &http.Server{Handler: a.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(a.Site.Log.Handler(), slog.LevelDebug), BaseContext: func(net.Listener) context.Context { return requests }}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	a.Site.Log.Info("serving", "address", l.Addr().String(), "pid", os.Getpid())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	a.Site.Log.Info("stopping")
	a.Site.Stop()
	wait, cancel := context.WithTimeout(requests, stopWithin)
	defer cancel()
	if err := srv.Shutdown(wait); err != nil {
		cut()
		_ = srv.Close()
		a.Site.Log.Warn("stopped before every request was finished", "waited", stopWithin)
	}
	return nil
}
