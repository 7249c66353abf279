-- +goose Up
-- What a provider and its customers call the things they talk about (row 6).
ALTER TABLE providers ADD COLUMN asset_word TEXT NOT NULL DEFAULT 'asset' CHECK (asset_word IN ('asset', 'machine', 'unit', 'vehicle', 'tool'));
ALTER TABLE providers ADD COLUMN job_word TEXT NOT NULL DEFAULT 'job' CHECK (job_word IN ('job', 'ticket', 'order', 'visit'));

-- Sets of features that a provider saved under a name, to open the next portal
-- with (row 22).
CREATE TABLE portal_templates (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	name        TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	UNIQUE (provider_id, name)
) STRICT;
CREATE TABLE portal_template_features (
	provider_id INTEGER NOT NULL,
	template_id INTEGER NOT NULL,
	feature     TEXT    NOT NULL,
	PRIMARY KEY (provider_id, template_id, feature),
	FOREIGN KEY (provider_id, template_id) REFERENCES portal_templates (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE portal_template_features;
DROP TABLE portal_templates;
ALTER TABLE providers DROP COLUMN job_word;
ALTER TABLE providers DROP COLUMN asset_word;
