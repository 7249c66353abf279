package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (o *office) customer(code, name string) store.CustomerID {
	o.t.Helper()
	id, err := o.s.AddCustomer(o.t.Context(), store.CustomerEdit{ExternalID: code, CustomerInput: store.CustomerInput{Name: name}})
	o.must(err)
	return id
}

func (o *office) assets() map[string]store.Asset {
	o.t.Helper()
	p, err := o.s.Assets(o.t.Context(), store.AssetFilter{Limit: 500})
	o.must(err)
	out := map[string]store.Asset{}
	for _, a := range p.Rows {
		full, err := o.s.Asset(o.t.Context(), a.ID)
		o.must(err)
		out[a.Name] = full
	}
	return out
}

const fleetFile = "Gerätenummer;Bezeichnung;Seriennummer;Hersteller;Baujahr;Kundennummer;von;bis;Betriebsstunden;Ablesedatum;Breite;Länge;Farbe;Gruppe\n" +
	"L-1;Lader 1;S-100;Kramer;2019;K-1;01.03.2026;;1.937,5;02.11.2026 07:30;53,5436;9,9652;gelb;Nord\n" +
	"L-2;Lader 2;S-200;Kramer;2020;;;;12,25;;;;rot;\n" +
	"L-3;Bühne 3;S-300;Genie;;K-2;13.04.2026;31.12.2026;;;;;;nord\n"

func fleetOffice(t *testing.T) *office {
	o := newOffice(t)
	o.customer("K-1", "Hafenbau")
	o.customer("K-2", "Kranbau")
	o.must2(o.s.AddField(t.Context(), store.FieldInput{Label: "Farbe", Kind: "text"}))
	o.must2(o.s.AddGroup(t.Context(), store.GroupEdit{Name: "Nord"}))
	return o
}

func TestImport_assetsWithCustomersReadingsGroupsAndFields(t *testing.T) {
	o := fleetOffice(t)
	i := o.applied("assets", fleetFile)
	if got, want := i.Tally, (store.Tally{Total: 3, Added: 3}); got != want {
		t.Fatalf("got %+v, want %+v: %v", got, want, o.verdicts(i.ID))
	}
	a := o.assets()["Lader 1"]
	if a.CustomerName != "Hafenbau" || a.Year != 2019 || a.Hours.V != 1937.5 || !a.Hours.At.Equal(time.Date(2026, 11, 2, 7, 30, 0, 0, time.UTC)) || a.Lat.V != 53.5436 || a.Lon.V != 9.9652 {
		t.Errorf("got %+v", a)
	}
	if want := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC); !a.Since.Equal(want) {
		t.Errorf("since %v, want %v", a.Since, want)
	}
	if g, err := o.s.AssetGroups(t.Context(), a.ID); err != nil || len(g) != 1 || g[0].Name != "Nord" {
		t.Errorf("got groups %v, %v", g, err)
	}
	if v, err := o.s.FieldValues(t.Context(), a.ID); err != nil || v[0].Value != "gelb" {
		t.Errorf("got fields %v, %v", v, err)
	}
	b := o.assets()["Bühne 3"]
	if want := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); b.CustomerName != "Kranbau" || !b.Until.Equal(want) {
		t.Errorf("got %s until %v, want Kranbau until %v", b.CustomerName, b.Until, want)
	}
	if c := o.customers()["Hafenbau"]; c.Assets != 1 {
		t.Errorf("Hafenbau has %d assets, want 1", c.Assets)
	}
	again := o.checked("assets", fleetFile)
	if got, want := again.Tally, (store.Tally{Total: 3, Same: 3}); got != want {
		t.Errorf("the same file again: %+v, want %+v: %v", got, want, o.verdicts(again.ID))
	}
}

func TestImport_undoOfAssetsRestoresExactly(t *testing.T) {
	o := fleetOffice(t)
	first := o.applied("assets", fleetFile)
	was := o.assets()
	second := o.applied("assets", "ID;Name;Hours;Read at;Customer number;From;Groups;Farbe;Status\nL-1;Lader eins;2.000,0;15.11.2026;;;;blau;workshop\nL-2;Lader 2;;;K-2;;Nord;;\nL-9;Neu;5,5;15.11.2026;K-1;;;;\n")
	o.want(second.ID,
		"2 change Lader eins: Name: Lader 1 → Lader eins; Status: active → service; Farbe: gelb → blau; Operating hours: 1937.5 → 2000 (2026-11-15 00:00 UTC)",
		"3 change Lader 2: Groups: Nord; Customer: Kranbau, from 2026-11-20",
		"4 add Neu: Operating hours: 5.5 (2026-11-15 00:00 UTC); Customer: Hafenbau, from 2026-11-20")
	o.undone(second.ID)
	now := o.assets()
	if len(now) != len(was) {
		t.Fatalf("got %d assets, want %d", len(now), len(was))
	}
	for name, w := range was {
		n := now[name]
		n.Version, n.UpdatedAt, w.Version, w.UpdatedAt = 0, time.Time{}, 0, time.Time{}
		if n != w {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, n, w)
		}
	}
	if g, _ := o.s.AssetGroups(t.Context(), was["Lader 2"].ID); len(g) != 0 {
		t.Errorf("Lader 2 is still in %v", g)
	}
	if v, _ := o.s.FieldValues(t.Context(), was["Lader 1"].ID); v[0].Value != "gelb" {
		t.Errorf("Lader 1 is %s, want gelb", v[0].Value)
	}
	if h, _ := o.s.AssetHistory(t.Context(), was["Lader 2"].ID); len(h) != 0 {
		t.Errorf("Lader 2 was with %v", h)
	}
	o.undone(first.ID)
	if left := o.assets(); len(left) != 0 {
		t.Errorf("%d assets are left: %v", len(left), o.verdicts(first.ID))
	}
	if c := o.customers()["Hafenbau"]; c.Assets != 0 {
		t.Errorf("Hafenbau has %d assets, want 0", c.Assets)
	}
}

func TestImport_undoLeavesAssetsAloneThatSomebodyUsed(t *testing.T) {
	o := fleetOffice(t)
	i := o.applied("assets", fleetFile)
	a := o.assets()
	o.must(o.s.AddReading(t.Context(), a["Lader 1"].ID, store.Reading{Kind: store.KindHours, At: o.s.Now(), Value: store.Some(2000)}))
	o.must2(o.s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{a["Lader 2"].ID}, Customer: o.customers()["Kranbau"].ID}))
	u := o.undone(i.ID)
	if u.Tally.Kept != 2 {
		t.Errorf("got %d kept, want 2: %v", u.Tally.Kept, o.verdicts(i.ID))
	}
	if left := o.assets(); len(left) != 2 || left["Lader 1"].CustomerName != "Hafenbau" {
		t.Errorf("got %v", left)
	}
}

func TestImport_assetRowsThatAreRefused(t *testing.T) {
	o := fleetOffice(t)
	o.applied("assets", fleetFile)
	i := o.checked("assets", "ID,Name,Serial number,Customer number,From,To,Hours,Read at,Latitude,Longitude,Position time,Year,Groups,Status,Fuel\n"+
		"A-1,Unknown customer,,K-9,,,,,,,,,,,\n"+
		"A-2,Future,,,,,10,2027-03-01,,,,,,,\n"+
		"A-3,Impossible,,,,,10,2026-02-30,,,,,,,\n"+
		"A-4,Nowhere,,,,,,,91,10,,,,,\n"+
		"A-5,No signal,,,,,,,0,0,,,,,\n"+
		"A-6,Twice,,,,,,,,,,,,,\n"+
		"a-6,Twice too,,,,,,,,,,,,,\n"+
		"L-1,Taken,,K-2,2026-04-01,,,,,,,,,,\n"+
		"A-7,Backwards,,K-1,2026-04-01,2026-03-01,,,,,,,,,\n"+
		"A-8,No group,,,,,,,,,,,Süd,,\n"+
		"A-9,Odd,,,,,many,,,,,12345,,flying,140\n"+
		"A-10,,,,,,,,,,,,,,\n"+
		"A-11,Dates only,,,2026-04-01,,,,,,,,,,\n"+
		"A-12,Old,,,,,10,1890-01-01,,,,,,,\n")
	want := []string{
		"2 refuse Unknown customer: Customer number: There is no customer with the number “K-9”. The row was left out",
		"3 refuse Future: Read at: This time lies in the future",
		"4 refuse Impossible: Read at: ",
		"5 refuse Nowhere: Latitude: The latitude 91 is beyond 90 degrees.",
		"6 refuse No signal: Latitude: 0, 0 is what a receiver without a signal reports",
		"7 refuse Twice: The ID “a-6” is also in line 8.", "8 refuse Twice too: The ID “a-6” is also in line 7.",
		"9 refuse Taken: Customer number: Hafenbau has it from 2026-03-01 on. Return it there first",
		"10 refuse Backwards: To: The last day lies before the first day.",
		"11 refuse No group: Groups: There is no group “Süd” here.",
		"12 refuse Odd: Year: Give a year between 1900 and 2028, or leave it empty. Status: Choose one of active, idle, service, retired. Operating hours: “many” is not a number",
		"13 refuse A-10: Name: Give the asset a name.",
		"14 refuse Dates only: Customer number: There are dates, but no customer number.",
		"15 refuse Old: Read at: ",
	}
	got := o.verdicts(i.ID)
	for n, w := range want {
		if n >= len(got) || !strings.HasPrefix(got[n], w) {
			t.Errorf("got %q, want %q", got[min(n, len(got)-1)], w)
		}
	}
	if i.Tally.Refused != int64(len(want)) {
		t.Errorf("got %+v", i.Tally)
	}
}

func TestImport_assignments(t *testing.T) {
	o := fleetOffice(t)
	o.applied("assets", fleetFile)
	i := o.applied("assignments", "Asset ID;Customer number;From;To\n"+
		"L-2;K-1;01.05.2026;31.05.2026\n"+
		"L-2;K-2;15.05.2026;30.06.2026\n"+
		"L-2;K-2;01.06.2026;30.06.2026\n"+
		"L-1;K-1;;\n"+
		"L-1;K-2;;\n"+
		"L-7;K-2;;\n"+
		"L-3;K-2;13.04.2026;15.01.2027\n"+
		";K-2;;\n"+
		"L-3;;;\n")
	o.want(i.ID,
		"2 add L-2: Customer: Hafenbau, from 2026-05-01 to 2026-05-31",
		"3 refuse L-2: Line 2 of this file gives it to Hafenbau for that time.",
		"4 add L-2: Customer: Kranbau, from 2026-06-01 to 2026-06-30",
		"5 same L-1",
		"6 refuse L-1: Customer number: Hafenbau has it from 2026-03-01 on. Return it there first, or choose another time.",
		"7 refuse L-7: There is no asset “L-7” here.",
		"8 change L-3: Customer: Kranbau, from 2026-04-13 to 2027-01-15",
		"9 refuse : This row names no asset.",
		"10 refuse L-3: Customer number: This row names no customer.")
	id := o.assets()["Lader 2"].ID
	if h, err := o.s.AssetHistory(t.Context(), id); err != nil || len(h) != 2 || h[1].CustomerName != "Hafenbau" {
		t.Errorf("got %v, %v", h, err)
	}
	o.undone(i.ID)
	if h, _ := o.s.AssetHistory(t.Context(), id); len(h) != 0 {
		t.Errorf("after the undo Lader 2 was with %v", h)
	}
	if b := o.assets()["Bühne 3"]; !b.Until.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("after the undo it ends %v", b.Until)
	}
}

// realFile is a file of the folder that GATEHOUSE_TEST_DATA names; where there
// is none, the test is skipped.
func realFile(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("GATEHOUSE_TEST_DATA")
	if dir == "" {
		t.Skip("GATEHOUSE_TEST_DATA is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skip(err)
	}
	return string(b)
}

func TestImport_realFleetSnapshot(t *testing.T) {
	o := newOffice(t)
	file := realFile(t, "fleet-aemp-kramer.xml")
	i := o.applied("assets", file)
	if got, want := i.Tally, (store.Tally{Total: 96, Added: 96}); got != want || i.Kind != store.ImportFleet {
		t.Fatalf("got %s %+v, want %+v", i.Kind, got, want)
	}
	if got, want := o.readings(), 421; got != want {
		t.Errorf("got %d readings, want %d", got, want)
	}
	a := o.assets()["850 Kramer 346041375"]
	if a.Hours.V != 1937.23 || a.Serial != "243925" || a.Odometer.V != 5220 || a.Lat.V != 50.956158333333335 || !a.SeenAt.Equal(time.Date(2021, 5, 5, 13, 58, 31, 0, time.UTC)) {
		t.Errorf("got %+v", a)
	}
	again := o.checked("fleet", file)
	if got, want := again.Tally, (store.Tally{Total: 96, Same: 96}); got != want {
		t.Errorf("again: got %+v, want %+v", got, want)
	}
	o.undone(i.ID)
	if len(o.assets()) != 0 || o.readings() != 0 {
		t.Errorf("after the undo %d assets and %d readings are left", len(o.assets()), o.readings())
	}
}

// readings counts those of every asset.
func (o *office) readings() (n int) {
	o.t.Helper()
	p, err := o.s.Assets(o.t.Context(), store.AssetFilter{Limit: 1000})
	o.must(err)
	for _, a := range p.Rows {
		kinds, err := o.s.ReadingKinds(o.t.Context(), a.ID)
		o.must(err)
		n += len(kinds) // one of each kind in a first snapshot
	}
	return n
}

func TestImport_realServiceRequestsAsCustomers(t *testing.T) {
	o := newOffice(t)
	file := realFile(t, "service-requests-nyc.csv")
	id := o.upload("customers", "service-requests-nyc.csv", file)
	o.must(o.MapImport(t.Context(), o.s, id, store.ImportOptions{}, map[string]int{"name": 4, "external_id": 0, "street": 9, "postal_code": 8, "city": 16}))
	o.must(o.CheckImport(t.Context(), o.s, id))
	o.Wait()
	i := o.see(id)
	if i.State != store.ImportChecked || i.Tally.Total != 700 || i.Tally.Added != 700 {
		t.Fatalf("got %s %+v: %s", i.State, i.Tally, i.Says)
	}
	o.must(o.ApplyImport(t.Context(), o.s, id))
	o.Wait()
	if i = o.see(id); i.State != store.ImportApplied {
		t.Errorf("got %s: %s", i.State, i.Says)
	}
}

const smallFleet = `<?xml version="1.0"?><Fleet xmlns="http://standards.iso.org/iso/15143/-3">
<Equipment><EquipmentHeader><OEMName>Kramer</OEMName><EquipmentID>Lader 1</EquipmentID><SerialNumber>S-100</SerialNumber></EquipmentHeader>
<CumulativeOperatingHours datetime="2026-11-19T10:00:00Z"><Hour>2000.5</Hour></CumulativeOperatingHours><Location datetime="2026-11-19T10:00:00Z"><Latitude>0</Latitude><Longitude>0</Longitude></Location></Equipment>
<Equipment><EquipmentHeader><OEMName>Kramer</OEMName><EquipmentID>Lader 1</EquipmentID><SerialNumber>S-999</SerialNumber></EquipmentHeader>
<Switch datetime="2026-11-19T10:00:00Z"><Name>Door</Name><State>true</State></Switch></Equipment></Fleet>`

func TestImport_snapshotKnowsMachinesBySerialNumber(t *testing.T) {
	o := fleetOffice(t)
	o.applied("assets", fleetFile)
	i := o.applied("fleet", smallFleet)
	got := o.verdicts(i.ID)
	if got[0] != "1 change Lader 1: 1 reading" || got[1] != "2 add Lader 1: 1 reading" || !strings.Contains(got[2], "0, 0 is no position") {
		t.Errorf("got %v", got)
	}
	a, err := o.s.MatchAsset(t.Context(), store.AssetKey{Serial: "S-100"})
	o.must(err)
	full, err := o.s.Asset(t.Context(), a)
	o.must(err)
	if full.Hours.V != 2000.5 || full.ExternalID != "L-1" || full.Lat.V != 53.5436 {
		t.Errorf("got %+v", full)
	}
	o.undone(i.ID)
	if full, err = o.s.Asset(t.Context(), a); err != nil || full.Hours.V != 1937.5 {
		t.Errorf("after the undo it has %v hours, %v", full.Hours, err)
	}
}

func TestUpload_snapshotsThatAreNotWhole(t *testing.T) {
	o := newOffice(t)
	for name, c := range map[string]struct{ file, says string }{
		"half":     {smallFleet[:len(smallFleet)/2], "breaks off"},
		"bomb":     {`<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Fleet><Equipment>&b;</Equipment></Fleet>`, ""},
		"empty":    {`<Fleet xmlns="http://standards.iso.org/iso/15143/-3"></Fleet>`, "no machine"},
		"other":    {`<rss><channel/></rss>`, "no fleet"},
		"web page": {"<html><body>Sign in</body></html>", "web page"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.Upload(t.Context(), o.s, desk.Upload{Kind: "fleet", Name: "x.xml", Once: name, Body: strings.NewReader(c.file)})
			if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)["file"], c.says) {
				t.Errorf("got %v, want a sentence with %q", err, c.says)
			}
		})
	}
}
