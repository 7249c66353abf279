package e2e

import (
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

const importedJobs = "Customer Code,D.O. No.,Type,Delivery Date,Time Window,Deliver To,Address,City,SKU,Item Description,Qty\n" +
	"K-1001,DO-1,Delivery,11/20/2026,8:00 AM - 12:00 PM,Ana Lopes,Harbour street 4,Hamburg,S-1,Cement,12\n" +
	"K-1001,DO-1,Delivery,11/20/2026,8:00 AM - 12:00 PM,Ana Lopes,Harbour street 4,Hamburg,S-2,Sand,3\n" +
	"K-1001,DO-2,Collection,11/21/2026,2 PM,Ben Ode,Mill lane 9,Hamburg,S-3,Empty pallets,20\n" +
	"X-77,DO-3,Delivery,11/21/2026,,Cy Two,Mill lane 10,Kiel,S-1,Cement,1\n" +
	"NORTH,DO-4,Delivery,11/22/2026,,Di Three,Mill lane 11,Kiel,S-1,Cement,4\n" +
	"K-1001,DO-5,Delivery,11/31/2026,,Ed Four,Mill lane 12,Kiel,S-1,Cement,4\n"

// TestStory_theDaysDeliveriesComeIn is story e.3 1: a dry run with what each
// customer gets and with the bad rows, unknown codes parked and decided, and
// the same file once more, which changes nothing.
func TestStory_theDaysDeliveriesComeIn(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			if _, err := s.AddCustomer(t.Context(), store.CustomerEdit{ExternalID: "K-1001", CustomerInput: store.CustomerInput{Name: "Hafenbau GmbH"}}); err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/imports/new?kind=jobs").Sees("Whose jobs are in the file?", "D.O. number")
			look(b, how, "jobs-import-upload-"+name)
			b.File("file", write(t, "swift.csv", importedJobs)).Click("Upload").Sees("What the columns mean", "Such as: DO-1")
			look(b, how, "jobs-import-map-"+name)
			b.Click("Check the file").Sees("Apply 3 rows", "No customer or group here goes by “X-77”", "Whose they are", "Hafenbau GmbH", "stay parked")
			look(b, how, "jobs-import-checked-"+name)
			b.Click("Apply 3 rows").Sees("3 added", "2 parked", "1 refused")
			b.Click("Decide what the codes mean").Sees("X-77", "NORTH", "Leave its rows parked")
			look(b, how, "jobs-import-codes-"+name)
			b.Fill("do.0", "is").Fill("is.0", "Nobody Ltd").Fill("do.1", "customer").Click("Save decisions").Sees("Nobody here goes by “Nobody Ltd”")
			look(b, how, "jobs-import-codes-bad-"+name)
			b.Fill("is.0", "Hafenbau GmbH").Click("Save decisions").Sees("2 codes were decided.")
			b.Click("Bring in the parked rows").Sees("Apply 2 rows")
			look(b, how, "jobs-import-rest-"+name)
			b.Click("Apply 2 rows").Sees("2 added", "3 as they were")
			page, err := s.Jobs(t.Context(), store.JobFilter{Sort: "number"})
			if err != nil || len(page.Rows) != 4 {
				t.Errorf("%d jobs (%v), want 4", len(page.Rows), err)
			}
		})
	}
}
