package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/store"
)

// dayOfSwift is a day's work as a courier's customer sends it: several rows of
// one number are items, deliveries and collections stand in one file.
const dayOfSwift = `Customer Code,D.O. No.,Type,Delivery Date,Time Window,Deliver To,Address,Postal Code,City,SKU,Item Description,Qty
ACME,DO-1,Delivery,11/20/2026,8:00 AM - 12:00 PM,Ana Lopes,Harbour street 4,20457,Hamburg,S-1,Cement,12
ACME,DO-1,Delivery,11/20/2026,8:00 AM - 12:00 PM,Ana Lopes,Harbour street 4,20457,Hamburg,S-2,Sand,3
North yard,DO-2,Collection,11/20/2026,2 PM,Ben Ode,Mill lane 9,20457,Hamburg,S-3,Empty pallets,20
NOBODY,DO-3,Delivery,11/21/2026,,Cy Two,Mill lane 10,20457,Hamburg,S-1,Cement,1
,DO-4,Delivery,11/31/2026,,Di Three,Mill lane 11,20457,Hamburg,S-1,Cement,1
`

func courier(t *testing.T) *office {
	o := newOffice(t)
	o.customer("ACME", "Acme Build")
	_, err := o.s.AddGroup(t.Context(), store.GroupEdit{Name: "North Yard", Code: "NY"})
	o.must(err)
	return o
}

func TestImport_jobs(t *testing.T) {
	o := courier(t)
	i := o.checked("jobs", dayOfSwift)
	for n, want := range []string{"2 add DO-1: For Acme Build. 2 items.", "3 add DO-1: An item of the job in line 2.", "4 add DO-2: For North Yard.", "5 park DO-3: No customer or group here goes by “NOBODY”", "6 refuse DO-4: Date: "} {
		if got := o.verdicts(i.ID)[n]; !strings.HasPrefix(got, want) {
			t.Errorf("row %d: %q, want %q", n, got, want)
		}
	}
	if i.Tally.Parked != 1 || i.Tally.Added != 3 || i.Tally.Refused != 1 {
		t.Errorf("tally %+v", i.Tally)
	}
	sum, err := o.s.ImportSummary(t.Context(), i.ID)
	o.must(err)
	if len(sum) != 3 || sum[0].Name != "Acme Build" || sum[0].Rows != 2 || sum[0].New != 1 {
		t.Errorf("summary %+v", sum)
	}
	o.must(o.ApplyImport(t.Context(), o.s, i.ID))
	o.Wait()
	page, err := o.s.Jobs(t.Context(), store.JobFilter{Sort: "number", Full: true})
	o.must(err)
	if len(page.Rows) != 2 {
		t.Fatalf("%d jobs, want 2: %s", len(page.Rows), o.see(i.ID).Says)
	}
	a, b := page.Rows[0], page.Rows[1]
	if a.Kind != store.JobDelivery || a.CustomerName != "Acme Build" || a.Day != "2026-11-20" || a.From != "08:00" || a.To != "12:00" || a.Address != "Harbour street 4\n20457 Hamburg" || a.Source != "import" {
		t.Errorf("got %+v", a)
	}
	if b.Kind != store.JobCollection || b.GroupName != "North Yard" || b.From != "14:00" || b.Customer != 0 {
		t.Errorf("got %+v", b)
	}
	if p, err := o.s.Jobs(t.Context(), store.JobFilter{Search: "lopes"}); err != nil || len(p.Rows) != 1 {
		t.Errorf("the search finds %d (%v), want 1", len(p.Rows), err)
	}
	items, err := o.s.JobItems(t.Context(), a.ID)
	o.must(err)
	if len(items) != 2 || items[0].Quantity != 12 || items[1].Description != "Sand" {
		t.Errorf("items %+v", items)
	}
}

func TestImport_jobsAgainChangeNothing(t *testing.T) {
	o := courier(t)
	o.applied("jobs", dayOfSwift)
	again := o.checked("jobs", dayOfSwift)
	if again.Tally.Same != 3 || again.Tally.Added+again.Tally.Changed != 0 {
		t.Errorf("the second time: %+v\n%s", again.Tally, strings.Join(o.verdicts(again.ID), "\n"))
	}
	changed := o.applied("jobs", strings.ReplaceAll(strings.ReplaceAll(dayOfSwift, "Sand,3", "Sand,4"), "Mill lane 9", "Mill lane 19"))
	if changed.Tally.Changed != 3 {
		t.Errorf("changed: %+v\n%s", changed.Tally, strings.Join(o.verdicts(changed.ID), "\n"))
	}
	o.undone(changed.ID)
	if i := o.checked("jobs", dayOfSwift); i.Tally.Same != 3 {
		t.Errorf("after the undo: %+v\n%s", i.Tally, strings.Join(o.verdicts(i.ID), "\n"))
	}
}

func TestImport_undoOfJobs(t *testing.T) {
	o := courier(t)
	i := o.applied("jobs", dayOfSwift)
	page, err := o.s.Jobs(t.Context(), store.JobFilter{Sort: "number"})
	o.must(err)
	o.must(o.s.SetJobStatus(t.Context(), page.Rows[1].ID, 0, store.JobStep{To: store.JobInTransit}))
	o.undone(i.ID)
	page, err = o.s.Jobs(t.Context(), store.JobFilter{})
	o.must(err)
	if len(page.Rows) != 1 || page.Rows[0].ExternalID != "DO-2" || o.see(i.ID).Tally.Kept != 1 {
		t.Errorf("left: %+v, %+v", page.Rows, o.see(i.ID).Tally)
	}
}

func TestImport_parkedRowsComeWhenSomebodyDecided(t *testing.T) {
	o := courier(t)
	i := o.applied("jobs", dayOfSwift)
	codes, err := o.s.ParkedCodes(t.Context(), i.ID)
	o.must(err)
	if len(codes) != 1 || codes[0].Code != "NOBODY" || codes[0].Rows != 1 || codes[0].Line != 5 {
		t.Fatalf("codes %+v", codes)
	}
	acme, err := o.s.CustomerByCode(t.Context(), "ACME")
	o.must(err)
	o.must(o.s.DecideCode(t.Context(), store.CodeDecision{What: codes[0].What, Code: "nobody", Customer: acme.ID}))
	again := o.applied("jobs", dayOfSwift)
	if again.Tally.Added != 1 || again.Tally.Same != 3 || again.Tally.Parked != 0 {
		t.Errorf("got %+v\n%s", again.Tally, strings.Join(o.verdicts(again.ID), "\n"))
	}
	p, err := o.s.Jobs(t.Context(), store.JobFilter{Customer: acme.ID})
	o.must(err)
	if len(p.Rows) != 2 {
		t.Errorf("Acme has %d jobs, want 2", len(p.Rows))
	}
}

// nycHead and the rows below are of the same shape as the city's own file.
const nycSmall = `Unique Key,Created Date,Closed Date,Agency,Agency Name,Complaint Type,Descriptor,Incident Zip,Incident Address,City,Status,Due Date,Borough,Latitude,Longitude,Location
1001,06/26/2018 10:58:54 AM,06/26/2018 12:50:01 PM,NYPD,New York City Police Department,Noise,Loud Music,11421,91-33 97 STREET,WOODHAVEN,Closed,06/26/2018 06:58:54 PM,QUEENS,40.690092327843345,-73.84642755940943,"(40.690092327843345, -73.84642755940943)"
1002,06/26/2018 12:01:06 AM,,DOF,Personal Exemption Unit,Reduction Issue,,,,,Open,07/01/2018 11:59:06 AM,QUEENS,,,
1003,06/27/2018 12:30:00 PM,,DSNY,Department of Sanitation,Missed Collection,,10001,1 MAIN,NEW YORK,Email Sent,,MANHATTAN,40.7,-73.9,
1004,06/27/2018 12:30:00 PM,,NYPD,New York City Police Department,Noise,,10001,1 MAIN,NEW YORK,Pending,,Unspecified,40.7,-73.9,
`

func city(t *testing.T) *office {
	o := newOffice(t)
	for _, code := range []string{"NYPD", "DOF", "DSNY", "HPD", "DOT", "DEP", "DOB", "DPR", "DOHMH", "DCA", "DHS", "TLC", "3-1-1", "DOE", "EDC", "DFTA", "HRA", "DOITT", "NYCEM", "COIB", "ACS", "MAYOR’S OFFICE OF SPECIAL ENFORCEMENT"} {
		o.customer(code, "Agency "+code)
	}
	for _, name := range []string{"Queens", "Manhattan", "Brooklyn", "Bronx", "Staten Island"} {
		_, err := o.s.AddGroup(t.Context(), store.GroupEdit{Name: name})
		o.must(err)
	}
	return o
}

func TestImport_jobsOfACity(t *testing.T) {
	o := city(t)
	i := o.applied("jobs", nycSmall)
	if i.Tally.Added != 3 || i.Tally.Parked != 1 {
		t.Fatalf("got %+v\n%s", i.Tally, strings.Join(o.verdicts(i.ID), "\n"))
	}
	p, err := o.s.Jobs(t.Context(), store.JobFilter{Sort: "number", Full: true})
	o.must(err)
	j := p.Rows[0]
	if j.Kind != store.JobWork || j.Subject != "Noise" || j.CustomerName != "Agency NYPD" || j.GroupName != "Queens" || j.Status != store.JobClosed || j.Day != "2018-06-26" ||
		fmt.Sprint(j.ReceivedAt) != "2018-06-26 10:58:54 +0000 UTC" || fmt.Sprint(j.DoneAt) != "2018-06-26 12:50:01 +0000 UTC" || fmt.Sprint(j.DueBy) != "2018-06-26 18:58:54 +0000 UTC" ||
		!j.Lat.OK || j.Lat.V != 40.690092327843345 || j.StartBy.After(j.DueBy) {
		t.Errorf("got %+v", j)
	}
	if at := p.Rows[1].ReceivedAt; at.Hour() != 0 || at.Minute() != 1 {
		t.Errorf("a minute past midnight became %v", at)
	}
	if i := o.checked("jobs", nycSmall); i.Tally.Same != 3 {
		t.Errorf("again: %+v\n%s", i.Tally, strings.Join(o.verdicts(i.ID), "\n"))
	}
}

// TestImport_realServiceRequestsAsJobs brings the city's own file as it is:
// agencies are customers, boroughs groups, and each agency's portal shows
// exactly its own.
func TestImport_realServiceRequestsAsJobs(t *testing.T) {
	o := city(t)
	file := realFile(t, "service-requests-nyc.csv")
	i := o.applied("jobs", file)
	_, err := o.s.AddGroup(t.Context(), store.GroupEdit{Name: "Unspecified"})
	o.must(err)
	codes, err := o.s.ParkedCodes(t.Context(), i.ID)
	o.must(err)
	if i.Tally.Total != 700 || i.Tally.Refused != 0 || i.Tally.Added+i.Tally.Parked != 700 {
		t.Fatalf("got %+v %+v\n%s", i.Tally, codes, strings.Join(o.verdicts(i.ID)[:20], "\n"))
	}
	for _, c := range codes {
		if c.What == store.CodeCustomer {
			t.Errorf("nobody knows the agency %q", c.Code)
		}
	}
	rest := o.applied("jobs", file)
	if rest.Tally.Added != i.Tally.Parked || rest.Tally.Same != i.Tally.Added {
		t.Errorf("the rest: %+v after %+v", rest.Tally, i.Tally)
	}
	want := map[string]int{}
	for _, line := range strings.Split(file, "\n") {
		if f := strings.Split(line, ","); len(f) > 4 {
			want[f[3]]++
		}
	}
	for _, code := range []string{"NYPD", "DOF", "DSNY", "HPD"} {
		c, err := o.s.CustomerByCode(t.Context(), code)
		o.must(err)
		ids, err := o.s.JobIDs(t.Context(), store.JobFilter{Customer: c.ID}, 1000)
		o.must(err)
		if len(ids) != want[code] {
			t.Errorf("%s has %d jobs, want %d", code, len(ids), want[code])
		}
	}
}

func TestImport_jobsOfOneCustomerRememberTheirOwnMapping(t *testing.T) {
	o := courier(t)
	acme, err := o.s.CustomerByCode(t.Context(), "ACME")
	o.must(err)
	whose := fmt.Sprint("c", int64(acme.ID))
	file := "A,B,C,D\nDO-9,03/04/2026,Mill lane 1,Ana\n"
	id := o.uploadFor("jobs", file, whose)
	i := o.see(id)
	i.Options.Order = "DMY"
	o.must(o.MapImport(t.Context(), o.s, id, i.Options, map[string]int{"external_id": 0, "day": 1, "address": 2, "contact_name": 3}))
	o.must(o.CheckImport(t.Context(), o.s, id))
	o.Wait()
	o.must(o.ApplyImport(t.Context(), o.s, id))
	o.Wait()
	p, err := o.s.Jobs(t.Context(), store.JobFilter{Customer: acme.ID})
	o.must(err)
	if len(p.Rows) != 1 || p.Rows[0].Day != "2026-04-03" {
		t.Errorf("got %+v: %s", p.Rows, o.see(id).Says)
	}
	if next := o.see(o.uploadFor("jobs", strings.ReplaceAll(file, "DO-9", "DO-10"), whose)); next.Options.Order != "DMY" || next.Mapping["address"] != 2 {
		t.Errorf("the next file of Acme is read with %+v %v", next.Options, next.Mapping)
	}
	if other := o.see(o.uploadFor("jobs", file, "")); other.Mapping["address"] == 2 && other.Options.Order == "DMY" {
		t.Error("everybody's files are read like Acme's")
	}
}

func TestTagUntagged_byACustomerCode(t *testing.T) {
	o := courier(t)
	field, err := o.s.SaveJobField(t.Context(), store.JobField{Label: "Account", Kind: "text"})
	o.must(err)
	for n, code := range []string{"ACME", "acme", "ny", "NOBODY"} {
		_, err := o.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Subject: fmt.Sprint("Job ", n)}, Values: map[store.JobFieldID]string{field: code}}})
		o.must(err)
	}
	by := fmt.Sprint("field.", int64(field))
	codes, err := o.UntaggedJobs(t.Context(), o.s, by)
	o.must(err)
	if len(codes) != 3 || codes[0].Jobs != 2 || codes[0].Tag.CustomerName != "Acme Build" || codes[1].Known || codes[2].Tag.GroupName != "North Yard" {
		t.Errorf("codes %+v", codes)
	}
	n, err := o.TagUntagged(t.Context(), o.s, by)
	o.must(err)
	left, err := o.s.UntaggedCodes(t.Context(), by)
	o.must(err)
	if n != 3 || len(left) != 1 || left[0].Code != "NOBODY" {
		t.Errorf("%d were tagged, left %+v", n, left)
	}
}
