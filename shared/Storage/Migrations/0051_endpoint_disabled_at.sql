-- Since when the program itself has switched an endpoint off; null while it is on. Earlier ones were last changed by that.
ALTER TABLE endpoints ADD COLUMN disabled_at timestamptz;

UPDATE endpoints SET disabled_at = updated_at WHERE NOT enabled;
