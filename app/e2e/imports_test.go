package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

const importedCustomers = "Kundennummer;Firma;E-Mail;Ort;Typ\nK-1001;Hafenbau GmbH;office@hafenbau.example;Hamburg;Contractor\nK-1002;Söder & Söhne;post@soeder.example;Kiel;Dealer\n" +
	"K-1003;Öresund Kran AB;kran@oresund.example;Malmö;Rental company\nK-1004;Brandt Tiefbau;brandt;Lübeck;Contractor\nK-1005;;info@nobody.example;Bremen;\n"

const importedFleet = `<?xml version="1.0"?><Fleet xmlns="http://standards.iso.org/iso/15143/-3">
<Equipment><EquipmentHeader><OEMName>Kramer</OEMName><Model>5085</Model><EquipmentID>WL-2001</EquipmentID><SerialNumber>346041375</SerialNumber></EquipmentHeader>
<CumulativeOperatingHours datetime="2026-11-19T10:00:00Z"><Hour>1937.23</Hour></CumulativeOperatingHours><Location datetime="2026-11-19T10:00:00Z"><Latitude>53.54</Latitude><Longitude>9.98</Longitude></Location></Equipment>
<Equipment><EquipmentHeader><OEMName>Genie</OEMName><Model>Z-45</Model><EquipmentID>AB-310</EquipmentID><SerialNumber>Z4518-1177</SerialNumber></EquipmentHeader>
<CumulativeOperatingHours datetime="2026-11-19T10:00:00Z"><Hour>612</Hour></CumulativeOperatingHours><FuelRemaining datetime="2026-11-19T10:00:00Z"><Percent>64</Percent></FuelRemaining></Equipment></Fleet>`

// write puts a file where the browser can choose it.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStory_customersAndFleetComeInFromFiles(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			a.Provider("nordlift")
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/imports").Sees("No imports yet")
			look(b, how, "imports-none-"+name)
			b.Go("/admin/nordlift/customers").Click("Import").Sees("Upload a file", "Columns that are understood")
			look(b, how, "import-upload-"+name)
			b.File("file", write(t, "broken.xlsx", "PK\x03\x04 cut off")).Click("Upload").Sees("incomplete or damaged")
			look(b, how, "import-broken-"+name)
			b.File("file", write(t, "kunden.csv", importedCustomers)).Click("Upload").Sees("What the columns mean", "Such as: Hafenbau GmbH")
			look(b, how, "import-map-"+name)
			b.Click("Check the file").Sees("Apply 3 rows", "Brandt Tiefbau", "Enter a full e-mail address")
			look(b, how, "import-checked-"+name)
			b.Click("Apply 3 rows").Sees("3 added, 0 changed")
			look(b, how, "import-applied-"+name)
			b.Go("/admin/nordlift/customers").Sees("Hafenbau GmbH", "Öresund Kran AB").SeesNot("Brandt")

			b.Go("/admin/nordlift/imports/new?kind=fleet").Sees("What is taken").File("file", write(t, "fleet.xml", importedFleet)).Click("Upload").Sees("WL-2001", "Apply 2 rows")
			b.Click("Apply 2 rows").Sees("2 added")
			look(b, how, "import-fleet-"+name)
			b.Go("/admin/nordlift/assets").Sees("WL-2001", "1,937")
			b.Go("/admin/nordlift/imports/2").Click("Undo").Sees("Undo this import?")
			look(b, how, "import-undo-"+name)
			b.Click("Undo the import").Sees("Everything is as it was before.")
			b.Go("/admin/nordlift/assets").Sees("No assets yet")
			b.Go("/admin/nordlift/imports").Sees("Undone", "Applied", "kunden.csv")
			look(b, how, "imports-"+name)
		})
	}
}

func TestStory_feedIsAsked(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer tok-1" {
			http.Error(w, "Your subscription has ended.", http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, importedFleet)
	}))
	t.Cleanup(srv.Close)
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			a.Provider("nordlift")
			if err := a.DB.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetFeedPrivate: "yes"}); err != nil {
				t.Fatal(err)
			}
			b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Fill("email", "admin@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
			b.Go("/admin/nordlift/feeds").Click("Add feed").Sees("Address of the fleet")
			look(b, how, "feed-new-"+name)
			b.Fill("name", "Trackunit").Fill("url", srv.URL+"/Fleet/1").Fill("auth", "bearer").Fill("secret", "tok-2").Click("Save").Sees("Feed added.")
			a.Desk.Wait()
			b.Go("/admin/nordlift/feeds/1").Sees("403 Forbidden", "Your subscription has ended.")
			look(b, how, "feed-fails-"+name)
			b.Click("Edit").Fill("secret", "tok-1").Click("Save").Sees("Saved.").Click("Pull now").Sees("The feed is being asked.")
			a.Desk.Wait()
			b.Go("/admin/nordlift/feeds/1").Sees("Works", "Done")
			look(b, how, "feed-works-"+name)
			b.Go("/admin/nordlift/feeds").Sees("Trackunit", "Works")
			look(b, how, "feeds-"+name)
			b.Go("/admin/nordlift/assets").Sees("WL-2001", "AB-310")
		})
	}
}
