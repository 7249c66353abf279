-- +goose Up
-- A job's vehicle is one of the same provider, and none when it is removed.
-- +goose StatementBegin
CREATE TRIGGER jobs_vehicle_insert BEFORE INSERT ON jobs WHEN NEW.vehicle_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM vehicles v WHERE v.provider_id = NEW.provider_id AND v.id = NEW.vehicle_id)
BEGIN SELECT RAISE(ABORT, 'no such vehicle'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER jobs_vehicle_update BEFORE UPDATE OF vehicle_id, provider_id ON jobs WHEN NEW.vehicle_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM vehicles v WHERE v.provider_id = NEW.provider_id AND v.id = NEW.vehicle_id)
BEGIN SELECT RAISE(ABORT, 'no such vehicle'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER vehicles_delete_jobs AFTER DELETE ON vehicles
BEGIN UPDATE jobs SET vehicle_id = NULL, version = version + 1 WHERE provider_id = OLD.provider_id AND vehicle_id = OLD.id; END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER vehicles_delete_jobs;
DROP TRIGGER jobs_vehicle_update;
DROP TRIGGER jobs_vehicle_insert;
