-- Metrics beyond the built-in catalogue that somebody asked for. Calculators append them to it in the order of their positions.
CREATE TABLE metric_demands (
    name text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    demanded_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now()
);
