-- +goose Up
-- What people in portals tell their provider about them (row 63).
CREATE TABLE feedback (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	portal_id   INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	user_id     INTEGER NOT NULL,
	name        TEXT    NOT NULL,                         -- of the person, at that time
	email       TEXT    NOT NULL,
	page        TEXT    NOT NULL DEFAULT '' CHECK (length(page) <= 300),
	body        TEXT    NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
	created_at  INTEGER NOT NULL,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, customer_id) REFERENCES customers (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX feedback_of_customer ON feedback (provider_id, customer_id, id);
CREATE INDEX feedback_of_portal ON feedback (provider_id, portal_id);
CREATE INDEX feedback_of_user ON feedback (provider_id, user_id);

-- What an invitation gives to whoever takes it up: roles, groups and view, as
-- they were chosen; what is gone by then is left out.
ALTER TABLE invitations ADD COLUMN gives TEXT NOT NULL DEFAULT '' CHECK (gives = '' OR json_valid(gives));

-- +goose Down
ALTER TABLE invitations DROP COLUMN gives;
DROP TABLE feedback;
