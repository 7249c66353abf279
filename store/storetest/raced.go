package storetest

import "testing"

// Alone skips a test of one goroutine that takes minutes under the race
// detector, which has nothing to find in it. CI runs every test without the
// detector as well.
func Alone(t testing.TB) {
	t.Helper()
	if Raced {
		t.Skip("one goroutine and much work: told without the race detector")
	}
}
