package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
)

// someCustomers is a list as spreadsheets in much of Europe write it. Its last
// row has no name.
const someCustomers = "Kundennummer;Firma;E-Mail;Ort;Typ\r\nK-1;Brightwater Civil;ana@brightwater.test;Hamburg;Contractor\r\nK-2;Kestrel Homes;kim@kestrel.test;Kiel;\r\nK-3;;;Bremen;\r\n"

// snapshotOf is a snapshot of ISO 15143-3 of three machines, read at a time.
func snapshotOf(at time.Time) string {
	out := `<?xml version="1.0" encoding="UTF-8"?><Fleet xmlns="http://standards.iso.org/iso/15143/-3" version="1" snapshotTime="` + at.Format(time.RFC3339) + `">`
	for i, name := range []string{"Loader 7", "Digger 2", "Roller 9"} {
		out += fmt.Sprintf(`<Equipment><EquipmentHeader><OEMName>Kramer</OEMName><Model>50%d5</Model><EquipmentID>%s</EquipmentID><SerialNumber>34600000%d</SerialNumber><PIN>WNK0000000000000%d</PIN></EquipmentHeader>
			<Location datetime="%[5]s"><Latitude>5%[1]d.95</Latitude><Longitude>1%[1]d.46</Longitude></Location>
			<CumulativeOperatingHours datetime="%[5]s"><Hour>%[1]d937.2</Hour></CumulativeOperatingHours>
			<FuelRemaining datetime="%[5]s"><Percent>6%[1]d</Percent></FuelRemaining></Equipment>`, i+1, name, i+1, i+1, at.Format(time.RFC3339))
	}
	return out + `</Fleet>`
}

// fileOf writes a file to choose in a form.
func fileOf(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// in opens a tab and signs in at a door.
func in(t *testing.T, a *apptest.Appliance, how browsertest.How, door, email string) *browsertest.Tab {
	t.Helper()
	b := browsertest.Open(t, a.URL, how).Go(door+"/sign-in").Fill("email", email).Fill("password", apptest.Password).Click("Sign in")
	return b.SeesNot("Forgotten your password?")
}

// done waits for work in the background and sees what came of it.
func done(a *apptest.Appliance, b *browsertest.Tab, how browsertest.How, texts ...string) *browsertest.Tab {
	if how.NoScript {
		a.Desk.Wait()
		b.Go(b.Path())
	}
	return b.Sees(texts...)
}

func TestStory_theProviderFromASpreadsheetToAPersonInThePortal(t *testing.T) {
	for name, how := range map[string]browsertest.How{"light": {}, "dark-phone": {Dark: true, Phone: true}, "noscript": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			a.Provider("nordlift")
			b := in(t, a, how, "/admin/nordlift", "admin@nordlift.test")
			customersFromASpreadsheet(t, a, b, how, name)
			fleetFromASnapshot(t, a, b, how, name)
			machinesForACustomer(t, a, b, how, name)
			link := portalInThreeSteps(b, how, name)
			colleagueOverTheLink(t, a, b, strings.TrimPrefix(link, a.URL), how, name)
		})
	}
}

func customersFromASpreadsheet(t *testing.T, a *apptest.Appliance, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	file := fileOf(t, "kunden.csv", someCustomers)
	b.Go("/admin/nordlift/customers").Click("Import").Sees("Columns that are understood")
	look(b, how, "import-upload-"+name)
	b.File("file", file).Click("Upload").Sees("Map columns", "Such as: Brightwater Civil", "Such as: Contractor", "Semicolon", "The first rows")
	look(b, how, "import-map-"+name)
	b.Click("Check the file")
	done(a, b, how, "2 would be added", "Give the customer's name.", "1 row is refused")
	look(b, how, "import-checked-"+name)
	b.Click("Apply 2 rows")
	done(a, b, how, "2 added, 0 changed, 0 as they were, 1 refused.")
	b.Go("/admin/nordlift/customers").Sees("Brightwater Civil", "Kestrel Homes", "Contractor").Go("/admin/nordlift/imports").Click("kunden.csv").Sees("Applied on")
	b.Click("Undo").Sees("What it added is removed (2)").Click("Undo the import")
	done(a, b, how, "Everything is as it was before.")
	look(b, how, "import-undone-"+name)
	b.Go("/admin/nordlift/customers").SeesNot("Brightwater").Click("Import").File("file", file).Click("Upload").Sees("Such as: Brightwater Civil").Click("Check the file")
	done(a, b, how, "Apply 2 rows")
	b.Click("Apply 2 rows")
	done(a, b, how, "2 added")
}

func fleetFromASnapshot(t *testing.T, a *apptest.Appliance, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	b.Go("/admin/nordlift/imports").Click("New import").Click("Fleet snapshot").Sees("ISO 15143-3")
	b.File("file", fileOf(t, "fleet.xml", snapshotOf(a.Clock.Now().Add(-time.Hour)))).Click("Upload")
	done(a, b, how, "Apply 3 rows")
	look(b, how, "fleet-checked-"+name)
	b.Click("Apply 3 rows")
	done(a, b, how, "3 added")
	b.Go("/admin/nordlift/assets").Sees("Loader 7", "Digger 2", "Roller 9", "2,937.2", "62 %")
	look(b, how, "fleet-assets-"+name)
	b.Click("Loader 7").Sees("1,937.2", "WNK00000000000001", "346000001", "Position", "Nobody had it yet")
	look(b, how, "fleet-asset-"+name)
}

// machinesForACustomer gives all three to one customer, who has to take one
// over from another and gets one for today only.
func machinesForACustomer(t *testing.T, a *apptest.Appliance, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	day := func(n int) string { return a.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	list := "/admin/nordlift/assets"
	b.Go(list).Tick("Select Digger 2").Click("Assign").Sees("1 asset: Digger 2").Fill("for", optionOf(b, "Kestrel Homes")).Fill("from", day(-9)).Click("Assign").Sees("1 asset is assigned to Kestrel Homes.")
	b.Go(list).Tick("Select Roller 9").Click("Assign").Sees("1 asset: Roller 9").Fill("for", optionOf(b, "Brightwater Civil")).Fill("to", day(0)).Click("Assign").Sees("1 asset is assigned to Brightwater Civil.")
	b.Go(list).Tick("Select Digger 2").Tick("Select Loader 7")
	look(b, how, "assign-chosen-"+name)
	b.Click("Assign").Sees("2 assets: ", "Digger 2", "Loader 7").Fill("for", "").Fill("to", day(-1)).Click("Assign").Sees("Choose one of your customers.")
	b.Fill("for", optionOf(b, "Brightwater Civil")).Click("Assign").Sees("last day")
	look(b, how, "assign-wrong-"+name)
	b.Fill("to", day(30)).Click("Assign").Sees("Some are with another customer", "Digger 2: Kestrel Homes", "Nothing has been changed yet")
	look(b, how, "assign-conflict-"+name)
	b.Fill("end", "on").Click("Assign").Sees("2 assets are assigned to Brightwater Civil.", "Loader 7", "Digger 2", "Roller 9", "Last day", "12/20/2026", "11/20/2026")
	look(b, how, "assigned-"+name)
	b.Click("Digger 2").Sees("Who had it", "Has it now", "Returned", "Kestrel Homes", "Brightwater Civil")
}

// optionOf is the value of an option that reads like this.
func optionOf(b *browsertest.Tab, label string) string {
	return b.Value(fmt.Sprintf(`([...document.querySelectorAll('main option')].find(o => o.textContent.trim() === %q) || {value: ''}).value`, label))
}

func portalInThreeSteps(b *browsertest.Tab, how browsertest.How, name string) (link string) {
	b.Go("/admin/nordlift/customers?q=brightwater").Click("Brightwater Civil").Sees("Customer Portal").Click("Customer Portal").Sees("The customer type is Contractor.", "3 assets are assigned.", "Mail goes to ana@brightwater.test.")
	b.Click("Set up in three steps").Sees("Name of the portal").Fill("name", "Nordlift for Brightwater").Click("Save Portal Setup").Sees("Pick the look").Tick("Forest")
	b.Click("Save Branding").Sees("Nobody is invited yet").Click("Create invitation").Sees("works once, for 7 days").Click("Create invitation").Sees("only time the whole link is shown")
	if !how.NoScript {
		b.Click("Copy").Sees("Copied")
	}
	look(b, how, "three-steps-link-"+name)
	link = b.Value(`document.getElementById('link').value`)
	b.Click("Done").Sees("Portal access pending", "Whoever has the link")
	return link
}

// colleagueOverTheLink is a person with a phone, and one who comes too late.
func colleagueOverTheLink(t *testing.T, a *apptest.Appliance, b *browsertest.Tab, link string, how browsertest.How, name string) {
	t.Helper()
	phone := browsertest.How{Phone: true, Dark: how.Dark, NoScript: how.NoScript}
	ana := browsertest.Open(t, a.URL, phone).Go(link).Sees("Welcome to Nordlift for Brightwater", "invites you", "Brightwater Civil")
	look(ana, how, "link-welcome-"+name)
	ana.Click("Continue").Sees("Create your sign-in").Fill("name", "Ana Kowalska").Fill("email", "ana@brightwater.test").Fill("password", "a heron walked over the ice").Fill("terms", "on")
	ana.Click("Create sign-in and enter").Sees("You are in, Ana Kowalska", "Loader 7", "Digger 2", "Roller 9")
	look(ana, how, "link-home-"+name)
	if how.NoScript {
		b.Go(b.Path())
	}
	b.Sees("Ana Kowalska", "Portal admin", "Accepted", "Version 1").SeesNot("Portal access pending")
	browsertest.Open(t, a.URL, phone).Go(link).Sees("already used by A. K.", "Ask for a new link").Click("Ask for a new link").Sees("We have passed it on")

	a.Clock.Add(24 * time.Hour)
	ana.Go("/portal/brightwater-civil/assets").Sees("Loader 7", "Digger 2").SeesNot("Roller 9")
	ana.Go("/portal/brightwater-civil/assets?q=roller").Sees("Nothing matches")
}
