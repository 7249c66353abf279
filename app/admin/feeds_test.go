package admin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

func TestFeeds_addPullEditRemove(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u, p, _ := r.BasicAuth(); u != "nord" || p != "geheim-4711" {
			http.Error(w, "wrong login", http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `<Fleet><Equipment><EquipmentHeader><OEMName>Kramer</OEMName><EquipmentID>Lader 7</EquipmentID></EquipmentHeader>
			<CumulativeOperatingHours datetime="2026-11-19T10:00:00Z"><Hour>12</Hour></CumulativeOperatingHours></Equipment></Fleet>`)
	}))
	defer srv.Close()
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift/feeds").Sees("No feeds yet")
	form := url.Values{"name": {"Werk"}, "url": {"ftp://x"}, "auth": {"basic"}, "username": {""}, "secret": {""}, "every": {"60"}, "enabled": {"1"}}
	b.Post("/admin/nordlift/feeds/new", form).Is(http.StatusUnprocessableEntity).Sees("must begin with https://", "Give the user name.", "Give the password or token.")

	form.Set("url", srv.URL+"/Fleet/1")
	form.Set("username", "nord")
	form.Set("secret", "geheim-4711")
	b.Post("/admin/nordlift/feeds/new", form).Is(http.StatusOK).Sees("Feed added.")
	at := b.Page.URL.Path
	a.Desk.Wait()
	b.Get(at).Sees("inside a private network", "Fails").SeesNot("geheim")

	if err := a.DB.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetFeedPrivate: "yes"}); err != nil {
		t.Fatal(err)
	}
	b.Post(at+"/pull", nil).Is(http.StatusOK).Sees("The feed is being asked.")
	a.Desk.Wait()
	b.Get(at).Sees("Works", "Done").SeesNot("geheim")
	b.Get(at + "/edit").Is(http.StatusOK).SeesNot("geheim")

	edit := url.Values{"name": {"Werk"}, "url": {strings.Replace(srv.URL, "127.0.0.1", "localhost", 1) + "/Fleet/1"}, "auth": {"basic"}, "username": {"nord"}, "every": {"15"}, "enabled": {"1"}, "version": {"1"}}
	b.Post(at+"/edit", edit).Is(http.StatusUnprocessableEntity).Sees("The address leads to another server now.")
	edit.Set("url", srv.URL+"/Fleet/1")
	b.Post(at+"/edit", edit).Is(http.StatusOK).Sees("Saved.", "15 minutes")
	b.Post(at+"/edit", edit).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this feed meanwhile.")
	edit.Set("version", "2")
	edit.Del("enabled")
	b.Post(at+"/edit", edit).Is(http.StatusOK).Sees("Switched off")
	b.Post(at+"/pull", nil).Is(http.StatusOK).Sees("Switch it on first")

	b.Get(at + "/remove").Is(http.StatusOK).Sees("Remove this feed?")
	b.Post(at+"/remove", nil).Is(http.StatusOK).Sees("Feed removed.", "No feeds yet")
}
