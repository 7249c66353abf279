-- +goose Up
-- Where a session into one portal was opened out of another one's, the session
-- it all began with: they end together.
ALTER TABLE sessions ADD COLUMN root_id INTEGER;

-- +goose Down
ALTER TABLE sessions DROP COLUMN root_id;
