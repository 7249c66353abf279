// Package app assembles the appliance: it opens the data file, wires the
// doors, starts the engines, serves and stops. What a page shows or a letter
// says is decided elsewhere.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/admin"
	"gatehouse/app/desk"
	"gatehouse/app/feeder"
	"gatehouse/app/mailer"
	"gatehouse/app/operator"
	"gatehouse/app/portal"
	"gatehouse/app/public"
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
	Mailer *mailer.Mailer
	Router *mux.Router // for the test that walks every route

	console *operator.Console
	local   string      // where it listens, until there is a base URL
	ready   atomic.Bool // the first set-up is done
	started time.Time
	stop    context.CancelFunc
	halt    context.CancelFunc // ends the engines
	work    sync.WaitGroup
	shut    func() // closes everything, the data file included
}

// New wires the appliance over an open data file.
func New(ctx context.Context, db *store.DB, log *slog.Logger) (*App, error) {
	ctx, stop := context.WithCancel(ctx)
	a := &App{Site: &web.Site{DB: db, Log: log}, Desk: desk.New(ctx, db, log), Mailer: &mailer.Mailer{DB: db, Log: log}, Router: mux.NewRouter(), started: db.Now(), stop: stop, halt: func() {}}
	a.console = operator.New(a.Site, a.Desk)
	a.console.Versions, a.console.Started = Versions, a.started
	if err := a.Site.LoadBase(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("read base URL: %w", err)
	}
	start := db.System("start", store.Origin{})
	if err := errors.Join(start.SettleImports(ctx), start.SettleFeeds(ctx)); err != nil {
		stop()
		return nil, fmt.Errorf("settle what was interrupted: %w", err)
	}
	a.Desk.AskFeeds = (&feeder.Feeder{DB: db, Desk: a.Desk, Log: log}).Due
	a.routes()
	return a, nil
}

// Close ends the engines and background work and waits for them.
func (a *App) Close() { a.halt(); a.stop(); a.work.Wait(); a.Desk.Wait() }

// Handler is the whole appliance as one handler.
func (a *App) Handler() http.Handler { return a.Site.Stack(a.gate(a.Router)) }

func (a *App) routes() {
	r := a.Router
	r.PathPrefix("/static/").Handler(assets.Handler()).Methods("GET", "HEAD").Name("static")
	r.Handle("/theme/{primary:[0-9a-f]{6}}-{menu:[0-9a-f]{6}}-{notify:[0-9a-f]{6}}-{sum:[0-9a-f]{8}}.css", a.Site.Handle(a.door(), web.ServeTheme)).Methods("GET", "HEAD").Name("theme")
	r.Handle("/", a.Site.Handle(a.door(), a.front)).Methods("GET", "HEAD").Name("front")
	a.healthRoutes()
	a.console.Routes(r)
	admin.New(a.Site, a.Desk).Routes(r)
	portal.New(a.Site, a.Desk).Routes(r)
	public.New(a.Site, a.Desk).Routes(r)
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
