-- state: 0 queued, 1 running, 2 done, 3 failed, 4 cancelled. A running one belongs to whoever holds claim_id until claimed_until.
CREATE TABLE replays (
    id text PRIMARY KEY,
    owner text,
    request jsonb NOT NULL,
    state smallint NOT NULL DEFAULT 0,
    progress float8 NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    claim_id uuid,
    claimed_until timestamptz,
    error text,
    result jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);

CREATE INDEX replays_open ON replays (created_at) WHERE state < 2;
CREATE INDEX replays_finished ON replays (finished_at) WHERE state >= 2;
