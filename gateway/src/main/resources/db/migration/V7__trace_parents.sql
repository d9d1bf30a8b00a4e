-- The W3C traceparent of the request or fact that an event follows from, so that a crash before it is published does not
-- lose the trace; and of the request that asked for a study, for what is sent again later.
ALTER TABLE outbox ADD COLUMN trace_parent VARCHAR(55);
ALTER TABLE study ADD COLUMN trace_parent VARCHAR(55);
