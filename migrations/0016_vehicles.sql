-- +goose Up
-- The provider's own vans and lorries. Where one is and how fast stands in its
-- own row, so that a list is one index; what it reported has a table of its own.
CREATE TABLE vehicles (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
	plate       TEXT    NOT NULL DEFAULT '' COLLATE NOCASE,
	driver_id   INTEGER,                                  -- who drives it: one of the provider's people
	lat         REAL    CHECK (lat BETWEEN -90 AND 90),
	lon         REAL    CHECK (lon BETWEEN -180 AND 180),
	located_at  INTEGER,
	speed       REAL    CHECK (speed BETWEEN 0 AND 400),  -- kilometres an hour
	speed_at    INTEGER,
	odometer    REAL, odometer_at INTEGER,                -- kilometres
	seen_at     INTEGER NOT NULL DEFAULT 0,               -- time of the newest reading of any kind
	version     INTEGER NOT NULL DEFAULT 1,
	created_at  INTEGER NOT NULL,
	updated_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name),
	FOREIGN KEY (provider_id, driver_id) REFERENCES users (provider_id, id)
) STRICT;
CREATE UNIQUE INDEX vehicles_by_plate ON vehicles (provider_id, plate) WHERE plate <> '';
CREATE INDEX vehicles_by_name ON vehicles (provider_id, name, id, plate, driver_id, lat, lon, located_at, speed, speed_at, seen_at);
CREATE INDEX vehicles_by_seen ON vehicles (provider_id, seen_at, id);
CREATE INDEX vehicles_by_driver ON vehicles (provider_id, driver_id, name) WHERE driver_id IS NOT NULL;
CREATE INDEX vehicles_located ON vehicles (provider_id, lat, lon, id) WHERE lat IS NOT NULL;

CREATE TABLE vehicle_groups (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	vehicle_id  INTEGER NOT NULL,
	group_id    INTEGER NOT NULL,
	PRIMARY KEY (provider_id, vehicle_id, group_id),
	FOREIGN KEY (provider_id, vehicle_id) REFERENCES vehicles (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX vehicle_groups_of_group ON vehicle_groups (provider_id, group_id, vehicle_id);

CREATE TABLE vehicle_readings (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	vehicle_id  INTEGER NOT NULL,
	kind        TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	value       REAL,                                     -- latitude, for a position
	value2      REAL,                                     -- longitude, for a position
	source      TEXT    NOT NULL DEFAULT '',
	PRIMARY KEY (provider_id, vehicle_id, kind, at),
	FOREIGN KEY (provider_id, vehicle_id) REFERENCES vehicles (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE vehicle_readings;
DROP TABLE vehicle_groups;
DROP TABLE vehicles;
