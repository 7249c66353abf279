package store

import (
	"context"
	"strconv"

	"zombiezen.com/go/sqlite"
)

// BulkAsset is a machine of a made-up fleet, with what hangs on it: one group,
// one open assignment since Since, and the newest values, all taken at SeenAt.
type BulkAsset struct {
	Provider                                                 ProviderID
	Customer                                                 CustomerID
	Group                                                    GroupID
	Name, ExternalID, Serial, PIN, Make, Model, Type, Status string
	Year, Since, SeenAt                                      int64
	Hours, IdleHours, Fuel, DEF, Odometer, Lat, Lon          float64
	Running                                                  bool
	Readings                                                 int // so many readings of each meter and the position, a day apart, before SeenAt
}

// bulkRows is how many rows one transaction of a bulk load holds.
const bulkRows = 10_000

// BulkAssets writes n assets into a data file that nobody serves. It is there
// for benchmarks only: it bypasses verbs, walls and the audit log, and lays the
// indexes anew when all rows are in.
func (y System) BulkAssets(ctx context.Context, n int, at func(i int) BulkAsset) error {
	if err := y.db.bulkPragmas("synchronous = OFF", "foreign_keys = 0", "cache_size = -262144"); err != nil {
		return err
	}
	defer func() { _ = y.db.bulkPragmas(pragmas...) }()
	relay, err := y.strip(ctx, "assets", "asset_groups", "assignments")
	if err != nil {
		return err
	}
	relay = append(relay, `INSERT INTO asset_search (asset_search, rank) VALUES ('hashsize', 1048576)`) // as it is unless said otherwise
	if _, _, err := y.run(ctx, `INSERT INTO asset_search (asset_search, rank) VALUES ('hashsize', 67108864)`); err != nil {
		return err
	}
	for from := 0; from < n; from += bulkRows {
		err := y.Update(ctx, func(y System) error { return y.bulkAssets(from, min(n, from+bulkRows), at) })
		if err != nil {
			return err
		}
	}
	return y.Update(ctx, func(y System) error {
		for _, text := range append(relay, `UPDATE customers SET asset_count = (SELECT count(*) FROM assets a WHERE a.provider_id = customers.provider_id AND a.customer_id = customers.id)`) {
			if err := y.db.exec(y.conn, text, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// BulkGroups adds business units to a customer, for benchmarks.
func (y System) BulkGroups(ctx context.Context, provider ProviderID, of CustomerID, names ...string) (ids []GroupID, err error) {
	err = y.Update(ctx, func(y System) error {
		for _, name := range names {
			key := strconv.FormatInt(int64(of), 10) + name
			id, _, err := y.run(ctx, `INSERT INTO groups (provider_id, customer_id, name, key, created_at) VALUES (:provider, :of, :name, :key, :now) RETURNING id`,
				p(":provider", provider), p(":of", of), p(":name", name), p(":key", key), p(":now", y.Now()))
			if err != nil {
				return err
			}
			ids = append(ids, GroupID(id))
		}
		return nil
	})
	return ids, err
}

// BulkRenew makes every session as fresh as new, so that a benchmark's data
// file can be measured again another day.
func (y System) BulkRenew(ctx context.Context) error {
	_, _, err := y.run(ctx, `UPDATE sessions SET seen_at = :now, expires_at = CASE WHEN portal_id IS NULL THEN :staff ELSE :client END`,
		p(":now", y.Now()), p(":staff", y.Now().Add(StaffSession)), p(":client", y.Now().Add(ClientSession)))
	return err
}

func (db *DB) bulkPragmas(settings ...string) error {
	db.turn <- struct{}{}
	defer func() { <-db.turn }()
	return setPragmas(db.write, settings...)
}

// strip drops the indexes and triggers of tables and returns what lays them
// anew.
func (y System) strip(ctx context.Context, tables ...string) (relay []string, err error) {
	type object struct{ kind, name, sql string }
	err = y.Update(ctx, func(y System) error {
		for _, table := range tables {
			all, err := sysList(ctx, y, func(o *object, r *row) { o.kind, o.name, o.sql = r.str(), r.str(), r.str() },
				`SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = :table AND type IN ('index', 'trigger') AND sql IS NOT NULL`, p(":table", table))
			if err != nil {
				return err
			}
			for _, o := range all {
				relay = append(relay, o.sql)
				if err := y.db.exec(y.conn, `DROP `+o.kind+` `+o.name, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return relay, err
}

const bulkAsset = `INSERT INTO assets (provider_id, name, external_id, serial, pin, make, model, type, status, year, customer_id, since, hours, hours_at, idle_hours, idle_hours_at,
	fuel, fuel_at, def, def_at, odometer, odometer_at, engine, engine_at, lat, lon, located_at, seen_at, created_at, updated_at)
	VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?20, ?14, ?20, ?15, ?20, ?16, ?20, ?17, ?20, ?21, ?20, ?18, ?19, ?20, ?20, ?12, ?20)`

// bulkAssets writes the rows from..to, inside Update.
func (y System) bulkAssets(from, to int, at func(i int) BulkAsset) error {
	for i := from; i < to; i++ {
		a := at(i)
		if err := y.bulk(bulkAsset, int64(a.Provider), a.Name, a.ExternalID, a.Serial, a.PIN, a.Make, a.Model, a.Type, a.Status, a.Year, int64(a.Customer), a.Since,
			a.Hours, a.IdleHours, a.Fuel, a.DEF, a.Odometer, a.Lat, a.Lon, a.SeenAt, a.Running); err != nil {
			return err
		}
		id := y.conn.LastInsertRowID()
		if err := y.bulk(`INSERT INTO asset_groups VALUES (?1, ?2, ?3)`, int64(a.Provider), id, int64(a.Group)); err != nil {
			return err
		}
		if err := y.bulk(`INSERT INTO assignments (provider_id, asset_id, customer_id, starts_at, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?4, 'benchmark')`,
			int64(a.Provider), id, int64(a.Customer), a.Since); err != nil {
			return err
		}
		if err := y.bulkReadings(a, id); err != nil {
			return err
		}
		of := scope{db: y.db, conn: y.conn, at: y.at, provider: a.Provider}
		if err := of.indexWords(context.Background(), AssetID(id), AssetInput{Name: a.Name, ExternalID: a.ExternalID, Serial: a.Serial, PIN: a.PIN, Make: a.Make, Model: a.Model}); err != nil {
			return err
		}
	}
	return nil
}

func (y System) bulkReadings(a BulkAsset, id int64) error {
	for n := range a.Readings {
		back := float64(n)
		for _, k := range []struct {
			kind   string
			v1, v2 float64
		}{{"hours", a.Hours - 7*back, 0}, {"fuel", a.Fuel, 0}, {"odometer", a.Odometer - 40*back, 0}, {"position", a.Lat + back/1000, a.Lon - back/1000}} {
			if err := y.bulk(`INSERT INTO readings (provider_id, asset_id, kind, at, value, value2, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'benchmark')`,
				int64(a.Provider), id, k.kind, a.SeenAt-int64(n)*86400, max(k.v1, -90), k.v2); err != nil {
				return err
			}
		}
	}
	return nil
}

// bulk runs a statement with its parameters in order, which spares a bulk load
// the look-up of their names.
func (y System) bulk(text string, values ...any) error {
	return y.db.query(context.Background(), y.conn, text, func(st *sqlite.Stmt) {
		for i, v := range values {
			switch v := v.(type) {
			case int64:
				st.BindInt64(i+1, v)
			case string:
				st.BindText(i+1, v)
			case float64:
				st.BindFloat(i+1, v)
			case bool:
				st.BindBool(i+1, v)
			}
		}
	}, func(*row) error { return nil })
}
