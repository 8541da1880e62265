-- Counts over a day read this index alone: an alert's row is a kilobyte, and a day may have a hundred thousand of them.
CREATE INDEX alerts_counted ON alerts (event_time) INCLUDE (state, severity, owner, rule_id, exchange, symbol, acknowledged_at, stream_sequence) WHERE state < 2;

-- It can be read alone where pages are known to hold nothing but what everybody sees. A fifth of a year's alerts, when that is looked at
-- by default, is more than two months; counts are of the last day.
ALTER TABLE alerts SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 5000);

-- alerts_by_resolved serves only the release before this one, which may still run: a later one drops it.
