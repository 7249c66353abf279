-- +goose Up
-- What belongs to the appliance and to no tenant. None of these tables has a
-- provider_id column, except those that say which provider they are about.
CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operators (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	email         TEXT    NOT NULL COLLATE NOCASE UNIQUE,
	name          TEXT    NOT NULL,
	password      TEXT    NOT NULL DEFAULT '',            -- PHC string; empty: cannot sign in by password
	created_at    INTEGER NOT NULL,
	last_login_at INTEGER
) STRICT;

CREATE TABLE operator_sessions (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	operator_id INTEGER NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
	hash        BLOB    NOT NULL UNIQUE,
	created_at  INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	ip          TEXT    NOT NULL DEFAULT '',
	agent       TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE operator_tokens (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	operator_id INTEGER REFERENCES operators (id) ON DELETE CASCADE, -- null: the set-up link
	kind        TEXT    NOT NULL CHECK (kind IN ('set', 'rst')),
	hash        BLOB    NOT NULL UNIQUE,
	created_at  INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	used_at     INTEGER
) STRICT;

-- Failed attempts per account and per address: a restart does not reset them.
CREATE TABLE throttles (
	key      TEXT PRIMARY KEY,
	failures INTEGER NOT NULL,
	since    INTEGER NOT NULL,
	until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operator_audit (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	at          INTEGER NOT NULL,
	actor       TEXT    NOT NULL,
	verb        TEXT    NOT NULL,
	object      TEXT    NOT NULL,
	object_id   INTEGER NOT NULL DEFAULT 0,
	label       TEXT    NOT NULL DEFAULT '',
	detail      TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
	source      TEXT    NOT NULL DEFAULT 'web',
	ip          TEXT    NOT NULL DEFAULT ''
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER operator_audit_update BEFORE UPDATE ON operator_audit BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER operator_audit_delete BEFORE DELETE ON operator_audit BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END;
-- +goose StatementEnd

CREATE TABLE providers (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	slug          TEXT    NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 2 AND 40),
	name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	state         TEXT    NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
	starter       TEXT    NOT NULL DEFAULT 'rental',
	max_portals   INTEGER NOT NULL DEFAULT 0 CHECK (max_portals >= 0),     -- 0: unlimited
	max_staff     INTEGER NOT NULL DEFAULT 0 CHECK (max_staff >= 0),
	max_mails_day INTEGER NOT NULL DEFAULT 0 CHECK (max_mails_day >= 0),
	max_storage_mb INTEGER NOT NULL DEFAULT 0 CHECK (max_storage_mb >= 0),
	date_format   TEXT    NOT NULL DEFAULT 'MDY' CHECK (date_format IN ('MDY', 'DMY', 'YMD')),
	date_sep      TEXT    NOT NULL DEFAULT '/' CHECK (date_sep IN ('/', '.')),
	clock24       INTEGER NOT NULL DEFAULT 0 CHECK (clock24 IN (0, 1)),
	time_zone     TEXT    NOT NULL DEFAULT 'UTC',
	language      TEXT    NOT NULL DEFAULT 'en',
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL
) STRICT;

-- What the provider may share at most: one row for each feature of its plan.
CREATE TABLE plan_features (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	feature     TEXT    NOT NULL,
	PRIMARY KEY (provider_id, feature)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE plan_features;
DROP TABLE providers;
DROP TABLE operator_audit;
DROP TABLE throttles;
DROP TABLE operator_tokens;
DROP TABLE operator_sessions;
DROP TABLE operators;
DROP TABLE settings;
