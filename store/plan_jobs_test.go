package store

import "testing"

func init() {
	planned["jobs"] = planJobs
	sorted["ORDER BY +"] = "the few jobs of one customer"
	shortened = append(shortened, jobNewsColumns, eventColumns, noVehicleFull, noVehicleList, jobColumns, jobListColumns, siteColumns, jobEventColumns, jobItemColumns, jobFileColumns, jobFieldColumns, jobPriorityColumns, jobSubColumns)
	free = append(free, "job_search", "f")
	sorted["FROM job_priorities"] = "twenty priorities at most"
	sorted["FROM job_statuses"] = "sixty secondary statuses at most"
	sorted["FROM job_fields"] = "forty fields at most"
	sorted["job_search MATCH"] = "two thousand hits at most drive a list"
	sorted["UNION ALL"] = "the words and attempts of one job"
	sorted["job_assets"] = "the assets of one job"
	sorted["json_each(:mine)"] = "two thousand jobs of the scope's groups at most"
}

func planJobs(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	g, err := s.AddGroup(t.Context(), GroupEdit{Name: "G"})
	must(err)
	id, err := s.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: JobInput{Kind: JobWork, Subject: "x", Group: g}}})
	must(err)
	limited := s
	limited.groups, limited.user = true, 7
	for _, f := range []JobFilter{{}, {Sort: "day"}, {After: writeCursor("2026-11-20", 3)}, {Sort: "-number"}, {Kind: JobWork, Sort: "-number"}, {Sort: "due"}, {From: "2026-11-20", To: "2026-11-20"}, {Kind: "deliveries"}, {Status: JobOpen}, {Status: "unfinished"},
		{Track: TrackOut}, {Late: true}, {Customer: 1}, {Group: g}, {Group: NoGroup}, {Site: 1}, {Asset: 1}, {Assignee: 1}, {Assignee: Nobody}, {Vehicle: 1}, {Priority: 1}, {Search: "x"}, {Status: JobOpen, Customer: 1}} {
		for _, who := range []Staff{s, limited} {
			_, err := who.Jobs(t.Context(), f)
			must(err)
		}
	}
	client := Client{scope: scope{db: s.db, provider: s.provider, customer: 1, portal: 1}}
	client.shared = features{}
	for _, i := range Features {
		client.shared[i.Feature] = true
	}
	client.grants = clientGrants(client.shared, false)
	unit := client
	unit.groups, unit.member = true, 1
	for _, who := range []Client{client, unit} {
		for _, f := range []JobFilter{{}, {From: "2026-11-20", To: "2026-11-20"}, {Status: JobOpen}, {Track: TrackOut}, {Search: "x"}, {Sort: "-number"}, {Kind: JobWork, Sort: "-number"}} {
			_, err := who.Jobs(t.Context(), f)
			must(err)
		}
		for _, f := range []EventFilter{{}, {After: writeCursor(1, 1)}, {Kind: ActivityComments}} {
			_, err := who.Activity(t.Context(), f)
			must(err)
		}
		_, err := who.JobCounts(t.Context(), JobCountFilter{From: "2026-11-20", To: "2026-11-20"})
		must(err)
		_, err = who.Sites(t.Context(), SiteFilter{})
		must(err)
	}
	for _, who := range []Staff{s, limited} {
		for _, f := range []JobCountFilter{{}, {From: "2026-11-01", To: "2026-11-30"}, {Customer: 1}, {Group: g}} {
			_, err := who.JobCounts(t.Context(), f)
			must(err)
		}
		_, err := who.JobPlaces(t.Context(), JobFilter{From: "2026-11-20", To: "2026-11-20"}, &Box{1, 1, 2, 2}, 5)
		must(err)
		_, err = who.Sites(t.Context(), SiteFilter{})
		must(err)
	}
	_, err = s.Job(t.Context(), id)
	must(err)
	_, err = s.JobByNumber(t.Context(), 1)
	must(err)
	driver := s
	driver.me.ID, driver.user = 7, 7
	_, _, err = driver.RoadJobs(t.Context(), JobFilter{To: "2026-11-20", Status: "unfinished"})
	must(err)
	for _, call := range []func() error{
		func() error { return errOf(s.Attempts(t.Context(), id)) }, func() error { return errOf(s.JobItems(t.Context(), id)) }, func() error { return errOf(s.JobTimeline(t.Context(), id)) },
		func() error { return errOf(s.JobComments(t.Context(), id)) }, func() error { return errOf(s.JobFiles(t.Context(), id)) }, func() error { return errOf(s.JobValues(t.Context(), id)) },
		func() error { return errOf(s.JobAssets(t.Context(), id)) }, func() error { return errOf(s.SavedFilters(t.Context(), "jobs")) }, func() error { return errOf(s.JobGroupUse(t.Context())) },
	} {
		must(call())
	}
}
