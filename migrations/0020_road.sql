-- +goose Up
-- What each provider's files take up is kept at each change: summing it up for
-- every photo would read all of them.
CREATE TABLE file_totals (
	provider_id INTEGER PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
	bytes       INTEGER NOT NULL
) STRICT;
INSERT INTO file_totals (provider_id, bytes) SELECT provider_id, sum(size) FROM files GROUP BY provider_id;
-- +goose StatementBegin
CREATE TRIGGER files_count_insert AFTER INSERT ON files
BEGIN
	INSERT INTO file_totals (provider_id, bytes) VALUES (NEW.provider_id, NEW.size) ON CONFLICT (provider_id) DO UPDATE SET bytes = bytes + NEW.size;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER files_count_delete AFTER DELETE ON files
BEGIN
	UPDATE file_totals SET bytes = bytes - OLD.size WHERE provider_id = OLD.provider_id;
END;
-- +goose StatementEnd

-- A tracking link was given out for a job of one customer and group. When the
-- job goes to another, whoever has the link sees no more of it.
-- +goose StatementBegin
CREATE TRIGGER jobs_retagged AFTER UPDATE OF customer_id, group_id ON jobs
WHEN OLD.customer_id IS NOT NEW.customer_id OR OLD.group_id IS NOT NEW.group_id
BEGIN
	UPDATE tracking_links SET revoked_at = NEW.updated_at WHERE provider_id = NEW.provider_id AND job_id = NEW.id AND revoked_at IS NULL;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER jobs_retagged;
DROP TRIGGER files_count_delete;
DROP TRIGGER files_count_insert;
DROP TABLE file_totals;
