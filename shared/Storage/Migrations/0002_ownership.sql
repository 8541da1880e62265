-- Who owns which partition, how far each reader has come, and the state it had then.

CREATE TABLE lease_workers (
    kind text NOT NULL,
    owner text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (kind, owner)
);

-- A partition that was given back has no owner; its epoch only ever grows.
CREATE TABLE leases (
    kind text NOT NULL,
    partition integer NOT NULL,
    owner text,
    epoch bigint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (kind, partition)
);

-- stream_epoch tells a stream that was made anew, whose sequences start over, from the one that was read.
CREATE TABLE checkpoints (
    reader text NOT NULL,
    partition integer NOT NULL,
    epoch bigint NOT NULL,
    sequence bigint NOT NULL,
    stream_epoch bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (reader, partition)
);

CREATE TABLE snapshots (
    kind text NOT NULL,
    partition integer NOT NULL,
    name text NOT NULL,
    format integer NOT NULL,
    sequence bigint NOT NULL,
    taken_at timestamptz NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (kind, partition, name)
);

-- Snapshots are compressed by their writers, if at all.
ALTER TABLE snapshots ALTER COLUMN content SET STORAGE EXTERNAL;
