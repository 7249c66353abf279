// Package public is the door for people who have a link and no account: the
// progress of one job, and the way out of letters. It shows what its link
// stands for, and nothing leads on from there.
package public

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Public is the door.
type Public struct {
	site *web.Site
	desk *desk.Desk
}

// New returns the door over a site and its desk.
func New(site *web.Site, d *desk.Desk) *Public { return &Public{site: site, desk: d} }

// Routes adds the door's addresses to the appliance's.
func (p *Public) Routes(r *mux.Router) {
	r.Handle("/track/{token}", p.public(p.track)).Methods("GET", "HEAD").Name("track")
	r.Handle("/track/{token}/files/{file}", p.public(p.trackFile)).Methods("GET", "HEAD").Name("track.file")
	r.Handle("/track/{token}/marks.json", p.public(p.trackMarks)).Methods("GET", "HEAD").Name("track.marks")
	r.Handle("/notices/{token}", p.public(p.askQuit)).Methods("GET", "HEAD").Name("notices.quit.ask")
	r.Handle("/notices/{token}", p.public(p.quit)).Methods("POST").Name("notices.quit")
}

// public answers anybody. Nothing here may be found by a search engine.
func (p *Public) public(f web.Handler) http.Handler {
	door := web.Door{View: func(r *http.Request) *ui.View { return p.site.View(nil, r) }}
	return p.site.Handle(door, func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		w.Header().Set("Referrer-Policy", "no-referrer") // the address is the key
		return f(w, r)
	})
}

func (p *Public) tracked(r *http.Request) (store.Tracked, error) {
	return p.desk.Tracked(r.Context(), mux.Vars(r)["token"], p.site.Origin(r))
}

func (p *Public) track(w http.ResponseWriter, r *http.Request) error {
	t, err := p.tracked(r)
	if err != nil {
		return err
	}
	v := p.site.View(nil, r)
	v.Lang, v.Format = t.Home.Language, web.Format(t.Home.Formats)
	v.Brand = ui.Brand{Name: t.ProviderName, CSS: web.ThemePath(t.Theme)}
	v.Base = r.URL.Path
	return web.Page(w, r, http.StatusOK, trackPage(v, t, "/track/"+mux.Vars(r)["token"]))
}

func (p *Public) trackFile(w http.ResponseWriter, r *http.Request) error {
	file, err := web.ID[store.JobFileID](r, "file")
	if err != nil {
		return store.NoLink
	}
	f, err := p.desk.TrackedFile(r.Context(), mux.Vars(r)["token"], file, r.URL.Query().Get("thumb") != "", p.site.Origin(r))
	if err != nil {
		return err
	}
	return web.File(w, r, f)
}

func (p *Public) askQuit(w http.ResponseWriter, r *http.Request) error {
	q, err := p.desk.Quit(r.Context(), mux.Vars(r)["token"], p.site.Origin(r))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, quitPage(p.quitView(r, q), q, r.URL.Path))
}

// quit ends letters of a kind. Programs send it for their reader (RFC 8058).
func (p *Public) quit(w http.ResponseWriter, r *http.Request) error {
	if err := web.Form(r); err != nil {
		return err
	}
	q, err := p.desk.QuitNotices(r.Context(), mux.Vars(r)["token"], p.site.Origin(r))
	if err != nil {
		return err
	}
	q.Done = true
	return web.Page(w, r, http.StatusOK, quitPage(p.quitView(r, q), q, r.URL.Path))
}

func (p *Public) quitView(r *http.Request, q store.Quit) *ui.View {
	v := p.site.View(nil, r)
	v.Lang, v.Brand, v.Base = q.Language, ui.Brand{Name: q.ProviderName}, r.URL.Path
	return v
}
