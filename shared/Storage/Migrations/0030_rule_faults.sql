-- Rules of which the newest version cannot run, as the engine found when it compiled them.
CREATE TABLE rule_faults (
    rule_id text PRIMARY KEY REFERENCES rules (id) ON DELETE CASCADE,
    version integer NOT NULL,
    errors text NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now()
);
