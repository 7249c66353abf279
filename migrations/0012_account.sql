-- +goose Up
-- One-time links get a code beside them, and there are more kinds of them:
-- eml confirms a new address, obj stops that change, sgn signs in, fac stands
-- between password and second factor. SQLite cannot widen a CHECK in place.
CREATE TABLE user_tokens_next (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id       INTEGER NOT NULL,
	portal_id     INTEGER,                                -- where the person lands
	kind          TEXT    NOT NULL CHECK (kind IN ('act', 'rst', 'eml', 'obj', 'sgn', 'fac')),
	hash          BLOB    NOT NULL UNIQUE,
	code          BLOB,                                   -- hash of the six digits sent with it; null: none, or spent
	tries         INTEGER NOT NULL DEFAULT 0,             -- wrong codes so far
	created_at    INTEGER NOT NULL,
	expires_at    INTEGER NOT NULL,
	used_at       INTEGER,
	superseded_at INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
INSERT INTO user_tokens_next (id, provider_id, user_id, portal_id, kind, hash, created_at, expires_at, used_at, superseded_at)
	SELECT id, provider_id, user_id, portal_id, kind, hash, created_at, expires_at, used_at, superseded_at FROM user_tokens;
DELETE FROM sqlite_sequence WHERE name = 'user_tokens_next';
INSERT INTO sqlite_sequence (name, seq) SELECT 'user_tokens_next', seq FROM sqlite_sequence WHERE name = 'user_tokens';
DROP TABLE user_tokens;
ALTER TABLE user_tokens_next RENAME TO user_tokens;
CREATE INDEX user_tokens_of_user ON user_tokens (provider_id, user_id, kind, id);

-- The code of a letter is struck out of it with its link, once it was sent.
ALTER TABLE outbox ADD COLUMN code TEXT NOT NULL DEFAULT '';

-- A new address counts once its owner has entered the code.
CREATE TABLE email_changes (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	old_email   TEXT    NOT NULL,
	new_email   TEXT    NOT NULL,
	new_key     TEXT    NOT NULL,                         -- folded, as users.email_key
	by_id       INTEGER NOT NULL DEFAULT 0,               -- users.id; 0: the appliance's operator
	by_name     TEXT    NOT NULL,
	started_at  INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	ended_at    INTEGER,
	outcome     TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'confirmed', 'cancelled', 'stopped', 'replaced')),
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX email_changes_pending ON email_changes (provider_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX email_changes_to ON email_changes (provider_id, new_key) WHERE ended_at IS NULL;
CREATE INDEX email_changes_of_user ON email_changes (provider_id, user_id, id);

-- Since when somebody signs in with a second factor; null: without.
ALTER TABLE users ADD COLUMN factor_at INTEGER;

CREATE TABLE second_factors (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id      INTEGER NOT NULL,
	secret       TEXT    NOT NULL,                        -- base32, as the app shows it
	last_step    INTEGER NOT NULL DEFAULT 0,              -- the last time step that was used: none works twice
	created_at   INTEGER NOT NULL,
	confirmed_at INTEGER,                                 -- null: being set up
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, user_id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE recovery_codes (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	hash        BLOB    NOT NULL,
	used_at     INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX recovery_codes_of_user ON recovery_codes (provider_id, user_id, id);

-- +goose Down
DROP TABLE recovery_codes;
DROP TABLE second_factors;
ALTER TABLE users DROP COLUMN factor_at;
DROP TABLE email_changes;
ALTER TABLE outbox DROP COLUMN code;
DELETE FROM user_tokens WHERE kind NOT IN ('act', 'rst', 'eml');
CREATE TABLE user_tokens_before (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id       INTEGER NOT NULL,
	portal_id     INTEGER,
	kind          TEXT    NOT NULL CHECK (kind IN ('act', 'rst', 'eml')),
	hash          BLOB    NOT NULL UNIQUE,
	created_at    INTEGER NOT NULL,
	expires_at    INTEGER NOT NULL,
	used_at       INTEGER,
	superseded_at INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
INSERT INTO user_tokens_before SELECT id, provider_id, user_id, portal_id, kind, hash, created_at, expires_at, used_at, superseded_at FROM user_tokens;
DROP TABLE user_tokens;
ALTER TABLE user_tokens_before RENAME TO user_tokens;
CREATE INDEX user_tokens_of_user ON user_tokens (provider_id, user_id, kind, id);
