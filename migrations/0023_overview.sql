-- +goose Up
-- What a provider's start page asks first: which machines come back soon, and
-- which customers have not taken up their portal yet.
CREATE INDEX assets_ending ON assets (provider_id, until, id, name, customer_id) WHERE until IS NOT NULL;
CREATE INDEX customers_pending ON customers (provider_id, portal_state, updated_at, id, name) WHERE deleted_at IS NULL;

-- +goose Down
DROP INDEX customers_pending;
DROP INDEX assets_ending;
