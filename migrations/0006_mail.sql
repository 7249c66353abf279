-- +goose Up
-- A letter is a row, written in the transaction that caused it.
CREATE TABLE outbox (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	provider_id   INTEGER NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
	kind          TEXT    NOT NULL,                       -- which letter
	state         TEXT    NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'held', 'cancelled')),
	user_id       INTEGER,                                -- the person it is for, if known
	portal_id     INTEGER,
	invitation_id INTEGER,
	token_id      INTEGER,                                -- user_tokens.id, whose death makes the letter pointless
	recipient     TEXT    NOT NULL COLLATE NOCASE,
	recipient_name TEXT   NOT NULL DEFAULT '',
	from_name     TEXT    NOT NULL DEFAULT '',
	reply_to      TEXT    NOT NULL DEFAULT '',
	subject       TEXT    NOT NULL,
	body_text     TEXT    NOT NULL,
	body_html     TEXT    NOT NULL,
	link          TEXT    NOT NULL DEFAULT '',            -- its one link; struck out of row and bodies once sent
	message_id    TEXT    NOT NULL UNIQUE,
	attempts      INTEGER NOT NULL DEFAULT 0,
	next_at       INTEGER NOT NULL,                       -- when it is due; while sending: when its claim ends
	stage         TEXT    NOT NULL DEFAULT '',            -- where the last attempt failed, or why it waits
	reply         TEXT    NOT NULL DEFAULT '',            -- the server's own words
	hint          TEXT    NOT NULL DEFAULT '',            -- what somebody can do about it
	created_at    INTEGER NOT NULL,
	sent_at       INTEGER,
	UNIQUE (provider_id, id),
	FOREIGN KEY (provider_id, user_id) REFERENCES users (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, portal_id) REFERENCES portals (provider_id, id) ON DELETE CASCADE,
	FOREIGN KEY (provider_id, invitation_id) REFERENCES invitations (provider_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state IN ('queued', 'deferred', 'sending');
CREATE INDEX outbox_of_provider ON outbox (provider_id, id DESC);
CREATE INDEX outbox_by_state ON outbox (provider_id, state, id DESC);
CREATE INDEX outbox_of_recipient ON outbox (provider_id, recipient, state, sent_at);
CREATE INDEX outbox_of_invitation ON outbox (provider_id, invitation_id, id DESC) WHERE invitation_id IS NOT NULL;
CREATE INDEX outbox_of_portal ON outbox (provider_id, portal_id, id DESC) WHERE portal_id IS NOT NULL;
CREATE INDEX outbox_of_user ON outbox (provider_id, user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX outbox_created ON outbox (provider_id, created_at);
CREATE INDEX outbox_sent_of_provider ON outbox (provider_id, sent_at) WHERE sent_at IS NOT NULL;
-- The operator's figures run over all providers.
CREATE INDEX outbox_unsent ON outbox (state, created_at) WHERE state IN ('queued', 'sending', 'deferred', 'held', 'failed');
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

-- +goose Down
DROP TABLE outbox;
