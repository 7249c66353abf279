package store

import (
	"context"
	"fmt"
)

// FullCheck reads every page and every reference of the data file and lists
// what is wrong, at most twenty things of each kind. It takes its time: about
// a second for each hundred megabytes.
func (db *DB) FullCheck(ctx context.Context) (wrong []string, err error) {
	err = db.query(ctx, nil, `PRAGMA integrity_check(20)`, nil, func(r *row) error {
		if s := r.str(); s != "ok" {
			wrong = append(wrong, s)
		}
		return nil
	})
	if err != nil {
		return wrong, err
	}
	lost := 0
	err = db.query(ctx, nil, `PRAGMA foreign_key_check`, nil, func(r *row) error {
		if lost++; lost <= 20 {
			table, id, of := r.str(), r.any(), r.str()
			wrong = append(wrong, fmt.Sprintf("row %v of %s refers to a row of %s that is not there", id, table, of))
		}
		return nil
	})
	return wrong, err
}
