package app

import (
	"context"
	"net/http"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// isReady reports whether the first set-up is done. Once it is, nobody asks
// the file again.
func (a *App) isReady(ctx context.Context) (bool, error) {
	if a.ready.Load() {
		return true, nil
	}
	ready, err := a.Site.DB.System("gate", store.Origin{}).Ready(ctx)
	if ready {
		a.ready.Store(true)
	}
	return ready, err
}

// gate lets nothing but the set-up through until it is done; whoever comes to
// any other address reads how to go on.
func (a *App) gate(next http.Handler) http.Handler {
	closed := a.Site.Handle(a.door(), a.notSetUp)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if strings.HasPrefix(path, "/setup/") || strings.HasPrefix(path, "/static/") || path == "/livez" || path == "/readyz" {
			next.ServeHTTP(w, r)
			return
		}
		if ready, err := a.isReady(r.Context()); err != nil || !ready {
			closed.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (a *App) notSetUp(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.isReady(r.Context()); err != nil {
		return err
	}
	v := a.Site.View(nil, r)
	v.Brand.Name = "Gatehouse"
	w.Header().Set("Retry-After", "60")
	return web.Page(w, r, http.StatusServiceUnavailable, ui.Plain(v, v.T("Not set up yet"),
		h.P(g.Text(v.T("This appliance is new. Whoever started it has a link for the first set-up: it is in the log, where the program was started."))),
		h.P(g.Text(v.T("The link works for 30 minutes. For a new one, run this where the appliance runs:"))),
		h.Pre(h.Code(g.Text("gatehouse setup-link")))))
}
