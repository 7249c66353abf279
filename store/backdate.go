package store

import "time"

// Backdate is the scope at an earlier time of its transaction: sample data
// happened when it says so. Outside Update, and for a later time, it changes
// nothing. A test lists who may name it.
func Backdate(s Staff, at time.Time) Staff {
	if at = at.UTC().Truncate(time.Second); s.conn != nil && at.Before(s.at) {
		s.at = at
	}
	return s
}
