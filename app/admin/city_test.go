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
	upload(t, a, y.b, "jobs", "service-requests.csv", file).Is(http.StatusOK).Sees("What the columns mean")
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
	number   = regexp.MustCompile(`"(J-\d+)"|\b(J-\d+)\b`)
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
