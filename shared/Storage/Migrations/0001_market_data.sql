-- Times are timestamptz, prices and volumes float8 (what we compute with); eight-byte columns stand first, so that rows have no padding.
-- The tables by time are partitioned natively or are hypertables: screener.time_series is set by the migrator.

CREATE TABLE instruments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    exchange text NOT NULL,
    symbol text NOT NULL,
    base_asset text,
    quote_asset text,
    status smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (exchange, symbol)
);

-- The order of CandleSource.Rank: forming, exchange, successor, audit, synthetic, backfill.
CREATE FUNCTION candle_source_rank(source smallint) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (ARRAY[0, 3, 2, 5, 1, 4])[source + 1];

DO $do$
DECLARE
    native boolean := current_setting('screener.time_series') = 'native';
    candle_columns text := '
        open_time timestamptz NOT NULL,
        open float8 NOT NULL,
        high float8 NOT NULL,
        low float8 NOT NULL,
        close float8 NOT NULL,
        volume float8 NOT NULL,
        quote_volume float8 NOT NULL,
        taker_buy_volume float8,
        taker_buy_quote_volume float8,
        trades bigint,
        instrument_id integer NOT NULL,
        timeframe smallint NOT NULL,
        source smallint NOT NULL,
        PRIMARY KEY (instrument_id, timeframe, open_time)';
    metric_columns text := '
        minute timestamptz NOT NULL,
        catalogue_hash bigint NOT NULL,
        instrument_id integer NOT NULL,
        numbers float8[] NOT NULL,
        PRIMARY KEY (instrument_id, minute)';
    time_table record;
BEGIN
    -- One table per span of retention, because partitions are dropped whole. The check lets the planner skip two of three in the view.
    FOR time_table IN
        SELECT * FROM (VALUES
            ('candles_minute', candle_columns || ', CHECK (timeframe = 1)', 'open_time', interval '1 day'),
            ('candles_short', candle_columns || ', CHECK (timeframe > 1 AND timeframe < 60)', 'open_time', interval '7 days'),
            ('candles_long', candle_columns || ', CHECK (timeframe >= 60)', 'open_time', interval '30 days'),
            ('metrics', metric_columns, 'minute', interval '1 day'),
            ('metrics_hourly', metric_columns, 'minute', interval '30 days')
        ) AS t (name, columns, time_column, width)
    LOOP
        EXECUTE format('CREATE TABLE %I (%s)', time_table.name, time_table.columns)
            || CASE WHEN native THEN format(' PARTITION BY RANGE (%I)', time_table.time_column) ELSE '' END;
        IF NOT native THEN
            PERFORM create_hypertable(time_table.name::regclass, time_table.time_column::name, chunk_time_interval => time_table.width,
                create_default_indexes => false);
        END IF;
    END LOOP;
END
$do$;

CREATE VIEW candles AS
    SELECT * FROM candles_minute UNION ALL SELECT * FROM candles_short UNION ALL SELECT * FROM candles_long;

-- The catalogues that frames and metric rows name by hash; a column of a row is found by the name it has here.
CREATE TABLE catalogues (
    hash bigint PRIMARY KEY,
    document jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- SELECT minute, metric(catalogue_hash, numbers, 'rsi(14,1h)') FROM metrics …: for dashboards.
CREATE FUNCTION metric(hash bigint, metric_values float8[], name text) RETURNS float8
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT nullif(metric_values[position::integer], 'NaN')
    FROM catalogues c, jsonb_array_elements(c.document -> 'metrics') WITH ORDINALITY AS m (definition, position)
    WHERE c.hash = metric.hash AND m.definition ->> 'name' = metric.name
);

CREATE TABLE gaps (
    instrument_id integer NOT NULL REFERENCES instruments (id),
    from_time timestamptz NOT NULL,
    through_time timestamptz NOT NULL,
    state smallint NOT NULL,
    cause text NOT NULL,
    found_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (instrument_id, from_time)
);

CREATE INDEX gaps_open ON gaps (instrument_id) WHERE state = 0;
