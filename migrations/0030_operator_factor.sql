-- +goose Up
-- The second factor of whoever runs the appliance. A session is half until its
-- code was shown, and opens nothing.
ALTER TABLE operators ADD COLUMN factor_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE operators ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0; -- the newest time step that was used
ALTER TABLE operators ADD COLUMN factor_at INTEGER;
ALTER TABLE operator_sessions ADD COLUMN half INTEGER NOT NULL DEFAULT 0 CHECK (half IN (0, 1));
CREATE TABLE operator_recovery (
	operator_id INTEGER NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
	hash        BLOB    NOT NULL,
	used_at     INTEGER,
	PRIMARY KEY (operator_id, hash)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE operator_recovery;
ALTER TABLE operator_sessions DROP COLUMN half;
ALTER TABLE operators DROP COLUMN factor_at;
ALTER TABLE operators DROP COLUMN factor_step;
ALTER TABLE operators DROP COLUMN factor_secret;
