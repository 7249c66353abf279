-- +goose Up
CREATE TABLE themes (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name         TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
	primary_hex  TEXT    NOT NULL CHECK (primary_hex GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
	menu_hex     TEXT    NOT NULL CHECK (menu_hex GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
	notify_hex   TEXT    NOT NULL CHECK (notify_hex GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
	is_default   INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name)
) STRICT;
CREATE UNIQUE INDEX themes_default ON themes (provider_id) WHERE is_default = 1;

-- One portal for a customer: the constraint says so.
CREATE TABLE portals (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	customer_id  INTEGER NOT NULL,
	slug         TEXT    NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 2 AND 80),
	name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	theme_id     INTEGER NOT NULL,
	state        TEXT    NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'pending', 'active', 'suspended', 'deleted')),
	setup_done   INTEGER NOT NULL DEFAULT 0 CHECK (setup_done IN (0, 1)),
	branding_done INTEGER NOT NULL DEFAULT 0 CHECK (branding_done IN (0, 1)),
	delegated    INTEGER NOT NULL DEFAULT 1 CHECK (delegated IN (0, 1)),  -- may the portal admin manage colleagues
	version      INTEGER NOT NULL DEFAULT 1,
	created_at   INTEGER NOT NULL,
	updated_at   INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, customer_id),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, theme_id) REFERENCES themes (provider_id, id)
) STRICT;
CREATE INDEX portals_of_theme ON portals (provider_id, theme_id);

-- What the portal shares: one row for each app, view and capability ticked.
-- What counts is this set intersected with the provider's plan.
CREATE TABLE portal_features (
	provider_id INTEGER NOT NULL,
	portal_id   INTEGER NOT NULL,
	feature     TEXT    NOT NULL,
	PRIMARY KEY (provider_id, portal_id, feature),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	portal_id   INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	user_id     INTEGER NOT NULL,
	role        TEXT    NOT NULL DEFAULT 'user' CHECK (role IN ('admin', 'user')),
	first_admin INTEGER NOT NULL DEFAULT 0 CHECK (first_admin IN (0, 1)),
	all_groups  INTEGER NOT NULL DEFAULT 1 CHECK (all_groups IN (0, 1)),   -- all groups of this customer, never more
	sees        TEXT    NOT NULL DEFAULT 'customer' CHECK (sees IN ('own', 'groups', 'customer')),
	state       TEXT    NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, portal_id, user_id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX memberships_of_user ON memberships (provider_id, user_id);
-- Two registrants at the same moment: this decides.
CREATE UNIQUE INDEX memberships_first_admin ON memberships (provider_id, portal_id) WHERE first_admin = 1;

CREATE TABLE membership_groups (
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	membership_id INTEGER NOT NULL,
	group_id      INTEGER NOT NULL,
	PRIMARY KEY (provider_id, membership_id, group_id),
	FOREIGN KEY (provider_id, membership_id) REFERENCES memberships (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_groups_of_group ON membership_groups (provider_id, group_id);

CREATE TABLE invitations (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	portal_id   INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	kind        TEXT    NOT NULL DEFAULT 'invitation' CHECK (kind IN ('invitation', 'activation')), -- activation: the quick way
	hash        BLOB    NOT NULL UNIQUE,
	hint        TEXT    NOT NULL,                         -- the link's last characters, to tell one from another
	name        TEXT    NOT NULL DEFAULT '',
	email       TEXT    NOT NULL DEFAULT '',
	role        TEXT    NOT NULL DEFAULT 'user' CHECK (role IN ('admin', 'user')),
	created_by  INTEGER NOT NULL,
	created_at  INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	opened_at   INTEGER,
	accepted_at INTEGER,
	accepted_by INTEGER,
	revoked_at  INTEGER,
	superseded_by INTEGER,
	asked_at    INTEGER,                                  -- somebody asked for a new link
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, created_by) REFERENCES users (provider_id, id),
	FOREIGN KEY (provider_id, accepted_by) REFERENCES users (provider_id, id),
	FOREIGN KEY (provider_id, superseded_by) REFERENCES invitations (provider_id, id)
) STRICT;
CREATE INDEX invitations_of_portal ON invitations (provider_id, portal_id, id DESC);

-- Terms of the provider; the newest published one counts. Published text is
-- never edited.
CREATE TABLE terms (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id  INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	version      INTEGER NOT NULL,
	title        TEXT    NOT NULL,
	body         TEXT    NOT NULL,
	sha256       TEXT    NOT NULL,
	minor        INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1)),
	published_at INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, version)
) STRICT;
CREATE TABLE terms_acceptances (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	terms_id    INTEGER NOT NULL,
	portal_id   INTEGER NOT NULL,
	user_id     INTEGER NOT NULL,
	version     INTEGER NOT NULL,
	sha256      TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	ip          TEXT    NOT NULL DEFAULT '',
	agent       TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, terms_id) REFERENCES terms (provider_id, id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX terms_acceptances_of_terms ON terms_acceptances (provider_id, terms_id);
CREATE INDEX terms_acceptances_of_user ON terms_acceptances (provider_id, user_id, portal_id, id DESC);

-- +goose Down
DROP TABLE terms_acceptances;
DROP TABLE terms;
DROP TABLE invitations;
DROP TABLE membership_groups;
DROP TABLE memberships;
DROP TABLE portal_features;
DROP TABLE portals;
DROP TABLE themes;
