package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// onceFor is how long a form sent again is recognised.
const onceFor = 24 * time.Hour

// formKey reports whether a key can have come with a form of ours.
func formKey(key string) bool {
	return len(key) <= 64 && !strings.ContainsFunc(key, func(r rune) bool { return r < ' ' })
}

// Once makes a thing at most once for a key that came with the form: whoever
// sends the same form again gets the id of what it made the first time. An
// empty key is a form without one, and always makes.
func (s Staff) Once(ctx context.Context, key string, make func(Staff) (int64, error)) (id int64, err error) {
	if key == "" {
		return make(s)
	}
	if !formKey(key) {
		return 0, fault.New(fault.Invalid, "The form did not arrive whole. Open it again.")
	}
	err = s.Update(ctx, func(s Staff) error {
		made, err := list(ctx, s.scope, intoInt, `SELECT f.made FROM {sent_forms} f WHERE f.key = :key`, p(":key", key))
		if err != nil {
			return err
		}
		if len(made) > 0 {
			id = made[0]
			return nil
		}
		if id, err = make(s); err != nil {
			return err
		}
		if _, err := s.write(ctx, ProfileChange, `DELETE FROM <sent_forms> WHERE at < :old AND {mine:sent_forms}`, p(":old", s.Now().Add(-onceFor))); err != nil {
			return err
		}
		_, err = s.write(ctx, ProfileChange, `INSERT INTO <sent_forms> (provider_id, user_id, key, made, at) VALUES (:provider, :user, :key, :made, :now)`, p(":key", key), p(":made", id))
		return err
	})
	return id, err
}
