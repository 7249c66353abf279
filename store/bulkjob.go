package store

import "context"

// BulkJob is a job of a made-up data set, with what hangs on it: its timeline's
// first line and so many items.
type BulkJob struct {
	Provider                                 ProviderID
	Customer                                 CustomerID
	Group                                    GroupID
	Number                                   int64
	Kind, Status, Day, ExternalID, Subject   string
	Address, ContactName, From, To           string
	Received, Starts, Ends, Due, Done, Items int64
	Lat, Lon                                 float64
}

// BulkJobs writes n jobs into a data file that nobody serves, for benchmarks
// only, as BulkAssets does; the counters are counted once at the end.
func (y System) BulkJobs(ctx context.Context, n int, at func(i int) BulkJob) error {
	if err := y.db.bulkPragmas("synchronous = OFF", "foreign_keys = 0", "cache_size = -262144"); err != nil {
		return err
	}
	defer func() { _ = y.db.bulkPragmas(pragmas...) }()
	relay, err := y.strip(ctx, "jobs", "job_events", "job_items")
	if err != nil {
		return err
	}
	relay = append(relay, `INSERT INTO job_search (job_search, rank) VALUES ('hashsize', 1048576)`, `DELETE FROM job_counts`, countAllJobs,
		`INSERT INTO numbers (provider_id, kind, next) SELECT provider_id, 'job', max(number) + 1 FROM jobs GROUP BY provider_id ON CONFLICT DO UPDATE SET next = excluded.next`)
	if _, _, err := y.run(ctx, `INSERT INTO job_search (job_search, rank) VALUES ('hashsize', 67108864)`); err != nil {
		return err
	}
	for from := 0; from < n; from += bulkRows {
		if err := y.Update(ctx, func(y System) error { return y.bulkJobs(from, min(n, from+bulkRows), at) }); err != nil {
			return err
		}
	}
	return y.Update(ctx, func(y System) error {
		for _, text := range relay {
			if err := y.db.exec(y.conn, text, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// countAllJobs counts what the triggers keep: each job at four levels, all of
// them and each group's, at the provider and at the customer.
const countAllJobs = `INSERT INTO job_counts (provider_id, customer_id, group_id, day, kind, status, assigned, n)
	SELECT provider_id, customer, grp, day, kind, counted, assigned, count(*) FROM (
		SELECT provider_id, 0 AS customer, 0 AS grp, day, kind, counted, assigned FROM jobs
		UNION ALL SELECT provider_id, 0, coalesce(group_id, -1), day, kind, counted, assigned FROM jobs
		UNION ALL SELECT provider_id, customer_id, 0, day, kind, counted, assigned FROM jobs WHERE customer_id IS NOT NULL
		UNION ALL SELECT provider_id, customer_id, coalesce(group_id, -1), day, kind, counted, assigned FROM jobs WHERE customer_id IS NOT NULL)
	GROUP BY provider_id, customer, grp, day, kind, counted, assigned`

const bulkJob = `INSERT INTO jobs (provider_id, number, kind, external_id, customer_id, group_id, subject, address, contact_name, day, window_from, window_to, status, lat, lon,
	received_at, starts_at, ends_at, due_by, done_at, source, created_at, updated_at)
	VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, nullif(?20, 0), 'import', ?16, ?16)`

func (y System) bulkJobs(from, to int, at func(i int) BulkJob) error {
	for i := from; i < to; i++ {
		j := at(i)
		if err := y.bulk(bulkJob, int64(j.Provider), j.Number, j.Kind, j.ExternalID, int64(j.Customer), int64(j.Group), j.Subject, j.Address, j.ContactName, j.Day, j.From, j.To, j.Status,
			j.Lat, j.Lon, j.Received, j.Starts, j.Ends, j.Due, j.Done); err != nil {
			return err
		}
		id := y.conn.LastInsertRowID()
		if err := y.bulk(`INSERT INTO job_events (provider_id, job_id, at, kind, public, status, actor) VALUES (?1, ?2, ?3, 'created', 1, ?4, 'benchmark')`, int64(j.Provider), id, j.Received, j.Status); err != nil {
			return err
		}
		for n := range j.Items {
			if err := y.bulk(`INSERT INTO job_items (provider_id, job_id, position, sku, description, quantity, unit) VALUES (?1, ?2, ?3, 'SKU-1', 'Concrete C25', 12, 'bags')`, int64(j.Provider), id, n); err != nil {
				return err
			}
		}
		of := scope{db: y.db, conn: y.conn, at: y.at, provider: j.Provider}
		e := JobEdit{JobInput: JobInput{ExternalID: j.ExternalID, Subject: j.Subject, Address: j.Address, ContactName: j.ContactName}}
		if err := of.putJobWords(context.Background(), JobID(id), JobNumber(j.Number), e); err != nil {
			return err
		}
	}
	return nil
}
