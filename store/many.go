package store

import (
	"context"
	"maps"
	"slices"
)

// UpdateMany is Update for work on very many assets or jobs. What they are
// found by is indexed at its end, thousands at a time: the index of words is
// written anew by each statement around it that could fail half way, so that
// one at a time costs more than all the rest of it. Who was given which assets
// goes into the audit log a hundred to a line. A search inside fn does not see
// what fn did.
func (s Staff) UpdateMany(ctx context.Context, fn func(Staff) error) error {
	return s.Update(ctx, func(s Staff) error {
		s.late = &late{assets: map[AssetID]*AssetInput{}, jobs: map[JobID]*string{}, given: map[givenLine][]Assignment{}, there: map[CustomerID]bool{}}
		if err := s.roomy(); err != nil {
			return err
		}
		defer s.narrow()
		s.db.many.Store(true)
		defer s.db.many.Store(false)
		if err := fn(s); err != nil {
			return err
		}
		if err := s.logAllGiven(ctx); err != nil {
			return err
		}
		return s.indexLate(ctx)
	})
}

// The page cache of the writer, in KiB, while very many rows are written. With
// the usual one pages are written to the log and read again many times over
// before they are full.
const roomyCache, usualCache = "cache_size = -16000", "cache_size = -4000"

func (s scope) roomy() error { return setPragmas(s.conn, roomyCache) }

// narrow gives the memory back.
func (s scope) narrow() { _ = setPragmas(s.conn, usualCache, "shrink_memory") }

// late is what UpdateMany puts off, and what it has looked up already.
type late struct {
	assets   map[AssetID]*AssetInput // whose words wait to be indexed, nil those that are gone
	jobs     map[JobID]*string       // the words themselves
	given    map[givenLine][]Assignment
	givenSum int
	there    map[CustomerID]bool

	priorities []JobPriority // of jobs
}

// mostLate is how many of them may wait.
const mostLate = 10_000

// waitAsset and waitJob put one off, false when nothing is put off. Enough of
// them are indexed at once.
func (s scope) waitAsset(ctx context.Context, id AssetID, in *AssetInput) (bool, error) {
	if s.late == nil {
		return false, nil
	}
	s.late.assets[id] = in
	return true, s.enough(ctx)
}

func (s scope) waitJob(ctx context.Context, id JobID, words *string) (bool, error) {
	if s.late == nil {
		return false, nil
	}
	s.late.jobs[id] = words
	return true, s.enough(ctx)
}

func (s scope) enough(ctx context.Context) error {
	if len(s.late.assets)+len(s.late.jobs) < mostLate {
		return nil
	}
	return s.indexLate(ctx)
}

// indexLate goes by growing ids: each step back would make the index write what
// it has so far as a piece of its own.
func (s scope) indexLate(ctx context.Context) error {
	late := s.late
	s.late = nil
	for _, id := range slices.Sorted(maps.Keys(late.assets)) {
		err, in := error(nil), late.assets[id]
		if in == nil {
			err = s.dropWords(ctx, id)
		} else {
			err = s.indexWords(ctx, id, *in)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(late.jobs)) {
		if err := s.saveJobWords(ctx, id, late.jobs[id]); err != nil {
			return err
		}
	}
	clear(late.assets)
	clear(late.jobs)
	return nil
}
