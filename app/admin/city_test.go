package admin_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// cityRow is a service request of New York City as its file has it.
type cityRow map[string]string

func cityRows(t *testing.T, file string) (out []cityRow) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(file))
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all[1:] {
		row := cityRow{}
		for n, name := range all[0] {
			row[name] = line[n]
		}
		out = append(out, row)
	}
	return out
}

// city is a provider in New York with the file brought in.
type city struct {
	*apptest.Appliance
	*testing.T
	s  store.Staff
	b  *apptest.Browser
	at string // the first import
}

// bringCity imports a file as somebody does who has neither an agency nor a
// borough yet: every code is decided to be a customer, or a group, of its own.
func bringCity(t *testing.T, file string) *city {
	t.Helper()
	a := apptest.New(t)
	s := a.Provider("nordlift")
	y := &city{Appliance: a, T: t, s: s, b: a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")}
	y.b.Post("/admin/nordlift/settings", url.Values{"name": {"City of New York"}, "date_format": {"MDY"}, "date_sep": {"/"}, "clock": {"12"}, "time_zone": {"America/New_York"}, "language": {"en"}}).Is(http.StatusOK)
	upload(t, a, y.b, "jobs", "service-requests.csv", file).Is(http.StatusOK).Sees("What the columns mean", "Left out of the import: Location Type, Street Name").SeesNot("Left out of the import: Unique Key")
	y.at = strings.TrimSuffix(y.b.Page.URL.Path, "/map")
	y.b.Post(y.at+"/check", nil).Is(http.StatusOK)
	a.Desk.Wait()
	for range 10 {
		if !y.decide() {
			break
		}
	}
	y.b.Post(y.at+"/apply", nil).Is(http.StatusOK)
	a.Desk.Wait()
	y.b.Get(y.at).Is(http.StatusOK).Sees("Applied on")
	return y
}

var codeField = regexp.MustCompile(`name="(what|code)\.(\d+)" value="([^"]*)"`)

// decide makes a customer, or a group, of each code that nobody goes by.
func (y *city) decide() bool {
	y.Helper()
	y.b.Get(y.at + "/codes").Is(http.StatusOK)
	form := url.Values{}
	for _, m := range codeField.FindAllStringSubmatch(y.b.Page.Body, -1) {
		form.Set(m[1]+"."+m[2], strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`).Replace(m[3]))
		if m[1] == "what" {
			form.Set("do."+m[2], m[3])
		}
	}
	if len(form) == 0 {
		return false
	}
	y.b.Post(y.at+"/codes", form).Is(http.StatusOK)
	y.Desk.Wait()
	return true
}

// again brings the same file once more, which changes nothing.
func (y *city) again(file string, rows int) {
	y.Helper()
	upload(y.T, y.Appliance, y.b, "jobs", "service-requests.csv", file).Is(http.StatusOK)
	at := strings.TrimSuffix(y.b.Page.URL.Path, "/map")
	y.b.Post(at+"/check", nil).Is(http.StatusOK)
	y.Desk.Wait()
	y.b.Get(at).Is(http.StatusOK).Sees("New 0", "Change 0", fmt.Sprintf("Same %d", rows), "Refused 0")
}

// proveCity opens a portal for each agency and holds what its user sees, in
// every way, against the file.
func proveCity(y *city, rows []cityRow) {
	y.Helper()
	want := map[string]map[string]cityRow{}
	for _, r := range rows {
		if want[r["Agency"]] == nil {
			want[r["Agency"]] = map[string]cityRow{}
		}
		want[r["Agency"]][r["Unique Key"]] = r
	}
	union := map[string]bool{}
	for _, agency := range slices.Sorted(maps.Keys(want)) {
		c, err := y.s.CustomerByCode(y.Context(), agency)
		if err != nil {
			y.Fatalf("%s is no customer: %v", agency, err)
		}
		for _, key := range y.agency(c, agency, want[agency], rows) {
			union[key] = true
		}
	}
	if keys := slices.Collect(maps.Keys(union)); len(keys) != len(rows) {
		y.Errorf("all portals together show %d of %d requests", len(keys), len(rows))
	}
}

var (
	jobLink  = regexp.MustCompile(`href="/portal/[^"/]+/jobs/(\d+)"`)
	nextPage = regexp.MustCompile(`href="(/portal/[^"]*after=[^"]*)"`)
)

// agency opens one portal and returns the keys of what its user sees.
func (y *city) agency(c store.Customer, code string, want map[string]cityRow, rows []cityRow) (keys []string) {
	y.Helper()
	mail := fmt.Sprintf("user%d@city.test", c.ID)
	o, member := storetest.Portal(y, y.DB, y.s, c.ID, mail)
	if err := y.s.SetFeatures(y.Context(), o.ID, []store.Feature{store.FeatureJobs, store.FeatureJobList, store.FeatureJobExport, store.FeatureJobReports}); err != nil {
		y.Fatal(err)
	}
	y.SetPassword(member.Me().ID)
	b, base := y.Browser().SignIn("/portal/"+o.Slug, mail), "/portal/"+o.Slug

	listed := map[string]bool{}
	for at := base + "/jobs"; at != ""; {
		b.Get(at).Is(http.StatusOK)
		for _, m := range jobLink.FindAllStringSubmatch(b.Page.Body, -1) {
			listed[m[1]] = true
		}
		if at = ""; nextPage.MatchString(b.Page.Body) {
			at = strings.ReplaceAll(nextPage.FindStringSubmatch(b.Page.Body)[1], "&amp;", "&")
		}
	}
	if len(listed) != len(want) {
		y.Errorf("%s: the list shows %d, the file has %d", code, len(listed), len(want))
	}
	b.Get(base + "/jobs/export?format=csv").Is(http.StatusOK)
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.Page.Body, "\ufeff"))).ReadAll()
	if err != nil || len(table)-1 != len(want) {
		y.Errorf("%s: the export has %d rows (%v), want %d", code, len(table)-1, err, len(want))
	}
	own, err := y.DB.System("test", store.Origin{}).Reader(y.Context(), y.s.Home().ID, o.ID, member.Me().ID)
	if err != nil {
		y.Fatal(err)
	}
	counts, err := own.JobCounts(y.Context(), store.JobCountFilter{})
	if err != nil || int(store.TallyJobs(counts, "").Total) != len(want) {
		y.Errorf("%s: the counters say %d (%v), want %d", code, store.TallyJobs(counts, "").Total, err, len(want))
	}
	placed := 0
	for _, r := range want {
		if coordinates(r) != "" {
			placed++
		}
	}
	if places, err := own.JobPlaces(y.Context(), store.JobFilter{}, nil, 3); err != nil || places.Total != placed {
		y.Errorf("%s: the map stands for %d (%v), want %d", code, places.Total, err, placed)
	}
	for id := range listed {
		j, err := own.Job(y.Context(), store.JobID(atoi(id)))
		if err != nil || want[j.ExternalID] == nil {
			y.Errorf("%s: lists %s %q, %v", code, id, j.ExternalID, err)
			continue
		}
		y.compare(code, j, want[j.ExternalID])
		keys = append(keys, j.ExternalID)
	}
	y.search(b, base, want, rows)
	return keys
}

func atoi(s string) (n int64) {
	for _, c := range s {
		n = n*10 + int64(c-'0')
	}
	return n
}

// search finds one's own by number, and not somebody else's.
func (y *city) search(b *apptest.Browser, base string, want map[string]cityRow, rows []cityRow) {
	y.Helper()
	mine, foreign := 0, 0
	for _, r := range rows {
		key := r["Unique Key"]
		if want[key] != nil && mine < 3 {
			mine++
			if b.Get(base + "/jobs?q=" + key).Is(http.StatusOK); len(jobLink.FindAllString(b.Page.Body, -1)) == 0 {
				y.Errorf("%s: the search for %s finds nothing", base, key)
			}
		}
		if want[key] == nil && foreign < 3 {
			foreign++
			b.Get(base + "/jobs?q=" + key).Is(http.StatusOK).Sees("Nothing matches")
			id, err := y.s.MatchJob(y.Context(), store.JobWork, key)
			if err != nil || id == 0 {
				y.Fatalf("%s is not here: %v", key, err)
			}
			b.Get(base + "/jobs/" + num(id)).Is(http.StatusNotFound)
		}
	}
}

var newYork = func() *time.Location {
	l, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return l
}()

// compare holds a job against its row.
func (y *city) compare(code string, j store.Job, r cityRow) {
	y.Helper()
	at := func(name string, got time.Time) {
		if r[name] == "" {
			return
		}
		want, err := time.ParseInLocation("01/02/2006 03:04:05 PM", r[name], newYork)
		if err != nil {
			y.Fatal(err)
		}
		if !got.Equal(want) {
			y.Errorf("%s %s: %s is %s, the file says %s", code, j.ExternalID, name, got.In(newYork), r[name])
		}
	}
	at("Created Date", j.ReceivedAt)
	at("Due Date", j.DueBy)
	if store.JobDone(j.Status) && r["Closed Date"] != "" {
		at("Closed Date", j.DoneAt)
	}
	lat := ""
	if j.Lat.OK {
		lat = fmt.Sprintf("%.6f,%.6f", j.Lat.V, j.Lon.V)
	}
	if want := coordinates(r); want != lat {
		y.Errorf("%s %s: lies at %q, the file says %q", code, j.ExternalID, lat, want)
	}
	if all, err := y.s.Job(y.Context(), j.ID); err != nil || !strings.EqualFold(all.GroupName, r["Borough"]) || j.GroupName != "" {
		y.Errorf("%s %s: is in %q, of which its customer reads %q; the file says %q (%v)", code, j.ExternalID, all.GroupName, j.GroupName, r["Borough"], err)
	}
	street := strings.TrimSpace(r["Incident Address"])
	if cross := r["Intersection Street 1"]; street == "" && cross != "" {
		street = cross + " & " + r["Intersection Street 2"]
	}
	if first, _, _ := strings.Cut(street, "\n"); !strings.HasPrefix(j.Address, first) && len(first) < 500 {
		y.Errorf("%s %s: lies at %q, the file says %q", code, j.ExternalID, j.Address, first)
	}
	if j.Subject == "" || !strings.HasPrefix(strings.Join(strings.Fields(r["Complaint Type"]), " "), strings.TrimSuffix(j.Subject, "…")) {
		y.Errorf("%s %s: is about %q, the file says %q", code, j.ExternalID, j.Subject, r["Complaint Type"])
	}
}

func coordinates(r cityRow) string {
	var lat, lon float64
	if r["Latitude"] == "" {
		return ""
	}
	if n, _ := fmt.Sscan(r["Latitude"]+" "+r["Longitude"], &lat, &lon); n != 2 {
		return ""
	}
	return fmt.Sprintf("%.6f,%.6f", lat, lon)
}

// TestCity_realFile brings the city's own file in as it is, through the pages.
func TestCity_realFile(t *testing.T) {
	storetest.Alone(t)
	dir := os.Getenv("GATEHOUSE_TEST_DATA")
	if dir == "" {
		t.Skip("GATEHOUSE_TEST_DATA is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "service-requests-nyc.csv"))
	if err != nil {
		t.Skip(err)
	}
	rows := cityRows(t, string(b))
	y := bringCity(t, string(b))
	y.b.Sees(fmt.Sprintf("%d added, 0 changed, 0 as they were.", len(rows)), "Refused 0", "Parked 0", "New York City Police Department QUEENS 47").SeesNot("Traffic Management Center")
	proveCity(y, rows)
	y.again(string(b), len(rows))
}

// cityHead is the header of the city's file.
var cityHead = strings.Split("Unique Key,Created Date,Closed Date,Agency,Agency Name,Complaint Type,Descriptor,Location Type,Incident Zip,Incident Address,Street Name,Cross Street 1,Cross Street 2,Intersection Street 1,Intersection Street 2,Address Type,City,Landmark,Facility Type,Status,Due Date,Resolution Description,Resolution Action Updated Date,Community Board,BBL,Borough,X Coordinate (State Plane),Y Coordinate (State Plane),Open Data Channel Type,Park Facility Name,Park Borough,Vehicle Type,Taxi Company Borough,Taxi Pick Up Location,Bridge Highway Name,Bridge Highway Direction,Road Ramp,Bridge Highway Segment,Latitude,Longitude,Location", ",")

// cityAgencies are some that the first part of the file does not have, among
// them one whose name the city itself once garbled.
var cityAgencies = [][2]string{{"NYPD", "New York City Police Department"}, {"DOE", "Department of Education"}, {"3-1-1", "3-1-1 Call Center"}, {"DHS", "Department of Homeless Services"}, {"FDNY", "Fire Department"}, {"OPS", "Mayor's Office of Operations"},
	{"MAYORâ€™S OFFICE OF SPECIAL ENFORCEMENT", "Mayorâ€™s Office of Special Enforcement"}, {"DCAS", "Department of Citywide Administrative Services, & \"others\""}, {"NYCEM", "NYC Emergency Management"}}

// generated are rows as the rest of the city's data has them: every status,
// boroughs and places that are missing, times in hours that do not exist or
// exist twice, and texts that no form would take.
func generated() (out []cityRow) {
	statuses := []string{"Closed", "Open", "Pending", "Assigned", "Started", "In Progress", "Email Sent", "Unspecified", "Unassigned", "Closed - Testing", "Cancel", "Draft", ""}
	boroughs := []string{"BROOKLYN", "QUEENS", "MANHATTAN", "BRONX", "STATEN ISLAND", "Unspecified"}
	created := []string{"03/11/2018 02:30:00 AM", "11/04/2018 01:30:00 AM", "01/01/2018 12:00:00 AM", "12/31/2018 11:59:59 PM", "02/28/2018 12:00:00 PM", "02/29/2016 12:01:00 AM"}
	closed := []string{"", "01/01/1900 12:00:00 AM", "06/26/2017 12:50:01 PM", "06/26/2019 12:50:01 PM", "11/04/2018 01:30:00 AM"}
	addresses := []string{"91-33 97 STREET", "", "1 MAIN STREET, APT \"3B\"", "12 RUE\nDE L'ÉGLISE", "=CMD|' /C calc'!A0", "BROADWAY & WEST 42 STREET", strings.Repeat("LONG ISLAND EXPRESSWAY ", 40), "東京 1-2-3 👍", "<b>5 AVENUE</b>"}
	for n := range 240 {
		agency := cityAgencies[n%len(cityAgencies)]
		r := cityRow{"Unique Key": fmt.Sprint(50000000 + n), "Created Date": created[n%len(created)], "Closed Date": closed[n%len(closed)], "Agency": agency[0], "Agency Name": agency[1],
			"Complaint Type": "Noise - Street/Sidewalk", "Descriptor": "Loud, \"Music\"/Party\nand more", "Location Type": "1-, 2- and 3- Family Home", "Incident Zip": []string{"11421", "10001-1234", "N/A", ""}[n%4],
			"Incident Address": addresses[n%len(addresses)], "Intersection Street 1": "BROADWAY", "Intersection Street 2": "WEST 42 STREET", "Address Type": []string{"ADDRESS", "INTERSECTION", "LATLONG", "BLOCKFACE", ""}[n%5], "City": "NEW YORK",
			"Status": statuses[n%len(statuses)], "Due Date": []string{"", "07/01/2018 11:59:06 AM", "01/02/1900 12:00:00 AM"}[n%3], "Resolution Description": strings.Repeat("The Department responded, \"and\" found nothing.\n", 1+n%7*100),
			"Borough": boroughs[n%len(boroughs)], "Vehicle Type": "Car Service", "Open Data Channel Type": "UNKNOWN"}
		if n%4 != 0 {
			r["Latitude"], r["Longitude"] = fmt.Sprintf("40.%015d", 690092327843345+n), fmt.Sprintf("-73.%014d", 84642755940943+n)
			r["Location"] = "(" + r["Latitude"] + ", " + r["Longitude"] + ")"
		}
		if n == 100 {
			r["Complaint Type"] = strings.Repeat("Very long ", 60)
		}
		out = append(out, r)
	}
	return out
}

func cityFile(t *testing.T, rows []cityRow) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(cityHead)
	for _, r := range rows {
		line := make([]string, len(cityHead))
		for n, name := range cityHead {
			line[n] = r[name]
		}
		_ = w.Write(line)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCity_rest brings in what else the city's data holds. Every row that can
// be a job is one, at its agency's portal and nowhere else; every other row
// says why not.
func TestCity_rest(t *testing.T) {
	storetest.Alone(t)
	good := generated()
	bad := map[string]string{"13/45/2018 10:00:00 AM": "Received: ", "yesterday": "Received: ", "01/01/0018 10:00:00 AM": "Received: "}
	rows := slices.Clone(good)
	for _, at := range slices.Sorted(maps.Keys(bad)) {
		r := maps.Clone(good[1])
		r["Unique Key"], r["Created Date"] = fmt.Sprint("bad ", len(rows)), at
		rows = append(rows, r)
	}
	for _, at := range [][2]string{{"40.7", ""}, {"140.7", "-73.9"}, {"north", "west"}} {
		r := maps.Clone(good[1])
		r["Unique Key"], r["Latitude"], r["Longitude"] = fmt.Sprint("bad ", len(rows)), at[0], at[1]
		rows = append(rows, r)
	}
	nameless := maps.Clone(good[1])
	nameless["Unique Key"] = ""
	rows = append(rows, nameless)
	y := bringCity(t, cityFile(t, rows))
	y.b.Sees(fmt.Sprintf("%d added, 0 changed, 0 as they were, %d refused.", len(good), len(rows)-len(good)))
	y.verdicts(len(rows), len(good))
	proveCity(y, slices.DeleteFunc(slices.Clone(good), func(r cityRow) bool { return r["Status"] == "Draft" })) // the provider's own until it is open
	y.again(cityFile(t, good), len(good))
}

// verdicts holds that every line of the file has a verdict, and every refusal
// a sentence.
func (y *city) verdicts(rows, good int) {
	y.Helper()
	id := store.ImportID(atoi(y.at[strings.LastIndex(y.at, "/")+1:]))
	all, err := y.s.ImportRows(y.Context(), id, "", 0, 1000)
	if err != nil || len(all) != rows {
		y.Fatalf("%d of %d rows have a verdict, %v", len(all), rows, err)
	}
	words := []string{"Subject is cut after", "Address is cut after", "left out: it is not", "done before it came in", "A draft: its customer sees it", "Received: ", "Latitude: ", "no number of its own"}
	says := map[string]int{}
	for _, r := range all {
		switch {
		case r.Verdict == store.VerdictRefuse && r.Says == "" || r.Verdict != store.VerdictRefuse && r.Verdict != store.VerdictAdd:
			y.Errorf("line %d: %s, %q", r.Line, r.Verdict, r.Says)
		case r.Verdict == store.VerdictAdd:
			good--
		}
		for _, word := range words {
			if strings.Contains(r.Says, word) {
				says[word]++
			}
		}
	}
	for _, word := range words {
		if says[word] == 0 {
			y.Errorf("no row is told “%s”", word)
		}
	}
	if good != 0 {
		y.Errorf("%d rows are missing", good)
	}
}
