-- configured: what the configuration said of an endpoint when it was last written from there, as a hash; what was changed since stays
-- until the configuration itself changes.
ALTER TABLE endpoints ADD COLUMN configured text;

-- One number that grows with every change of an endpoint, so that deliverers read the endpoints only when they changed. A row and not a
-- sequence: it becomes visible together with the change that it counts.
CREATE TABLE endpoint_changes (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), number bigint NOT NULL);
INSERT INTO endpoint_changes (number) VALUES (0);

CREATE FUNCTION count_endpoint_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE endpoint_changes SET number = number + 1;
    RETURN NULL;
END $$;

-- For each row: results of deliveries update no endpoint as long as it is as well as before, and then nothing is counted.
CREATE TRIGGER endpoint_changed AFTER INSERT OR UPDATE OR DELETE ON endpoints FOR EACH ROW EXECUTE FUNCTION count_endpoint_change();
