package storetest

import (
	"testing"

	"gatehouse/store"
)

// NewTwin makes one more of the equal providers in a data file that a test
// already has open.
func NewTwin(t testing.TB, db *store.DB, slug string) Twin { t.Helper(); return newTwin(t, db, slug) }
