package store

import (
	"testing"

	"gatehouse/store/fault"
)

// driver is the scope of a technician.
func (w *world) driver(name string) Staff {
	s := w.staff
	s.me = Person{ID: w.tech(name), Name: name}
	s.user, s.grants = s.me.ID, staffGrants["technician"]
	return s
}

// TestRoadJobs_ofTheVehicleDriven: a job given to a vehicle is its driver's to
// see and to do, and no longer once somebody else drives it.
func TestRoadJobs_ofTheVehicleDriven(t *testing.T) {
	w := newWorld(t)
	pete, ivy := w.driver("Pete"), w.driver("Ivy")
	van, err := w.staff.AddVehicle(t.Context(), VehicleEdit{VehicleInput: VehicleInput{Name: "Van 3", Driver: pete.me.ID}})
	w.must(err)
	day := JobInput{Kind: JobDelivery, Customer: w.a, Address: "Quay 3", Day: "2026-11-20"}
	vans, own, both, nobodys := day, day, day, day
	vans.Vehicle, own.Assignee, both.Vehicle, both.Assignee = van, pete.me.ID, van, pete.me.ID
	first := w.job(vans, "")
	w.job(own, "")
	w.job(both, "")
	w.job(nobodys, "")
	count := func(s Staff, want int, what string) {
		t.Helper()
		all, _, err := s.RoadJobs(t.Context(), JobFilter{From: "2026-11-20", To: "2026-11-20"})
		if err != nil || len(all) != want {
			t.Errorf("%s: %d jobs and %v, want %d", what, len(all), err, want)
		}
	}
	count(pete, 3, "given to him and to his van")
	count(ivy, 0, "who drives nothing")
	if err := ivy.Mark(t.Context(), first, "started"); fault.Of(err) != fault.Forbidden {
		t.Errorf("who does not drive the van starts its job: %v", err)
	}
	w.must(pete.Mark(t.Context(), first, "started"))

	hidden := pete
	hidden.grants = pete.grants.without(setOf(func(v Verb) bool { return v == VehicleRead }))
	count(hidden, 2, "from whom vehicles are hidden")
	if j, err := hidden.Job(t.Context(), first); err != nil || j.Driver != 0 || j.VehicleName != "" {
		t.Errorf("from whom vehicles are hidden: %+v %v", j, err)
	}
	if err := hidden.Mark(t.Context(), first, "arrived"); fault.Of(err) != fault.Forbidden {
		t.Errorf("from whom vehicles are hidden, arrives: %v", err)
	}
	limited := pete
	limited.groups = true // of which the van is in none
	count(limited, 0, "limited to groups")

	v, err := w.staff.Vehicle(t.Context(), van)
	w.must(err)
	v.Driver = ivy.me.ID
	w.must(w.staff.ChangeVehicle(t.Context(), van, v.Version, VehicleEdit{VehicleInput: v.VehicleInput}))
	count(pete, 2, "after somebody else took the van")
	count(ivy, 2, "who took the van")
	if err := pete.Mark(t.Context(), first, "arrived"); fault.Of(err) != fault.Forbidden {
		t.Errorf("the former driver arrives: %v", err)
	}
	if j, err := w.client(w.a).Job(t.Context(), first); err != nil || j.Driver != 0 || j.VehicleName != "" {
		t.Errorf("a client learns of the vehicle: %+v %v", j, err)
	}
}
