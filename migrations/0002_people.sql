-- +goose Up
CREATE TABLE provider_settings (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL,
	value       TEXT    NOT NULL,
	PRIMARY KEY (provider_id, name)
) STRICT, WITHOUT ROWID;

-- The next number of each kind of thing that people know by a number.
CREATE TABLE numbers (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	kind        TEXT    NOT NULL,
	next        INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (provider_id, kind)
) STRICT, WITHOUT ROWID;

-- Staff and clients of one provider. The address is unique over both.
CREATE TABLE users (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	kind          TEXT    NOT NULL CHECK (kind IN ('staff', 'client')),
	email         TEXT    NOT NULL,                       -- as typed; 'deleted-ID' once erased
	email_key     TEXT    NOT NULL,                       -- folded: what is unique
	name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	username      TEXT    NOT NULL DEFAULT '',
	title         TEXT    NOT NULL DEFAULT '',
	phone         TEXT    NOT NULL DEFAULT '',
	employee_no   TEXT    NOT NULL DEFAULT '',
	role          TEXT    NOT NULL DEFAULT '',            -- staff only: admin, fleet_admin, user, technician, agent
	owner         INTEGER NOT NULL DEFAULT 0 CHECK (owner IN (0, 1)),
	all_groups    INTEGER NOT NULL DEFAULT 0 CHECK (all_groups IN (0, 1)),
	state         TEXT    NOT NULL CHECK (state IN ('pending', 'active', 'disabled', 'deleted')),
	password      TEXT    NOT NULL DEFAULT '',
	must_change   INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
	date_format   TEXT    NOT NULL DEFAULT '' CHECK (date_format IN ('', 'MDY', 'DMY', 'YMD')),
	date_sep      TEXT    NOT NULL DEFAULT '' CHECK (date_sep IN ('', '/', '.')),
	clock24       INTEGER NOT NULL DEFAULT -1 CHECK (clock24 IN (-1, 0, 1)),   -- -1: as the provider's default
	language      TEXT    NOT NULL DEFAULT '',
	time_zone     TEXT    NOT NULL DEFAULT '',
	last_login_at INTEGER,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, email_key)
) STRICT;
CREATE UNIQUE INDEX users_by_username ON users (provider_id, username) WHERE username <> '';
CREATE INDEX users_of_kind ON users (provider_id, kind, name, id);

CREATE TABLE sessions (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	portal_id   INTEGER,                                  -- null: the provider's own interface
	hash        BLOB    NOT NULL UNIQUE,
	created_at  INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	ip          TEXT    NOT NULL DEFAULT '',
	agent       TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX sessions_of_user ON sessions (provider_id, user_id, id);
CREATE INDEX sessions_of_portal ON sessions (provider_id, portal_id) WHERE portal_id IS NOT NULL;

-- One-time links to a person: activation, password reset, e-mail change.
CREATE TABLE user_tokens (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id       INTEGER NOT NULL,
	portal_id     INTEGER,                                -- where the person lands
	kind          TEXT    NOT NULL CHECK (kind IN ('act', 'rst', 'eml')),
	hash          BLOB    NOT NULL UNIQUE,
	created_at    INTEGER NOT NULL,
	expires_at    INTEGER NOT NULL,
	used_at       INTEGER,
	superseded_at INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX user_tokens_of_user ON user_tokens (provider_id, user_id, kind, id);

CREATE TABLE audit (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id),
	at          INTEGER NOT NULL,
	actor_id    INTEGER NOT NULL DEFAULT 0,               -- users.id; 0: the appliance or its operator
	actor       TEXT    NOT NULL,                         -- the name at that time
	subject_id  INTEGER NOT NULL DEFAULT 0,               -- on whose behalf, while acting as somebody
	verb        TEXT    NOT NULL,
	object      TEXT    NOT NULL,
	object_id   INTEGER NOT NULL,
	customer_id INTEGER NOT NULL DEFAULT 0,
	label       TEXT    NOT NULL DEFAULT '',
	detail      TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
	source      TEXT    NOT NULL DEFAULT 'web',
	ip          TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id)
) STRICT;
CREATE INDEX audit_of_object ON audit (provider_id, object, object_id, id);
CREATE INDEX audit_of_customer ON audit (provider_id, customer_id, id);
CREATE INDEX audit_of_actor ON audit (provider_id, actor_id, id);
CREATE INDEX audit_of_verb ON audit (provider_id, verb, id);
-- +goose StatementBegin
CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END;
-- +goose StatementEnd

-- What a form made, by the key that came with it: sent twice, it makes once.
CREATE TABLE sent_forms (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	key         TEXT    NOT NULL,
	made        INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (provider_id, user_id, key),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE sent_forms;
DROP TABLE audit;
DROP TABLE user_tokens;
DROP TABLE sessions;
DROP TABLE users;
DROP TABLE numbers;
DROP TABLE provider_settings;
