package e2e

import (
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// fleetOf gives a provider three machines with months of readings.
func fleetOf(t *testing.T, s store.Staff) {
	t.Helper()
	for i, name := range []string{"EX-1041", "EX-1042", "WL-2001"} {
		id, err := s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: name, Make: "Kramer", Model: "5085", Serial: "S" + name, Type: "Loader", Year: 2021}})
		if err != nil {
			t.Fatal(err)
		}
		var all []store.Reading
		for d := range 90 {
			at := s.Now().Add(-time.Duration(d)*24*time.Hour - time.Hour)
			all = append(all, store.Reading{Kind: store.KindHours, At: at, Value: store.Some(2000 - float64(d*(3+d%4)))},
				store.Reading{Kind: store.KindFuel, At: at, Value: store.Some(float64(20 + d*7%75))})
		}
		all = append(all, store.Reading{Kind: store.KindPosition, At: s.Now().Add(-time.Hour), Value: store.Some(53.5 + float64(i)/3), Value2: store.Some(9.9 + float64(i)/2)})
		if _, err := s.AddReadings(t.Context(), id, all); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStory_assetsGoToACustomerAndBack(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			s := a.Provider("nordlift")
			fleetOf(t, s)
			var of [2]store.CustomerID
			for i, c := range []string{"Brightwater Civil", "Kestrel Homes"} {
				var err error
				if of[i], err = s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: c}}); err != nil {
					t.Fatal(err)
				}
			}
			portal, member := storetest.Portal(t, a.DB, s, of[0], "ana@brightwater.test")
			a.SetPassword(member.Me().ID)
			storetest.Everything(t, a.DB, s, portal.ID, "kim@brightwater.test")

			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/customers/1/assets").Sees("Nothing assigned yet")
			look(b, how, "assets-none-"+name)
			b.Click("Assign assets").Sees("Choose the assets for Brightwater Civil")
			b.Fill("id", "on").Click("Assign to Brightwater Civil").Sees("1 asset: EX-1041")
			look(b, how, "assign-"+name)
			b.Fill("from", "2026-11-01").Click("Assign").Sees("1 asset is assigned to Brightwater Civil.", "EX-1041")
			b.Go("/admin/nordlift/assets/1").Sees("Brightwater Civil", "since 11/01/2026", "per day")
			look(b, how, "asset-"+name)
			b.Go("/admin/nordlift/assets/assign?id=1&id=2").Fill("for", "2").Click("Assign").Sees("Nothing has been changed yet", "EX-1041: Brightwater Civil, since 11/01/2026")
			look(b, how, "conflict-"+name)
			b.Click("Assign").Sees("1 asset is assigned to Kestrel Homes.", "1 was left with another customer.")

			ana := browsertest.Open(t, a.URL, how).Go("/portal/"+portal.Slug+"/sign-in").Fill("email", "ana@brightwater.test").Fill("password", apptest.Password).Click("Sign in").Sees("Welcome")
			ana.Go("/portal/"+portal.Slug+"/assets").Sees("EX-1041").SeesNot("EX-1042", "WL-2001", "Kestrel")
			look(ana, how, "client-assets-"+name)
			ana.Go("/portal/"+portal.Slug+"/assets/1").Sees("with you since 11/01/2026", "Operating hours", "Details")
			look(ana, how, "client-asset-"+name)
			ana.Go("/portal/" + portal.Slug + "/map").Sees("EX-1041")
			if !how.NoScript {
				ana.Sees("1 on the map")
			}
			look(ana, how, "client-map-"+name)
			ana.Go("/portal/"+portal.Slug+"/activity").Sees("EX-1041").SeesNot("Kestrel", "EX-1042")
			look(ana, how, "client-activity-"+name)

			if !how.NoScript {
				b.Go("/admin/nordlift/assets/map").Sees("3 on the map")
				time.Sleep(time.Second) // the borders are drawn after the marks
				look(b, how, "map-"+name)
			}
			b.Go("/admin/nordlift/assets/return?id=1").Sees("When does it end?")
			look(b, how, "return-"+name)
			b.Click("Take back").Sees("1 asset is back with you.")
			ana.Go("/portal/" + portal.Slug + "/assets/1").Sees("no such asset")
			ana.Go("/portal/" + portal.Slug + "/assets").Sees("No assets at the moment").SeesNot("EX-1041")
			look(ana, how, "client-none-"+name)
		})
	}
}
