package portal_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// vans are a provider's vehicles and two customers with a group and a portal
// each: what e.3 7 tells.
type vans struct {
	*apptest.Appliance
	s          store.Staff
	staff      *apptest.Browser
	acme, beta *apptest.Browser
	group      store.GroupID
	seven      store.VehicleID
	portals    []store.PortalID
}

func newVans(t *testing.T) *vans {
	t.Helper()
	a := apptest.New(t)
	y := &vans{Appliance: a, s: a.Provider("swift")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	driver := storetest.Staff(t, a.DB, y.s.Home().ID, "swift", "dirk@swift.test", "technician").Me()
	for i, name := range []string{"Van 6", "Van 7", "Van 8"} {
		id, err := y.s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: name, Plate: "SW 10" + name[4:], Driver: driver.ID}})
		must(err)
		_, err = y.s.AddVehicleReadings(t.Context(), id, []store.Reading{{Kind: store.KindPosition, At: y.Clock.Now(), Value: store.Some(50 + float64(i)), Value2: store.Some(8)},
			{Kind: store.KindSpeed, At: y.Clock.Now(), Value: store.Some(40 + float64(i))}})
		must(err)
		if name == "Van 7" {
			y.seven = id
		}
	}
	for _, name := range []string{"Acme", "Beta"} {
		of, err := y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
		must(err)
		g, err := y.s.AddGroup(t.Context(), store.GroupEdit{Name: name, Customer: of})
		must(err)
		mail := "ana@" + strings.ToLower(name) + ".test"
		portal, client := storetest.Portal(t, a.DB, y.s, of, mail)
		a.SetPassword(client.Me().ID)
		must(y.s.SetFeatures(t.Context(), portal.ID, everything()))
		y.portals = append(y.portals, portal.ID)
		b := a.Browser().SignIn("/portal/"+portal.Slug, mail)
		if name == "Acme" {
			y.group, y.acme = g, b
		} else {
			y.beta = b
		}
	}
	a.SetPassword(y.s.Me().ID)
	y.staff = a.Browser().SignIn("/admin/swift", "admin@swift.test")
	return y
}

// signs are what tells of a vehicle: names, plates, the driver, the tab.
var signs = []string{"Van 6", "Van 7", "Van 8", "SW 10", "dirk", "Dirk", "Technician", `/vehicles"`, "km/h"}

func (y *vans) nothing(t *testing.T, b *apptest.Browser, base string) {
	t.Helper()
	for _, path := range []string{"", "/assets", "/map", "/map.json", "/activity", "/assets?q=van", "/assets/export?format=csv", "/profile"} {
		b.Get(base + path).Is(200).SeesNot(signs...)
	}
	for _, path := range []string{"/vehicles", "/vehicles/map.json", "/vehicles?q=van", "/vehicles/" + num(y.seven), "/vehicles/" + num(y.seven) + "/map.json"} {
		b.Get(base + path).Is(404).SeesNot(signs...)
	}
}

func TestVehicles_oneClientSeesExactlyItsOwn(t *testing.T) {
	y := newVans(t)
	y.nothing(t, y.acme, "/portal/acme")
	y.nothing(t, y.beta, "/portal/beta")

	y.staff.Post("/admin/swift/vehicles/"+num(y.seven)+"/group", url.Values{"group": {num(y.group)}}).Is(200).Sees("Seen by Acme")
	y.acme.Get("/portal/acme").Is(200).Sees("Jobs Vehicles Report a problem")
	for _, path := range []string{"", "?q=7", "/" + num(y.seven)} {
		y.acme.Get("/portal/acme/vehicles"+path).Is(200).Sees("Van 7", "SW 107", "41 km/h").SeesNot("Van 6", "Van 8", "dirk", "Dirk")
	}
	for _, path := range []string{"/vehicles/map.json", "/vehicles/" + num(y.seven) + "/map.json"} {
		y.acme.Get("/portal/acme"+path).Is(200).Sees("Van 7", `"lat":51`, "41 km/h", `"bounds":[51,8,51,8]`).SeesNot("Van 6", "Van 8")
	}
	y.acme.Get("/portal/acme/vehicles/" + num(y.seven+1)).Is(404)
	y.acme.Get("/portal/acme/vehicles?q=van+8").Is(200).Sees("Nothing matches").SeesNot("SW 108")
	y.nothing(t, y.beta, "/portal/beta")

	without := slices.DeleteFunc(everything(), func(f store.Feature) bool { return strings.HasPrefix(string(f), "vehicles") })
	if err := y.s.SetFeatures(t.Context(), y.portals[0], without); err != nil {
		t.Fatal(err)
	}
	y.nothing(t, y.acme, "/portal/acme")
	if err := y.s.SetFeatures(t.Context(), y.portals[0], everything()); err != nil {
		t.Fatal(err)
	}
	y.acme.Get("/portal/acme/vehicles").Is(200).Sees("Van 7")

	y.staff.Post("/admin/swift/vehicles/"+num(y.seven)+"/ungroup", url.Values{"group": {num(y.group)}}).Is(200).Sees("No customer sees this vehicle")
	y.nothing(t, y.acme, "/portal/acme")
}
