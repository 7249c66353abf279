-- +goose Up
-- What somebody decided about a customer's or a group's code that files of jobs
-- use and nobody here goes by. Neither of both means: without one.
CREATE TABLE import_codes (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	what        TEXT    NOT NULL CHECK (what IN ('customer', 'group')),   -- the column it stood in
	code        TEXT    NOT NULL COLLATE NOCASE CHECK (length(code) BETWEEN 1 AND 300),
	customer_id INTEGER,
	group_id    INTEGER,
	decided_by  TEXT    NOT NULL DEFAULT '',
	decided_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, what, code),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX import_codes_of_customer ON import_codes (provider_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX import_codes_of_group ON import_codes (provider_id, group_id) WHERE group_id IS NOT NULL;

-- How many rows of a file are whose, and how dates were read for the next file
-- like it.
ALTER TABLE imports ADD COLUMN summary TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(summary));
ALTER TABLE import_mappings ADD COLUMN options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options));

-- +goose Down
ALTER TABLE import_mappings DROP COLUMN options;
ALTER TABLE imports DROP COLUMN summary;
DROP TABLE import_codes;
