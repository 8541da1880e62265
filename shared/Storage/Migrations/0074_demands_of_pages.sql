-- Rules come first: what only pages look at is a small part of the demands, and goes when a rule needs its room.
ALTER TABLE metric_demands ADD COLUMN used_by_rules_at timestamptz;
UPDATE metric_demands SET used_by_rules_at = last_used_at;
