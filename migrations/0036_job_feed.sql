-- +goose Up
-- What happened to a customer's jobs, in the order of time: which lines of
-- their timelines, which public comments, which files. What of it somebody
-- sees is decided when it is read.
CREATE TABLE job_feed (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	job_id      INTEGER NOT NULL,
	customer_id INTEGER,                                  -- the job's, now
	at          INTEGER NOT NULL,
	event_id    INTEGER,
	comment_id  INTEGER,
	file_id     INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, job_id) REFERENCES jobs (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_feed_of_customer ON job_feed (provider_id, customer_id, at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX job_feed_of_job ON job_feed (provider_id, job_id);

INSERT INTO job_feed (provider_id, job_id, customer_id, at, event_id, comment_id, file_id)
	SELECT x.provider_id, x.job_id, j.customer_id, x.at, x.event_id, x.comment_id, x.file_id FROM (
		SELECT provider_id, job_id, at, id AS event_id, NULL AS comment_id, NULL AS file_id FROM job_events WHERE public = 1 AND kind IN ('created', 'status', 'started', 'appointment')
		UNION ALL SELECT provider_id, job_id, at, NULL, id, NULL FROM job_comments
		UNION ALL SELECT provider_id, job_id, at, NULL, NULL, id FROM job_files WHERE proof_id IS NULL) x
	JOIN jobs j ON j.provider_id = x.provider_id AND j.id = x.job_id ORDER BY x.at;

-- +goose StatementBegin
CREATE TRIGGER job_events_feed AFTER INSERT ON job_events WHEN NEW.public = 1 AND NEW.kind IN ('created', 'status', 'started', 'appointment')
BEGIN
	INSERT INTO job_feed (provider_id, job_id, customer_id, at, event_id) SELECT NEW.provider_id, NEW.job_id, customer_id, NEW.at, NEW.id FROM jobs WHERE provider_id = NEW.provider_id AND id = NEW.job_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER job_comments_feed AFTER INSERT ON job_comments
BEGIN
	INSERT INTO job_feed (provider_id, job_id, customer_id, at, comment_id) SELECT NEW.provider_id, NEW.job_id, customer_id, NEW.at, NEW.id FROM jobs WHERE provider_id = NEW.provider_id AND id = NEW.job_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER job_files_feed AFTER INSERT ON job_files WHEN NEW.proof_id IS NULL
BEGIN
	INSERT INTO job_feed (provider_id, job_id, customer_id, at, file_id) SELECT NEW.provider_id, NEW.job_id, customer_id, NEW.at, NEW.id FROM jobs WHERE provider_id = NEW.provider_id AND id = NEW.job_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER jobs_feed_moves AFTER UPDATE OF customer_id ON jobs WHEN OLD.customer_id IS NOT NEW.customer_id
BEGIN
	UPDATE job_feed SET customer_id = NEW.customer_id WHERE provider_id = NEW.provider_id AND job_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER jobs_feed_moves;
DROP TRIGGER job_files_feed;
DROP TRIGGER job_comments_feed;
DROP TRIGGER job_events_feed;
DROP TABLE job_feed;
