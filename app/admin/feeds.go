package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) feedRoutes(r *mux.Router) {
	r.Handle("/feeds", a.staff(a.listFeeds)).Methods("GET", "HEAD").Name("admin.feeds")
	r.Handle("/feeds/new", a.staff(a.newFeed)).Methods("GET", "HEAD").Name("admin.feeds.new")
	r.Handle("/feeds/new", a.staff(a.addFeed)).Methods("POST").Name("admin.feeds.add")
	r.Handle("/feeds/{feed}", a.staff(a.showFeed)).Methods("GET", "HEAD").Name("admin.feed")
	r.Handle("/feeds/{feed}/edit", a.staff(a.editFeed)).Methods("GET", "HEAD").Name("admin.feed.edit")
	r.Handle("/feeds/{feed}/edit", a.staff(a.saveFeed)).Methods("POST").Name("admin.feed.save")
	r.Handle("/feeds/{feed}/pull", a.staff(a.pullFeed)).Methods("POST").Name("admin.feed.pull")
	r.Handle("/feeds/{feed}/remove", a.staff(a.askRemoveFeed)).Methods("GET", "HEAD").Name("admin.feed.remove.ask")
	r.Handle("/feeds/{feed}/remove", a.staff(a.removeFeed)).Methods("POST").Name("admin.feed.remove")
}

func (a *Admin) listFeeds(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	all, err := s.Feeds(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, feedsPage(a.view(w, r, s), s, all))
}

func (a *Admin) newFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.FeedAdd); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, feedFormPage(a.view(w, r, s), feedForm{Edit: store.FeedEdit{Auth: "basic", Every: 60, Enabled: true}}))
}

func (a *Admin) addFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	e := decodeFeed(r)
	n, err := s.AddFeed(r.Context(), e)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, feedFormPage(a.view(w, r, s), feedForm{Edit: e, Problem: err}))
	}
	if err != nil {
		return err
	}
	if e.Enabled {
		if err := a.desk.PullFeed(r.Context(), s, n); err != nil {
			return err
		}
	}
	return a.site.Done(w, r, base(r)+"/feeds/"+id(n), "Feed added.")
}

// theFeed reads the feed that the address names.
func (a *Admin) theFeed(r *http.Request, s store.Staff) (store.Feed, error) {
	n, err := web.ID[store.FeedID](r, "feed")
	if err != nil {
		return store.Feed{}, err
	}
	return s.Feed(r.Context(), n)
}

func (a *Admin) showFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	log, err := s.Pulls(r.Context(), f.ID, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, feedPage(a.view(w, r, s), feedView{Staff: s, Feed: f, Log: log, Query: r.URL.Query(), Now: s.Now()}))
}

func (a *Admin) editFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.FeedChange); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, feedFormPage(a.view(w, r, s), feedForm{Feed: &f, Edit: f.FeedEdit, Version: f.Version}))
}

func (a *Admin) saveFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	e, version := decodeFeed(r), web.Int[int64](r, "version")
	err = s.ChangeFeed(r.Context(), f.ID, version, e)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, feedFormPage(a.view(w, r, s), feedForm{Feed: &f, Edit: e, Version: f.Version, Problem: err}))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/feeds/"+id(f.ID), "Saved.")
}

func decodeFeed(r *http.Request) store.FeedEdit {
	return store.FeedEdit{Name: web.Str(r, "name"), URL: web.Str(r, "url"), Auth: web.Str(r, "auth"), Username: web.Str(r, "username"),
		Secret: r.PostForm.Get("secret"), Every: web.Int[int64](r, "every"), Enabled: web.Str(r, "enabled") != ""}
}

func (a *Admin) pullFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	err = a.desk.PullFeed(r.Context(), s, f.ID)
	if fault.Of(err) == fault.Conflict && err != nil {
		return a.site.Warn(w, r, base(r)+"/feeds/"+id(f.ID), fault.Says(err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/feeds/"+id(f.ID), "The feed is being asked. What comes of it shows below.")
}

func (a *Admin) askRemoveFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.FeedRemove); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, removeFeedPage(a.view(w, r, s), f))
}

func (a *Admin) removeFeed(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.theFeed(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveFeed(r.Context(), f.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/feeds", "Feed removed. What it brought stays.")
}
