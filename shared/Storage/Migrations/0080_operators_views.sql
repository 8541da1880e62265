-- How the system did in each minute, for the operators' history beyond the hour that gateways remember. sample: as the API shows it.
CREATE TABLE performance (
    minute timestamptz PRIMARY KEY,
    sample jsonb NOT NULL
);

-- When an account used the API last, whatever its credential: how many people use this.
CREATE TABLE account_activity (
    subject text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

CREATE INDEX account_activity_by_time ON account_activity (seen_at);

-- The mean time to acknowledge asks for those of the last day.
CREATE INDEX alerts_by_acknowledged ON alerts (acknowledged_at) WHERE acknowledged_at IS NOT NULL;
