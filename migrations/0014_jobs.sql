-- +goose Up
-- Work at a customer's: where it is done, what there is to do, and everything
-- that happened. One table holds work orders, deliveries and collections.

-- Sites are places of a customer, or of the provider itself.
CREATE TABLE sites (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	customer_id   INTEGER,
	group_id      INTEGER,
	name          TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
	external_id   TEXT    COLLATE NOCASE,
	street        TEXT    NOT NULL DEFAULT '',
	postal_code   TEXT    NOT NULL DEFAULT '',
	city          TEXT    NOT NULL DEFAULT '',
	country       TEXT    NOT NULL DEFAULT '',
	lat           REAL    CHECK (lat BETWEEN -90 AND 90),
	lon           REAL    CHECK (lon BETWEEN -180 AND 180),
	contact_name  TEXT    NOT NULL DEFAULT '',
	contact_phone TEXT    NOT NULL DEFAULT '',
	contact_email TEXT    NOT NULL DEFAULT '',
	access        TEXT    NOT NULL DEFAULT '',            -- how to get in; for the provider's people only
	version       INTEGER NOT NULL DEFAULT 1,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	CHECK ((lat IS NULL) = (lon IS NULL)),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id)
) STRICT;
CREATE UNIQUE INDEX sites_by_external_id ON sites (provider_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX sites_by_name ON sites (provider_id, name, id, customer_id, group_id, street, city, contact_name, contact_phone);
CREATE INDEX sites_of_customer ON sites (provider_id, customer_id, name, id, group_id, street, city, contact_name, contact_phone) WHERE customer_id IS NOT NULL;
CREATE INDEX sites_of_group ON sites (provider_id, group_id) WHERE group_id IS NOT NULL;

-- The SLA: how long after it came in a job starts and is done, in minutes.
CREATE TABLE job_priorities (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
	position    INTEGER NOT NULL DEFAULT 0,
	start_min   INTEGER NOT NULL DEFAULT 0 CHECK (start_min >= 0),   -- 0: no Start by
	due_min     INTEGER NOT NULL DEFAULT 0 CHECK (due_min >= 0),     -- 0: no Due by
	tone        TEXT    NOT NULL DEFAULT '' CHECK (tone IN ('', 'info', 'warn', 'bad')),
	is_default  INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name)
) STRICT;
CREATE UNIQUE INDEX job_priorities_default ON job_priorities (provider_id) WHERE is_default = 1;

-- Secondary statuses below the fixed primary ones.
CREATE TABLE job_statuses (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	shape       TEXT    NOT NULL CHECK (shape IN ('work', 'delivery')),   -- delivery: collections as well
	under       TEXT    NOT NULL,                         -- the primary status it stands below
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
	shared      INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),       -- customers see it
	who         TEXT    NOT NULL DEFAULT 'all' CHECK (who IN ('office', 'all')), -- all: also who does the job
	position    INTEGER NOT NULL DEFAULT 0,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, shape, under, name),
	CHECK (shape = 'work' AND under IN ('draft', 'open', 'in_progress', 'on_hold', 'completed', 'closed', 'cancelled')
		OR shape = 'delivery' AND under IN ('info_recv', 'in_transit', 'dispatched', 'completed', 'completed_partial', 'failed', 'on_hold', 'return'))
) STRICT;

-- customer_id is whose the job is: the one somebody chose, or (by_group) the
-- one its group belongs to. A trigger keeps the latter when the group moves.
CREATE TABLE jobs (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	number        INTEGER NOT NULL,
	kind          TEXT    NOT NULL CHECK (kind IN ('work', 'delivery', 'collection')),
	external_id   TEXT    COLLATE NOCASE,                 -- D.O. number, order number
	attempt       INTEGER NOT NULL DEFAULT 1 CHECK (attempt BETWEEN 1 AND 99),
	attempt_of    INTEGER,                                -- the job this one tries again
	customer_id   INTEGER,
	by_group      INTEGER NOT NULL DEFAULT 0 CHECK (by_group IN (0, 1)),
	group_id      INTEGER,
	site_id       INTEGER,
	subject       TEXT    NOT NULL DEFAULT '',
	description   TEXT    NOT NULL DEFAULT '',            -- what there is to do; customers read it
	instructions  TEXT    NOT NULL DEFAULT '',            -- for whoever does it; customers do not
	address       TEXT    NOT NULL DEFAULT '',
	lat           REAL    CHECK (lat BETWEEN -90 AND 90),
	lon           REAL    CHECK (lon BETWEEN -180 AND 180),
	contact_name  TEXT    NOT NULL DEFAULT '',
	contact_phone TEXT    NOT NULL DEFAULT '',
	contact_email TEXT    NOT NULL DEFAULT '',
	day           TEXT    NOT NULL DEFAULT '' CHECK (day = '' OR day IS date(day)),   -- where it is done
	window_from   TEXT    NOT NULL DEFAULT '',            -- HH:MM on that day's clock
	window_to     TEXT    NOT NULL DEFAULT '',
	zone          TEXT    NOT NULL DEFAULT 'UTC',         -- whose clock that is
	starts_at     INTEGER,                                -- the window as moments
	ends_at       INTEGER,
	priority_id   INTEGER,
	start_by      INTEGER,
	due_by        INTEGER,
	assignee_id   INTEGER,                                -- users.id of the provider's people
	vehicle_id    INTEGER,
	status        TEXT    NOT NULL,
	sub_id        INTEGER,                                -- the secondary status
	reason        TEXT    NOT NULL DEFAULT '',            -- why it failed, waits, or was cancelled
	source        TEXT    NOT NULL DEFAULT 'staff' CHECK (source IN ('staff', 'portal', 'import', 'api')),
	reporter_id   INTEGER,                                -- who reported it, over the portal or not
	reporter      TEXT    NOT NULL DEFAULT '',
	once          TEXT    NOT NULL DEFAULT '',            -- the same report sent twice makes one job
	received_at   INTEGER NOT NULL,
	started_at    INTEGER,
	arrived_at    INTEGER,
	done_at       INTEGER,                                -- completed, failed, cancelled
	version       INTEGER NOT NULL DEFAULT 1,
	created_at    INTEGER NOT NULL,
	updated_at    INTEGER NOT NULL,
	assigned      INTEGER NOT NULL GENERATED ALWAYS AS (assignee_id IS NOT NULL OR vehicle_id IS NOT NULL) VIRTUAL,
	-- A draft that a customer reported is no secret to it; any other is.
	counted       TEXT    NOT NULL GENERATED ALWAYS AS (CASE WHEN status = 'draft' AND source = 'portal' THEN 'reported' ELSE status END) VIRTUAL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, number),
	CHECK ((lat IS NULL) = (lon IS NULL)),
	CHECK (starts_at IS NULL OR ends_at IS NULL OR starts_at <= ends_at),
	CHECK (kind = 'work' AND status IN ('draft', 'open', 'in_progress', 'on_hold', 'completed', 'closed', 'cancelled')
		OR kind <> 'work' AND status IN ('info_recv', 'in_transit', 'dispatched', 'completed', 'completed_partial', 'failed', 'on_hold', 'return')),
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, group_id) REFERENCES groups (provider_id, id),
	FOREIGN KEY (provider_id, site_id) REFERENCES sites (provider_id, id),
	FOREIGN KEY (provider_id, priority_id) REFERENCES job_priorities (provider_id, id),
	FOREIGN KEY (provider_id, sub_id) REFERENCES job_statuses (provider_id, id),
	FOREIGN KEY (provider_id, assignee_id) REFERENCES users (provider_id, id),
	FOREIGN KEY (provider_id, vehicle_id) REFERENCES vehicles (provider_id, id),
	FOREIGN KEY (provider_id, reporter_id) REFERENCES users (provider_id, id)
) STRICT;
CREATE UNIQUE INDEX jobs_by_external_id ON jobs (provider_id, external_id, kind, attempt) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_once ON jobs (provider_id, reporter_id, once) WHERE once <> '';
CREATE INDEX jobs_by_day ON jobs (provider_id, day, id, status, kind, customer_id, group_id, assignee_id, vehicle_id, source, reporter_id, lat, lon);
CREATE INDEX jobs_by_status ON jobs (provider_id, status, day, id, kind, customer_id, group_id, assignee_id, vehicle_id, source, reporter_id);
CREATE INDEX jobs_of_customer ON jobs (provider_id, customer_id, day, id, status, kind, group_id, assignee_id, vehicle_id, source, reporter_id, lat, lon) WHERE customer_id IS NOT NULL;
CREATE INDEX jobs_of_group ON jobs (provider_id, group_id, day, id, status, kind, customer_id, assignee_id, vehicle_id, source, reporter_id, lat, lon);
CREATE INDEX jobs_of_assignee ON jobs (provider_id, assignee_id, day, id, status, kind, group_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX jobs_of_vehicle ON jobs (provider_id, vehicle_id, day, id, status, kind, group_id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX jobs_of_site ON jobs (provider_id, site_id, day, id, status, kind, group_id) WHERE site_id IS NOT NULL;
CREATE INDEX jobs_of_reporter ON jobs (provider_id, reporter_id, day, id) WHERE reporter_id IS NOT NULL;
CREATE INDEX jobs_by_due ON jobs (provider_id, coalesce(due_by, 9000000000), id, status, kind, customer_id, group_id, assignee_id, source, reporter_id);
CREATE INDEX jobs_tried_again ON jobs (provider_id, attempt_of) WHERE attempt_of IS NOT NULL;
CREATE INDEX jobs_of_priority ON jobs (provider_id, priority_id) WHERE priority_id IS NOT NULL;
CREATE INDEX jobs_of_sub ON jobs (provider_id, sub_id) WHERE sub_id IS NOT NULL;

-- How many jobs there are, kept at each change and never counted when a page
-- is read. Customer 0 is all of them, group 0 likewise; group -1 is none.
CREATE TABLE job_counts (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	customer_id INTEGER NOT NULL,
	group_id    INTEGER NOT NULL,
	day         TEXT    NOT NULL,
	kind        TEXT    NOT NULL,
	status      TEXT    NOT NULL,                         -- jobs.counted
	assigned    INTEGER NOT NULL,
	n           INTEGER NOT NULL,
	PRIMARY KEY (provider_id, customer_id, group_id, day, kind, status, assigned)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER job_counts_none AFTER UPDATE ON job_counts WHEN NEW.n <= 0
BEGIN DELETE FROM job_counts WHERE provider_id = NEW.provider_id AND customer_id = NEW.customer_id AND group_id = NEW.group_id AND day = NEW.day AND kind = NEW.kind AND status = NEW.status AND assigned = NEW.assigned; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER jobs_count_insert AFTER INSERT ON jobs
BEGIN
	INSERT INTO job_counts (provider_id, customer_id, group_id, day, kind, status, assigned, n)
	SELECT NEW.provider_id, c.v, u.v, NEW.day, NEW.kind, NEW.counted, NEW.assigned, 1
	FROM (SELECT 0 AS v UNION SELECT coalesce(NEW.customer_id, 0)) c CROSS JOIN (SELECT 0 AS v UNION SELECT coalesce(NEW.group_id, -1)) u
	WHERE true ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER jobs_count_delete AFTER DELETE ON jobs
BEGIN
	UPDATE job_counts SET n = n - 1 WHERE provider_id = OLD.provider_id AND customer_id IN (0, coalesce(OLD.customer_id, 0)) AND group_id IN (0, coalesce(OLD.group_id, -1))
		AND day = OLD.day AND kind = OLD.kind AND status = OLD.counted AND assigned = OLD.assigned;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER jobs_count_update AFTER UPDATE OF customer_id, group_id, day, kind, status, source, assignee_id, vehicle_id ON jobs
WHEN OLD.customer_id IS NOT NEW.customer_id OR OLD.group_id IS NOT NEW.group_id OR OLD.day <> NEW.day OR OLD.kind <> NEW.kind OR OLD.counted <> NEW.counted OR OLD.assigned <> NEW.assigned
BEGIN
	UPDATE job_counts SET n = n - 1 WHERE provider_id = OLD.provider_id AND customer_id IN (0, coalesce(OLD.customer_id, 0)) AND group_id IN (0, coalesce(OLD.group_id, -1))
		AND day = OLD.day AND kind = OLD.kind AND status = OLD.counted AND assigned = OLD.assigned;
	INSERT INTO job_counts (provider_id, customer_id, group_id, day, kind, status, assigned, n)
	SELECT NEW.provider_id, c.v, u.v, NEW.day, NEW.kind, NEW.counted, NEW.assigned, 1
	FROM (SELECT 0 AS v UNION SELECT coalesce(NEW.customer_id, 0)) c CROSS JOIN (SELECT 0 AS v UNION SELECT coalesce(NEW.group_id, -1)) u
	WHERE true ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- A group that goes to another customer takes along what is its by the group.
-- +goose StatementBegin
CREATE TRIGGER jobs_follow_group AFTER UPDATE OF customer_id ON groups WHEN OLD.customer_id IS NOT NEW.customer_id
BEGIN UPDATE jobs SET customer_id = NEW.customer_id, version = version + 1 WHERE provider_id = NEW.provider_id AND group_id = NEW.id AND by_group = 1; END;
-- +goose StatementEnd

CREATE TABLE job_assets (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	asset_id    INTEGER NOT NULL,
	PRIMARY KEY (provider_id, job_id, asset_id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, asset_id) REFERENCES assets (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX job_assets_of_asset ON job_assets (provider_id, asset_id, job_id DESC);

CREATE TABLE job_items (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	position    INTEGER NOT NULL,
	sku         TEXT    NOT NULL DEFAULT '',
	description TEXT    NOT NULL DEFAULT '',
	quantity    REAL    NOT NULL DEFAULT 1 CHECK (quantity >= 0),
	unit        TEXT    NOT NULL DEFAULT '',
	serials     TEXT    NOT NULL DEFAULT '',
	rejected    REAL    NOT NULL DEFAULT 0 CHECK (rejected BETWEEN 0 AND quantity),
	reason      TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_items_of_job ON job_items (provider_id, job_id, position, id);

-- The timeline. What customers may not read stands in columns that the wall
-- leaves out, or in a line that is not public.
CREATE TABLE job_events (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	kind        TEXT    NOT NULL,                         -- created, status, assigned, unassigned, changed, comment, note, file, proof, attempt, link
	public      INTEGER NOT NULL DEFAULT 0 CHECK (public IN (0, 1)),
	status      TEXT    NOT NULL DEFAULT '',              -- of kind status: the one it became
	sub_id      INTEGER,
	says        TEXT    NOT NULL DEFAULT '',              -- a reason, a number: fit for customers
	actor_id    INTEGER,
	actor       TEXT    NOT NULL DEFAULT '',
	by_client   INTEGER NOT NULL DEFAULT 0 CHECK (by_client IN (0, 1)),
	detail      TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),   -- for the provider's people
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_events_of_job ON job_events (provider_id, job_id, id);

-- Public words and private ones have a table each: the wall closes the latter.
CREATE TABLE job_comments (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	user_id     INTEGER,
	author      TEXT    NOT NULL,
	by_client   INTEGER NOT NULL DEFAULT 0 CHECK (by_client IN (0, 1)),
	body        TEXT    NOT NULL,
	once        TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_comments_of_job ON job_comments (provider_id, job_id, id);
CREATE UNIQUE INDEX job_comments_once ON job_comments (provider_id, user_id, once) WHERE once <> '';
CREATE TABLE job_notes (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	user_id     INTEGER,
	author      TEXT    NOT NULL,
	body        TEXT    NOT NULL,
	once        TEXT    NOT NULL DEFAULT '',
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_notes_of_job ON job_notes (provider_id, job_id, id);
CREATE UNIQUE INDEX job_notes_once ON job_notes (provider_id, user_id, once) WHERE once <> '';

-- Proof that a job was done, or that it could not be. Sent twice, it is one.
CREATE TABLE job_proofs (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	kind        TEXT    NOT NULL DEFAULT 'completed' CHECK (kind IN ('completed', 'failed')),
	receiver    TEXT    NOT NULL DEFAULT '',
	note        TEXT    NOT NULL DEFAULT '',
	lat         REAL    CHECK (lat BETWEEN -90 AND 90),
	lon         REAL    CHECK (lon BETWEEN -180 AND 180),
	accuracy    REAL,                                     -- metres
	at          INTEGER NOT NULL,                         -- when it was taken
	received_at INTEGER NOT NULL,
	user_id     INTEGER,
	author      TEXT    NOT NULL DEFAULT '',
	once        TEXT    NOT NULL CHECK (length(once) BETWEEN 1 AND 64),
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, job_id, once),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_proofs_of_job ON job_proofs (provider_id, job_id, id);

-- Files of a job. Customers see one only if somebody said so.
CREATE TABLE job_files (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	file_id     INTEGER NOT NULL,
	thumb_id    INTEGER,                                  -- a small picture of a picture
	proof_id    INTEGER,
	item_id     INTEGER,
	kind        TEXT    NOT NULL CHECK (kind IN ('photo', 'signature', 'document', 'proof')),
	name        TEXT    NOT NULL DEFAULT '',
	media       TEXT    NOT NULL DEFAULT '',
	size        INTEGER NOT NULL DEFAULT 0,
	caption     TEXT    NOT NULL DEFAULT '',
	shared      INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
	by_client   INTEGER NOT NULL DEFAULT 0 CHECK (by_client IN (0, 1)),
	user_id     INTEGER,
	author      TEXT    NOT NULL DEFAULT '',
	at          INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, file_id) REFERENCES files (provider_id, id),
	FOREIGN KEY (provider_id, thumb_id) REFERENCES files (provider_id, id),
	FOREIGN KEY (provider_id, proof_id) REFERENCES job_proofs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_files_of_job ON job_files (provider_id, job_id, id);
CREATE INDEX job_files_of_file ON job_files (provider_id, file_id);
CREATE INDEX job_files_of_thumb ON job_files (provider_id, thumb_id) WHERE thumb_id IS NOT NULL;
CREATE INDEX job_files_of_proof ON job_files (provider_id, proof_id) WHERE proof_id IS NOT NULL;
-- A file that no job names any more is gone.
-- +goose StatementBegin
CREATE TRIGGER job_files_delete AFTER DELETE ON job_files
BEGIN DELETE FROM files WHERE provider_id = OLD.provider_id AND id IN (OLD.file_id, OLD.thumb_id); END;
-- +goose StatementEnd

-- Public links to the progress of one job, without sign-in.
CREATE TABLE tracking_links (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	hash        BLOB    NOT NULL UNIQUE,
	hint        TEXT    NOT NULL,
	created_by  INTEGER,
	author      TEXT    NOT NULL DEFAULT '',
	created_at  INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	revoked_at  INTEGER,
	used_at     INTEGER,
	uses        INTEGER NOT NULL DEFAULT 0,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX tracking_links_of_job ON tracking_links (provider_id, job_id, id DESC);

CREATE TABLE job_fields (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	label       TEXT    NOT NULL COLLATE NOCASE CHECK (length(label) BETWEEN 1 AND 100),
	kind        TEXT    NOT NULL CHECK (kind IN ('text', 'number', 'date', 'yesno')),
	shape       TEXT    NOT NULL DEFAULT '' CHECK (shape IN ('', 'work', 'delivery')),   -- '': every job
	shared      INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
	position    INTEGER NOT NULL DEFAULT 0,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, label)
) STRICT;
CREATE TABLE job_values (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	field_id    INTEGER NOT NULL,
	value       TEXT    NOT NULL,
	PRIMARY KEY (provider_id, job_id, field_id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, field_id) REFERENCES job_fields (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX job_values_of_field ON job_values (provider_id, field_id);

CREATE TABLE saved_filters (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	place       TEXT    NOT NULL,                         -- which list: jobs, deliveries
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
	query       TEXT    NOT NULL,
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, user_id, place, name),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;

-- Which notices go out: the provider's own choice (neither portal nor person),
-- a portal's, a person's. The most particular one that there is counts.
CREATE TABLE notice_settings (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	portal_id   INTEGER,
	user_id     INTEGER,
	event       TEXT    NOT NULL CHECK (event IN ('scheduled', 'on_the_way', 'done', 'failed', 'problem', 'status', 'comment')),
	mode        TEXT    NOT NULL CHECK (mode IN ('off', 'now', 'daily')),
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX notice_settings_of ON notice_settings (provider_id, coalesce(portal_id, 0), coalesce(user_id, 0), event);

-- Words of jobs, as asset_search has those of assets.
CREATE VIRTUAL TABLE job_search USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'");

-- What every provider starts with.
INSERT INTO job_priorities (provider_id, name, position, start_min, due_min, tone, is_default)
	SELECT p.id, v.column1, v.column2, v.column3, v.column4, v.column5, v.column6 FROM providers p
	CROSS JOIN (VALUES ('Urgent', 0, 60, 240, 'bad', 0), ('High', 1, 240, 1440, 'warn', 0), ('Normal', 2, 1440, 4320, '', 1), ('Low', 3, 0, 10080, '', 0)) v;
INSERT INTO job_statuses (provider_id, shape, under, name, shared, who, position)
	SELECT p.id, 'work', 'in_progress', v.column1, 1, 'all', v.column2 FROM providers p CROSS JOIN (VALUES ('En route', 0), ('On site', 1), ('Checked out', 2)) v;

-- Imports bring jobs and vehicles as well; a row can wait for a decision. The
-- rows of imports go aside meanwhile, or they would go with the table.
CREATE TABLE imports_new (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	number      INTEGER NOT NULL,
	kind        TEXT    NOT NULL CHECK (kind IN ('customers', 'assets', 'assignments', 'fleet', 'jobs', 'vehicles', 'users')),
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
	parked      INTEGER NOT NULL DEFAULT 0,               -- rows that wait for a decision
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
INSERT INTO sqlite_sequence (name, seq) SELECT 'imports_new', seq FROM sqlite_sequence WHERE name = 'imports';
INSERT INTO imports_new (id, provider_id, number, kind, file_id, file_name, once, state, options, mapping, total, added, changed, same, refused, kept, says, user_id, created_at, applied_at, undone_at)
	SELECT id, provider_id, number, kind, file_id, file_name, once, state, options, mapping, total, added, changed, same, refused, kept, says, user_id, created_at, applied_at, undone_at FROM imports;
CREATE TABLE import_rows_kept AS SELECT * FROM import_rows;
DROP TABLE import_rows;
DROP TABLE imports;
ALTER TABLE imports_new RENAME TO imports;
CREATE INDEX imports_of_provider ON imports (provider_id, id DESC);
CREATE INDEX imports_running ON imports (state) WHERE state IN ('checking', 'applying', 'undoing');
CREATE TABLE import_rows (
	provider_id INTEGER NOT NULL,
	import_id   INTEGER NOT NULL,
	line        INTEGER NOT NULL,
	verdict     TEXT    NOT NULL CHECK (verdict IN ('add', 'change', 'same', 'refuse', 'park', 'kept')),
	label       TEXT    NOT NULL DEFAULT '',
	says        TEXT    NOT NULL DEFAULT '',
	object_id   INTEGER NOT NULL DEFAULT 0,
	before      TEXT    NOT NULL DEFAULT '' CHECK (before = '' OR json_valid(before)),
	PRIMARY KEY (provider_id, import_id, line),
	FOREIGN KEY (provider_id, import_id) REFERENCES imports (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_by_verdict ON import_rows (provider_id, import_id, verdict, line);
INSERT INTO import_rows SELECT provider_id, import_id, line, verdict, label, says, object_id, before FROM import_rows_kept;
DROP TABLE import_rows_kept;

-- +goose Down
DELETE FROM import_rows WHERE verdict = 'park';
DELETE FROM imports WHERE kind IN ('jobs', 'vehicles', 'users');
DROP TABLE job_search;
DROP TABLE notice_settings;
DROP TABLE saved_filters;
DROP TABLE job_values;
DROP TABLE job_fields;
DROP TABLE tracking_links;
DROP TABLE job_files;
DROP TABLE job_proofs;
DROP TABLE job_notes;
DROP TABLE job_comments;
DROP TABLE job_events;
DROP TABLE job_items;
DROP TABLE job_assets;
DROP TRIGGER jobs_follow_group;
DROP TABLE jobs;
DROP TABLE job_counts;
DROP TABLE job_statuses;
DROP TABLE job_priorities;
DROP TABLE sites;
