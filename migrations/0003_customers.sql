-- +goose Up
CREATE TABLE customer_types (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
	position    INTEGER NOT NULL DEFAULT 0,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name)
) STRICT;

-- A deleted customer keeps its row, so that history keeps its name; the wall
-- hides it from everybody.
CREATE TABLE customers (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	number       INTEGER NOT NULL,
	name         TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
	find         TEXT    NOT NULL DEFAULT '',             -- folded name, number, e-mail, city: searched and sorted by
	external_id  TEXT    COLLATE NOCASE,                  -- the provider's own customer number
	type_id      INTEGER NOT NULL,
	email        TEXT    NOT NULL DEFAULT '',
	phone        TEXT    NOT NULL DEFAULT '',
	street       TEXT    NOT NULL DEFAULT '',
	postal_code  TEXT    NOT NULL DEFAULT '',
	city         TEXT    NOT NULL DEFAULT '',
	country      TEXT    NOT NULL DEFAULT '',
	portal_state TEXT    NOT NULL DEFAULT 'none' CHECK (portal_state IN ('none', 'draft', 'pending', 'active', 'suspended')),
	asset_count  INTEGER NOT NULL DEFAULT 0,              -- kept: assets it has now
	version      INTEGER NOT NULL DEFAULT 1,
	deleted_at   INTEGER,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, number),
	FOREIGN KEY (provider_id, type_id) REFERENCES customer_types (provider_id, id)
) STRICT;
CREATE UNIQUE INDEX customers_by_external_id ON customers (provider_id, external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX customers_by_find ON customers (provider_id, find, id, number, type_id, portal_state, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX customers_by_name ON customers (provider_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_of_type ON customers (provider_id, type_id);
CREATE INDEX customers_by_update ON customers (provider_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_by_assets ON customers (provider_id, asset_count, id) WHERE deleted_at IS NULL;

CREATE TABLE contacts (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	customer_id INTEGER NOT NULL,
	name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	title       TEXT    NOT NULL DEFAULT '',
	email       TEXT    NOT NULL DEFAULT '',
	phone       TEXT    NOT NULL DEFAULT '',
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX contacts_of_customer ON contacts (provider_id, customer_id, name, id, email);

-- Groups are the business units of a customer, or the provider's own cut of
-- its fleet. The name is unique without regard to case and spaces (key).
CREATE TABLE groups (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	customer_id INTEGER,
	name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	key         TEXT    NOT NULL,
	code        TEXT    NOT NULL DEFAULT '',
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, key),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX groups_of_customer ON groups (provider_id, customer_id, name);

CREATE TABLE user_groups (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	group_id    INTEGER NOT NULL,
	PRIMARY KEY (provider_id, user_id, group_id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX user_groups_of_group ON user_groups (provider_id, group_id);

-- Files live in the data file, in chunks.
CREATE TABLE files (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL,
	media       TEXT    NOT NULL,
	size        INTEGER NOT NULL,
	sha256      BLOB    NOT NULL,
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id)
) STRICT;
CREATE TABLE file_chunks (
	provider_id INTEGER NOT NULL,
	file_id     INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	data        BLOB    NOT NULL,
	PRIMARY KEY (provider_id, file_id, seq),
	FOREIGN KEY (provider_id, file_id) REFERENCES files (provider_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE imports (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	number      INTEGER NOT NULL,
	kind        TEXT    NOT NULL CHECK (kind IN ('customers', 'assets', 'assignments', 'fleet')),
	file_id     INTEGER,
	file_name   TEXT    NOT NULL,
	once        TEXT    NOT NULL,                         -- the same form sent twice makes one import
	state       TEXT    NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed')),
	options     TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(options)),
	mapping     TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(mapping)),
	total       INTEGER NOT NULL DEFAULT 0,
	added       INTEGER NOT NULL DEFAULT 0,
	changed     INTEGER NOT NULL DEFAULT 0,
	same        INTEGER NOT NULL DEFAULT 0,
	refused     INTEGER NOT NULL DEFAULT 0,
	kept        INTEGER NOT NULL DEFAULT 0,               -- rows that an undo left alone
	says        TEXT    NOT NULL DEFAULT '',
	user_id     INTEGER NOT NULL,
	created_at  INTEGER NOT NULL,
	applied_at  INTEGER,
	undone_at   INTEGER,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, number),
	UNIQUE (provider_id, user_id, once),
	FOREIGN KEY (provider_id, file_id) REFERENCES files (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id)
) STRICT;
CREATE INDEX imports_of_provider ON imports (provider_id, id DESC);
CREATE INDEX imports_running ON imports (state) WHERE state IN ('checking', 'applying', 'undoing');

-- What an import decided about each row of its file, what it made of it, and
-- what stood there before.
CREATE TABLE import_rows (
	provider_id INTEGER NOT NULL,
	import_id   INTEGER NOT NULL,
	line        INTEGER NOT NULL,
	verdict     TEXT    NOT NULL CHECK (verdict IN ('add', 'change', 'same', 'refuse', 'kept')),
	label       TEXT    NOT NULL DEFAULT '',
	says        TEXT    NOT NULL DEFAULT '',
	object_id   INTEGER NOT NULL DEFAULT 0,
	before      TEXT    NOT NULL DEFAULT '' CHECK (before = '' OR json_valid(before)),
	PRIMARY KEY (provider_id, import_id, line),
	FOREIGN KEY (provider_id, import_id) REFERENCES imports (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_by_verdict ON import_rows (provider_id, import_id, verdict, line);

-- The last mapping somebody chose for files with these columns.
CREATE TABLE import_mappings (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	kind        TEXT    NOT NULL,
	header      TEXT    NOT NULL,
	mapping     TEXT    NOT NULL CHECK (json_valid(mapping)),
	PRIMARY KEY (provider_id, kind, header)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE import_mappings;
DROP TABLE import_rows;
DROP TABLE imports;
DROP TABLE file_chunks;
DROP TABLE files;
DROP TABLE user_groups;
DROP TABLE groups;
DROP TABLE contacts;
DROP TABLE customers;
DROP TABLE customer_types;
