// Package app assembles the appliance: it opens the data file, wires the
// doors, starts the engines, serves and stops. What a page shows or a letter
// says is decided elsewhere.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/admin"
	"gatehouse/app/desk"
	"gatehouse/app/portal"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/assets"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// App is the appliance without its listener: everything a request or an
// engine needs. Close it when nothing serves any more.
type App struct {
	Site   *web.Site
	Desk   *desk.Desk
	Router *mux.Router // for the test that walks every route
	stop   context.CancelFunc
}

// New wires the appliance over an open data file.
func New(ctx context.Context, db *store.DB, log *slog.Logger) (*App, error) {
	ctx, stop := context.WithCancel(ctx)
	a := &App{Site: &web.Site{DB: db, Log: log}, Desk: desk.New(ctx, db, log), Router: mux.NewRouter(), stop: stop}
	if err := a.Site.LoadBase(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("read base URL: %w", err)
	}
	if err := db.System("start", store.Origin{}).SettleImports(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("settle imports: %w", err)
	}
	a.routes()
	return a, nil
}

// Close ends the engines and background work and waits for them.
func (a *App) Close() { a.stop(); a.Desk.Wait() }

// Handler is the whole appliance as one handler.
func (a *App) Handler() http.Handler { return a.Site.Stack(a.Router) }

func (a *App) routes() {
	r := a.Router
	r.PathPrefix("/static/").Handler(assets.Handler()).Methods("GET", "HEAD").Name("static")
	r.Handle("/theme/{primary:[0-9a-f]{6}}-{menu:[0-9a-f]{6}}-{notify:[0-9a-f]{6}}-{sum:[0-9a-f]{8}}.css", a.Site.Handle(a.door(), web.ServeTheme)).Methods("GET", "HEAD").Name("theme")
	r.Handle("/", a.Site.Handle(a.door(), a.front)).Methods("GET", "HEAD").Name("front")
	admin.New(a.Site, a.Desk).Routes(r)
	portal.New(a.Site, a.Desk).Routes(r)
	r.NotFoundHandler = a.Site.Handle(a.door(), func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	})
}

// door is nobody's: pages outside any provider and portal.
func (a *App) door() web.Door {
	return web.Door{View: func(r *http.Request) *ui.View { return a.Site.View(nil, r) }}
}

// front leads to the one provider's sign-in, or says what this is.
func (a *App) front(w http.ResponseWriter, r *http.Request) error {
	all, err := a.Site.DB.System("front page", store.Origin{}).Providers(r.Context())
	if err != nil {
		return err
	}
	if len(all) == 1 {
		http.Redirect(w, r, "/admin/"+all[0].Slug, http.StatusSeeOther)
		return nil
	}
	v := a.Site.View(w, r)
	return web.Page(w, r, http.StatusOK, ui.Plain(v, "Gatehouse", ui.Empty("building", v.T("Customer portals live here"),
		v.T("Open the address that your provider gave you. It begins with %s.", a.Site.URL("/portal/")))))
}

// Run serves the data file at path on listen until ctx ends.
func Run(ctx context.Context, path, listen string, log *slog.Logger) error {
	db, err := store.Open(ctx, store.Options{Path: path})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	a, err := New(ctx, db, log)
	if err != nil {
		return err
	}
	defer a.Close()
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	return a.serve(ctx, l)
}

// serve answers on l until ctx ends, then lets running requests finish.
func (a *App) serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: a.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	a.Site.Log.Info("serving", "address", l.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	return srv.Shutdown(wait)
}
