package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// world is a data file with a movable clock, a provider with two customers,
// and a stranger provider that has the same.
type world struct {
	*testing.T
	db    *DB
	now   time.Time
	staff Staff
	a, b  CustomerID
}

var worldStart = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, now: worldStart}
	var err error
	w.db, err = Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "g.db"), Now: func() time.Time { return w.now }})
	w.must(err)
	t.Cleanup(func() { _ = w.db.Close() })
	w.staff = testProvider(t, w.db, "one")
	w.a, w.b = w.customer("Acme"), w.customer("Beta")
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) customer(name string) CustomerID {
	w.Helper()
	id, err := w.staff.AddCustomer(w.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: name}})
	w.must(err)
	return id
}

func (w *world) asset(name string) AssetID {
	w.Helper()
	id, err := w.staff.AddAsset(w.Context(), AssetEdit{AssetInput: AssetInput{Name: name, Make: "Kramer", Model: "5085", Serial: "S-" + name, Type: "Loader"}})
	w.must(err)
	return id
}

func (w *world) assign(to CustomerID, ids ...AssetID) Assigned {
	w.Helper()
	out, err := w.staff.Assign(w.Context(), AssignInput{Assets: ids, Customer: to})
	w.must(err)
	return out
}

// client is a person at a customer whose portal shares the features; all of
// them without any named.
func (w *world) client(of CustomerID, shares ...Feature) Client {
	w.Helper()
	f := features{}
	if len(shares) == 0 {
		for _, i := range Features {
			shares = append(shares, i.Feature)
		}
	}
	for _, s := range shares {
		f[s] = true
	}
	f = f.effective()
	return Client{window: Window{Features: f}, scope: scope{db: w.db, provider: w.staff.provider, customer: of, portal: 1, actor: "Client",
		shared: f, place: f[FeatureMap], meters: f[FeatureMeters], grants: clientGrants(f, false)}}
}

// sql runs statements past the walls, to make what only other parts of the
// product make.
func (w *world) sql(text string, args ...any) {
	w.Helper()
	w.must(w.db.System("test", Origin{}).Update(context.Background(), func(y System) error {
		_, _, err := y.run(context.Background(), fmt.Sprintf(text, args...))
		return err
	}))
}

func (w *world) count(text string, args ...any) (n int64) {
	w.Helper()
	w.must(w.db.query(context.Background(), nil, fmt.Sprintf(text, args...), nil, func(r *row) error { n = r.int(); return nil }))
	return n
}

// sees lists the names a scope's list shows.
func (w *world) sees(s interface {
	Assets(context.Context, AssetFilter) (Page[Asset], error)
}, f AssetFilter) []string {
	w.Helper()
	p, err := s.Assets(w.Context(), f)
	w.must(err)
	out := []string{}
	for _, a := range p.Rows {
		out = append(out, a.Name)
	}
	if p.Total != len(out) && p.Next == "" && f.After == "" {
		w.Errorf("total %d of a page with %d rows", p.Total, len(out))
	}
	return out
}

// countsExact fails unless every customer's kept count is what there is.
func (w *world) countsExact() {
	w.Helper()
	if n := w.count(`SELECT count(*) FROM customers c WHERE asset_count <> (SELECT count(*) FROM assets a WHERE a.provider_id = c.provider_id AND a.customer_id = c.id)`); n != 0 {
		w.Errorf("%d customers have a wrong asset_count", n)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
