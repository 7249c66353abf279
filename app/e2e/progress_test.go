package e2e

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	g "maragu.dev/gomponents"

	"gatehouse/app/browsertest"
	"gatehouse/app/web/ui"
	"gatehouse/assets"
)

// A job may have counted all its rows and still be at it; and it may end
// between two looks, so that the next page knows of no progress at all.
func TestProgress_isFollowedByTheOutcome(t *testing.T) {
	var looks atomic.Int64
	mux := http.NewServeMux()
	mux.Handle("/static/", assets.Handler())
	mux.HandleFunc("/job", func(w http.ResponseWriter, _ *http.Request) {
		v, body := &ui.View{Path: "/job"}, g.Node(ui.Notice("ok", "All of it is done"))
		if n := looks.Add(1); n <= 3 {
			body = ui.Progress(v, min(int(n)+1, 3), 3, "Applying")
		}
		_ = ui.Page(v, "Job", body).Render(w)
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	browsertest.Open(t, srv.URL, browsertest.How{}).Go("/job").Sees("2 of 3").Sees("3 of 3").Sees("All of it is done").SeesNot("Applying")
}
