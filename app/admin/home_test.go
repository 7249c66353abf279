package admin_test

import (
	"testing"

	"gatehouse/store"
)

func TestHome_saysWhatWaits(t *testing.T) {
	_, s, b := nordlift(t)
	b.Get("/admin/nordlift").Sees("Begin with a customer", "Import customers")
	acme, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/nordlift").Sees("Every invited customer has taken up its portal", "Nothing comes back in the next 14 days").SeesNot("Begin with a customer", "Who has the most assets")
	for name, days := range map[string]int{"EX-1": 3, "EX-2": 90} {
		id, err := s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: name}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{id}, Customer: acme, From: s.Now(), To: s.Now().AddDate(0, 0, days)}); err != nil {
			t.Fatal(err)
		}
	}
	b.Get("/admin/nordlift").Sees("EX-1 Acme last day", "Who has the most assets", "EX-2: Assigned to Acme").SeesNot("EX-2 Acme last day")
}
