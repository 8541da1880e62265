-- Which five minutes of which instruments are new or changed: what the roll-up has to do. Two arrays of one length, one row
-- per written batch; rows are only ever added and taken away whole, so writers never wait for the roll-up.
CREATE TABLE candle_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    instrument_ids integer[] NOT NULL,
    times timestamptz[] NOT NULL
);
