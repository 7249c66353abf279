package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

func jobSite(t *testing.T) (*apptest.Appliance, store.Staff, *apptest.Browser) {
	t.Helper()
	a := apptest.New(t)
	s := a.Provider("swift")
	return a, s, a.Browser().SignIn("/admin/swift", "admin@swift.test")
}

func TestJobs_addReadStepWrite(t *testing.T) {
	a, s, b := jobSite(t)
	driver := storetest.Staff(t, a.DB, s.Home().ID, "swift", "dirk@swift.test", "technician").Me()
	customer, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Marlow Foods"}})
	if err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/swift/jobs").Is(http.StatusOK).Sees("Nothing on this day")
	form := url.Values{"kind": {"delivery"}, "external_id": {"DO-77"}, "customer": {num(customer)}, "address": {"12 Strand"}, "day": {"2026-11-20"}, "from": {"10:00"}, "to": {"09:00"}, "rows": {"2"},
		"item_0_sku": {"CRATE"}, "item_0_quantity": {"three"}, "assignee": {num(driver.ID)}}
	b.Post("/admin/swift/jobs/new", form).Is(http.StatusUnprocessableEntity).Sees("Give a number", "12 Strand")
	form.Set("item_0_quantity", "3")
	b.Post("/admin/swift/jobs/new", form).Is(http.StatusUnprocessableEntity).Sees("The time window ends before it begins", "12 Strand")
	form.Set("to", "12:00")
	b.Post("/admin/swift/jobs/new", form).Is(http.StatusOK).Sees("Job added.", "J-1", "CRATE", "Marlow Foods", driver.Name, "The customer is told: Out for delivery")
	b.Post("/admin/swift/jobs/new", form).Is(http.StatusUnprocessableEntity).Sees("Another job of this kind already has this number")
	b.Get("/admin/swift/jobs?day=2026-11-20").Is(http.StatusOK).Sees("DO-77", "1 unfinished")
	for _, path := range []string{"/jobs/list?q=crate", "/jobs/board?day=2026-11-20", "/customers/" + num(customer) + "/jobs", "/jobs/map?day=2026-11-20"} {
		b.Get("/admin/swift" + path).Is(http.StatusOK).Sees("J-1")
	}
	b.Get("/admin/swift/jobs/calendar?month=2026-11").Is(http.StatusOK).Sees("1 job", "November 2026")
	b.Get("/admin/swift/jobs/export?format=csv").Is(http.StatusOK).Sees("J-1,Delivery,DO-77", "Marlow Foods", driver.Name)
	b.Post("/admin/swift/jobs/1/status", url.Values{"status": {"failed"}}).Is(http.StatusUnprocessableEntity).Sees("Say why")
	b.Post("/admin/swift/jobs/1/status", url.Values{"status": {"info_recv:9"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of the statuses below")
	b.Post("/admin/swift/jobs/1/status", url.Values{"status": {"closed"}}).Is(http.StatusUnprocessableEntity)
	b.Post("/admin/swift/jobs/1/comment", url.Values{"body": {"for your eyes"}, "private": {"1"}, "once": {"a"}}).Is(http.StatusOK).Sees("Private note", "for your eyes")
	b.Post("/admin/swift/jobs/1/comment", url.Values{"body": {" "}}).Is(http.StatusUnprocessableEntity).Sees("Write something first")
	b.Post("/admin/swift/jobs/1/status", url.Values{"status": {"failed"}, "reason": {"Nobody there"}}).Is(http.StatusOK).Sees("Status set.", "Nobody there", "Try again")
	b.Post("/admin/swift/jobs/1/attempt", nil).Is(http.StatusOK).Sees("J-2", "attempt 2", "Attempt 1: J-1")
	b.Post("/admin/swift/jobs/2/move", url.Values{"to": {"p" + num(driver.ID)}, "next": {"/admin/swift/jobs/board"}}).Is(http.StatusOK).Sees("Assigned.", driver.Name)
	b.Post("/admin/swift/jobs/2/move", url.Values{"to": {"p999"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of your people")
	b.Get("/admin/swift/jobs/2/delete").Is(http.StatusOK).Sees("Delete J-2?")
	b.Post("/admin/swift/jobs/2/delete", nil).Is(http.StatusOK).Sees("J-2 is deleted.")
}

func TestJobs_bulk(t *testing.T) {
	_, s, b := jobSite(t)
	for range 2 {
		if _, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Subject: "Service"}}}); err != nil {
			t.Fatal(err)
		}
	}
	me := num(s.Me().ID)
	b.Get("/admin/swift/jobs/assign?id=1&id=2").Is(http.StatusOK).Sees("Assign 2 jobs", "J-1", "J-2")
	b.Get("/admin/swift/jobs/assign?all=1&q=service").Is(http.StatusOK).Sees("Assign 2 jobs")
	b.Get("/admin/swift/jobs/assign?id=99").Is(http.StatusNotFound)
	b.Post("/admin/swift/jobs/assign", url.Values{"id": {"1", "2"}, "assignee": {me}, "to_day": {"2026-11-23"}}).Is(http.StatusOK).Sees("Assigned.")
	b.Get("/admin/swift/jobs/status?id=1&id=2").Is(http.StatusOK).Sees("Set the status of 2 jobs", "In Progress")
	b.Post("/admin/swift/jobs/status", url.Values{"id": {"1"}, "status": {"in_progress"}}).Is(http.StatusOK).Sees("Status set.")
	b.Get("/admin/swift/jobs/status?id=1&id=2").Is(http.StatusOK).Sees("These jobs have different statuses")
	b.Post("/admin/swift/jobs/status", url.Values{"id": {"1", "2"}, "status": {"on_hold"}, "reason": {"x"}}).Is(http.StatusUnprocessableEntity)
	b.Post("/admin/swift/jobs/group", url.Values{"id": {"1"}, "group": {"99"}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of your groups")
	b.Post("/admin/swift/jobs/filters", url.Values{"name": {"Mine"}, "query": {"status=open"}}).Is(http.StatusOK).Sees("Filter saved.", "Mine")
	b.Post("/admin/swift/jobs/filters/1/remove", nil).Is(http.StatusOK).Sees("Filter removed.")
}

func TestJobs_groupFieldOffWarnsFirst(t *testing.T) {
	_, _, b := jobSite(t)
	b.Get("/admin/swift/jobs/settings").Is(http.StatusOK).Sees("Group field", "Urgent", "En route")
	b.Post("/admin/swift/jobs/settings", url.Values{"report_status": {"open"}}).Is(http.StatusOK).Sees("Switch the Group field off?", "Nobody sees any of them who does not see it today")
	b.Post("/admin/swift/jobs/settings", url.Values{"report_status": {"open"}, "sure": {"1"}}).Is(http.StatusOK).Sees("Saved.")
	b.Get("/admin/swift/jobs/new?kind=work").Is(http.StatusOK).SeesNot(`name="group"`)
	b.Post("/admin/swift/jobs/settings/priorities/new", url.Values{"name": {"Next day"}, "start_min": {"90"}, "due_min": {"60"}}).Is(http.StatusUnprocessableEntity).Sees("due before it has to start")
	b.Post("/admin/swift/jobs/settings/priorities/new", url.Values{"name": {"Next day"}, "due_min": {"1440"}}).Is(http.StatusOK).Sees("Next day", "after 1 day")
	b.Post("/admin/swift/jobs/settings/statuses/new", url.Values{"name": {"At the gate"}, "under": {"delivery:dispatched"}}).Is(http.StatusOK).Sees("At the gate")
	b.Post("/admin/swift/jobs/settings/fields/new", url.Values{"label": {"Cost centre"}, "kind": {"text"}}).Is(http.StatusOK).Sees("Cost centre")
	b.Get("/admin/swift/jobs/settings/fields/99").Is(http.StatusNotFound)
}

func TestSites_addEditRemove(t *testing.T) {
	_, _, b := jobSite(t)
	b.Get("/admin/swift/sites").Is(http.StatusOK).Sees("No sites yet")
	b.Post("/admin/swift/sites/new", url.Values{"name": {" "}, "lat": {"north"}}).Is(http.StatusUnprocessableEntity).Sees("Give a number")
	b.Post("/admin/swift/sites/new", url.Values{"name": {"Dock 4"}, "city": {"London"}, "contact_name": {"Ina"}}).Is(http.StatusOK).Sees("Site added.", "Dock 4", "Ina")
	b.Post("/admin/swift/sites/1/edit", url.Values{"name": {"Dock 5"}, "version": {"9"}}).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this site")
	b.Post("/admin/swift/jobs/new", url.Values{"kind": {"collection"}, "site": {"1"}, "day": {"2026-11-20"}}).Is(http.StatusOK).Sees("Dock 4", "London", "Ina")
	b.Get("/admin/swift/sites/1").Is(http.StatusOK).Sees("J-1")
	b.Post("/admin/swift/sites/1/remove", nil).Is(http.StatusOK).Sees("Dock 4 is removed.")
	b.Get("/admin/swift/jobs/1").Is(http.StatusOK).Sees("London", "Ina")
}
