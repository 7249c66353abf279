-- +goose Up
-- Terms that a portal has of its own, in the place of the provider's (row 30).
-- They are versions like the others and count with them, but are nobody else's.
ALTER TABLE terms ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));
CREATE TABLE portal_terms (
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	portal_id   INTEGER NOT NULL,
	terms_id    INTEGER NOT NULL,
	ended_at    INTEGER,                                  -- the portal went back to the provider's terms
	PRIMARY KEY (provider_id, portal_id, terms_id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, terms_id) REFERENCES terms (provider_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX portal_terms_of_terms ON portal_terms (provider_id, terms_id);

-- +goose Down
DROP TABLE portal_terms;
ALTER TABLE terms DROP COLUMN own;
