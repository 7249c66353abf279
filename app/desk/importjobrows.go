package desk

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"os"
	"slices"

	"gatehouse/store"
)

// jobRows knows which rows of a file belong to one job, wherever they stand.
// It keeps a few bytes for each such row; the rows themselves lie in a file
// beside it, because a file of jobs may have a million.
type jobRows struct {
	sets []rowSet
	of   map[int32]int32 // the set of each row that is not alone, by its line
	kept *os.File
	end  int64
	into *bufio.Writer
}

// rowSet are the rows of one job. Each row in the kept file says where the one
// before it is.
type rowSet struct {
	first, left int32 // the line of the first; how many still come
	last        place
	lead        *lead
}

type place struct{ at, size int64 }

// lead is the verdict on the first row of a job, which its others share.
type lead struct {
	verdict, label, says string
	object               int64
	before               any
}

// gather looks through the file beforehand. Of jobs with one row it keeps
// nothing.
func (t *jobs) gather(ctx context.Context, s store.Staff, i store.Import) error {
	seed := maphash.MakeSeed()
	again, err := t.repeated(ctx, s, i, seed)
	if err != nil || len(again) == 0 {
		return err
	}
	if err := t.rows.open(); err != nil {
		return err
	}
	err = t.eachKey(ctx, s, i, func(e entry, key string) error {
		h := maphash.String(seed, key)
		n, several := again[h]
		if !several {
			return nil
		}
		if n < 0 {
			n = int32(len(t.rows.sets))
			t.rows.sets, again[h] = append(t.rows.sets, rowSet{first: int32(e.line)}), n
		}
		return t.rows.keep(n, e)
	})
	if err != nil {
		return err
	}
	return t.rows.into.Flush()
}

// repeated are the keys that come more than once, hashed.
func (t *jobs) repeated(ctx context.Context, s store.Staff, i store.Import, seed maphash.Seed) (map[uint64]int32, error) {
	seen, again := map[uint64]struct{}{}, map[uint64]int32{}
	err := t.eachKey(ctx, s, i, func(_ entry, key string) error {
		h := maphash.String(seed, key)
		if _, known := seen[h]; known {
			again[h] = -1
		}
		seen[h] = struct{}{}
		return nil
	})
	return again, err
}

func (k *jobRows) open() (err error) {
	if k.kept, err = os.CreateTemp("", "gatehouse-rows-*"); err != nil {
		return err
	}
	_ = os.Remove(k.kept.Name()) // the open file stays readable, and goes with us
	k.of, k.into = map[int32]int32{}, bufio.NewWriter(k.kept)
	return nil
}

func (k *jobRows) keep(n int32, e entry) error {
	set := &k.sets[n]
	b := binary.AppendVarint(nil, set.last.at)
	b = binary.AppendVarint(b, set.last.size)
	b = binary.AppendVarint(b, int64(e.line))
	for _, c := range e.cells {
		b = append(binary.AppendVarint(b, int64(len(c))), c...)
	}
	set.last, set.left, k.of[int32(e.line)] = place{k.end, int64(len(b))}, set.left+1, n
	k.end += int64(len(b))
	_, err := k.into.Write(b)
	return err
}

// set is the job of a row, nil where the row is all of it.
func (k *jobRows) set(line int) *rowSet {
	if n, several := k.of[int32(line)]; several {
		return &k.sets[n]
	}
	return nil
}

// all reads the rows of a job, in the order of the file.
func (k *jobRows) all(set *rowSet) (out []entry, err error) {
	for at := set.last; at.size > 0; {
		b := make([]byte, at.size)
		if _, err := k.kept.ReadAt(b, at.at); err != nil {
			return nil, fmt.Errorf("rows of a job: %w", err)
		}
		next := func() int64 {
			v, n := binary.Varint(b)
			b = b[n:]
			return v
		}
		at = place{next(), next()}
		e := entry{line: int(next())}
		for len(b) > 0 {
			n := next()
			e.cells, b = append(e.cells, string(b[:n])), b[n:]
		}
		out = append(out, e)
	}
	slices.Reverse(out)
	return out, nil
}

func (k *jobRows) close() {
	if k.kept != nil {
		_ = k.kept.Close()
	}
}
func (t *jobs) close() { t.rows.close() }
