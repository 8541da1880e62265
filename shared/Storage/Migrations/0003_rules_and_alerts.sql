CREATE TABLE rules (
    id text PRIMARY KEY,
    version integer NOT NULL,
    owner text,
    enabled boolean NOT NULL,
    deleted boolean NOT NULL DEFAULT false,
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rule_versions (
    rule_id text NOT NULL REFERENCES rules (id),
    version integer NOT NULL,
    definition jsonb NOT NULL,
    changed_by text,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rule_id, version)
);

-- event is what was published; the columns beside it are those that searches use.
CREATE TABLE alerts (
    id text PRIMARY KEY,
    exchange text NOT NULL,
    symbol text NOT NULL,
    rule_id text NOT NULL,
    rule_type text NOT NULL,
    owner text,
    severity smallint NOT NULL,
    state smallint NOT NULL,
    late boolean NOT NULL,
    event_time timestamptz NOT NULL,
    stream_sequence bigint NOT NULL,
    event jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    acknowledged_at timestamptz,
    acknowledged_by text
);

CREATE INDEX alerts_by_time ON alerts (event_time DESC, id);
CREATE INDEX alerts_by_symbol ON alerts (symbol, event_time DESC);
CREATE INDEX alerts_by_rule_type ON alerts (rule_type, event_time DESC);
CREATE INDEX alerts_by_rule ON alerts (rule_id, event_time DESC);
CREATE INDEX alerts_by_sequence ON alerts (stream_sequence);

CREATE TABLE silences (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text,
    matchers jsonb NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    comment text NOT NULL DEFAULT '',
    created_by text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX silences_by_end ON silences (ends_at);

CREATE TABLE endpoints (
    id text PRIMARY KEY,
    owner text,
    name text NOT NULL,
    kind text NOT NULL,
    url text NOT NULL,
    secrets text[] NOT NULL DEFAULT '{}',
    settings jsonb NOT NULL DEFAULT '{}',
    enabled boolean NOT NULL DEFAULT true,
    disabled_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- While a delivery is claimed, due_at is the end of the claim: one index finds both what is due and what a dead worker left.
CREATE TABLE deliveries (
    id text PRIMARY KEY,
    alert_id text NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    endpoint_id text NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
    state smallint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    claim_id uuid,
    claimed_until timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    UNIQUE (alert_id, endpoint_id)
);

CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 0;
CREATE INDEX deliveries_of_endpoint ON deliveries (endpoint_id, created_at DESC);

CREATE TABLE attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id text NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number integer NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    duration_ms integer NOT NULL,
    status integer,
    error text
);

CREATE INDEX attempts_of_delivery ON attempts (delivery_id);
CREATE INDEX attempts_by_time ON attempts (at);
