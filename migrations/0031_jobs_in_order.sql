-- +goose Up
-- A customer's work orders by number, newest first: the order its portal opens
-- with. Without it a page reads and sorts all of the customer's jobs.
CREATE INDEX jobs_of_customer_by_number ON jobs (provider_id, customer_id, kind, number, id, status, group_id, source, reporter_id) WHERE customer_id IS NOT NULL;

-- +goose Down
DROP INDEX jobs_of_customer_by_number;
