package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

func vehicleSite(t *testing.T) (*apptest.Appliance, store.Staff, *apptest.Browser) {
	t.Helper()
	a := apptest.New(t)
	s := a.Provider("swift")
	return a, s, a.Browser().SignIn("/admin/swift", "admin@swift.test")
}

func TestVehicles_addEditReadRemove(t *testing.T) {
	a, s, b := vehicleSite(t)
	driver := storetest.Staff(t, a.DB, s.Home().ID, "swift", "dirk@swift.test", "technician").Me()
	b.Get("/admin/swift/vehicles").Is(http.StatusOK).Sees("No vehicles yet", "Your customers see none of them until you decide so")
	b.Post("/admin/swift/vehicles/new", url.Values{"name": {" "}, "plate": {strings.Repeat("X", 21)}}).Is(http.StatusUnprocessableEntity).Sees("Give the vehicle a name", "up to 20 fit")
	form := url.Values{"name": {"Van  7"}, "plate": {"LK25 SWG"}, "driver": {num(driver.ID)}}
	b.Post("/admin/swift/vehicles/new", form).Is(http.StatusOK).Sees("Vehicle added.", "Van 7", "LK25 SWG", driver.Name, "No customer sees this vehicle", "Never reported")
	b.Post("/admin/swift/vehicles/new", url.Values{"name": {"van 7"}}).Is(http.StatusUnprocessableEntity).Sees("There is already a vehicle of this name")
	b.Post("/admin/swift/vehicles/new", url.Values{"name": {"Van 8"}, "plate": {"lk25 swg"}}).Is(http.StatusUnprocessableEntity).Sees("Another vehicle already has this plate")
	b.Post("/admin/swift/vehicles/new", url.Values{"name": {"Van 8"}, "driver": {"999"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of your people")
	for field, bad := range map[string]url.Values{
		"Give a position, a speed or the odometer": {"at": {"2026-11-20T09:00"}},
		"0, 0 is what a receiver":                  {"at": {"2026-11-20T09:00"}, "lat": {"0"}, "lon": {"0"}},
		"Give a value between 0 and 400":           {"at": {"2026-11-20T09:00"}, "speed": {"900"}},
		"lies in the future":                       {"at": {"2027-11-20T09:00"}, "speed": {"50"}},
		"Give a number":                            {"at": {"2026-11-20T09:00"}, "odometer": {"many"}},
		"Give date and time":                       {"at": {"yesterday"}, "speed": {"50"}},
	} {
		b.Post("/admin/swift/vehicles/1/reading", bad).Is(http.StatusUnprocessableEntity).Sees(field)
	}
	b.Post("/admin/swift/vehicles/1/reading", url.Values{"at": {"2026-11-20T09:25"}, "lat": {"51,5"}, "lon": {"-0.13"}, "speed": {"47"}}).Is(http.StatusOK).Sees("The reading is saved.", "Moving", "47 km/h")
	b.Get("/admin/swift/vehicles?q=dirk").Is(http.StatusOK).Sees("Van 7", "47 km/h")
	b.Get("/admin/swift/vehicles/map").Is(http.StatusOK).Sees("Van 7")
	b.Get("/admin/swift/vehicles/map.json").Is(http.StatusOK).Sees(`"label":"Van 7"`, `"lat":51.5`, `"kind":"ok"`)
	b.Get("/admin/swift/vehicles/export?format=csv").Is(http.StatusOK).Sees("Van 7,LK25 SWG,", "51.500000,-0.130000")
	b.Post("/admin/swift/vehicles/1/edit", url.Values{"name": {"Van 9"}, "version": {"7"}}).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this vehicle meanwhile")
	b.Post("/admin/swift/vehicles/1/edit", url.Values{"name": {"Van 9"}, "version": {"1"}}).Is(http.StatusOK).Sees("Van 9")
	b.Get("/admin/swift/vehicles/1/remove").Is(http.StatusOK).Sees("Remove Van 9?")
	b.Post("/admin/swift/vehicles/1/remove", nil).Is(http.StatusOK).Sees("Van 9 is removed.", "No vehicles yet")
	b.Get("/admin/swift/vehicles/1").Is(http.StatusNotFound)
}

func TestVehicles_groupThatHoldsOneIsNotRemovedBlindly(t *testing.T) {
	_, s, b := vehicleSite(t)
	group, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "North"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Van 7"}, Groups: []store.GroupID{group}}); err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/swift/groups/" + num(group) + "/remove").Is(http.StatusOK).Sees("In it: 1 vehicle.")
	b.Post("/admin/swift/groups/"+num(group)+"/remove", nil).Is(http.StatusUnprocessableEntity)
}

func TestVehicles_removedLeavesItsJobsToNobody(t *testing.T) {
	_, s, b := vehicleSite(t)
	van, err := s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Van 7"}})
	if err != nil {
		t.Fatal(err)
	}
	job, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Subject: "Fetch it", Vehicle: van}}})
	if err != nil {
		t.Fatal(err)
	}
	at := "/admin/swift/vehicles/" + num(van) + "/remove"
	b.Get(at).Is(http.StatusOK).Sees("Jobs that it has to do are nobody's again")
	b.Post(at, nil).Is(http.StatusOK).Sees("Van 7 is removed.")
	if j, err := s.Job(t.Context(), job); err != nil || j.Vehicle != 0 || j.Assigned {
		t.Errorf("the job has vehicle %d, %v", j.Vehicle, err)
	}
}

// Whom the right "Hide vehicles" is given meets none, from the next click on.
func TestVehicles_hiddenFromSomeStaff(t *testing.T) {
	a, s, _ := vehicleSite(t)
	group, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "North"})
	if err != nil {
		t.Fatal(err)
	}
	van, err := s.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Van 7", Plate: "SW 107"}, Groups: []store.GroupID{group}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Subject: "Fetch it", Vehicle: van}}}); err != nil {
		t.Fatal(err)
	}
	agent := storetest.Staff(t, a.DB, s.Home().ID, "swift", "gil@swift.test", "fleet_admin").Me().ID
	a.SetPassword(agent)
	b := a.Browser().SignIn("/admin/swift", "gil@swift.test")
	b.Get("/admin/swift/vehicles").Is(http.StatusOK).Sees("Van 7")
	was, err := s.User(t.Context(), agent)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeUser(t.Context(), agent, 0, store.UserEdit{Name: "Gil", Role: was.RoleID, AllGroups: true, Rights: []store.Right{store.RightHideVehicles}}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/vehicles", "/vehicles/map", "/vehicles/map.json", "/vehicles/" + num(van), "/vehicles/export", "/vehicles/new", "/vehicles/" + num(van) + "/edit"} {
		b.Get("/admin/swift"+path).Is(http.StatusForbidden).SeesNot("Van 7", "SW 107")
	}
	for _, path := range []string{"", "/groups", "/customers", "/assets", "/imports"} {
		b.Get("/admin/swift"+path).Is(http.StatusOK).SeesNot("Van 7", "SW 107", `/vehicles"`, "1 vehicle")
	}
}
