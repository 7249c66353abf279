package e2e

import (
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// What a customer's open portal session loses is gone on its very next click:
// an asset from list, search, page, export, map and marks; a view with all its
// addresses; then the portal.
func TestStory_takenAwayOnTheNextClick(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	fleetOf(t, s)
	of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Brightwater Civil"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{1, 2}, Customer: of, From: s.Now().Add(-240 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	portal, _ := storetest.Portal(t, a.DB, s, of, "first@brightwater.test")
	a.SetPassword(storetest.Everything(t, a.DB, s, portal.ID, "ana@brightwater.test").Me().ID)
	at := "/portal/" + portal.Slug

	admin := in(t, a, browsertest.How{}, "/admin/nordlift", "admin@nordlift.test")
	ana := in(t, a, browsertest.How{Phone: true}, at, "ana@brightwater.test").Go(at+"/assets").Sees("EX-1041", "EX-1042")
	second := browsertest.Open(t, a.URL, browsertest.How{}).Go(at+"/sign-in").Fill("email", "ana@brightwater.test").Fill("password", apptest.Password).Click("Sign in").SeesNot("Forgotten")
	second.Go(at+"/map").Sees("2 on the map", "EX-1041")
	everywhere := map[string]string{"list": "/assets", "search": "/assets?q=EX-1041", "export": "/assets/export?format=csv", "map": "/map", "marks": "/map.json?bbox=53.4,9.8,53.6,10.0&zoom=12", "activity": "/activity", "home": ""}
	for what, path := range everywhere {
		if status, body := ana.Fetch(at + path); status != 200 || what != "home" && !strings.Contains(body, "EX-1041") {
			t.Errorf("before anything is taken away, %s answers %d without the asset", what, status)
		}
	}

	admin.Go("/admin/nordlift/assets/return?id=1").Click("Take back").Sees("1 asset is back with you.")
	ana.Click("EX-1041").Sees("no such asset").Shot("taken-asset")
	second.Click("Activity").SeesNot("EX-1041")
	for what, path := range everywhere {
		status, body := ana.Fetch(at + path)
		if status != 200 || strings.Contains(strings.ReplaceAll(body, "q=EX-1041", ""), ">EX-1041<") || what == "export" && strings.Contains(body, "EX-1041") || what == "marks" && strings.Contains(body, "EX-1041") {
			t.Errorf("the asset is taken back, and %s answers %d with it", what, status)
		}
	}
	for _, path := range []string{"/assets/1", "/assets/1/map.json"} {
		if status, body := ana.Fetch(at + path); status != 404 || strings.Contains(body, "EX-1041") {
			t.Errorf("%s of the asset that was taken back answers %d", path, status)
		}
	}

	second.Go(at + "/assets").Sees("EX-1042")
	ana.Go(at + "/assets").Sees("EX-1042")
	admin.Go("/admin/nordlift/customers/1/portal/setup").Sees("Name of the portal").Click("Map and position").Click("Save Portal Setup").Sees("No longer shared: Map and position.")
	second.Click("Map").Sees("There is nothing at this address").Shot("taken-map")
	second.Go(at + "/assets").SeesNot("Map")
	for path, want := range map[string]int{"/map": 404, "/map.json": 404, "/assets/2/map.json": 404, "/assets": 200} {
		if status, _ := ana.Fetch(at + path); status != want {
			t.Errorf("the map is not shared any more, and %s answers %d, want %d", path, status, want)
		}
	}

	admin.Go("/admin/nordlift/customers/1/portal/suspend").Sees("Disable portal access?").Click("Disable portal access").Sees("Everybody was signed out")
	ana.Click("EX-1042").SeesNot("EX-1042").Shot("taken-portal")
	second.Click("Home").SeesNot("EX-1042", "Welcome")
	for _, path := range []string{"", "/assets", "/assets?q=EX-1042", "/assets/2", "/assets/export?format=csv", "/activity", "/profile"} {
		if status, body := ana.Fetch(at + path); status == 200 || strings.Contains(body, "EX-1042") {
			t.Errorf("the portal is off, and %s answers %d", path, status)
		}
	}
}
