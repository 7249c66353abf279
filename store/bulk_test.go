package store

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

func TestBulkLoadLeavesTheFileAsTheProductWould(t *testing.T) {
	db, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "bulk.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	y := db.System("test", Origin{})
	id, err := y.AddProvider(t.Context(), NewProvider{Slug: "bulky", Name: "Bulky"})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := y.Provider(t.Context(), id)
	of, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Big"}})
	if err != nil {
		t.Fatal(err)
	}
	groups, err := y.BulkGroups(t.Context(), id, of, "North", "South")
	if err != nil {
		t.Fatal(err)
	}
	schema := `SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL`
	before, _ := sysOne(t.Context(), y, "count", intoInt, schema)
	since := db.Now().Add(-48 * time.Hour).Unix()
	err = y.BulkAssets(t.Context(), 120, func(i int) BulkAsset {
		return BulkAsset{Provider: id, Customer: of, Group: groups[i%2], Name: "Loader", ExternalID: strconv.Itoa(i), Serial: "SN-4711", Status: "active", Year: 2020, Since: since, SeenAt: since + 90000, Lat: 50, Lon: 8, Readings: i % 2}
	})
	if err != nil {
		t.Fatal(err)
	}
	if after, _ := sysOne(t.Context(), y, "count", intoInt, schema); after != before {
		t.Errorf("%d indexes, triggers and tables, want %d", after, before)
	}
	if n, _ := sysOne(t.Context(), y, "count", intoInt, `SELECT count(*) FROM pragma_foreign_key_check`); n != 0 {
		t.Errorf("%d rows point nowhere", n)
	}
	if n, _ := sysOne(t.Context(), y, "count", intoInt, `PRAGMA foreign_keys`); n != 1 {
		t.Error("foreign keys stay off")
	}
	c, err := s.Customer(t.Context(), of)
	if err != nil || c.Assets != 120 {
		t.Errorf("the customer has %d assets (%v), want 120", c.Assets, err)
	}
	page, err := s.Assets(t.Context(), AssetFilter{Search: "4711", Group: groups[0]})
	if err != nil || page.Total != 60 {
		t.Errorf("the search finds %d (%v), want 60", page.Total, err)
	}
}
