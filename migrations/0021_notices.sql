-- +goose Up
-- Mail about jobs. Whatever happens to a job leaves a notice in the same
-- transaction; who is to be told, and how, is worked out from it a moment
-- later, so that a step taken for a thousand jobs is not slowed down by
-- thousands of letters.
CREATE TABLE notices (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	event_id    INTEGER,                                  -- the line of the timeline
	comment_id  INTEGER,
	at          INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX notices_of_job ON notices (provider_id, job_id);
-- +goose StatementBegin
CREATE TRIGGER job_events_notice AFTER INSERT ON job_events
WHEN NEW.kind IN ('status', 'assigned', 'appointment', 'started') OR NEW.kind = 'created' AND (SELECT source FROM jobs WHERE provider_id = NEW.provider_id AND id = NEW.job_id) <> 'import'
BEGIN
	INSERT INTO notices (provider_id, job_id, event_id, at) VALUES (NEW.provider_id, NEW.job_id, NEW.id, NEW.at);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER job_comments_notice AFTER INSERT ON job_comments
BEGIN
	INSERT INTO notices (provider_id, job_id, comment_id, at) VALUES (NEW.provider_id, NEW.job_id, NEW.id, NEW.at);
END;
-- +goose StatementEnd

-- What was told of a job already, so that nobody is told twice.
CREATE TABLE job_told (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	event       TEXT    NOT NULL,
	what        TEXT    NOT NULL,                         -- a day and window, a status
	PRIMARY KEY (provider_id, job_id, event),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What waits for a person's daily summary.
CREATE TABLE notice_digests (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	portal_id   INTEGER,                                  -- none: the provider's own people
	job_id      INTEGER NOT NULL,
	event       TEXT    NOT NULL,
	says        TEXT    NOT NULL DEFAULT '',
	at          INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX notice_digests_of ON notice_digests (provider_id, user_id, coalesce(portal_id, 0), id);
CREATE INDEX notice_digests_of_job ON notice_digests (provider_id, job_id);
-- The day on which a person had the last summary, in the person's own zone.
CREATE TABLE notice_days (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	user_id     INTEGER NOT NULL,
	portal_id   INTEGER NOT NULL,                         -- 0: the provider's own people
	day         TEXT    NOT NULL,
	PRIMARY KEY (provider_id, user_id, portal_id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The way out in each letter: only the hash of its token is kept.
CREATE TABLE notice_quits (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	hash        BLOB    NOT NULL UNIQUE,
	user_id     INTEGER,
	portal_id   INTEGER,
	email       TEXT    NOT NULL COLLATE NOCASE,
	event       TEXT    NOT NULL,                         -- or digest: all that comes daily
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX notice_quits_age ON notice_quits (provider_id, created_at);
-- Addresses of people without an account who do not want to be told.
CREATE TABLE notice_stops (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	email       TEXT    NOT NULL COLLATE NOCASE,
	event       TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (provider_id, email, event)
) STRICT, WITHOUT ROWID;

-- The jobs a letter tells about. Before it leaves it is asked for each whether
-- its reader may still see it; one that was deleted may not be seen, so there
-- is no reference that would take the line along.
CREATE TABLE outbox_jobs (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	mail_id     INTEGER NOT NULL,
	job_id      INTEGER NOT NULL,
	PRIMARY KEY (provider_id, mail_id, job_id),
	FOREIGN KEY (provider_id, mail_id) REFERENCES outbox (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
ALTER TABLE outbox ADD COLUMN quit TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE outbox DROP COLUMN quit;
DROP TABLE outbox_jobs;
DROP TABLE notice_stops;
DROP TABLE notice_quits;
DROP TABLE notice_days;
DROP TABLE notice_digests;
DROP TABLE job_told;
DROP TRIGGER job_comments_notice;
DROP TRIGGER job_events_notice;
DROP TABLE notices;
