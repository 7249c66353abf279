-- +goose Up
-- The newest value of each reading and the current assignment stand in the
-- asset's own row, so that a list is one index; history has tables of its own.
CREATE TABLE assets (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name         TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
	external_id  TEXT    COLLATE NOCASE,
	serial       TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,
	pin          TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,   -- PIN or VIN
	make         TEXT    NOT NULL DEFAULT '',
	model        TEXT    NOT NULL DEFAULT '',
	type         TEXT    NOT NULL DEFAULT '',
	year         INTEGER CHECK (year BETWEEN 1900 AND 2200),
	status       TEXT    NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'idle', 'service', 'retired')),
	customer_id  INTEGER,                                 -- who has it now: the current assignment
	since        INTEGER,
	until        INTEGER,
	hours        REAL, hours_at INTEGER,
	idle_hours   REAL, idle_hours_at INTEGER,
	fuel         REAL CHECK (fuel BETWEEN 0 AND 100), fuel_at INTEGER,      -- percent
	def          REAL CHECK (def BETWEEN 0 AND 100), def_at INTEGER,
	odometer     REAL, odometer_at INTEGER,               -- kilometres
	engine       INTEGER CHECK (engine IN (0, 1)), engine_at INTEGER,
	lat          REAL CHECK (lat BETWEEN -90 AND 90),
	lon          REAL CHECK (lon BETWEEN -180 AND 180),
	located_at   INTEGER,
	seen_at      INTEGER NOT NULL DEFAULT 0,              -- time of the newest reading of any kind
	version      INTEGER NOT NULL DEFAULT 1,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	CHECK ((customer_id IS NULL) = (since IS NULL))
) STRICT;
CREATE UNIQUE INDEX assets_by_external_id ON assets (provider_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX assets_by_serial ON assets (provider_id, serial, make) WHERE serial <> '';
CREATE INDEX assets_by_pin ON assets (provider_id, pin) WHERE pin <> '';
CREATE INDEX assets_by_name ON assets (provider_id, name, id, status, type, customer_id, since, until, external_id, serial, make, model, hours, hours_at, fuel, fuel_at, engine, engine_at, seen_at);
CREATE INDEX assets_by_seen ON assets (provider_id, seen_at, id);
CREATE INDEX assets_by_hours ON assets (provider_id, coalesce(hours, -1), id);
CREATE INDEX assets_by_status ON assets (provider_id, status, name, id);
CREATE INDEX assets_by_type ON assets (provider_id, type, name, id);
CREATE INDEX assets_of_customer ON assets (provider_id, customer_id, name, id, since, until, status, external_id, serial, pin, make, model, type, hours, hours_at, fuel, fuel_at, engine, engine_at, lat, lon, located_at, seen_at) WHERE customer_id IS NOT NULL;
CREATE INDEX assets_located ON assets (provider_id, lat, lon, id) WHERE lat IS NOT NULL;
CREATE INDEX assets_until ON assets (until) WHERE until IS NOT NULL;
-- customers.asset_count is exact whoever moves an asset, and by which way.
-- +goose StatementBegin
CREATE TRIGGER assets_count_insert AFTER INSERT ON assets WHEN NEW.customer_id IS NOT NULL
BEGIN UPDATE customers SET asset_count = asset_count + 1 WHERE provider_id = NEW.provider_id AND id = NEW.customer_id; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER assets_count_update AFTER UPDATE OF customer_id ON assets WHEN OLD.customer_id IS NOT NEW.customer_id
BEGIN
	UPDATE customers SET asset_count = asset_count - 1 WHERE provider_id = OLD.provider_id AND id = OLD.customer_id;
	UPDATE customers SET asset_count = asset_count + 1 WHERE provider_id = NEW.provider_id AND id = NEW.customer_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER assets_count_delete AFTER DELETE ON assets WHEN OLD.customer_id IS NOT NULL
BEGIN UPDATE customers SET asset_count = asset_count - 1 WHERE provider_id = OLD.provider_id AND id = OLD.customer_id; END;
-- +goose StatementEnd

CREATE TABLE asset_groups (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	group_id    INTEGER NOT NULL,
	PRIMARY KEY (provider_id, asset_id, group_id),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_groups_of_group ON asset_groups (provider_id, group_id, asset_id);

-- Who had the asset, from when, and until when. Times of one asset never
-- overlap: a trigger refuses it whatever the program believes.
CREATE TABLE assignments (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	starts_at   INTEGER NOT NULL,
	ends_at     INTEGER CHECK (ends_at > starts_at),
	planned     INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)), -- its start has not been acted upon yet
	created_at  INTEGER NOT NULL,
	created_by  TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id)
) STRICT;
CREATE INDEX assignments_of_asset ON assignments (provider_id, asset_id, starts_at);
CREATE INDEX assignments_of_customer ON assignments (provider_id, customer_id, starts_at);
CREATE INDEX assignments_planned ON assignments (starts_at) WHERE planned = 1;
-- +goose StatementBegin
CREATE TRIGGER assignments_insert BEFORE INSERT ON assignments
WHEN EXISTS (SELECT 1 FROM assignments a WHERE a.provider_id = NEW.provider_id AND a.asset_id = NEW.asset_id
	AND a.starts_at < coalesce(NEW.ends_at, 9223372036854775807) AND coalesce(a.ends_at, 9223372036854775807) > NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'assignments overlap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER assignments_update BEFORE UPDATE ON assignments
WHEN EXISTS (SELECT 1 FROM assignments a WHERE a.provider_id = NEW.provider_id AND a.asset_id = NEW.asset_id AND a.id <> NEW.id
	AND a.starts_at < coalesce(NEW.ends_at, 9223372036854775807) AND coalesce(a.ends_at, 9223372036854775807) > NEW.starts_at)
BEGIN SELECT RAISE(ABORT, 'assignments overlap'); END;
-- +goose StatementEnd

CREATE TABLE readings (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	kind        TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	value       REAL,                                     -- latitude, for a position
	value2      REAL,                                     -- longitude, for a position
	value3      REAL,                                     -- altitude, or a tank's capacity
	text        TEXT    NOT NULL DEFAULT '',
	unit        TEXT    NOT NULL DEFAULT '',
	source      TEXT    NOT NULL DEFAULT '',
	PRIMARY KEY (provider_id, asset_id, kind, at),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE faults (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	code        TEXT    NOT NULL,
	description TEXT    NOT NULL DEFAULT '',
	severity    TEXT    NOT NULL DEFAULT '',
	source      TEXT    NOT NULL DEFAULT '',
	at          INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, asset_id, at, code, source),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX faults_of_provider ON faults (provider_id, at DESC, id DESC);

-- The activity feed: what happened to an asset, in words people read.
CREATE TABLE events (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	customer_id INTEGER,                                  -- who had it when it happened
	at          INTEGER NOT NULL,
	kind        TEXT    NOT NULL,                         -- assigned, returned, status, fault, reading
	detail      TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX events_of_provider ON events (provider_id, at DESC, id DESC);
CREATE INDEX events_of_asset ON events (provider_id, asset_id, at DESC, id DESC);
CREATE INDEX events_of_customer ON events (provider_id, customer_id, at DESC, id DESC) WHERE customer_id IS NOT NULL;

-- Custom fields of assets; a value has a table of its own, so that the wall
-- can keep unshared fields from customers.
CREATE TABLE asset_fields (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	label       TEXT    NOT NULL COLLATE NOCASE CHECK (length(label) BETWEEN 1 AND 100),
	kind        TEXT    NOT NULL CHECK (kind IN ('text', 'number', 'date', 'yesno')),
	shared      INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
	position    INTEGER NOT NULL DEFAULT 0,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, label)
) STRICT;
CREATE TABLE asset_values (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	asset_id    INTEGER NOT NULL,
	field_id    INTEGER NOT NULL,
	value       TEXT    NOT NULL,
	PRIMARY KEY (provider_id, asset_id, field_id),
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, field_id) REFERENCES asset_fields (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- ISO 15143-3 feeds that are polled, and a log of every pull.
CREATE TABLE feeds (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
	url         TEXT    NOT NULL,
	auth        TEXT    NOT NULL DEFAULT 'none' CHECK (auth IN ('none', 'basic', 'bearer')),
	username    TEXT    NOT NULL DEFAULT '',
	secret      TEXT    NOT NULL DEFAULT '',
	every_min   INTEGER NOT NULL DEFAULT 60 CHECK (every_min BETWEEN 15 AND 10080),
	enabled     INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
	next_at     INTEGER NOT NULL,
	busy_until  INTEGER NOT NULL DEFAULT 0,               -- lease of the pull that runs
	failures    INTEGER NOT NULL DEFAULT 0,               -- in a row
	version     INTEGER NOT NULL DEFAULT 1,
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name)
) STRICT;
CREATE INDEX feeds_due ON feeds (next_at) WHERE enabled = 1;
CREATE TABLE feed_pulls (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	feed_id     INTEGER NOT NULL,
	started_at  INTEGER NOT NULL,
	finished_at INTEGER,
	pages       INTEGER NOT NULL DEFAULT 0,
	machines    INTEGER NOT NULL DEFAULT 0,
	added       INTEGER NOT NULL DEFAULT 0,
	brought     INTEGER NOT NULL DEFAULT 0,               -- new readings
	skipped     INTEGER NOT NULL DEFAULT 0,
	ok          INTEGER NOT NULL DEFAULT 0 CHECK (ok IN (0, 1)),
	says        TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, feed_id) REFERENCES feeds (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX feed_pulls_of_feed ON feed_pulls (provider_id, feed_id, id DESC);

-- +goose Down
DROP TABLE feed_pulls;
DROP TABLE feeds;
DROP TABLE asset_values;
DROP TABLE asset_fields;
DROP TABLE events;
DROP TABLE faults;
DROP TABLE readings;
DROP TABLE assignments;
DROP TABLE asset_groups;
DROP TABLE assets;
