package store

import "context"

// Choice reads what the person chose for its own lists under a name, "" if
// nothing.
func (s Staff) Choice(ctx context.Context, name string) (string, error) {
	all, err := list(ctx, s.scope, intoStr, `SELECT c.value FROM {user_choices} c WHERE c.name = :name`, p(":name", name))
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// SetChoice keeps what the person chose; it is nobody else's, and no history
// tells of it.
func (s Staff) SetChoice(ctx context.Context, name, value string) error {
	_, err := s.write(ctx, ProfileChange, `INSERT INTO <user_choices> (provider_id, user_id, name, value) VALUES (:provider, :user, :name, :value)
		ON CONFLICT (provider_id, user_id, name) DO UPDATE SET value = :value`, p(":name", clip(name, 60)), p(":value", clip(value, 500)))
	return err
}
