-- +goose Up
-- What people may do: the built-in roles and a provider's own. What a built-in
-- one of the staff grants stands in the program; one's own has its verbs here,
-- one for clients its features.
CREATE TABLE roles (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	kind        TEXT    NOT NULL CHECK (kind IN ('staff', 'client')),
	builtin     TEXT    NOT NULL DEFAULT '',              -- '' is one of the provider's own
	name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	key         TEXT    NOT NULL,                         -- folded: what is unique
	about       TEXT    NOT NULL DEFAULT '',
	position    INTEGER NOT NULL DEFAULT 100,
	version     INTEGER NOT NULL DEFAULT 1,
	created_at  INTEGER NOT NULL,
	updated_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, kind, key)
) STRICT;
CREATE INDEX roles_in_order ON roles (provider_id, kind, position, key, id);
CREATE UNIQUE INDEX roles_builtin ON roles (provider_id, kind, builtin) WHERE builtin <> '';

CREATE TABLE role_grants (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	role_id     INTEGER NOT NULL,
	name        TEXT    NOT NULL,                         -- a verb, or for clients a feature
	PRIMARY KEY (provider_id, role_id, name),
	FOREIGN KEY (provider_id, role_id) REFERENCES roles (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Staff who have one of the provider's own roles; users.role is 'own' then.
CREATE TABLE user_roles (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	role_id     INTEGER NOT NULL,
	PRIMARY KEY (provider_id, user_id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, role_id) REFERENCES roles (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_of_role ON user_roles (provider_id, role_id);

-- Rights of one person beyond its role; some add, some take away.
CREATE TABLE user_rights (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	name        TEXT    NOT NULL,
	PRIMARY KEY (provider_id, user_id, name),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The client roles of a member. memberships.role says who is portal admin.
CREATE TABLE membership_roles (
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	membership_id INTEGER NOT NULL,
	role_id       INTEGER NOT NULL,
	PRIMARY KEY (provider_id, membership_id, role_id),
	FOREIGN KEY (provider_id, membership_id) REFERENCES memberships (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, role_id) REFERENCES roles (provider_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_roles_of_role ON membership_roles (provider_id, role_id);

-- What a person chose for its own lists, such as the columns it wants.
CREATE TABLE user_choices (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	name        TEXT    NOT NULL,
	value       TEXT    NOT NULL,
	PRIMARY KEY (provider_id, user_id, name),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX users_named ON users (provider_id, kind, name COLLATE NOCASE, id);
CREATE INDEX users_in_time ON users (provider_id, kind, created_at, id);

INSERT INTO roles (provider_id, kind, builtin, name, key, position, created_at, updated_at)
SELECT p.id, b.kind, b.builtin, b.name, lower(replace(b.name, ' ', '')), b.position, p.created_at, p.created_at FROM providers p JOIN (
	SELECT 'staff' AS kind, 'admin' AS builtin, 'Admin' AS name, 1 AS position
	UNION ALL SELECT 'staff', 'fleet_admin', 'Fleet Admin', 2
	UNION ALL SELECT 'staff', 'user', 'User', 3
	UNION ALL SELECT 'staff', 'technician', 'Technician', 4
	UNION ALL SELECT 'staff', 'agent', 'Agent', 5
	UNION ALL SELECT 'client', 'portal_admin', 'Portal admin', 1
	UNION ALL SELECT 'client', 'user', 'User', 2
	UNION ALL SELECT 'client', 'viewer', 'Viewer', 3) b;

-- Who was in a portal keeps what it had: all that is shared.
INSERT INTO membership_roles (provider_id, membership_id, role_id)
SELECT m.provider_id, m.id, r.id FROM memberships m
JOIN roles r ON r.provider_id = m.provider_id AND r.kind = 'client' AND r.builtin = 'user' WHERE m.role = 'user';

-- +goose Down
DROP INDEX users_in_time;
DROP INDEX users_named;
ALTER TABLE users DROP COLUMN version;
DROP TABLE user_choices;
DROP TABLE membership_roles;
DROP TABLE user_rights;
DROP TABLE user_roles;
DROP TABLE role_grants;
DROP TABLE roles;
