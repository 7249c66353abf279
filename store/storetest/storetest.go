// Package storetest gives tests a data file of their own, migrated once per
// process and copied, and two equal providers to hold against each other.
// Only tests import it.
package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gatehouse/store"
)

// Start is what a test's clock shows first.
var Start = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

// Clock is a clock that a test moves by hand.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// Now is the time the clock shows.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.t = c.t.Add(d) }

var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "new.db")
	db, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Open returns an empty data file and the clock it goes by. Both end with the
// test.
func Open(t testing.TB) (*store.DB, *Clock) {
	t.Helper()
	b, err := migrated()
	if err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return OpenCopy(t, b)
}

// OpenCopy is Open over a data file as it was read, for what takes long to
// make.
func OpenCopy(t testing.TB, b []byte) (*store.DB, *Clock) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gatehouse.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	clock := &Clock{t: Start}
	db, err := store.Open(t.Context(), store.Options{Path: path, Now: clock.Now})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, clock
}

// Provider makes a provider with one admin and returns the admin's scope.
func Provider(t testing.TB, db *store.DB, slug string) store.Staff {
	t.Helper()
	y := db.System("test", store.Origin{})
	id, err := y.AddProvider(t.Context(), store.NewProvider{Slug: slug, Name: "Provider " + slug, Starter: "rental"})
	if err != nil {
		t.Fatalf("add provider: %v", err)
	}
	return Staff(t, db, id, slug, "admin@"+slug+".test", "admin")
}

// Staff adds a person of the role to a provider and returns its scope.
func Staff(t testing.TB, db *store.DB, id store.ProviderID, slug, email, role string) store.Staff {
	t.Helper()
	y := db.System("test", store.Origin{})
	user, err := y.AddUser(t.Context(), id, store.NewUser{Kind: "staff", Name: "Staff " + email, Email: email, Role: role, Owner: role == "admin", Password: "x"})
	if err != nil {
		t.Fatalf("add user: %v", err)
	}
	hash := []byte(slug + email)
	if err := y.StartSession(t.Context(), store.Account{ID: user, Provider: id}, 0, hash); err != nil {
		t.Fatalf("start session: %v", err)
	}
	s, err := db.Staff(t.Context(), slug, hash, store.Origin{})
	if err != nil {
		t.Fatalf("staff door: %v", err)
	}
	return s
}
