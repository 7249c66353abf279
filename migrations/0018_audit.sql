-- +goose Up
-- The audit log is narrowed by category: what kind of thing was changed.
CREATE INDEX audit_of_category ON audit (provider_id, object, id);

-- +goose Down
DROP INDEX audit_of_category;
