-- A key is stored as its hash; the prefix is what a list shows.
CREATE TABLE api_keys (
    id text PRIMARY KEY,
    owner text NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

-- owner '' holds what applies to everybody.
CREATE TABLE settings (
    owner text NOT NULL DEFAULT '',
    name text NOT NULL,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, name)
);

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    before jsonb,
    after jsonb
);

CREATE INDEX audit_by_time ON audit (at DESC);
CREATE INDEX audit_by_subject ON audit (subject, at DESC);
