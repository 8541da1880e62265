-- A paused endpoint keeps what comes for it; a disabled one gets nothing new.
ALTER TABLE endpoints
    ADD COLUMN paused boolean NOT NULL DEFAULT false,
    ADD COLUMN failing_since timestamptz;

-- event: 0 the alert itself, 1 its acknowledgement, 2 a test, which belongs to no alert. step: 0 at once, above it an escalation.
ALTER TABLE deliveries
    ADD COLUMN event smallint NOT NULL DEFAULT 0,
    ADD COLUMN step smallint NOT NULL DEFAULT 0,
    ALTER COLUMN alert_id DROP NOT NULL,
    DROP CONSTRAINT deliveries_alert_id_endpoint_id_key;

CREATE UNIQUE INDEX deliveries_once ON deliveries (alert_id, endpoint_id, event, step);

-- Claims go endpoint by endpoint, so that one with a long queue does not stand before the others.
CREATE INDEX deliveries_due_of_endpoint ON deliveries (endpoint_id, due_at) WHERE state = 0;
CREATE INDEX deliveries_dead ON deliveries (endpoint_id, created_at) WHERE state = 2;
DROP INDEX deliveries_due;

-- The first bytes of what the receiver answered.
ALTER TABLE attempts ADD COLUMN response text;

-- steps: [{"after_seconds": 0, "endpoints": ["…"]}, …]; severity null for all that have no policy of their own.
CREATE TABLE delivery_policies (
    id text PRIMARY KEY,
    owner text,
    name text NOT NULL,
    severity smallint,
    steps jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX delivery_policies_once ON delivery_policies (coalesce(owner, ''), coalesce(severity, -1));
