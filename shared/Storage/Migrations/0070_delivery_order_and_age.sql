-- wanted_at: when the receiver should have had it; max_age counts from here. An escalation's is when its step was due.
-- follows: the alert whose own delivery to the same endpoint has to end first: an end is not told before its beginning.
-- urgency: the alert's severity. Of what waits for an endpoint the more urgent goes first, by a head start, so that nothing waits for ever.
-- A replay begins the schedule anew; attempts goes on counting, because the log of attempts is numbered by it.
ALTER TABLE deliveries
    ADD COLUMN wanted_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN follows text,
    ADD COLUMN urgency smallint NOT NULL DEFAULT 0,
    ADD COLUMN attempts_before_replay integer NOT NULL DEFAULT 0,
    ADD COLUMN replayed boolean NOT NULL DEFAULT false;

UPDATE deliveries SET wanted_at = created_at WHERE state = 0;

-- The log of deliveries is read newest first, page by page, also over all endpoints.
CREATE INDEX deliveries_newest ON deliveries (created_at, id);
-- Tests belong to no alert, so nothing else takes them away.
CREATE INDEX deliveries_tests ON deliveries (created_at) WHERE alert_id IS NULL;

DROP INDEX deliveries_due_of_endpoint;
CREATE INDEX deliveries_due_of_endpoint ON deliveries (endpoint_id, urgency, due_at) WHERE state = 0;
