package storetest

import (
	"testing"

	"gatehouse/store"
)

// Twin is one of two providers with equal data. Everything it holds bears its
// slug, so that a byte of it in the other's hands can be found.
type Twin struct {
	Slug     string
	Staff    store.Staff
	Customer store.CustomerID
	Type     store.TypeID
	TwinImports
	TwinFeeds
	TwinPortal
	TwinAssets
	TwinGroups
	TwinMail
	TwinAccount
	TwinVehicles
	TwinAccess
	TwinJobs
	TwinRoad
}

// Twins makes two equal providers in one data file.
func Twins(t testing.TB) (db *store.DB, mine, theirs Twin) {
	t.Helper()
	db, _ = Open(t)
	return db, newTwin(t, db, "twin-one"), newTwin(t, db, "twin-two")
}

func newTwin(t testing.TB, db *store.DB, slug string) Twin {
	t.Helper()
	w := Twin{Slug: slug, Staff: Provider(t, db, slug)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("make %s: %v", slug, err)
		}
	}
	types, err := w.Staff.CustomerTypes(t.Context())
	must(err)
	w.Type = types[0].ID
	w.Customer, err = w.Staff.AddCustomer(t.Context(), store.CustomerEdit{ExternalID: "K-1", CustomerInput: store.CustomerInput{Name: "Customer of " + slug, Email: "info@" + slug + ".test"}})
	must(err)
	must(w.Staff.SetOwnSettings(t.Context(), map[string]string{store.OwnSupportName: "Support of " + slug}))
	must(w.addImports(t.Context()))
	must(w.addFeeds(t.Context()))
	w.addPortal(t, db)
	must(w.addAssets(t.Context()))
	w.addGroups(t, db)
	w.addAccess(t)
	must(w.addAccount(t.Context(), db))
	must(w.addMail(t.Context()))
	must(w.addVehicles(t.Context()))
	must(w.addJobs(t.Context()))
	must(w.addRoad(t.Context()))
	return w
}
