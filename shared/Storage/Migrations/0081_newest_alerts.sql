-- In the order in which pages of alerts are read, ties included: the newest hundred need no sorting.
CREATE INDEX alerts_newest ON alerts (event_time DESC, id DESC);
DROP INDEX alerts_by_time;
