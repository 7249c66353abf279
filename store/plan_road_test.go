package store

import "testing"

func init() {
	planned["on the road"] = planRoad
	planned["on the road, limited to groups"] = func(t *testing.T, s Staff) { s.groups = true; planRoad(t, s) }
	planned["proofs and links"] = planProofs
	planned["proofs and links, limited to groups"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 7; planProofs(t, s) }
	planned["proofs, for a client"] = func(t *testing.T, s Staff) { planClientProofs(t, s, false) }
	planned["proofs, for a client limited to units"] = func(t *testing.T, s Staff) { planClientProofs(t, s, true) }
	planned["notices, whoever writes them"] = planNotices
	shortened = append(shortened, proofColumns, trackingColumns)
	free = append(free, "notices", "notice_digests", "w") // what waits to be told, of all providers
	sorted["FROM notice_digests"] = "what waits for one reader's summary"
	sorted["JOIN digest_lines"] = "the lines of one letter"
}

// planRoad reads the own day of somebody who drives a van, as the phone page
// does.
func planRoad(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	y := s.db.System("test", Origin{})
	mail := "dora@swift.test"
	if s.groups {
		mail = "dirk@swift.test"
	}
	id, err := y.AddUser(t.Context(), s.provider, NewUser{Kind: "staff", Name: "Dora", Email: mail, Role: "technician", Password: "x"})
	must(err)
	office := s
	office.groups = false
	_, err = office.AddVehicle(t.Context(), VehicleEdit{VehicleInput: VehicleInput{Name: mail, Driver: id}})
	must(err)
	s.me.ID, s.user = id, id
	for _, f := range []JobFilter{{From: "2026-11-20", To: "2026-11-20", Limit: 100}, {To: "2026-11-19", Status: "unfinished", Limit: 100}, {Undated: true, Status: "unfinished", Limit: 100}} {
		_, _, err := s.RoadJobs(t.Context(), f)
		must(err)
	}
}

func planProofs(t *testing.T, s Staff) {
	_, _ = s.Proofs(t.Context(), planJob(t, s))
	_, _ = s.JobFiles(t.Context(), 1)
	_, _ = s.TrackingLinks(t.Context(), 1)
	_, _ = list(t.Context(), s.scope, (*Proof).row, `SELECT `+proofColumns+` FROM {job_proofs} f WHERE f.job_id = :id ORDER BY f.id LIMIT 100`, p(":id", 1)) // also where there is no job
	_, _ = list(t.Context(), s.scope, (*TrackingLink).row, `SELECT `+trackingColumns+` FROM {tracking_links} k WHERE k.job_id = :id ORDER BY k.id DESC LIMIT 100`, p(":id", 1))
}

// planJob is a delivery with a proof, whoever asks.
func planJob(t *testing.T, s Staff) JobID {
	t.Helper()
	s.groups = false
	id, err := s.AddJob(t.Context(), NewJob{JobEdit: JobEdit{JobInput: JobInput{Kind: JobDelivery, Address: "x", Day: "2026-11-20"}}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func planClientProofs(t *testing.T, s Staff, units bool) {
	c := Client{scope: scope{db: s.db, provider: s.provider, customer: 1, portal: 1, groups: units, member: 1}}
	c.shared = features{}
	for _, i := range Features {
		c.shared[i.Feature] = true
	}
	c.grants = clientGrants(c.shared, false)
	for _, text := range []string{`SELECT ` + proofColumns + ` FROM {job_proofs} f WHERE f.job_id = :id ORDER BY f.id LIMIT 100`, `SELECT ` + jobFileColumns + ` FROM {job_files} l WHERE l.job_id = :id AND l.proof_id = 1 ORDER BY l.id LIMIT 20`} {
		if err := c.each(t.Context(), text, func(*row) error { return nil }, p(":id", 1)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.JobFiles(t.Context(), 1); err == nil {
		t.Fatal("a job of nobody")
	}
}

// planNotices reads what waits to be told, and to whom, as the appliance does.
func planNotices(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	of, id := s.provider, planJob(t, s)
	must(s.db.System("test", Origin{}).Update(t.Context(), func(y System) error {
		_, err := y.PendingNotices(t.Context(), 200)
		must(err)
		j, err := s.Job(t.Context(), id)
		must(err)
		_, _, err = y.TakeNotices(t.Context(), Pending{of, id})
		must(err)
		_, err = y.NoticeReaders(t.Context(), of, j)
		must(err)
		_, err = y.Stopped(t.Context(), of, "a@b.test", NoticeDone)
		must(err)
		_, err = y.DueDigests(t.Context())
		must(err)
		_, _ = y.TakeDigest(t.Context(), Digest{Provider: of, day: "2026-11-20"}) // for nobody: it reads, and stops
		_, _ = y.Quit(t.Context(), []byte("x"))
		_, err = y.unshared(t.Context(), 1)
		must(err)
		_, err = y.summary(t.Context(), 1)
		must(err)
		_, _ = y.trackedRow(t.Context(), []byte("x"))
		return nil
	}))
	_, err := s.Notices(t.Context(), 0)
	must(err)
	_, err = s.MyNotices(t.Context())
	must(err)
}
