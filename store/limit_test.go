package store

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A bound LIMIT costs a new plan at every run: ten times the statement itself.
func TestNoLimitIsAParameter(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	bound := regexp.MustCompile(`LIMIT [:?]\w*`)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if at := bound.FindString(string(b)); at != "" {
			t.Errorf("%s says %q: use upTo, so that the number stands in the text", f, at)
		}
	}
}
