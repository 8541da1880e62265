-- Why calculators cannot calculate what somebody asked for. Such a name takes no room of the others.
ALTER TABLE metric_demands ADD COLUMN objection text;
