package e2e

import (
	"strconv"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// TestStory_problemBecomesWork: a customer's report is a job at once; the
// customer follows each step, and reads nothing that is not for it.
func TestStory_problemBecomesWork(t *testing.T) {
	for name, how := range map[string]browsertest.How{"light": {}, "phone": {Phone: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			fleetOf(t, s)
			acme, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{1}, Customer: acme}); err != nil {
				t.Fatal(err)
			}
			portal, _ := storetest.Portal(t, a.DB, s, acme, "ana@acme.test")
			anna := storetest.Everything(t, a.DB, s, portal.ID, "anna@acme.test")
			a.SetPassword(anna.Me().ID)
			if _, _, err := anna.ReportProblem(t.Context(), store.ProblemReport{Asset: 1, Subject: "Leak at the boom", Description: "Oil on the ground", Once: "1"}); err != nil {
				t.Fatal(err)
			}

			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/assets/1").Sees("Leak at the boom")
			b.Go("/admin/nordlift/jobs/1").Sees("J-1 · Leak at the boom", "Acme", "EX-1041", "Reported by", "Due by", "Oil on the ground", "The customer is told: Info received")
			look(b, how, "job-"+name)
			b.Fill("status", "in_progress:1").Click("Set status").Sees("Status set.", "In Progress · En route")
			b.Fill("body", "Pump is worn, tell the yard").Click("Write").Sees("Private note")
			b.Fill("body", "The hose is replaced.").Tick("Also for Acme").Click("Write").Sees("Written.")

			c := browsertest.Open(t, a.URL, how).Go("/portal/"+portal.Slug+"/sign-in").Fill("email", "anna@acme.test").Fill("password", apptest.Password).Click("Sign in").Sees("Welcome")
			c.Go("/portal/"+portal.Slug+"/jobs/1").Sees("Leak at the boom", "En route", "The hose is replaced.").SeesNot("Pump is worn", "Staff admin")
			b.Fill("status", "completed").Click("Set status").Sees("The customer is told: Completed")
			c.Go("/portal/" + portal.Slug + "/jobs/1").Sees("Completed")
		})
	}
}

// TestStory_dispatchersDay: what came in is given out, moved, and counted.
func TestStory_dispatchersDay(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("swift")
			pete := storetest.Staff(t, a.DB, s.Home().ID, "swift", "pete@swift.test", "technician").Me()
			for _, to := range []string{"12 Long Acre", "8 Southwark Street", "41 Venn Street"} {
				if _, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Subject: to, Address: to, Day: s.DayNow(), Lat: store.Some(51.5), Lon: store.Some(-0.1)}}}); err != nil {
					t.Fatal(err)
				}
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/swift/sign-in").Fill("email", "admin@swift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/swift/jobs").Sees("3 unfinished", "Info received", "12 Long Acre")
			look(b, how, "jobs-day-"+name)
			b.Go("/admin/swift/jobs/assign?all=1&day="+s.DayNow()).Sees("Assign 3 jobs").Fill("assignee", strconv.FormatInt(int64(pete.ID), 10)).Click("Assign").Sees("Assigned.", pete.Name)
			b.Go("/admin/swift/jobs/board").Sees("Nobody yet", pete.Name)
			look(b, how, "jobs-board-"+name)
			b.Fill("to", "none").Click("Move").Sees("Assigned.")
			b.Go("/admin/swift/jobs/2").Fill("status", "completed").Click("Set status").Sees("Status set.", "Completed")
			b.Go("/admin/swift/jobs").Sees("2 unfinished", "Completed")
			b.Go("/admin/swift/jobs/calendar").Sees("3 jobs")
			look(b, how, "jobs-calendar-"+name)
			b.Go("/admin/swift/jobs/new?kind=collection").Fill("address", "22 Nelson Road").Fill("from", "10:00").Fill("to", "09:00").Click("Add job").Sees("The time window ends before it begins")
			look(b, how, "jobs-form-"+name)
			b.Fill("to", "11:00").Click("Add job").Sees("Job added.", "22 Nelson Road")
			b.Go("/admin/swift/jobs/settings").Sees("Group field", "Urgent")
			look(b, how, "jobs-settings-"+name)
		})
	}
}
