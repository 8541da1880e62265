-- Whether an acknowledgement is in the ALERTS stream. Those given before there was such an event stay unsaid.
ALTER TABLE alerts ADD COLUMN acknowledgement_said boolean NOT NULL DEFAULT false;

UPDATE alerts SET acknowledgement_said = true WHERE acknowledged_at IS NOT NULL;

CREATE INDEX alerts_to_say_acknowledged ON alerts (acknowledged_at) WHERE acknowledged_at IS NOT NULL AND NOT acknowledgement_said;
