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

// fruit is Detrack's example on the customer's side: one customer with the
// groups Apple, Banana and Orange, deliveries D1 to D3 in them and D4 in none,
// all of them driven by Dirk in Van 7; and a second customer with its own.
type fruit struct {
	*apptest.Appliance
	s      store.Staff
	group  map[string]store.GroupID
	job    map[string]store.JobID
	people map[string]*apptest.Browser
	portal store.PortalID
	today  string
}

const fruitBase = "/portal/fruit"

func newFruit(t *testing.T, shares ...store.Feature) *fruit {
	t.Helper()
	a := apptest.New(t)
	y := &fruit{Appliance: a, s: a.Provider("swift"), group: map[string]store.GroupID{}, job: map[string]store.JobID{}, people: map[string]*apptest.Browser{}}
	y.today = y.s.Today().Format("2006-01-02")
	of := fruitCustomer(t, y.s, "Fruit")
	portal, vincent := storetest.Portal(t, a.DB, y.s, of, "vincent@fruit.test")
	y.portal = portal.ID
	driver := storetest.Staff(t, a.DB, y.s.Home().ID, "swift", "dirk@swift.test", "technician").Me().ID
	van, err := y.s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Van 7", Plate: "SW 107", Driver: driver}})
	ok(t, err)
	for _, name := range []string{"Apple", "Banana", "Orange"} {
		y.group[name], err = y.s.AddGroup(t.Context(), store.GroupEdit{Name: name, Customer: of})
		ok(t, err)
	}
	for name, group := range map[string]string{"D1": "Apple", "D2": "Banana", "D3": "Orange", "D4": ""} {
		y.job[name] = y.delivery(t, name, of, y.group[group], driver, van)
	}
	other := fruitCustomer(t, y.s, "Other")
	y.job["X9"] = y.delivery(t, "X9", other, 0, driver, van)
	ok(t, y.s.SetFeatures(t.Context(), portal.ID, append(shares, store.FeatureDeliveries, store.FeatureDeliveryList)))
	a.SetPassword(vincent.Me().ID)
	y.people["Vincent"] = a.Browser().SignIn(fruitBase, "vincent@fruit.test")
	for name, groups := range map[string][]string{"Adam": {"Apple"}, "Betty": {"Banana"}, "Ortega": {"Orange"}, "Wayne": {"Apple", "Banana", "Orange"}} {
		y.people[name] = y.join(t, strings.ToLower(name)+"@fruit.test", groups)
	}
	return y
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fruitCustomer(t *testing.T, s store.Staff, name string) store.CustomerID {
	t.Helper()
	of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
	ok(t, err)
	return of
}

func (y *fruit) join(t *testing.T, mail string, groups []string) *apptest.Browser {
	t.Helper()
	c := storetest.Member(t, y.DB, y.s, y.portal, mail, "user")
	members, err := y.s.Members(t.Context(), y.portal)
	ok(t, err)
	for _, m := range members {
		if m.Email == mail {
			ids := []store.GroupID{}
			for _, g := range groups {
				ids = append(ids, y.group[g])
			}
			ok(t, y.s.SetMemberGroups(t.Context(), m.ID, false, ids))
		}
	}
	y.SetPassword(c.Me().ID)
	return y.Browser().SignIn(fruitBase, mail)
}

// delivery is on its way with a driver, with an item, a note for the driver
// and a shared document.
func (y *fruit) delivery(t *testing.T, name string, of store.CustomerID, group store.GroupID, driver store.UserID, van store.VehicleID) store.JobID {
	t.Helper()
	in := store.JobInput{Kind: store.JobDelivery, Customer: of, Group: group, ExternalID: "DO-" + name, Address: name + " Street 1", ContactName: "Receiver " + name, Day: y.today, From: "08:00", To: "12:30",
		Instructions: "Secret gate code of " + name, Assignee: driver, Vehicle: van}
	id, err := y.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: in, Items: []store.JobItem{{SKU: "SKU-" + name, Description: "Crates " + name, Quantity: 4}}}, Status: store.JobDispatched})
	ok(t, err)
	ok(t, y.s.CommentJob(t.Context(), id, store.NewComment{Body: "Private words about " + name, Private: true}))
	ok(t, y.s.CommentJob(t.Context(), id, store.NewComment{Body: "Hello from us about " + name}))
	return id
}

// sees says exactly which deliveries somebody meets, on every way to one.
func (y *fruit) sees(t *testing.T, who string, want ...string) {
	t.Helper()
	b := y.people[who]
	secrets := []string{"Dirk", "dirk@", "Van 7", "SW 107", "Secret gate", "Private words", "Staff dirk"}
	for _, name := range []string{"D1", "D2", "D3", "D4", "X9"} {
		mine, at := slices.Contains(want, name), fruitBase+"/deliveries/"+num(y.job[name])
		if mine {
			b.Get(at).Is(200).Sees("DO-"+name, "Receiver "+name, "Crates "+name, "Hello from us about "+name, "Out for delivery").SeesNot(secrets...)
			b.Get(fruitBase+"/deliveries").Is(200).Sees("DO-"+name, "8:00 AM – 12:30 PM").SeesNot(secrets...)
			b.Get(fruitBase + "/deliveries?q=" + name).Is(200).Sees("DO-" + name)
			b.Get(fruitBase+"/deliveries/export?format=csv").Is(200).Sees("DO-"+name, "Out for delivery").SeesNot(secrets...)
			continue
		}
		b.Get(at).Is(404).SeesNot("DO-"+name, "Receiver "+name)
		for _, path := range []string{"/deliveries", "/deliveries?q=" + name, "/deliveries?track=out", "/deliveries/export?format=csv", "", "/deliveries?q=crates"} {
			b.Get(fruitBase+path).SeesNot("DO-"+name, "Receiver "+name, "Crates "+name, name+" Street")
		}
		b.Post(at+"/comments", url.Values{"body": {"x"}}).Is(404)
	}
	if len(want) == 0 {
		return
	}
	b.Get(fruitBase+"/deliveries").Sees("All "+num(int64(len(want)))+" ", "Out for delivery "+num(int64(len(want)))).SeesNot(secrets...)
}

func TestDeliveries_matrix(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryExport, store.FeatureDeliveryComments)
	for who, want := range map[string][]string{"Adam": {"D1"}, "Betty": {"D2"}, "Ortega": {"D3"}, "Vincent": {"D1", "D2", "D3", "D4"}, "Wayne": {"D1", "D2", "D3"}} {
		y.sees(t, who, want...)
	}
}

func TestDeliveries_retaggedIsGoneOnTheNextClick(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryExport, store.FeatureDeliveryComments)
	adam := y.people["Adam"]
	adam.Get(fruitBase + "/deliveries/" + num(y.job["D1"])).Is(200)
	if _, err := y.s.GroupJobs(t.Context(), []store.JobID{y.job["D1"]}, y.group["Banana"]); err != nil {
		t.Fatal(err)
	}
	y.sees(t, "Adam")
	y.sees(t, "Betty", "D1", "D2")
	adam.Get(fruitBase+"/deliveries").Is(200).Sees("No deliveries yet", "You see the deliveries of your groups at Fruit")
	ok(t, y.s.SetFeatures(t.Context(), y.portal, []store.Feature{store.FeatureAssets, store.FeatureList}))
	for _, path := range []string{"/deliveries", "/deliveries/" + num(y.job["D1"]), "/deliveries/export", "/deliveries?q=D1", "/jobs/" + num(y.job["D1"])} {
		y.people["Betty"].Get(fruitBase + path).Is(404).SeesNot("DO-D1")
	}
}

// A vehicle is named inside a delivery exactly where its tab shows it: in a
// group of the person's, in a portal that shares vehicles. The driver never is.
func TestDeliveries_nameAVehicleOnlyWhereItIsShared(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryExport)
	names := func(who string, job string, want bool) {
		t.Helper()
		b := y.people[who].Get(fruitBase+"/deliveries/"+num(y.job[job])).Is(200).SeesNot("Dirk", "dirk@", "SW 107")
		if want {
			b.Sees("Vehicle Van 7")
		} else {
			b.SeesNot("Van 7")
		}
		b.Get(fruitBase+"/deliveries").Is(200).SeesNot("Van 7", "Dirk", "dirk@")
		b.Get(fruitBase+"/deliveries/export?format=csv").Is(200).SeesNot("Van 7", "Dirk", "dirk@")
	}
	vans, err := y.s.Vehicles(t.Context(), store.VehicleFilter{})
	ok(t, err)
	van := vans.Rows[0].ID
	ok(t, y.s.GroupVehicle(t.Context(), van, y.group["Apple"], true))
	names("Adam", "D1", false)
	shared := []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryExport, store.FeatureVehicles, store.FeatureVehicleList}
	ok(t, y.s.SetFeatures(t.Context(), y.portal, shared))
	names("Adam", "D1", true)
	names("Vincent", "D2", true)
	names("Vincent", "D4", true)
	names("Wayne", "D2", true)
	names("Betty", "D2", false)
	names("Ortega", "D3", false)
	ok(t, y.s.GroupVehicle(t.Context(), van, y.group["Apple"], false))
	names("Adam", "D1", false)
	ok(t, y.s.GroupVehicle(t.Context(), van, y.group["Apple"], true))
	ok(t, y.s.SetFeatures(t.Context(), y.portal, shared[:3]))
	names("Adam", "D1", false)
	y.people["Adam"].Get(fruitBase + "/vehicles").Is(404)
}

// With one app there is no menu, and one lands in it.
func TestDeliveries_oneAppHasNoMenu(t *testing.T) {
	y := newFruit(t)
	b := y.people["Vincent"].Get(fruitBase).Is(200).Sees("Deliveries", "Today, 11/20/2026")
	if got := b.Page.URL.Path; got != fruitBase+"/deliveries" {
		t.Errorf("landed at %s", got)
	}
	b.SeesNot(`id="nav"`)
	ok(t, y.s.SetFeatures(t.Context(), y.portal, everything()))
	b.Get(fruitBase).Is(200).Sees("Home Assets Deliveries Jobs Report a problem", "Deliveries today 4").SeesNot("Vehicles")
}

func TestDeliveries_commentsGoOnce(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryComments)
	b, at := y.people["Adam"], fruitBase+"/deliveries/"+num(y.job["D1"])
	b.Post(at+"/comments", url.Values{"body": {" "}, "once": {"k"}}).Is(422).Sees("Write something first")
	for range 2 {
		b.Post(at+"/comments", url.Values{"body": {"Ring twice"}, "once": {"k1"}}).Is(200).Sees("Ring twice")
	}
	if n := strings.Count(b.Page.Text(), "Ring twice"); n != 1 {
		t.Errorf("the comment stands there %d times", n)
	}
	ok(t, y.s.SetFeatures(t.Context(), y.portal, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList}))
	b.Post(at+"/comments", url.Values{"body": {"Again"}, "once": {"k2"}}).Is(404)
	b.Get(at).SeesNot("Send comment")
}

// proven is D1 completed with a photo, a signature, and one crate rejected.
func (y *fruit) proven(t *testing.T) store.Proof {
	t.Helper()
	id := y.job["D1"]
	items, err := y.s.JobItems(t.Context(), id)
	ok(t, err)
	_, err = y.s.AddProof(t.Context(), id, store.NewProof{Once: "p-1", Receiver: "Rita Receiver", Lat: store.Some(51.123456), Lon: store.Some(7.654321),
		Photos: []store.NewPhoto{{Full: []byte("full photo bytes"), Thumb: []byte("thumb bytes")}}, Signature: []byte("signature bytes"),
		Rejected: []store.Rejection{{Item: items[0].ID, Number: 1, Reason: "crushed"}}})
	ok(t, err)
	all, err := y.s.Proofs(t.Context(), id)
	ok(t, err)
	return all[0]
}

func TestDeliveries_proofIsSeenByWhoMaySeeTheDelivery(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryProof)
	pr := y.proven(t)
	at := fruitBase + "/deliveries/" + num(y.job["D1"])
	secrets := []string{"Dirk", "dirk@", "Van 7", "51.1234", "Secret gate"}
	adam := y.people["Adam"]
	adam.Get(at).Is(200).Sees("Partially completed", "Rita Receiver", "crushed", "1 ").SeesNot(secrets...)
	adam.Get(at+"/proof").Is(200).Sees("Rita Receiver", "Download PDF").SeesNot(secrets...)
	adam.Get(fruitBase + "/deliveries").Is(200).Sees("Partially completed 1")
	var files []string
	for _, f := range pr.Files {
		files = append(files, at+"/files/"+num(f.ID))
	}
	for _, f := range files {
		adam.Get(f).Is(200)
		y.people["Betty"].Get(f).Is(404)
		adam.Get(strings.Replace(f, "/deliveries/", "/jobs/", 1)).Is(404)
		adam.Get(strings.Replace(f, "/"+num(y.job["D1"])+"/", "/"+num(y.job["D2"])+"/", 1)).Is(404)
	}
	for _, path := range []string{"", "/proof", "/proof.pdf"} {
		y.people["Betty"].Get(at + path).Is(404).SeesNot("Rita")
	}
	ok(t, y.s.SetFeatures(t.Context(), y.portal, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList}))
	adam.Get(at).Is(200).SeesNot("Rita Receiver", "/files/")
	for _, f := range append(files, at+"/proof", at+"/proof.pdf") {
		adam.Get(f).Is(404)
	}
	ok(t, y.s.SetFeatures(t.Context(), y.portal, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof}))
	adam.Get(files[0]).Is(200)
	if _, err := y.s.GroupJobs(t.Context(), []store.JobID{y.job["D1"]}, y.group["Banana"]); err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, at, at+"/proof", at+"/proof.pdf") {
		adam.Get(f).Is(404).SeesNot("Rita")
	}
	y.people["Betty"].Get(files[0]).Is(200)
}

func TestDeliveries_reportCountsWhatOneSees(t *testing.T) {
	y := newFruit(t, store.FeatureDeliveryReports)
	for who, n := range map[string]string{"Adam": "1", "Vincent": "4", "Wayne": "3"} {
		b := y.people[who]
		b.Get(fruitBase + "/deliveries").Is(200).Sees("Report")
		b.Get(fruitBase+"/deliveries/report?weeks=4").Is(200).Sees("All "+n+" ", "Week by week", "In time")
		b.Get(fruitBase+"/deliveries/report?format=csv&weeks=4").Is(200).Sees("11/16/2026,"+n+",0,0,0,"+n+",0,0").SeesNot("Dirk", "Van 7")
	}
	y.people["Adam"].Get(fruitBase + "/jobs/report").Is(404)
	ok(t, y.s.SetFeatures(t.Context(), y.portal, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList}))
	y.people["Adam"].Get(fruitBase + "/deliveries/report").Is(404)
}
