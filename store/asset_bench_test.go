package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"
)

// benchFleet is 100,000 assets over 10 providers with 100 customers each, the
// first customer of each having a fifth of its provider's.
func benchFleet(b *testing.B) (*DB, Staff, Client) {
	b.Helper()
	db, err := Open(b.Context(), Options{Path: filepath.Join(b.TempDir(), "g.db"), Now: func() time.Time { return worldStart }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	y := db.System("bench", Origin{})
	var s Staff
	for _, slug := range []string{"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"} {
		id, err := y.AddProvider(b.Context(), NewProvider{Slug: slug, Name: slug})
		if err != nil {
			b.Fatal(err)
		}
		if s, err = y.Provider(b.Context(), id); err != nil {
			b.Fatal(err)
		}
	}
	for _, text := range []string{
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
			INSERT INTO customers (provider_id, number, name, type_id, created_at, updated_at) SELECT p.id, i + 1, 'Customer ' || i, (SELECT min(t.id) FROM customer_types t WHERE t.provider_id = p.id), 0, 0 FROM providers p CROSS JOIN n`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
			INSERT INTO assets (provider_id, name, external_id, serial, make, model, type, status, customer_id, since, hours, hours_at, fuel, fuel_at, lat, lon, located_at, seen_at, created_at, updated_at)
			SELECT 1 + i % 10, 'Machine ' || (i * 7919 % 100003), 'E' || i, 'S' || (i * 104729 % 1000003), 'Make' || (i / 10 % 13), 'Hydraulic ' || (i / 10 % 400), 'Type ' || (i / 10 % 20),
			CASE i / 10 % 20 WHEN 0 THEN 'retired' WHEN 1 THEN 'service' WHEN 2 THEN 'idle' WHEN 3 THEN 'idle' ELSE 'active' END,
			(i % 10) * 100 + CASE WHEN i / 10 % 5 = 0 THEN 1 ELSE 1 + i / 10 % 100 END, 0, i % 5000, 1700000000 + i, i % 100, 1700000000 + i, 45 + i % 1000 / 100.0, 5 + i % 977 / 90.0, 1700000000 + i, 1700000000 + i, 0, 0 FROM n`,
	} {
		if err := y.Update(b.Context(), func(y System) error { _, _, err := y.run(context.Background(), text); return err }); err != nil {
			b.Fatal(err)
		}
	}
	if err := y.IndexAssets(b.Context()); err != nil {
		b.Fatal(err)
	}
	w := &world{db: db, staff: s}
	f := features{FeatureAssets: true, FeatureList: true, FeatureMeters: true, FeatureMap: true}
	c := Client{scope: scope{db: db, provider: s.provider, customer: CustomerID((int64(s.provider)-1)*100 + 7), shared: f, place: true, meters: true, grants: clientGrants(f, false)}}
	return w.db, s, c
}

func BenchmarkAssets(b *testing.B) {
	_, s, c := benchFleet(b)
	big := c
	big.customer = CustomerID((int64(s.provider)-1)*100 + 1)
	run := func(name string, fn func() (int, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, err := fn(); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
	list := func(s interface {
		Assets(context.Context, AssetFilter) (Page[Asset], error)
	}, f AssetFilter) func() (int, error) {
		return func() (int, error) { p, err := s.Assets(b.Context(), f); return len(p.Rows), err }
	}
	run("client", list(c, AssetFilter{}))
	run("client by hours", list(c, AssetFilter{Sort: "-hours"}))
	run("client search", list(c, AssetFilter{Search: "hyd"}))
	run("big client", list(big, AssetFilter{}))
	run("big client by hours", list(big, AssetFilter{Sort: "-hours"}))
	run("staff", list(s, AssetFilter{}))
	run("staff by hours", list(s, AssetFilter{Sort: "-hours"}))
	run("staff retired", list(s, AssetFilter{Status: "retired"}))
	run("staff search common", list(s, AssetFilter{Search: "hyd"}))
	run("staff search rare", list(s, AssetFilter{Search: "machine 77 make3"}))
	run("staff counts", func() (int, error) { n, err := s.AssetCounts(b.Context()); return len(n), err })
	run("staff map", func() (int, error) {
		p, err := s.Positions(b.Context(), AssetFilter{}, nil, 4)
		return p.Total, err
	})
	run("readings of 100 machines", func() (int, error) {
		n := 0
		err := s.Update(b.Context(), func(s Staff) error {
			for id := AssetID(10); id <= 1000; id += 10 {
				n++
				at := worldStart.Add(-time.Duration(b.N+n) * time.Second)
				if _, err := s.AddReadings(b.Context(), id, []Reading{{Kind: KindHours, At: at, Value: Some(float64(n))}, {Kind: KindFuel, At: at, Value: Some(50)}, {Kind: KindPosition, At: at, Value: Some(50), Value2: Some(8)}}); err != nil {
					return err
				}
			}
			return nil
		})
		return n, err
	})
	run("assign and take back 100", func() (int, error) {
		ids := []AssetID{}
		for id := AssetID(10); id <= 1000; id += 10 {
			ids = append(ids, id)
		}
		out, err := s.Assign(b.Context(), AssignInput{Assets: ids, Customer: c.customer, Decided: true})
		if err != nil {
			return 0, err
		}
		_, err = s.Unassign(b.Context(), ids, time.Time{})
		return out.New + out.Skipped + out.Already, err
	})
}
