package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

const endless = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`

func TestReaders_aStatementEndsWithWhoAsked(t *testing.T) {
	db := openTest(t)
	for range 2 * cap(db.read.free) { // every reader, and again after it was stopped once
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
		err := db.query(ctx, nil, endless, nil, func(*row) error { return nil })
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, want that the time is up", err)
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Fatalf("the reader is of no use afterwards: %v", err)
		}
	}
}

func TestReaders_allBusyMeansWaiting(t *testing.T) {
	db := openTest(t)
	for range cap(db.read.free) {
		r, err := db.read.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer db.read.Put(r)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	if _, err := db.read.Take(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want that nobody was free in time", err)
	}
}

func TestReaders_aClosedFileSaysSo(t *testing.T) {
	db := openTest(t)
	read := db.read
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Take(t.Context()); !errors.Is(err, errClosed) {
		t.Errorf("got %v, want that the file is closed", err)
	}
}
