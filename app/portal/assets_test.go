package portal_test

import (
	"net/url"
	"strconv"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// site is a provider with a customer whose portal has one member, and a second
// customer whose machine must never be seen there.
type site struct {
	*apptest.Appliance
	s           store.Staff
	b           *apptest.Browser
	acme, beta  store.CustomerID
	portal      store.PortalID
	base        string
	mine, other store.AssetID
}

func newSite(t *testing.T, shares ...store.Feature) *site {
	t.Helper()
	a := apptest.New(t)
	y := &site{Appliance: a, s: a.Provider("nordlift")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	y.acme, err = y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	must(err)
	y.beta, err = y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Beta"}})
	must(err)
	portal, client := storetest.Portal(t, a.DB, y.s, y.acme, "ana@acme.test")
	a.SetPassword(client.Me().ID)
	y.portal, y.base = portal.ID, "/portal/"+portal.Slug
	y.share(t, shares...)
	y.mine, y.other = y.asset(t, "Mine", y.acme, 50), y.asset(t, "Secret of Beta", y.beta, 60)
	y.b = a.Browser().SignIn(y.base, "ana@acme.test")
	return y
}

func (y *site) share(t *testing.T, shares ...store.Feature) {
	t.Helper()
	if err := y.s.SetFeatures(t.Context(), y.portal, append(shares, store.FeatureAssets)); err != nil {
		t.Fatal(err)
	}
}

// asset is a machine of a customer with readings of today and of last year.
func (y *site) asset(t *testing.T, name string, of store.CustomerID, lat float64) store.AssetID {
	t.Helper()
	now := y.Clock.Now()
	id, err := y.s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: name, Make: "Kramer", Model: "5085", Type: name + " type"}})
	if err == nil {
		_, err = y.s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{id}, Customer: of})
	}
	if err == nil {
		_, err = y.s.AddReadings(t.Context(), id, []store.Reading{{Kind: store.KindHours, At: now.AddDate(-1, 0, 0), Value: store.Some(1111)}, {Kind: store.KindHours, At: now.Add(-2 * time.Hour), Value: store.Some(4711)},
			{Kind: store.KindHours, At: now, Value: store.Some(4712)}, {Kind: store.KindPosition, At: now, Value: store.Some(lat), Value2: store.Some(8)}})
	}
	if err == nil {
		_, err = y.s.AddFaults(t.Context(), id, []store.FaultCode{{Code: "E42", Description: name + " overheats", At: now}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func num[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

func everything() (all []store.Feature) {
	for _, i := range store.Features {
		all = append(all, i.Feature)
	}
	return all
}

func TestPortal_seesItsOwnAndNothingElse(t *testing.T) {
	y := newSite(t, everything()...)
	for path, want := range map[string]string{"/assets": "Mine", "/assets/" + num(y.mine): "4,712.0 h", "/map": "Mine", "/map.json": `"label":"Mine"`, "/activity": "Mine overheats",
		"/assets/export?format=csv": "Mine", "/assets?q=kramer": "Mine", "": "Mine", "/assets/" + num(y.mine) + "/map.json": `"label":"Mine"`} {
		y.b.Get(y.base+path).Is(200).Sees(want).SeesNot("Secret of Beta", "Beta")
	}
	for _, path := range []string{"/assets/" + num(y.other), "/assets/" + num(y.other) + "/map.json", "/activity?asset=" + num(y.other)} {
		y.b.Get(y.base + path).Is(404).SeesNot("Secret")
	}
	y.b.Get(y.base + "/assets/" + num(y.mine)).SeesNot("1,111")
	y.b.Get(y.base + "/assets?q=secret").Sees("Nothing matches")
	y.b.Get(y.base + "/map.json").Sees(`"bounds":[50,8,50,8]`)
	y.b.Get(y.base + "/assets?customer=" + num(y.beta)).Sees("Mine").SeesNot("Secret")
}

func TestPortal_takenAwayIsGoneOnTheNextClick(t *testing.T) {
	y := newSite(t, everything()...)
	y.b.Get(y.base + "/assets/" + num(y.mine)).Is(200)
	if _, err := y.s.Unassign(t.Context(), []store.AssetID{y.mine}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	y.b.Get(y.base + "/assets/" + num(y.mine)).Is(404).SeesNot("Mine")
	y.b.Get(y.base + "/assets").Is(200).Sees("No assets at the moment").SeesNot("Mine")
	for _, path := range []string{"/assets?q=mine", "/map", "/map.json", "/activity", "/assets/export?format=csv", ""} {
		y.b.Get(y.base+path).Is(200).SeesNot("Mine<", "Mine overheats", `"Mine"`, ",Mine")
	}
}

func TestPortal_whatIsNotSharedIsNotThere(t *testing.T) {
	y := newSite(t, store.FeatureList)
	y.b.Get(y.base+"/assets").Is(200).Sees("Mine").SeesNot("4,712", "Export", `href="`+y.base+`/map"`)
	y.b.Get(y.base+"/assets/"+num(y.mine)).Is(200).Sees("Mine").SeesNot("4,712", "Position", "E42", "50.0")
	for _, path := range []string{"/map", "/map.json", "/activity", "/assets/export", "/assets/" + num(y.mine) + "/map.json"} {
		y.b.Get(y.base + path).Is(404)
	}
	y.share(t, store.FeatureMap, store.FeatureExport)
	y.b.Get(y.base + "/assets").Is(404)
	y.b.Get(y.base + "/map.json").Is(200).Sees("Mine").SeesNot("href")
	y.share(t, store.FeatureList, store.FeatureExport)
	y.b.Get(y.base+"/assets/export?format=csv").Is(200).Sees("Mine").SeesNot("Latitude", "Operating hours", "4712")
	y.share(t, store.FeatureList, store.FeatureMeters, store.FeatureExport)
	y.b.Get(y.base+"/assets/export?format=csv").Sees("Operating hours", "4712").SeesNot("Latitude")
}

func TestPortal_dateFormatIsThePersons(t *testing.T) {
	y := newSite(t, everything()...)
	y.b.Post(y.base+"/profile", url.Values{"name": {"Ana"}, "date_format": {"DMY"}, "date_sep": {"."}, "clock": {"24"}, "time_zone": {"Europe/Berlin"}, "language": {"en"}}).Is(200)
	y.b.Get(y.base + "/assets/export?format=csv").Sees("20.11.2026 10:30")
}
