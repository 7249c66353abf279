package store

import "testing"

// alone is storetest.Alone for the tests of this package itself.
func alone(t testing.TB) {
	t.Helper()
	if raced {
		t.Skip("one goroutine and much work: told without the race detector")
	}
}
