-- What POSTs with an Idempotency-Key were answered, for a day: the same request again gets the same answer. status null: it still runs.
CREATE TABLE idempotency (
    owner text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, key)
);

CREATE INDEX idempotency_by_time ON idempotency (created_at);
CREATE INDEX api_keys_by_owner ON api_keys (owner);

-- Which alert ended which, for the summary of active ones.
CREATE INDEX alerts_by_resolved ON alerts ((event ->> 'resolves')) WHERE event ->> 'resolves' IS NOT NULL;
