package desk

import (
	"context"
	"fmt"
	"hash/maphash"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// judge is a target's verdict; what a person caused becomes a refusal of that
// row, everything else ends the step.
func judge(ctx context.Context, s store.Staff, t target, e entry) (plan, error) {
	if e.problem != "" {
		return refuse(strings.Join(e.cells[:min(2, len(e.cells))], " "), "%s", e.problem), nil
	}
	pl, err := t.judge(ctx, s, e)
	if says := rowSays(err); says != "" {
		keys := pl.keys
		pl = refuse(pl.label, "%s", says)
		pl.keys = keys
		return pl, nil
	}
	return pl, err
}

// rowSays is what is wrong with a row, "" when the error is not the row's.
func rowSays(err error) string {
	switch fault.Of(err) {
	case fault.Invalid, fault.NotFound, fault.Conflict, fault.Forbidden:
		return fault.Says(err)
	}
	return ""
}

// twice remembers which keys a file has claimed, in a few bytes each.
type twice struct {
	seed    maphash.Seed
	first   map[uint64]int32
	spoiled map[int]string // lines whose key came again, and what to say
}

func newTwice() *twice {
	return &twice{seed: maphash.MakeSeed(), first: map[uint64]int32{}, spoiled: map[int]string{}}
}

// seen is the line that claimed key before, 0 if this one is the first.
func (t *twice) seen(key string, line int) int {
	h := maphash.String(t.seed, strings.ToLower(key))
	if other, ok := t.first[h]; ok {
		return int(other)
	}
	t.first[h] = int32(line)
	return 0
}

func (t *twice) also(key string, first, line int) {
	if _, known := t.spoiled[first]; !known {
		t.spoiled[first] = fmt.Sprintf("%s is also in line %d. Each may stand in a file only once.", key, line)
	}
}
