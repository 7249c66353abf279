package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// differences tells old from new, field by field, for the dry run.
type differences []string

func (d *differences) of(label, old, now string) {
	switch {
	case old == now:
	case old == "":
		*d = append(*d, label+": "+short(now))
	default:
		*d = append(*d, label+": "+short(old)+" → "+short(now))
	}
}

func (d differences) String() string { return strings.Join(d, "; ") }

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	if s == "" {
		return "(nothing)"
	}
	return s
}

// imprint is the same for equal values: enough to see whether somebody
// changed what an import left.
func imprint(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // the types it is called with cannot fail
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:10])
}
