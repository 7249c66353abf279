package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gatehouse/store/fault"
)

func TestJob_roundTrip(t *testing.T) {
	w := newWorld(t)
	site, err := w.staff.AddSite(t.Context(), SiteEdit{Name: "Yard", Customer: w.a, Street: "Quay 3", City: "Hamburg", Lat: Some(53.5), Lon: Some(10), ContactName: "Ina"})
	w.must(err)
	asset := w.asset("One")
	id, err := w.staff.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: JobInput{Kind: JobDelivery, Customer: w.a, Site: site, ExternalID: "DO-1", Day: "2026-11-20", From: "08:00", To: "10:30", Zone: "Europe/Berlin", Instructions: "Ring"},
		Assets: []AssetID{asset}, Items: []JobItem{{SKU: "A", Quantity: 3, Unit: "box", Serials: "S1 S2"}, {Description: "B", Quantity: 1}}}})
	w.must(err)
	j, err := w.staff.Job(t.Context(), id)
	w.must(err)
	if j.Number != 1 || j.Address != "Quay 3, Hamburg" || j.ContactName != "Ina" || j.Status != JobInfoReceived || j.Attempt != 1 || j.CustomerName != "Acme" || j.SiteName != "Yard" {
		t.Errorf("got %+v", j)
	}
	if j.StartsAt.UTC().Format("15:04") != "07:00" || j.EndsAt.UTC().Format("15:04") != "09:30" || j.DueBy.Sub(j.ReceivedAt).Hours() != 72 {
		t.Errorf("window %s to %s, due %s after", j.StartsAt, j.EndsAt, j.DueBy.Sub(j.ReceivedAt))
	}
	e := JobEdit{JobInput: j.Edit(), Items: nil}
	e.Address, e.Assignee = "Elsewhere 9", w.tech("Tess")
	w.must(w.staff.ChangeJob(t.Context(), id, j.Version, e))
	if err := w.staff.ChangeJob(t.Context(), id, j.Version, e); fault.Of(err) != fault.Conflict {
		t.Errorf("an old version: got %v", err)
	}
	if j, err = w.staff.Job(t.Context(), id); err != nil || j.Status != JobDispatched || j.AssigneeName != "Tess" {
		t.Errorf("got %s, %s and %v, want dispatched to Tess", j.Status, j.AssigneeName, err)
	}
	for _, typed := range []string{"J-1", "do-1", "elsewhere", "s2"} {
		if p, err := w.staff.Jobs(t.Context(), JobFilter{Search: typed}); err != nil || len(p.Rows) != 1 {
			t.Errorf("%q finds %d and %v", typed, len(p.Rows), err)
		}
	}
	items, err := w.staff.JobItems(t.Context(), id)
	w.must(err)
	if err := w.staff.Reject(t.Context(), id, []Rejection{{Item: items[0].ID, Number: 4, Reason: "torn"}}); !strings.Contains(fault.Fields(err)["item_0_rejected"], "only 3") {
		t.Errorf("more rejected than ordered: got %v", err)
	}
	w.must(w.staff.Reject(t.Context(), id, []Rejection{{Item: items[0].ID, Number: 1, Reason: "torn"}}))
	w.must(w.staff.SetJobStatus(t.Context(), id, 0, JobStep{To: JobCompleted}))
	if j, err = w.staff.Job(t.Context(), id); err != nil || j.Status != JobPartial || j.DoneAt.IsZero() {
		t.Errorf("got %s and %v, want partially completed", j.Status, err)
	}
	again, err := w.staff.Reattempt(t.Context(), id, "2026-11-23")
	w.must(err)
	if twice, err := w.staff.Reattempt(t.Context(), id, "2026-11-23"); err != nil || twice != again {
		t.Errorf("a second re-attempt made %d and %v, want %d", twice, err, again)
	}
	if items, err = w.staff.JobItems(t.Context(), again); err != nil || len(items) != 1 || items[0].Quantity != 1 {
		t.Errorf("the re-attempt brings %+v and %v, want the one that was rejected", items, err)
	}
	w.must(w.staff.DeleteJob(t.Context(), again))
}

func TestJob_badInput(t *testing.T) {
	w := newWorld(t)
	group, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Beta North", Customer: w.b})
	w.must(err)
	site, err := w.staff.AddSite(t.Context(), SiteEdit{Name: "Beta's yard", Customer: w.b})
	w.must(err)
	many := make([]JobItem, 1001)
	for i := range many {
		many[i] = JobItem{SKU: "x", Quantity: 1}
	}
	for name, c := range map[string]struct {
		edit  func(*JobEdit)
		field string
		says  string
	}{
		"window backwards":        {func(e *JobEdit) { e.From, e.To = "10:00", "08:00" }, "to", "ends before"},
		"window without a day":    {func(e *JobEdit) { e.Day, e.From = "", "10:00" }, "day", "date"},
		"no such day":             {func(e *JobEdit) { e.Day = "2026-02-30" }, "day", "date"},
		"no such time":            {func(e *JobEdit) { e.From = "25:00" }, "from", "time"},
		"an hour that is skipped": {func(e *JobEdit) { e.Day, e.From, e.Zone = "2026-03-29", "02:30", "Europe/Berlin" }, "from", "does not exist"},
		"no such zone":            {func(e *JobEdit) { e.Zone = "Mars/Base" }, "zone", "time zone"},
		"no subject":              {func(e *JobEdit) { e.Subject = " " }, "subject", "what there is to do"},
		"no kind":                 {func(e *JobEdit) { e.Kind = "rent" }, "kind", "work order"},
		"delivery to nowhere":     {func(e *JobEdit) { e.Kind = JobDelivery }, "address", "address"},
		"foreign customer":        {func(e *JobEdit) { e.Customer = 999 }, "customer", "your customers"},
		"foreign group":           {func(e *JobEdit) { e.Group = 999 }, "group", "your groups"},
		"another's group":         {func(e *JobEdit) { e.Customer, e.Group = w.a, group }, "group", "belongs to Beta"},
		"another's site":          {func(e *JobEdit) { e.Customer, e.Site = w.a, site }, "site", "belongs to Beta"},
		"foreign site":            {func(e *JobEdit) { e.Site = 999 }, "site", "your sites"},
		"foreign vehicle":         {func(e *JobEdit) { e.Vehicle = 999 }, "vehicle", "your vehicles"},
		"foreign person":          {func(e *JobEdit) { e.Assignee = 999 }, "assignee", "your people"},
		"foreign asset":           {func(e *JobEdit) { e.Assets = []AssetID{999} }, "assets", "your own"},
		"foreign priority":        {func(e *JobEdit) { e.Priority = 999 }, "priority", "priorities"},
		"1,001 items":             {func(e *JobEdit) { e.Items = many }, "items", "1000"},
		"rejected above ordered":  {func(e *JobEdit) { e.Items = []JobItem{{SKU: "x", Quantity: 2, Rejected: 3}} }, "item_0_rejected", "only 2"},
		"off the earth":           {func(e *JobEdit) { e.Lat, e.Lon = Some(91), Some(0) }, "position", "latitude"},
	} {
		e := JobEdit{JobInput: JobInput{Kind: JobWork, Subject: "Do", Day: "2026-11-20"}}
		c.edit(&e)
		_, err := w.staff.AddJob(t.Context(), NewJob{JobEdit: e})
		if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)[c.field], c.says) {
			t.Errorf("%s: got %v %v, want a sentence at %s with %q", name, err, fault.Fields(err), c.field, c.says)
		}
	}
	e := JobEdit{JobInput: JobInput{Kind: JobWork, Subject: "Many"}, Items: many[:1000]}
	if _, err := w.staff.AddJob(t.Context(), NewJob{JobEdit: e}); err != nil {
		t.Errorf("1,000 items: %v", err)
	}
}

func TestJob_hourThatExistsTwice(t *testing.T) {
	e := JobInput{Day: "2026-10-25", From: "02:15", To: "02:45", Zone: "Europe/Berlin"}
	var bad fault.Problems
	from, to := e.window(&bad)
	if bad.Err() != nil || from.Format("15:04") != "00:15" || to.Format("15:04") != "01:45" {
		t.Errorf("got %s to %s, %v; want the first 02:15 to the second 02:45", from, to, bad)
	}
}

func TestSetJobStatus_whatDoesNotFollow(t *testing.T) {
	w := newWorld(t)
	id := w.job(JobInput{Kind: JobWork}, JobOpen)
	err := w.staff.SetJobStatus(t.Context(), id, 0, JobStep{To: JobClosed})
	if says := fault.Fields(err)["status"]; says != "J-1 is Open; Closed does not follow from that." {
		t.Errorf("got %v %q", err, says)
	}
	if err := w.staff.SetJobStatus(t.Context(), id, 0, JobStep{To: JobCancelled}); fault.Fields(err)["reason"] == "" {
		t.Errorf("cancelled without a reason: %v", err)
	}
	d := w.job(JobInput{Kind: JobDelivery, Day: "2026-11-20"}, "")
	if err := w.staff.SetJobStatus(t.Context(), d, 0, JobStep{To: JobDispatched}); !strings.Contains(fault.Fields(err)["status"], "Assign J-2") {
		t.Errorf("dispatched to nobody: %v", err)
	}
	if _, err := w.staff.SetJobsStatus(t.Context(), []JobID{id, d}, JobStep{To: JobOnHold, Reason: "x"}); !strings.Contains(fault.Fields(err)["status"], "different statuses") {
		t.Errorf("bulk over two statuses: %v", err)
	}
	tess := w.staff
	tess.me.ID, tess.grants = w.tech("Tess"), staffGrants["technician"]
	if err := tess.SetJobStatus(t.Context(), id, 0, JobStep{To: JobInProgress}); fault.Of(err) != fault.Forbidden {
		t.Errorf("a technician started somebody else's job: %v", err)
	}
	_, err = w.staff.AssignJobs(t.Context(), []JobID{id}, JobAssignment{Assignee: &tess.me.ID})
	w.must(err)
	w.must(tess.SetJobStatus(t.Context(), id, 0, JobStep{To: JobInProgress}))
	if err := tess.SetJobStatus(t.Context(), id, 0, JobStep{To: JobCancelled, Reason: "x"}); fault.Of(err) != fault.Forbidden {
		t.Errorf("a technician cancelled a job: %v", err)
	}
}

// TestJobGroups_matrix is the source's own table: who sees which of D1 (Apple),
// D2 (Banana), D3 (Orange) and D4 (untagged), in every way of looking.
func TestJobGroups_matrix(t *testing.T) {
	w := newWorld(t)
	groups, jobs := map[string]GroupID{}, map[string]JobID{}
	for n, name := range []string{"Apple", "Banana", "Orange", ""} {
		var id GroupID
		if name != "" {
			var err error
			id, err = w.staff.AddGroup(t.Context(), GroupEdit{Name: name})
			w.must(err)
			groups[name] = id
		}
		label := fmt.Sprintf("D%d", n+1)
		jobs[label] = w.job(JobInput{Kind: JobDelivery, Subject: label, Group: id, Day: "2026-11-20", Lat: Some(50), Lon: Some(float64(n))}, "")
		w.must(w.staff.CommentJob(t.Context(), jobs[label], NewComment{Body: "note", Private: true}))
	}
	for name, c := range map[string]struct {
		groups []string
		sees   string
	}{"Adam": {[]string{"Apple"}, "D1"}, "Betty": {[]string{"Banana"}, "D2"}, "Ortega": {[]string{"Orange"}, "D3"}, "Vincent": {nil, "D1 D2 D3 D4"}, "Wayne": {[]string{"Apple", "Banana", "Orange"}, "D1 D2 D3"}} {
		s := w.staff
		s.me.ID, s.user = w.tech(name), 0
		s.user = s.me.ID
		var ids []GroupID
		for _, g := range c.groups {
			ids = append(ids, groups[g])
		}
		w.must(w.staff.SetStaffGroups(t.Context(), s.user, len(ids) == 0, ids))
		s.groups = len(ids) > 0
		want := strings.Fields(c.sees)
		p, err := s.Jobs(t.Context(), JobFilter{Sort: "number"})
		w.must(err)
		var got []string
		for _, j := range p.Rows {
			got = append(got, j.Subject)
		}
		if strings.Join(got, " ") != c.sees || p.Total != len(want) {
			t.Errorf("%s lists %v of %d, want %s", name, got, p.Total, c.sees)
		}
		day, err := s.Jobs(t.Context(), JobFilter{From: "2026-11-20", To: "2026-11-20"})
		w.must(err)
		found, err := s.Jobs(t.Context(), JobFilter{Search: "street"})
		w.must(err)
		counts, err := s.JobCounts(t.Context(), JobCountFilter{From: "2026-11-20", To: "2026-11-20"})
		w.must(err)
		places, err := s.JobPlaces(t.Context(), JobFilter{}, nil, 3)
		w.must(err)
		all, err := s.JobIDs(t.Context(), JobFilter{}, 100)
		w.must(err)
		if n := len(want); len(day.Rows) != n || len(found.Rows) != n || int(TallyJobs(counts, "2026-11-20").Total) != n || places.Total != n || len(all) != n {
			t.Errorf("%s: day %d, search %d, counters %d, map %d, bulk %d; want %d", name, len(day.Rows), len(found.Rows), TallyJobs(counts, "2026-11-20").Total, places.Total, len(all), n)
		}
		for label, id := range jobs {
			_, err := s.Job(t.Context(), id)
			_, notes := s.JobComments(t.Context(), id)
			if sees := strings.Contains(c.sees, label); sees != (err == nil) || sees != (notes == nil) {
				t.Errorf("%s opens %s: %v, %v", name, label, err, notes)
			}
		}
	}
}

// TestJobs_client holds every way a client reads jobs against what is shared.
func TestJobs_client(t *testing.T) {
	w := newWorld(t)
	apple, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Apple", Customer: w.a})
	w.must(err)
	beta, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Pear", Customer: w.b})
	w.must(err)
	tess := w.tech("Tess Driver")
	day := "2026-11-20"
	tagged := w.job(JobInput{Kind: JobDelivery, Group: apple, Day: day, Assignee: tess, Instructions: "secret way in"}, "")
	own := w.job(JobInput{Kind: JobWork, Customer: w.a}, JobOpen)
	draft := w.job(JobInput{Kind: JobWork, Customer: w.a}, JobDraft)
	other := w.job(JobInput{Kind: JobDelivery, Group: beta, Day: day}, "")
	w.must(w.staff.CommentJob(t.Context(), tagged, NewComment{Body: "private words", Private: true}))
	w.must(w.staff.CommentJob(t.Context(), tagged, NewComment{Body: "public words"}))

	sees := func(c Client) string {
		t.Helper()
		out := []string{}
		p, err := c.Jobs(t.Context(), JobFilter{Sort: "number"})
		if fault.Of(err) == fault.Forbidden {
			return "nothing at all"
		}
		w.must(err)
		for _, j := range p.Rows {
			out = append(out, JobNumber(j.Number))
		}
		counts, err := c.JobCounts(t.Context(), JobCountFilter{})
		w.must(err)
		if n := TallyJobs(counts, day).Total; int(n) != len(out) {
			t.Errorf("counters say %d, the list has %v", n, out)
		}
		return strings.Join(out, " ")
	}
	all := w.client(w.a)
	for name, c := range map[string]struct {
		client Client
		want   string
	}{
		"everything":      {all, "J-1 J-2"},
		"jobs only":       {w.client(w.a, FeatureJobs, FeatureJobList), "J-2"},
		"deliveries only": {w.client(w.a, FeatureDeliveries, FeatureDeliveryList), "J-1"},
		"an app, no view": {w.client(w.a, FeatureDeliveries), "nothing at all"},
		"assets only":     {w.client(w.a, FeatureAssets, FeatureList), "nothing at all"},
		"the other":       {w.client(w.b), "J-4"},
	} {
		if got := sees(c.client); got != c.want {
			t.Errorf("%s: sees %q, want %q", name, got, c.want)
		}
	}
	for _, id := range []JobID{draft, other} {
		if _, err := all.Job(t.Context(), id); fault.Of(err) != fault.NotFound {
			t.Errorf("job %d: %v", id, err)
		}
	}
	j, err := all.Job(t.Context(), tagged)
	w.must(err)
	timeline, err := all.JobTimeline(t.Context(), tagged)
	w.must(err)
	comments, err := all.JobComments(t.Context(), tagged)
	w.must(err)
	if said := fmt.Sprintf("%+v %+v %+v", j, timeline, comments); strings.Contains(said, "Tess") || strings.Contains(said, "secret") || strings.Contains(said, "private words") || j.Assignee != 0 || !strings.Contains(said, "public words") || !j.Assigned {
		t.Errorf("a client reads %s", said)
	}

	_, err = w.staff.GroupJobs(t.Context(), []JobID{tagged}, beta)
	w.must(err)
	if got := sees(all) + "|" + sees(w.client(w.b)); got != "J-2|J-1 J-4" {
		t.Errorf("after tagging for Beta: %s", got)
	}
	w.must(w.staff.ChangeGroup(t.Context(), beta, GroupEdit{Name: "Pear", Customer: w.a}))
	if got := sees(all) + "|" + sees(w.client(w.b)); got != "J-1 J-2 J-4|" {
		t.Errorf("after the group went to Acme: %s", got)
	}
	_, err = w.staff.GroupJobs(t.Context(), []JobID{tagged, other}, 0)
	w.must(err)
	if got := sees(all); got != "J-2" {
		t.Errorf("after untagging: %s", got)
	}
	_ = own
}

func TestReportProblem_onceAndOnlyOwn(t *testing.T) {
	w := newWorld(t)
	c := w.client(w.a, FeatureReport)
	c.me = Person{ID: w.tech("Rita"), Name: "Rita"}
	c.user = c.me.ID
	w.must(w.staff.SetJobSettings(t.Context(), true, JobDraft))
	j, again, err := c.ReportProblem(t.Context(), ProblemReport{Subject: "Leak", Once: "k"})
	w.must(err)
	twice, second, err := c.ReportProblem(t.Context(), ProblemReport{Subject: "Leak", Once: "k"})
	w.must(err)
	if again || !second || twice.ID != j.ID || j.Status != JobDraft || j.Source != "portal" || j.Customer != w.a {
		t.Errorf("got %+v, then %d", j, twice.ID)
	}
	colleague := w.client(w.a, FeatureReport)
	colleague.user = 99
	if _, err := colleague.Job(t.Context(), j.ID); fault.Of(err) != fault.NotFound {
		t.Errorf("somebody who only reports reads a colleague's: %v", err)
	}
	if counts, err := c.JobCounts(t.Context(), JobCountFilter{}); err != nil || TallyJobs(counts, "").Total != 1 {
		t.Errorf("own reports counted as %v, %v", counts, err)
	}
}

// TestJobCounts_areACount changes jobs at random and holds the kept counters
// against a count of the rows, at every level.
func TestJobCounts_areACount(t *testing.T) {
	alone(t)
	w := newWorld(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	var groups []GroupID
	for n, of := range []CustomerID{w.a, w.b, 0} {
		id, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: fmt.Sprint("G", n), Customer: of})
		w.must(err)
		groups = append(groups, id)
	}
	who := []UserID{0, w.tech("Tess"), w.tech("Tom")}
	days := []string{"2026-11-19", "2026-11-20", "2026-11-21", ""}
	var ids []JobID
	w.must(w.staff.Update(t.Context(), func(s Staff) error {
		for range 150 {
			in := JobInput{Kind: JobKinds[rnd.IntN(3)], Subject: "x", Address: "y", Day: days[rnd.IntN(3)]}
			id, err := s.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: in}})
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	}))
	w.must(w.staff.Update(t.Context(), func(s Staff) error {
		for range 10000 {
			if err := randomChange(t, s, rnd, w, ids, groups, who, days); err != nil && fault.Of(err) != fault.Invalid && fault.Of(err) != fault.Conflict && fault.Of(err) != fault.NotFound {
				return err
			}
		}
		return nil
	}))
	read := func(text string) (out []string) {
		w.must(w.db.query(t.Context(), nil, text, nil, func(r *row) error { out = append(out, r.str()); return nil }))
		return out
	}
	kept := read(`SELECT concat_ws('|', customer_id, group_id, day, kind, status, assigned, n) FROM job_counts ORDER BY 1`)
	counted := read(`SELECT concat_ws('|', c, u, day, kind, counted, assigned, count(*)) FROM (
		SELECT x.c, y.u, j.* FROM jobs j JOIN (SELECT 0 AS lc UNION SELECT 1) a JOIN (SELECT 0 AS lu UNION SELECT 1) b
		JOIN (SELECT id AS cid, 0 AS z, 0 AS c FROM jobs UNION ALL SELECT id, 1, coalesce(customer_id, 0) FROM jobs) x ON x.cid = j.id AND x.z = a.lc AND (x.z = 0 OR x.c <> 0)
		JOIN (SELECT id AS uid, 0 AS z, 0 AS u FROM jobs UNION ALL SELECT id, 1, coalesce(group_id, -1) FROM jobs) y ON y.uid = j.id AND y.z = b.lu
		) GROUP BY c, u, day, kind, counted, assigned ORDER BY 1`)
	if strings.Join(kept, "\n") != strings.Join(counted, "\n") {
		t.Errorf("kept:\n%s\ncounted:\n%s", strings.Join(kept, "\n"), strings.Join(counted, "\n"))
	}
	if len(kept) < 20 {
		t.Errorf("only %d counters", len(kept))
	}
}

func randomChange(t *testing.T, s Staff, rnd *rand.Rand, w *world, ids []JobID, groups []GroupID, who []UserID, days []string) error {
	id := ids[rnd.IntN(len(ids))]
	switch rnd.IntN(7) {
	case 0:
		to := who[rnd.IntN(len(who))]
		_, err := s.AssignJobs(t.Context(), []JobID{id}, JobAssignment{Assignee: &to})
		return err
	case 1:
		_, err := s.GroupJobs(t.Context(), []JobID{id}, append(groups, 0)[rnd.IntN(4)])
		return err
	case 2:
		j, err := s.Job(t.Context(), id)
		if err != nil {
			return err
		}
		e := JobEdit{JobInput: j.Edit()}
		e.Day, e.Customer = days[rnd.IntN(len(days))], []CustomerID{0, w.a, w.b}[rnd.IntN(3)]
		return s.ChangeJob(t.Context(), id, 0, e)
	case 3:
		if rnd.IntN(40) > 0 {
			return nil
		}
		g := groups[rnd.IntN(3)]
		return s.ChangeGroup(t.Context(), g, GroupEdit{Name: fmt.Sprint("G", g), Customer: []CustomerID{0, w.a, w.b}[rnd.IntN(3)]})
	case 4:
		if rnd.IntN(100) == 0 {
			return s.DeleteJob(t.Context(), id)
		}
	}
	j, err := s.Job(t.Context(), id)
	if err != nil {
		return err
	}
	next := s.NextStatuses(j)
	return s.SetJobStatus(t.Context(), id, 0, JobStep{To: next[rnd.IntN(len(next))], Reason: "because"})
}
