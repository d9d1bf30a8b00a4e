-- Since when a run waits in the queue and an event in the outbox, for metrics. A read model that is rebuilt from the topics
-- counts from its rebuilding: how long a run had waited before is not in the facts.
ALTER TABLE run ADD COLUMN queued_at TIMESTAMP WITH TIME ZONE;
UPDATE run SET queued_at = CURRENT_TIMESTAMP WHERE state = 'queued';
ALTER TABLE outbox ADD COLUMN created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
