package app_test

import (
	"os"
	"testing"
)

// heavy skips a test that walks the whole appliance many times over, unless
// GATEHOUSE_ATTACK asks for it, as .ci/run does.
func heavy(t *testing.T) {
	t.Helper()
	if os.Getenv("GATEHOUSE_ATTACK") == "" {
		t.Skip("set GATEHOUSE_ATTACK=1 to walk every route as everybody")
	}
}
