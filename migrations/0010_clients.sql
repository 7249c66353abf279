-- +goose Up
-- The list of clients by address and by when they came last; their
-- memberships by customer; and when each was last used, which is what its
-- customer may know of a person who also belongs to others.
CREATE INDEX users_by_address ON users (provider_id, kind, email_key, id);
CREATE INDEX users_by_login ON users (provider_id, kind, coalesce(last_login_at, 0), id);
CREATE INDEX memberships_of_customer ON memberships (provider_id, customer_id, id);
ALTER TABLE memberships ADD COLUMN last_login_at INTEGER;

-- +goose Down
ALTER TABLE memberships DROP COLUMN last_login_at;
DROP INDEX memberships_of_customer;
DROP INDEX users_by_login;
DROP INDEX users_by_address;
