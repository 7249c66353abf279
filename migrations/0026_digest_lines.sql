-- +goose Up
-- What a daily summary says, line by line: if a part of it may not be told any
-- more at the moment it leaves, the rest is told in another.
CREATE TABLE digest_lines (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	mail_id     INTEGER NOT NULL,
	job_id      INTEGER NOT NULL,
	event       TEXT    NOT NULL,
	says        TEXT    NOT NULL DEFAULT '',
	at          INTEGER NOT NULL,
	PRIMARY KEY (provider_id, mail_id, job_id, event),
	FOREIGN KEY (provider_id, mail_id) REFERENCES outbox (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE digest_lines;
