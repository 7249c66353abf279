package e2e

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// courier is a provider with a customer whose portal shares deliveries and
// vehicles, a driver, two vans, and deliveries of today and tomorrow.
type courier struct {
	*apptest.Appliance
	s      store.Staff
	acme   store.CustomerID
	group  store.GroupID
	van    store.VehicleID
	driver store.UserID
	jobs   []store.JobID
}

func newCourier(t *testing.T) *courier {
	t.Helper()
	a := apptest.New(t)
	y := &courier{Appliance: a, s: a.Provider("swift")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	y.driver = storetest.Staff(t, a.DB, y.s.Home().ID, "swift", "ivy@swift.test", "technician").Me().ID
	for i, name := range []string{"Acme Foods", "Beta Books"} {
		of, err := y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
		must(err)
		group, err := y.s.AddGroup(t.Context(), store.GroupEdit{Name: name, Customer: of})
		must(err)
		mail := []string{"maya@acme.test", "bo@beta.test"}[i]
		portal, member := storetest.Portal(t, a.DB, y.s, of, mail)
		a.SetPassword(member.Me().ID)
		must(y.s.SetFeatures(t.Context(), portal.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof, store.FeatureDeliveryComments, store.FeatureDeliveryExport, store.FeatureVehicles, store.FeatureVehicleList}))
		if i == 0 {
			y.acme, y.group = of, group
		}
	}
	for i, name := range []string{"Van 3", "Van 7"} {
		y.van, err = y.s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: name, Plate: "LK25 SW" + name[4:], Driver: y.driver}})
		must(err)
		_, err = y.s.AddVehicleReadings(t.Context(), y.van, []store.Reading{{Kind: store.KindPosition, At: y.s.Now(), Value: store.Some(51.51 + float64(i)), Value2: store.Some(-.13)}, {Kind: store.KindSpeed, At: y.s.Now(), Value: store.Some(21)}})
		must(err)
	}
	today := y.s.Today().Format("2006-01-02")
	for i, to := range []string{"Corner Deli", "Station Kiosk", "Harbour Grill"} {
		in := store.JobInput{Kind: store.JobDelivery, Customer: y.acme, Group: y.group, ExternalID: "DO-90" + string(rune('1'+i)), Address: to + ", 12 Strand, London", ContactName: to, Day: today, From: "08:00", To: "12:00", Assignee: y.driver, Vehicle: y.van}
		id, err := y.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: in, Items: []store.JobItem{{SKU: "CR-1", Description: "Crates of lemons", Quantity: 4, Unit: "pcs"}}}, Status: store.JobDispatched})
		must(err)
		y.jobs = append(y.jobs, id)
	}
	must(y.s.SetJobStatus(t.Context(), y.jobs[2], 0, store.JobStep{To: store.JobFailed, Reason: "Nobody there, shutters down"}))
	return y
}

// prove brings home the first delivery: a photo, a signature, one crate rejected.
func (y *courier) prove(t *testing.T) {
	t.Helper()
	pic, err := os.ReadFile(picture(t))
	if err != nil {
		t.Fatal(err)
	}
	items, err := y.s.JobItems(t.Context(), y.jobs[0])
	if err == nil {
		_, err = y.s.AddProof(t.Context(), y.jobs[0], store.NewProof{Once: "p", Receiver: "Rita Shaw", Photos: []store.NewPhoto{{Full: pic, Thumb: pic}, {Full: pic, Thumb: pic}},
			Rejected: []store.Rejection{{Item: items[0].ID, Number: 1, Reason: "crushed"}}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestStory_aCustomerFollowsItsDeliveriesAndOneVan(t *testing.T) {
	for _, name := range []string{"light", "dark", "phone", "noscript"} {
		t.Run(name, func(t *testing.T) {
			y, how := newCourier(t), ways[name]
			b := browsertest.Open(t, y.URL, how).Go("/portal/acme-foods").Fill("email", "maya@acme.test").Fill("password", apptest.Password).Click("Sign in")
			b.Sees("Today, 11/20/2026", "DO-901", "Out for delivery", "Failed").SeesNot("Van 7", "ivy")
			look(b, how, "deliveries-"+name)
			b.Click("DO-901").Sees("Crates of lemons", "Corner Deli", "8:00 AM – 12:00 PM", "Timeline").SeesNot("Van 7", "ivy")
			look(b, how, "delivery-"+name)
			b.Fill("body", "Please ring at the back door").Click("Send comment").Sees("Please ring at the back door")
			y.prove(t)
			b.Go("/portal/acme-foods").Sees("Partially completed").Click("DO-901").Calm().Sees("Rita Shaw", "crushed", "Partially completed", "Proof to print")
			b.FullShot("proof-" + name)
			b.Click("Proof to print").Sees("Rita Shaw", "Download PDF")
			look(b, how, "proof-page-"+name)
			b.Go("/portal/acme-foods/deliveries?q=903").Sees("Found on all days", "DO-903", "Failed").SeesNot("DO-901")
			b.Go("/portal/acme-foods/deliveries?day=2026-11-19").Sees("Nothing on this day")
			look(b, how, "deliveries-none-"+name)

			staff := browsertest.Open(t, y.URL, how).Go("/admin/swift/vehicles").Fill("email", "admin@swift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Van 3", "Van 7", "21 km/h")
			look(staff, how, "vehicles-"+name)
			staff.Click("Van 7").Sees("No customer sees this vehicle").Fill("group", "1").Click("Add").Sees("Seen by Acme Foods")
			look(staff, how, "vehicle-"+name)
			b.Go("/portal/acme-foods/vehicles").Calm().Sees("Van 7", "21 km/h", "LK25 SW7").SeesNot("Van 3", "ivy")
			look(b, how, "portal-vehicles-"+name)
			other := browsertest.Open(t, y.URL, how).Go("/portal/beta-books").Fill("email", "bo@beta.test").Fill("password", apptest.Password).Click("Sign in").Sees("No deliveries yet").SeesNot("Vehicles")
			look(other, how, "deliveries-empty-"+name)
			other.Go("/portal/beta-books/vehicles").Sees("There is nothing at this address")
			staff.Click("Take out of Acme Foods").Sees("No customer sees this vehicle")
			b.Go("/portal/acme-foods/vehicles").Sees("There is nothing at this address")
			b.Go("/portal/acme-foods").Sees("DO-901").SeesNot("Vehicles")
		})
	}
}

func TestStory_jobsAndProblemsTheSmallWay(t *testing.T) {
	for _, name := range []string{"light", "phone", "noscript"} {
		t.Run(name, func(t *testing.T) {
			a, how := apptest.New(t), ways[name]
			s := a.Provider("nordlift")
			of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Beta", Email: "bo@beta.test"}})
			if err == nil {
				_, err = s.AddSite(t.Context(), store.SiteEdit{Name: "North yard", Customer: of, Street: "Am Kai 4", City: "Hamburg"})
			}
			if err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers/1").Click("Turn on customer portal").Sees("Areas Beta can view").Tick("Assets").Tick("Jobs").Tick("Report problems")
			look(b, how, "enable-jobs-"+name)
			b.Click("Turn on and send activation").Sees("The portal is on", "Portal access pending")
			b.Go("/admin/nordlift/customers/1").Click("Portal access pending").Sees("Resend activation email", "Disable portal access")

			storetest.Member(t, a.DB, s, 1, "bo@beta.test", "admin")
			members, err := s.Members(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			a.SetPassword(members[0].User)
			bo := browsertest.Open(t, a.URL, how).Go("/portal/beta").Fill("email", "bo@beta.test").Fill("password", apptest.Password).Click("Sign in").Sees("No jobs yet").SeesNot("Assets")
			look(bo, how, "jobs-none-"+name)
			bo.Click("Report a problem").Sees("What is wrong?")
			look(bo, how, "report-"+name)
			bo.Fill("description", "Since this morning, a puddle under the lift.").Click("Send report").Sees("It is not sent yet", "Say in a few words what is wrong")
			look(bo, how, "report-refused-"+name)
			bo.Fill("subject", "Hydraulic hose leaks").Fill("site", "1").Fill("contact_phone", "+49 40 5550 1")
			if !how.NoScript {
				bo.File("photos", picture(t))
			}
			if how.Phone {
				loseTheNetwork(t, bo, s)
			} else {
				bo.Click("Send report")
			}
			bo.Sees("Your report is with us as J-1.", "Hydraulic hose leaks", "Problem reported", "North yard", "a puddle under the lift", "Info received")
			look(bo, how, "reported-"+name)
			job, err := s.JobByNumber(t.Context(), 1)
			if err == nil {
				err = s.SetJobStatus(t.Context(), job.ID, 0, store.JobStep{To: store.JobInProgress})
			}
			if err == nil {
				err = s.CommentJob(t.Context(), job.ID, store.NewComment{Body: "Tarek comes at ten."})
			}
			if err != nil {
				t.Fatal(err)
			}
			bo.Go("/portal/beta").Sees("Hydraulic hose leaks", "In Progress")
			look(bo, how, "jobs-"+name)
			bo.Go("/portal/beta/jobs/1").Sees("Tarek comes at ten.", "In Progress")
			bo.Go("/portal/beta/assets").Sees("There is nothing at this address")
		})
	}
}

// loseTheNetwork sends a report while there is no network: what was typed stays
// where it is, and arrives once when the network is back.
func loseTheNetwork(t *testing.T, b *browsertest.Tab, s store.Staff) {
	t.Helper()
	b.Offline(true).Click("Send report").Sees("No connection: it is not sent yet. Nothing you typed is lost")
	look(b, ways["phone"], "report-offline")
	if got := b.Value(`document.querySelector('[name=subject]').value + document.querySelector('[name=contact_phone]').value + document.querySelector('[name=photos]').files.length`); got != "Hydraulic hose leaks+49 40 5550 11" {
		t.Errorf("the form holds %q", got)
	}
	if all, err := s.Jobs(t.Context(), store.JobFilter{}); err != nil || len(all.Rows) != 0 {
		t.Fatalf("%d jobs without a network, %v", len(all.Rows), err)
	}
	b.Offline(false).Sees("Your report is with us as J-1.")
	if all, err := s.Jobs(t.Context(), store.JobFilter{}); err != nil || len(all.Rows) != 1 {
		t.Fatalf("%d jobs, %v", len(all.Rows), err)
	}
}

// picture is a photo as a phone would send it.
func picture(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for x := range 400 {
		for y := range 300 {
			img.Set(x, y, color.RGBA{uint8(x / 2), uint8(y / 2), 120, 255})
		}
	}
	path := filepath.Join(t.TempDir(), "leak.jpg")
	f, err := os.Create(path)
	if err == nil {
		err = jpeg.Encode(f, img, nil)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}
