package app_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"gatehouse/app/apptest"
	"gatehouse/store/storetest"
)

// A route's policy says who may come, in testdata/routes.txt: its name, its
// methods and one word:
//
//	open     strangers get a page of their own (sign-in, one-time links, files)
//	staff    any staff of the provider in the address
//	admin    only staff whose role is granted it: a technician is refused
//	client   any member of the portal in the address
//	feature  members of portals that share the feature; to others it is not there
//	manager  only a portal admin, while the provider lets it manage colleagues; to
//	         others it is not there
//	operator whoever runs the appliance
//
// A route without a line fails the build; so does a line without a route.
func policies(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) == 2 {
			out[f[0]] = f[1]
		}
	}
	return out
}

type route struct {
	name, method, path string
}

var place = regexp.MustCompile(`\{(\w+)(:[^}]*)?\}`)

// routes lists every route of the appliance, one for each method.
func routes(t *testing.T, r *mux.Router) []route {
	t.Helper()
	var out []route
	err := r.Walk(func(r *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		if r.GetHandler() == nil {
			return nil
		}
		path, err := r.GetPathTemplate()
		if err != nil {
			return err
		}
		methods, err := r.GetMethods()
		if err != nil || r.GetName() == "" {
			t.Errorf("%s has no methods or no name", path)
			return nil
		}
		for _, m := range methods {
			out = append(out, route{r.GetName(), m, path})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// at fills a route's places: provider and portal as given, anything else with
// something that does not exist.
func (r route) at(provider, portal string) string {
	return place.ReplaceAllStringFunc(r.path, func(p string) string {
		switch place.FindStringSubmatch(p)[1] {
		case "provider":
			return provider
		case "portal":
			return portal
		}
		return "999999"
	})
}

func TestRoutes_everyOneHasAPolicy(t *testing.T) {
	a := apptest.New(t)
	have, seen := policies(t), map[string]bool{}
	for _, r := range routes(t, a.Router) {
		if have[r.name] == "" && !seen[r.name] {
			t.Errorf("%s (%s) has no line in testdata/routes.txt", r.name, r.path)
		}
		seen[r.name] = true
	}
	for name := range have {
		if !seen[name] {
			t.Errorf("testdata/routes.txt names %s, which is no route", name)
		}
	}
}

// TestRoutes_refuseWhoMayNotCome calls every route as a stranger, as staff of
// another provider, as a role without the right, and with ids that do not
// exist. Nothing answers 500, and nothing of the provider is in any answer.
func TestRoutes_refuseWhoMayNotCome(t *testing.T) {
	a := apptest.New(t)
	policy := policies(t)
	home := a.Provider("nordlift")
	a.Provider("swift")
	canary := "canary-4711"
	if err := home.SetOwnSettings(t.Context(), map[string]string{"public.support.name": canary}); err != nil {
		t.Fatal(err)
	}
	tech := storetest.Staff(t, a.DB, home.Home().ID, "nordlift", "tech@nordlift.test", "technician")
	a.SetPassword(tech.Me().ID)
	who := map[string]*apptest.Browser{
		"stranger": a.Browser(),
		"other":    a.Browser().SignIn("/admin/swift", "admin@swift.test"),
		"tech":     a.Browser().SignIn("/admin/nordlift", "tech@nordlift.test"),
		"admin":    a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test"),
	}
	names := []string{"stranger", "other", "tech", "admin"}
	for _, r := range routes(t, a.Router) {
		for _, name := range names {
			if r.name == "admin.sign-out" {
				continue
			}
			status, body := call(t, a, who[name], r)
			verdict(t, r, name, policy[r.name], status)
			if name != "admin" && name != "tech" && strings.Contains(body, canary) {
				t.Errorf("%s %s gave %s something of nordlift", r.method, r.path, name)
			}
		}
	}
}

func call(t *testing.T, a *apptest.Appliance, b *apptest.Browser, r route) (int, string) {
	t.Helper()
	var body *strings.Reader = strings.NewReader("")
	if r.method == "POST" {
		body = strings.NewReader(url.Values{"id": {"999999"}, "customer": {"999999"}}.Encode())
	}
	req, err := http.NewRequestWithContext(t.Context(), r.method, a.URL+r.at("nordlift", "acme"), body)
	if err != nil {
		t.Fatal(err)
	}
	if r.method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	p := b.DoOnce(req).Page
	return p.Status, p.Body
}

// verdict says whether status is what the policy promises to somebody.
func verdict(t *testing.T, r route, name, policy string, status int) {
	t.Helper()
	refused := []int{http.StatusSeeOther, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}
	switch {
	case status >= 500 && policy != "open":
		t.Errorf("%s %s answers %s with %d", r.method, r.path, name, status)
	case policy != "open" && (name == "stranger" || name == "other") && !slices.Contains(refused, status):
		t.Errorf("%s %s answers %s with %d", r.method, r.path, name, status)
	case policy == "admin" && name == "tech" && r.method == "POST" && status != http.StatusForbidden && status != http.StatusNotFound:
		t.Errorf("%s %s answers a technician with %d, want 403", r.method, r.path, status)
	case name == "admin" && strings.HasPrefix(r.name, "admin.") && strings.Contains(strings.TrimPrefix(r.path, "/admin/{provider}"), "{") && policy != "open" && status < 400:
		t.Errorf("%s %s answers an id that does not exist with %d", r.method, r.path, status)
	}
}

func TestRoutes_noneTwice(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range routes(t, apptest.New(t).Router) {
		if at := r.method + " " + r.path; seen[at] {
			t.Errorf("%s is routed twice", at)
		} else {
			seen[at] = true
		}
	}
}
