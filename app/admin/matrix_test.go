package admin_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// fruit is Detrack's example on the provider's side: Adam, Betty, Ortega,
// Vincent and Wayne are its own people, D1 to D3 lie in the groups Apple,
// Banana and Orange of one customer, D4 in none, each with a van of its own
// and a tracking link.
type fruit struct {
	*apptest.Appliance
	s      store.Staff
	of     store.CustomerID
	group  map[string]store.GroupID
	job    map[string]store.JobID
	van    map[string]store.VehicleID
	link   map[string]store.TrackingID
	url    map[string]string
	user   map[string]store.UserID
	people map[string]*apptest.Browser
}

var (
	fruitGroups = map[string]string{"D1": "Apple", "D2": "Banana", "D3": "Orange", "D4": ""}
	fruitSees   = map[string][]string{"Adam": {"D1"}, "Betty": {"D2"}, "Ortega": {"D3"}, "Vincent": {"D1", "D2", "D3", "D4"}, "Wayne": {"D1", "D2", "D3"}}
)

func (y *fruit) must(err error) {
	if err != nil {
		panic(err)
	}
}

func newFruit(t *testing.T) *fruit {
	t.Helper()
	a := apptest.New(t)
	y := &fruit{Appliance: a, s: a.Provider("swift"), group: map[string]store.GroupID{}, job: map[string]store.JobID{}, van: map[string]store.VehicleID{},
		link: map[string]store.TrackingID{}, url: map[string]string{}, user: map[string]store.UserID{}, people: map[string]*apptest.Browser{}}
	var err error
	y.of, err = y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Fruit Ltd"}})
	y.must(err)
	for _, name := range []string{"Apple", "Banana", "Orange"} {
		y.group[name], err = y.s.AddGroup(t.Context(), store.GroupEdit{Name: name, Customer: y.of})
		y.must(err)
	}
	for _, name := range slices.Sorted(maps.Keys(fruitGroups)) {
		y.add(t, name, y.group[fruitGroups[name]])
	}
	for who, sees := range fruitSees {
		y.hire(t, who, sees)
	}
	return y
}

func (y *fruit) add(t *testing.T, name string, group store.GroupID) {
	t.Helper()
	in := store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Van-of-" + name, Plate: "PL-" + name}}
	if group != 0 {
		in.Groups = []store.GroupID{group}
	}
	van, err := y.s.AddVehicle(t.Context(), in)
	y.must(err)
	id, err := y.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Customer: y.of, Group: group, ExternalID: "DO-" + name, Address: name + " Street 1",
		ContactName: "Receiver-" + name, Day: y.s.DayNow(), Lat: store.Some(50), Lon: store.Some(8), Vehicle: van, Instructions: "Gate-code-" + name}, Items: []store.JobItem{{SKU: "SKU-" + name, Quantity: 4}}}})
	y.must(err)
	y.must(y.s.CommentJob(t.Context(), id, store.NewComment{Body: "Words-about-" + name}))
	l, err := y.Desk.TrackJob(t.Context(), y.s, id)
	y.must(err)
	y.job[name], y.van[name], y.link[name], y.url[name] = id, van, l.ID, l.URL[strings.Index(l.URL, "/track/"):]
}

// hire lets somebody in who sees the groups of these jobs; Vincent, who has no
// group, sees all.
func (y *fruit) hire(t *testing.T, who string, jobs []string) {
	t.Helper()
	mail := strings.ToLower(who) + "@swift.test"
	id := storetest.Staff(t, y.DB, y.s.Home().ID, "swift", mail, "fleet_admin").Me().ID
	var groups []store.GroupID
	for _, name := range jobs {
		groups = append(groups, y.group[fruitGroups[name]])
	}
	all := who == "Vincent"
	if all {
		groups = nil
	}
	y.must(y.s.SetStaffGroups(t.Context(), id, all, groups))
	y.SetPassword(id)
	y.user[who], y.people[who] = id, y.Browser().SignIn("/admin/swift", mail)
}

// marks are what no page shows to somebody who may not see a job.
func (y *fruit) marks(name string) []string {
	return []string{"DO-" + name, name + " Street", "Receiver-" + name, "SKU-" + name, "Gate-code-" + name, "Words-about-" + name, "Van-of-" + name, "PL-" + name, "/jobs/" + num(y.job[name]) + `"`, "J-" + num(y.job[name]) + " ", "J-" + num(y.job[name]) + "<"}
}

// others are the jobs of the matrix that somebody does not see.
func others(sees []string) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(fruitGroups)) {
		if !slices.Contains(sees, name) {
			out = append(out, name)
		}
	}
	return out
}

// TestMatrix_exportAndVehicles: the file of each of the five holds exactly the
// jobs of the matrix, and names exactly the vans that its reader's own list
// has.
func TestMatrix_exportAndVehicles(t *testing.T) {
	y := newFruit(t)
	y.must(y.s.GroupVehicle(t.Context(), y.van["D3"], y.group["Orange"], false)) // Ortega's job, nobody's van
	for who, sees := range fruitSees {
		b := y.people[who]
		b.Get("/admin/swift/jobs/export?format=csv").Is(http.StatusOK)
		lines := strings.Split(strings.TrimSpace(b.Page.Body), "\n")
		if len(lines)-1 != len(sees) {
			t.Errorf("%s: %d rows, want %d", who, len(lines)-1, len(sees))
		}
		for _, name := range sees {
			van := "Van-of-" + name
			page := y.people[who]
			row := lines[slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "DO-"+name+",") })]
			page.Get("/admin/swift/jobs/"+num(y.job[name])).Is(http.StatusOK).Sees("DO-"+name, "Receiver-"+name, "Gate-code-"+name)
			hidden := name == "D3" && who != "Vincent"
			if hidden {
				page.SeesNot(van, "PL-"+name)
			} else {
				page.Sees(van)
			}
			if strings.Contains(row, van) == hidden {
				t.Errorf("%s's file names the van of %s: %v, want %v", who, name, !hidden, hidden)
			}
			b.Get("/admin/swift/jobs/list?vehicle=" + num(y.van[name])).Is(http.StatusOK)
		}
		for _, query := range []string{"", "&q=DO", "&q=sku", "&customer=" + num(y.of), "&group=none", "&vehicle=" + num(y.van["D4"]), "&track=scheduled", "&sort=-number", "&group=" + num(y.group["Banana"])} {
			for _, name := range others(sees) {
				b.Get("/admin/swift/jobs/export?format=csv" + query).Is(http.StatusOK).SeesNot(y.marks(name)...)
			}
		}
	}
}

// TestMatrix_trackingLinks: nobody lists, makes or ends a link to a job that
// he may not see, and a link shows its one job alone, whoever opens it.
func TestMatrix_trackingLinks(t *testing.T) {
	y := newFruit(t)
	y.must(y.s.SetTrackPolicy(t.Context(), store.TrackPolicy{Fields: store.TrackFields, Days: 14}))
	for who, sees := range fruitSees {
		b := y.people[who]
		for _, name := range sees {
			b.Get("/admin/swift/jobs/"+num(y.job[name])+"/links").Is(http.StatusOK).Sees("Works", "Staff admin@swift.test")
		}
		me, err := y.DB.System("test", store.Origin{}).StaffReader(t.Context(), y.s.Home().ID, y.user[who])
		y.must(err)
		for _, name := range others(sees) {
			if err := me.RevokeTrackingLink(t.Context(), y.link[name]); fault.Of(err) != fault.NotFound {
				t.Errorf("%s ends the link to %s: %v", who, name, err)
			}
			at, own := "/admin/swift/jobs/"+num(y.job[name])+"/links", "/admin/swift/jobs/"+num(y.job[sees[0]])+"/links"
			b.Get(at).Is(http.StatusNotFound)
			b.Post(at, nil).Is(http.StatusNotFound)
			b.Post(at+"/"+num(y.link[name])+"/revoke", nil).Is(http.StatusNotFound)
			b.Post(own+"/"+num(y.link[name])+"/revoke", nil).Is(http.StatusNotFound)
		}
	}
	for name := range fruitGroups {
		for _, b := range []*apptest.Browser{y.Browser(), y.people["Adam"], y.people["Ortega"]} {
			b.Get(y.url[name]).Is(http.StatusOK).Sees(name+" Street", "SKU-"+name).SeesNot("Fruit Ltd", "Gate-code", "Words-about", "Receiver-", "Van-of", "PL-", "/admin/")
			for _, other := range []string{"D1", "D2", "D3", "D4"} {
				if other != name {
					b.SeesNot(y.marks(other)...)
				}
			}
		}
	}
}

// TestMatrix_trackingLinkEnds with each thing that takes the job away, and
// whatever was wrong, a stranger reads the same.
func TestMatrix_trackingLinkEnds(t *testing.T) {
	y := newFruit(t)
	stranger, dead := y.Browser(), map[string]bool{}
	gone := func(name string) {
		t.Helper()
		stranger.Get(y.url[name]).Is(http.StatusNotFound).SeesNot(name+" Street", "DO-", "Fruit")
		stranger.Get(y.url[name] + "/marks.json").Is(http.StatusNotFound)
		dead[name] = true
		for other := range fruitGroups {
			if !dead[other] {
				stranger.Get(y.url[other]).Is(http.StatusOK)
			}
		}
	}
	y.people["Adam"].Post("/admin/swift/jobs/"+num(y.job["D1"])+"/links/"+num(y.link["D1"])+"/revoke", nil).Is(http.StatusOK).Sees("The link no longer works.", "Ended")
	gone("D1")
	y.people["Wayne"].Post("/admin/swift/jobs/group", url.Values{"id": {num(y.job["D2"])}, "group": {num(y.group["Orange"])}}).Is(http.StatusOK)
	gone("D2")
	y.must(y.s.DeleteJob(t.Context(), y.job["D4"]))
	gone("D4")
	portal, _ := storetest.Portal(t, y.DB, y.s, y.of, "vera@fruit.test")
	y.must(y.s.SetFeatures(t.Context(), portal.ID, []store.Feature{store.FeatureAssets, store.FeatureList}))
	stranger.Get(y.url["D3"]).Is(http.StatusOK) // a receiver follows a parcel without there being a portal
	y.must(y.s.SuspendPortal(t.Context(), portal.ID))
	gone("D3")
	y.must(y.s.ResumePortal(t.Context(), portal.ID))
	stranger.Get(y.url["D3"]).Is(http.StatusOK)
	delete(dead, "D3")
	y.Clock.Add(store.TrackDays * 24 * 3600e9)
	gone("D3")
}

// TestMatrix_history: the history of a customer tells each of the five of the
// jobs and groups that he may see, and of no other.
func TestMatrix_history(t *testing.T) {
	y := newFruit(t)
	for name, id := range y.job {
		y.must(y.s.SetJobStatus(t.Context(), id, 0, store.JobStep{To: store.JobFailed, Reason: "Nobody-at-" + name}))
	}
	for who, sees := range fruitSees {
		b := y.people[who].Get("/admin/swift/customers/" + num(y.of) + "/history").Is(http.StatusOK)
		for _, name := range sees {
			b.Sees("Nobody-at-"+name, "Tracking link made: J-"+num(y.job[name]))
		}
		for _, name := range others(sees) {
			b.SeesNot("Nobody-at-"+name, "J-"+num(y.job[name]))
			if group := fruitGroups[name]; group != "" {
				b.SeesNot(group)
			}
		}
	}
}

var linked = regexp.MustCompile(`(?:href|src|action|data-src|hx-get|data-url)="(/admin/swift[^"#]*)`)

// TestMatrix_everyPage walks every page that each of the five reaches by a
// link, and meets no word of a job that he may not see.
func TestMatrix_everyPage(t *testing.T) {
	y := newFruit(t)
	storetest.Portal(t, y.DB, y.s, y.of, "vera@fruit.test")
	for who, sees := range fruitSees {
		b, met := y.people[who], map[string]bool{}
		todo := []string{"/admin/swift", "/admin/swift/jobs", "/admin/swift/jobs/list", "/admin/swift/jobs/map.json", "/admin/swift/jobs/calendar", "/admin/swift/jobs/board", "/admin/swift/customers/" + num(y.of) + "/history", "/admin/swift/road", "/admin/swift/vehicles/map.json"}
		seen := map[string]bool{}
		for len(todo) > 0 && len(seen) < 250 {
			at := todo[0]
			todo = todo[1:]
			if seen[at] || strings.Contains(at, "sign-out") || strings.Contains(at, "xlsx") {
				continue
			}
			seen[at] = true
			b.Get(at)
			for _, name := range others(sees) {
				b.SeesNot(y.marks(name)...)
			}
			for _, name := range sees {
				met[name] = met[name] || strings.Contains(b.Page.Body, "DO-"+name)
			}
			for _, m := range linked.FindAllStringSubmatch(b.Page.Body, -1) {
				todo = append(todo, strings.ReplaceAll(m[1], "&amp;", "&"))
			}
		}
		if len(met) != len(sees) || len(seen) < 30 {
			t.Errorf("%s met %v on %d pages, want %v", who, met, len(seen), sees)
		}
	}
}
