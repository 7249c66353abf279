package store

import "testing"

// Exec runs a statement past the wall, for tests that bend rows.
func (db *DB) Exec(t testing.TB, text string) {
	t.Helper()
	if err := db.System("test", Origin{}).exec(t, text); err != nil {
		t.Fatal(err)
	}
}

func (y System) exec(t testing.TB, text string) error {
	_, _, err := y.run(t.Context(), text)
	return err
}

// Count runs a statement past the wall and reads one number.
func (db *DB) Count(t testing.TB, text string) (n int64) {
	t.Helper()
	if err := db.query(t.Context(), nil, text, nil, func(r *row) error { n = r.int(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
