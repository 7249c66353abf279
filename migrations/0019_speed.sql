-- +goose Up
-- The audit log is narrowed by where a change came from and by address; what
-- is rare among millions of lines is not looked for line by line.
CREATE INDEX audit_of_source ON audit (provider_id, source, id);
CREATE INDEX audit_of_ip ON audit (provider_id, ip, id) WHERE ip <> '';

-- +goose Down
DROP INDEX audit_of_ip;
DROP INDEX audit_of_source;
